"""
Find the office holder of the shipped tables whom a person of the article can be.

The article's own wording comes first: an office that ended, a baker of that surname or another
subject speak against the tables. A firm's head counts only where the article names the firm. No
I/O.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from index.speakers.cast.cast import Cast
from index.speakers.cast.people import Person
from index.speakers.gazetteer.names import name_key, names_agree
from index.speakers.gazetteer.parties import matches
from index.speakers.gazetteer.role_phrases import Reading
from index.speakers.gazetteer.roles import role_class
from index.speakers.gazetteer.tables import Holder
from index.types import Evidence, Party

# Offices that a bare surname may be taken for: those a reader is expected to know.
_NOTABLE = re.compile(
    r"^(?:vice |deputy )?(?:president|prime minister|chancellor|premier|king|pope)"
    r"|^(?:supreme )?leader"
    r"|^minister of (?:foreign|external|defen|national defen|the armed|europe|the interior|interior"
    r"|internal)|^secretary of (?:state|defen|the treasury)|^(?:foreign|defence|home) secretary"
    r"|^secretary.general|^attorney general|^high representative|press secretary|spokes"
    r"|^director of the (?:fbi|cia)|^crown prince|^head|^ambassador to the united nations"
    r"|^permanent representative|^chief of|^director.general|^national security|^governor|^mayor"
    r"|^ceo|^first minister|^commissioner|^chair|^surgeon general|^solicitor general|^special envoy"
    r"|^director of the (?:national institute|centers)|^chief (?:medical|scientific)"
    r"|^senior (?:official|leader)"
    r"|^deputy permanent|^presidential|^minister.president",
    re.I,
)
# Forenames that are words as well, and family names that say nothing without a country.
_FORENAMES = frozenset("will bill mark may dawn grant chase hope rob sue".split())
_SURNAMES_OF_MANY = frozenset(
    "hunt johnson brown smith jones may price clark walker miller wilson baker cook young king"
    " hall wallace kelly davis evans hill carter austin sullivan burns rice gates powell wong lee"
    " kim park chen wang li zhang nguyen khan singh ali ahmed hassan silva lopez garcia martin"
    .split()
)  # fmt: skip
_PARTICLE = r"(?:['’]t|van|von|de|da|del|al|el|bin)"
_HEADS = re.compile(r"president|prime minister|chancellor|king|pope|secretary.general", re.I)


def shipped_holder(person: Person, readings: Sequence[Reading], cast: Cast) -> Holder | None:
    """Find the one office holder of the tables whom *person* can be."""
    found = cast.tables.holders_of(person.key, cast.day)
    titles = [r.head for r in readings if r.kind == "state"]
    fitting = [h for h in found if any(t.split()[-1] in h.office.lower() for t in titles)]
    if titles and fitting:
        found = fitting
    if len(person.key.split()) == 1:
        if _is_introduced(person, cast.article.text):
            return None
        found = [h for h in found if _NOTABLE.search(h.office)]
        found = [h for h in found if _may_be_meant(h, person, bool(titles and fitting), cast)]
    found = [h for h in found if _is_about(h, cast)]
    if len({h.key for h in found}) == 1:
        # A party's leader who became prime minister is shown as that, where no date tells.
        states = [h for h in found if cast.tables.parties[h.party].kind == "country"]
        found = states or found
    if len({(h.key.split()[-1], h.party) for h in found}) != 1:
        return None
    if len(person.key.split()) == 1 and len({h.key.split()[0][:1] for h in found}) != 1:
        return None
    # Of several offices the latest: who was prime minister and is president is shown as president.
    last = max(found, key=lambda h: (h.start or date.min, h.office))
    kind = cast.tables.parties[last.party].kind
    return None if contradicted(person, readings, last, kind) else last


def _is_about(holder: Holder, cast: Cast) -> bool:
    """
    Return whether an article names the firm, body or region of *holder*.

    A state needs no naming, and neither does the head of a body that everybody knows.
    """
    party = cast.tables.parties[holder.party]
    if party.kind == "country" or (party.kind != "company" and _HEADS.match(holder.office)):
        return True
    text = f"{cast.article.title}\n{cast.article.text}"
    if re.match("(?:Senate|House) ", holder.office):
        # A chamber's leader leads a party there, and an article names the one or the other.
        return re.search(r"\b(?:Senate|House|Congress|Democrats?|Republicans?)\b", text) is not None
    if re.search(rf"(?<![\w-]){re.escape(party.name)}(?![\w-])", text):
        return True
    return any(party in m.alias.parties for m in matches(text, cast.tables))


def _is_introduced(person: Person, text: str) -> bool:
    """
    Return whether a bare name is somebody whom the article makes known, or a transcript's label.

    "Mark, a fisherman" is no minister of that surname, nor need "MR. PRICE:" be one.
    """
    if person.name.isupper():
        return True
    first = text[person.mentions[0].end :][:40] if person.mentions else ""
    return bool(re.match(r",\s(?:\d{1,3},\s)?an?\s[a-z]|,\s\d{1,3},", first))


def _may_be_meant(holder: Holder, person: Person, titled: bool, cast: Cast) -> bool:
    """
    Return whether a bare surname can mean an office holder in this article.

    Not where the article names somebody else so ("Will Hunt"), nor where it is about something
    else: without the title beside the name it must name the holder's state or body.
    """
    names = {*cast.tables.genders, *_FORENAMES}
    text = f"{cast.article.title}\n{cast.article.text}"
    name = person.name.split()[-1]
    for match in re.finditer(
        rf"(?<![\w-])([A-Z][\w’'-]*\.?) (?:{_PARTICLE} )?{re.escape(name)}\b", text
    ):
        if name_key(match.group(1)) in names and not names_agree(
            name_key(match.group()), holder.key
        ):
            return False
    party = cast.tables.parties[holder.party]
    if titled or holder.party in cast.countries.named:
        return True
    common = person.key in names | _SURNAMES_OF_MANY
    if not common and (_HEADS.match(holder.office) or not cast.countries.named):
        return True
    return any(party in m.alias.parties for m in matches(text, cast.tables))


def shipped_evidence(holder: Holder, party: Party) -> Evidence:
    """Word what the tables know."""
    since = holder.start.isoformat() if holder.start else "?"
    until = holder.end.isoformat() if holder.end else ""
    return Evidence(f"{holder.name}, {holder.office}, {party.name} ({since} – {until})", "shipped")


# "Former national security adviser Lord" (Anna Novak)
_FORMER_BEFORE = re.compile(
    r"\b(?:[Ff]ormer|[Ee]x-)(?!['’])(?:(?!\b(?:to|under|by|with|against|from|for|and|who)\b)"
    r"[^.;:,“”\"\n’']){3,60}$"
)


def called_former(person: Person, text: str) -> bool:
    """Return whether the words right before a full name say that an office is over."""
    for mention in person.mentions[:4]:
        found = _FORMER_BEFORE.search(text[max(0, mention.start - 80) : mention.start])
        if found is not None and " " in text[slice(*mention)]:
            kinds = {role_class(word) for word in re.findall(r"[\w-]+", found.group().lower())}
            if kinds & {"state", "head", "spokes", "lawmaker"}:
                return True
    return False


def _another(reading: Reading, holder: Holder) -> bool:
    """Return whether the office that ended is another than the table's, of a body of many."""
    office = reading.head.split()[-1] if reading.head else ""
    return holder.office.lower().startswith("secretary") and office in _FORMER


# What somebody may have been who now leads NATO or the United Nations.
_FORMER = frozenset({"minister", "president", "chancellor", "premier", "economist", "mayor"})


def contradicted(person: Person, readings: Sequence[Reading], holder: Holder, kind: str) -> bool:
    """
    Return whether the article's wording speaks against an office that the tables know.

    Args:
        person: of the article.
        readings: of what the article calls the person.
        holder: whom the tables know.
        kind: of the holder's party; a party's leader and a governor are lawmakers as well.
    """
    if any(r.ended and not _another(r, holder) for r in readings):
        return True
    if kind == "group":
        # Her followers call a candidate a star, and a paper calls her a supporter of others.
        return bool(readings) and all(r.kind == "private" for r in readings)
    against = any(r.kind == "private" for r in readings)
    if kind in ("country", "company"):
        against = against or any(r.kind == "lawmaker" for r in readings)
    if len(person.key.split()) == 1:
        return against
    return against and not any(r.kind == "state" for r in readings)
