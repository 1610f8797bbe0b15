"""
Find the person whom a description means: "the Russian president", "the envoy, Anna Novak".

An office and whose it is lead to the one person of the article who holds it, wherever the name
stands and whether the article or a shipped table says so. An office that ended means somebody
whom the article calls so. Where two people fit, the description stays one. No I/O.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.speakers.affiliation.affiliation import Affiliation
from index.speakers.affiliation.offices import person_affiliation
from index.speakers.affiliation.regional import governed
from index.speakers.cast.cast import Cast
from index.speakers.cast.people import Person
from index.speakers.gazetteer.role_phrases import Reading, read_role
from index.speakers.gazetteer.roles import role_class
from index.speakers.resolve.pronouns import Turn
from index.speakers.resolve.repeated import unnamed_since
from index.types import Span

_DEFINITE = re.compile(r"(?:the|this|that)\s|[A-Z][\w.-]*(?: [A-Z][\w.-]*){0,3}['’]s?\s", re.I)
_OF_ONE = frozenset({"state", "head", "spokes", "lawmaker"})
# Several bear these at once.
_OF_MANY = frozenset(
    "adviser advisor aide senator sen representative rep congressman congresswoman lawmaker "
    "legislator mp deputy candidate delegate negotiator diplomat consul officer executive manager "
    "commander captain colonel general major administrator coordinator organizer politician "
    "prosecutor commissioner counsel strategist councilman councilwoman rival".split()
)
_SAME_OFFICE = {
    "premier": "prime minister", "spokeswoman": "spokes", "spokesman": "spokes",
    "spokesperson": "spokes", "gov": "governor", "secretary general": "secretary-general",
    "foreign secretary": "foreign minister", "defence secretary": "defence minister",
    "defense secretary": "defence minister", "defense minister": "defence minister",
    "home secretary": "interior minister",
}  # fmt: skip
_ENDED = re.compile(r"\b(?:former|ex-?|one-?time)\b", re.I)


def apposed_person(span: Span, cast: Cast) -> Person | None:
    """
    Find the person whose name ends a description: "Norway's envoy to the UN, Anna Novak".

    "A spokesman for the president, Anna Novak" names the president; it is nobody's here.
    """
    text = cast.article.text
    for mention, person in cast.people.within(span):
        before, after = text[span.start : mention.start], text[mention.end : span.end]
        if not person.plausible or re.search(r"\w", after) or not re.search(r",\s+$", before):
            continue
        described = before.rstrip(" ,")
        reading = read_role(described, cast.tables)
        if reading is None or not re.match(_DEFINITE, described) or ", " in described:
            continue
        governed = re.search(r"\b(?:of|for|to|by)\s+(?:the\s+)?([\w-]+)$", described)
        if governed is None or role_class(governed.group(1)) is None:
            return person
    return None


# "US Secretary of State says" in a headline or a lead; "Danish ministers" and "a minister" no.
_HEADLINED = re.compile(
    r"(?-i:[A-Z])[\w.-]+(?:['’]s)? (?:secretary of state|prime minister|president|chancellor"
    r"|(?:foreign|defen[cs]e|interior|finance) minister)",
    re.I,
)
_THE_OFFICIAL = re.compile(
    r"[Tt]he (?P<whose>(?:[A-Z][\w.’'&-]*\s)+)(?P<noun>official|representative|spokes\w+)"
)
_JUST_SPOKEN = 600  # characters from a name to "the UN official"


def _official_again(
    span: Span, bare: str, affiliation: Affiliation | None, cast: Cast, turns: Sequence[Turn]
) -> Person | None:
    """
    Find who has just spoken by name for a body: "the UN official".

    Nobody of a nation, which has many; nobody where an unnamed official of that body is met too.
    """
    found, text = _THE_OFFICIAL.fullmatch(bare), cast.article.text
    before = [t for t in turns if t.speaker is not None and t.span.start < span.start]
    if found is None or not before or affiliation is None or not affiliation.parties:
        return None
    person, start = before[-1].person, before[-1].span.start
    unnamed = rf"\b(?:an?|one|another|some|two)\s(?:[\w-]+\s)*{found['whose']}{found['noun']}"
    if (
        person is None
        or before[-1].together
        or affiliation.parties[0].kind == "country"
        or span.start - start > _JUST_SPOKEN
        or text.count("\n\n", start, span.start) > 1
        or re.search(unnamed, text[: span.start], re.I)
    ):
        return None
    own = {p.key for p in person_affiliation(person, cast).parties}
    return person if affiliation.parties[0].key in own else None


_CHIEF = re.compile(
    r"the (?:president|prime minister|premier|chancellor|minister|leader|governor|mayor|senator"
    r"|king|prince|candidate|foreign minister|defen[cs]e minister)",
    re.I,
)
# "Novak's office said the president had stressed"
_SERVES = re.compile(
    r"['’]s?\s+(?:[a-z]+\s+){0,2}?(?:office|spokes\w+|aides?|press (?:service|secretary)|lawyers?"
    r"|chief of staff|representatives?|camp|team|staff)\s[^.!?“”\"\n]{0,60}$"
)


def _served(span: Span, bare: str, cast: Cast) -> Person | None:
    """Find whose office or spokesman tells of "the president", in the same sentence."""
    if not _CHIEF.fullmatch(bare):
        return None
    text = cast.article.text
    start = max(text.rfind("\n", 0, span.start), text.rfind(". ", 0, span.start)) + 1
    for mention, person in reversed(cast.people.within(Span(start, span.start))):
        end = mention.end - (2 if text[slice(*mention)].endswith(("'s", "’s")) else 0)
        if person.plausible and _SERVES.match(text[end : span.start]):
            return person
    return None


def person_described(
    span: Span,
    bare: str,
    affiliation: Affiliation | None,
    cast: Cast,
    turns: Sequence[Turn] = (),
) -> Person | None:
    """
    Find the one person of the article who holds the office that *bare* words.

    Args:
        span: where the description stands.
        bare: as written.
        affiliation: for whom the description speaks, None if it says nothing of it.
        cast: the article, its people, the tables.
        turns: who spoke so far; of several heads of state the last of them is meant.
    """
    served = _served(span, bare, cast)
    if served is not None:
        return served
    head = _HEAD_OF_STATE.fullmatch(bare)
    ruling = _in_office(span, head.group("office").lower(), cast, turns) if head else None
    if ruling is not None:
        return ruling
    phrase = re.split(r",\s|\s+(?:who|which|whose)\s", bare)[0]
    reading = read_role(phrase, cast.tables)
    keys = {p.key for p in affiliation.parties} if affiliation else set()
    again = _official_again(span, phrase, affiliation, cast, turns)
    if again is not None:
        return again
    definite = _DEFINITE.match(phrase) or (keys and _HEADLINED.fullmatch(phrase))
    if reading is None or reading.kind not in _OF_ONE or not definite:
        return None
    last = reading.head.split()[-1]
    if last in _OF_MANY or (last.endswith("s") and last not in ("boss",)):
        return None
    ended = bool(_ENDED.search(phrase))
    parties = keys | {p.key for p in governed(phrase)}
    if not parties and not ended and reading.principal is None:
        bare_office = re.fullmatch(rf"the (?:\w+ )?{re.escape(reading.head)}", phrase, re.I)
        only = _only_one(reading, cast) if bare_office else None
        since = only is not None and unnamed_since(span, last, only, turns)
        return None if since else only
    if not parties and not ended:
        return None
    found = _holders(phrase, reading, parties, ended, cast)
    return found[0] if len(found) == 1 else None


def _holders(
    phrase: str, reading: Reading, parties: set[str], ended: bool, cast: Cast
) -> list[Person]:
    """List who may hold the office that a phrase words, of one of *parties*."""
    found = [
        person
        for person in cast.people
        if person.plausible and _holds(person, reading, parties, ended, cast)
    ]
    if len(found) > 1:
        return [person for person in found if _has_work(person, phrase)]
    if not found and _LEADER.fullmatch(phrase):
        return [person for person in cast.people if _leads(person, parties, cast)]
    return found


_LEADER = re.compile(r"[Tt]he (?:[A-Z][\w-]+ ){1,2}leader")
_LEADS = re.compile(
    r"(?:president|prime minister|premier|chancellor|supreme leader|taoiseach)\b", re.I
)


def _leads(person: Person, parties: set[str], cast: Cast) -> bool:
    """Return whether *person* is the head of a state or a government on the article's day."""
    return cast.day is not None and any(
        _LEADS.match(holder.office) and holder.party in parties and holder.serves(cast.day)
        for holder in cast.tables.holders_of(person.key, cast.day)
    )


_WORK = re.compile(
    r"(?P<before>(?:[a-z]+ (?:and )?)*)(?:minister|secretary)"
    r"(?: (?:of|for) (?:the )?(?P<after>[a-z]+(?: and [a-z]+)?))?",
)
_NO_WORK = frozenset({"and", "the", "former", "current", "acting", "new", "deputy", "affairs"})


def _work(phrase: str) -> frozenset[str]:
    """Take what a minister is for: "agriculture" from "the minister of agriculture"."""
    found = _WORK.search(phrase.lower())
    said = f"{found.group('before')} {found.group('after') or ''}" if found else ""
    return frozenset(word for word in said.split() if len(word) > 1) - _NO_WORK


def _has_work(person: Person, phrase: str) -> bool:
    """Return whether the article gives *person* the work that a description words."""
    wanted = _work(phrase)
    return bool(wanted) and any(wanted <= _work(role.text) for role in person.roles)


_KIN = re.compile(
    r"(?P<whose>his|her|their) (?:late |elder |older |younger |only )?(?P<noun>mother|father|mum"
    r"|dad|wife|husband|brother|sister|son|daughter|aunt|uncle|cousin|widow|partner|grandmother|grandfather)",
    re.I,
)


def kin_described(span: Span, bare: str, cast: Cast) -> Person | None:
    """Find the one person named before whom the article calls so: "his mother, Jane Holm"."""
    found = _KIN.fullmatch(bare)
    if found is None:
        return None
    wanted = (found.group("whose").lower(), found.group("noun").lower())
    kin = [
        (person, own)
        for person in cast.people
        if person.mentions[0].start < span.start
        for role in person.roles
        if (own := _KIN.fullmatch(role.text))
    ]
    # "Her mother" is not his.
    known = {
        id(person): person
        for person, own in kin
        if (own.group("whose").lower(), own.group("noun").lower()) == wanted
    }
    return next(iter(known.values())) if len(known) == 1 else None


_HEAD_OF_STATE = re.compile(r"[Tt]he (?P<office>[Pp]resident|[Pp]rime [Mm]inister|[Cc]hancellor)")


def _in_office(span: Span, office: str, cast: Cast, turns: Sequence[Turn]) -> Person | None:
    """
    Find who holds a country's highest office on the article's day, named before *span*.

    Of several it is the one who spoke last: "the president added" is nobody merely mentioned.
    """
    if cast.day is None:
        return None
    ruling = [
        person
        for person in cast.people
        if person.plausible
        and person.mentions[0].start < span.start
        and any(
            h.office.lower().startswith(office) and h.serves(cast.day)
            for h in cast.tables.holders_of(person.key, cast.day)
        )
    ]
    if len(ruling) < 2:
        return ruling[0] if ruling else None
    spoke = [t.person for t in turns if t.person is not None and t.span.start < span.start]
    return next((p for p in reversed(spoke) if any(p is r for r in ruling)), None)


def _only_one(reading: Reading, cast: Cast) -> Person | None:
    """Find the only person of the article with an office that is worded without whose it is."""
    office = _SAME_OFFICE.get(reading.head, reading.head)
    home = cast.countries.home
    found = [
        person
        for person in cast.people
        if person.plausible
        and (
            (home is not None and _holds(person, reading, {home.party.key}, False, cast))
            or _called(person, office, cast)
        )
    ]
    return found[0] if len(found) == 1 else None


def _called(person: Person, office: str, cast: Cast) -> bool:
    """Return whether the article gives *person* an office, not a former one."""
    readings = [(role, read_role(role.text, cast.tables)) for role in person.roles]
    return any(
        own is not None and _same_office(office, own.head) and not _ENDED.search(role.text)
        for role, own in readings
    )


def _holds(person: Person, reading: Reading, parties: set[str], ended: bool, cast: Cast) -> bool:
    """Return whether the article or a table gives *person* the office, of one of *parties*."""
    office = _SAME_OFFICE.get(reading.head, reading.head)
    for role in person.roles:
        own = read_role(f"{role.text} {role.country}", cast.tables)
        if own is None or not _same_office(office, own.head):
            continue
        if bool(_ENDED.search(role.text)) != ended:
            continue
        if ended or parties & {p.key for p in person_affiliation(person, cast).parties}:
            return True
    if person.key.split()[0] == person.key:
        return False
    holders = [h for h in cast.tables.holders_of(person.key, None) if len(person.key.split()) > 1]
    for holder in holders:
        if not _same_office(office, holder.office.lower()):
            continue
        over = cast.day is not None and not holder.serves(cast.day)
        if ended == over and (ended or holder.party in parties):
            return True
    return False


def _same_office(office: str, other: str) -> bool:
    """Return whether two wordings name one office: "premier", "prime minister"."""
    other = _SAME_OFFICE.get(other, other)
    if office == "president" and "vice president" in other:
        return False
    # A presidential press secretary is no president.
    return re.search(rf"\b{re.escape(office)}(?!ial\b)", other) is not None
