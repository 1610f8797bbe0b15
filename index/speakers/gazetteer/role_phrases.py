"""
Read for whom a described speaker speaks: "Russia's foreign minister", "a spokesman for Hamas".

A phrase is read in three steps: its head (the role word), what has ended or contradicts it
("former", "opposition", "rebel"), and the party beside the head. What stands after "to", "at",
"in" or "with" is no party of the speaker: an ambassador *to* Russia, an analyst *at* a Russian
institute. Where the words between a country and the role are unknown, the country does not count.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from index.speakers.gazetteer.lexicon import words
from index.speakers.gazetteer.parties import POSSESSIVE, WORD, PartyMatch, campaign, matches
from index.speakers.gazetteer.roles import FORCE, longest_role
from index.speakers.gazetteer.tables import Tables
from index.types import Party

_ENDED = words("ended")
_CONTRARY = words("contrary")
# Words that may stand between a country and a role without changing whose role it is.
_MODIFIER = words("modifier")
# A bare nationality beside these says where somebody comes from, not whom they lead.
_BARE_ONLY = words("leads by nationality")
# "... to X" names the principal for these, the host country for all others.
_TO = words("serves a principal")
_PREPOSITIONS = words("preposition")
_OF_THE_TITLE = _MODIFIER | _ENDED | words("portfolio")
_OFFICES = frozenset({"ministry", "department"})
_RUN_BUSINESS = _OFFICES | {"minister", "ministers", "ministries", "secretary"}
# Somebody at such an office speaks for its state; a scholar at an institute does not.
_REPRESENTS = frozenset({"representative", "representatives"})
_AT = frozenset({"spokes", "unnamed"})
# Titles that only one country uses.
_US_TITLES = (
    "defense secretary",
    "secretary of defense",
    "treasury secretary",
    "secretary of the treasury",
    "secretary of state",
    "homeland security secretary",
)
# Whoever asks what the Pentagon said means its head as well.
_HEADED = {
    "defense secretary": "pentagon",
    "secretary of defense": "pentagon",
    "secretary of state": "state department",
    "treasury secretary": "treasury department",
    "secretary of the treasury": "treasury department",
}
_UK_TITLES = ("foreign secretary", "home secretary", "defence secretary", "health secretary",
              "chancellor of the exchequer")  # fmt: skip
# "The Fund for Norway's president" is the fund's.
_IN_A_NAME = re.compile(r"[A-Z]\w+ for (?:the )?$")
# "Norway's UN ambassador"
_SENT = frozenset({"ambassador", "envoy", "representative", "permanent representative"})
_WHERE_TO = re.compile(r"\b(?:UN|U\.N\.|NATO|EU|OSCE|WTO)(?=\s)")
# Whoever else the article names, there is one.
_POPE = ("pope", "the pope")


@dataclass(frozen=True, slots=True)
class Reading:
    """
    What a role phrase says.

    ``kind`` is the head's class (see ``roles``); ``parties`` the nearest first; ``principal`` is
    a person or group in the phrase that the tables do not know ("Putin", "the group").
    ``ended`` is set for a role that the speaker no longer has or that speaks against a state,
    ``implied`` where only the wording of the title tells the country.
    """

    head: str
    kind: str
    parties: tuple[Party, ...] = ()
    principal: str | None = None
    ended: bool = False
    implied: bool = False


def read_role(phrase: str, tables: Tables) -> Reading | None:
    """Read the first role in *phrase*; None if no word of it names a role."""
    words = list(WORD.finditer(phrase))
    # "WHO representative": no relative pronoun.
    lowered = [
        "w.h.o" if w.group() == "WHO" else w.group().lower().replace("’", "'") for w in words
    ]
    found = _head(lowered)
    if found is None:
        return None
    at, size, kind = found
    if lowered[at : at + size] == ["party", "leader"] and words[at].group() == "Party":
        # "Polar Party leader" leads a party of that name.
        at, size, kind = at + 1, 1, "head"
    head = " ".join(lowered[at : at + size])
    before = phrase[: words[at].start()]
    through = phrase[: words[at + size - 1].end()]
    reading = Reading(head, kind)
    earlier = {POSSESSIVE.sub("", w) for w in lowered[:at]}
    prefixed = any(w.startswith("ex-") for w in lowered[: at + size])
    if earlier & _ENDED or prefixed or (earlier & _CONTRARY and not _is_body(before, tables)):
        return replace(reading, ended=True)
    tail, link = _tail(phrase, words, lowered, at + size, tables)
    if head in _REPRESENTS:
        of_body = _represented(before, through, reading, tail, tables)
        reading = replace(reading, kind="state", parties=of_body) if of_body else reading
    if reading.kind in ("private", "lawmaker") or reading.parties:
        return reading
    implied = _implied(through, tables)
    parties = implied or _beside(before, through, reading, bool(tail), tables)
    if not parties and kind in _AT:
        at_office = re.match(r"\s+(?:at|in|from|with|of)\s+", phrase[words[at + size - 1].end() :])
        if at_office:
            office = phrase[words[at + size - 1].end() + at_office.end() :]
            parties = _office_parties(re.split(r"[,;:(]", office)[0], tables)
    if not parties and (link in ("of", "for") or (link == "to" and head in _TO)):
        parties = _inside(tail, tables) or _office_parties(tail, tables)
        if parties and parties[0].kind == "group" and set(head.split()) & _RUN_BUSINESS:
            # "The Ministry of Labour" is not the Labour Party's.
            return reading
        principal = None if parties else _strip(tail)
        return replace(reading, parties=parties, principal=principal)
    principal = None if parties else _principal(before, tables)
    return replace(
        reading, parties=parties, principal=principal, implied=bool(implied) and head != "pope"
    )


def _head(lowered: list[str]) -> tuple[int, int, str] | None:
    """Find the head: the last role phrase before the first preposition after a role."""
    found: tuple[int, int, str] | None = None
    at = 0
    while at < len(lowered):
        role = longest_role([POSSESSIVE.sub("", w) for w in lowered[at:]])
        if role is not None:
            size, kind = role
            # "the minister's office", "Putin's": a possessive role is a qualifier.
            owner = lowered[at + size - 1].endswith("'s")
            if not owner:
                found = (at, size, kind)
            at += size
        elif (found is not None and lowered[at] in _PREPOSITIONS) or (
            found is None and lowered[at] in ("who", "which", "at", "with", "to")
        ):
            break
        else:
            at += 1
    return found


def _tail(
    phrase: str, words: list[re.Match[str]], lowered: list[str], at: int, tables: Tables
) -> tuple[str, str]:
    """
    Take what the head's "of", "for" or "to" governs, and that preposition.

    It ends at the next preposition that is none of a listed name ("Security in Europe").
    """
    if at >= len(words) or lowered[at] not in ("of", "for", "to"):
        return "", ""
    start = words[at].end()
    end = len(phrase)
    names = [match.span for match in matches(phrase[start:], tables)]
    for word, low in zip(words[at + 1 :], lowered[at + 1 :], strict=True):
        inside = any(name.start < word.start() - start < name.end for name in names)
        if low in _PREPOSITIONS - {"of"} and not inside:
            end = word.start()
            break
    return re.split(r"[,;:(]", phrase[start:end])[0].strip(), lowered[at]


def _implied(through: str, tables: Tables) -> tuple[Party, ...]:
    """Find the country of a title that only one country uses, where nothing else qualifies it."""
    bare = re.sub(r"^(?:the|then|acting|u\.s\.|us)\s+", "", through.strip(), flags=re.I).lower()
    if bare in _US_TITLES:
        own = _HEADED.get(bare)
        country = tables.parties["united states"]
        return (country, tables.parties[own]) if own else (country,)
    if bare in _POPE:
        return (tables.parties["vatican"],)
    if bare in _UK_TITLES:
        return (tables.parties["united kingdom"],)
    return ()


def _represented(
    before: str, through: str, reading: Reading, tail: str, tables: Tables
) -> tuple[Party, ...]:
    """Find the body of a representative who sits in no parliament: "the WHO representative"."""
    found = _beside(before, through, replace(reading, kind="state"), bool(tail), tables)
    found = found or _inside(tail, tables)
    return found if found and found[0].kind == "body" else ()


def _beside(
    before: str, through: str, reading: Reading, has_tail: bool, tables: Tables
) -> tuple[Party, ...]:
    """Find the party in front of the head."""
    head_at = len(before)
    for match in matches(through, tables):
        if not match.alias.parties:
            continue
        between = through[match.span.end : head_at]
        if _IN_A_NAME.search(through[: match.span.start]):
            continue
        if reading.head in _SENT:
            between = _WHERE_TO.sub("", between)
        # A UN ambassador is a nation's; the Union sends its own: "EU ambassador to Norway".
        sends = match.alias.parties[0].key == "european union" and has_tail
        body = match.alias.parties[0].kind == "body" and not sends
        if body and reading.head.startswith("ambassador"):
            continue
        if match.span.end < head_at and not _clear(between, match, reading.head):
            continue
        if _bare(match, between, reading):
            continue
        return match.alias.parties
    clinton = re.search(r"([^\W\d_][\w-]+)(?:['’]s)? campaign\b", before)
    if clinton and clinton.group(1)[0].isupper():
        return (campaign(clinton.group(1)),)
    return ()


def _clear(between: str, match: PartyMatch, head: str) -> bool:
    """Return whether nothing between a party and the head makes the role somebody else's."""
    words = [w.group() for w in WORD.finditer(POSSESSIVE.sub("", between))]
    if match.alias.parties[0].kind in ("company", "group", "body", "newspaper"):
        return True
    if _has_portfolio(words, head):
        return True
    return all(w.lower() in _MODIFIER or w.lower() in FORCE for w in words)


def _has_portfolio(words: list[str], head: str) -> bool:
    """
    Return whether *words* name the business of a minister or of a ministry.

    No list holds them all: "Fisheries", "Climate and Environment", "Labour".
    """
    lowered = [w.lower() for w in words]
    if not _RUN_BUSINESS & set(head.split()):
        last = next((i for i in range(len(lowered), 0, -1) if lowered[i - 1] in _OFFICES), 0)
        if not last or not all(w in _MODIFIER | FORCE for w in lowered[last:]):
            return False
        lowered = lowered[: last - 1]
    return not any(w in _PREPOSITIONS - {"of", "for"} or longest_role([w]) for w in lowered)


def _bare(match: PartyMatch, between: str, reading: Reading) -> bool:
    """Return whether only a nationality stands beside a role that any nation's people can have."""
    if match.alias.use not in ("name", "adjective", "capital"):
        return False
    if match.alias.parties[0].kind != "country" or reading.kind != "head":
        return False
    words = {w.group().lower() for w in WORD.finditer(between)}
    return reading.head not in _BARE_ONLY and not (words & (FORCE | {"government", "military"}))


def _inside(tail: str, tables: Tables) -> tuple[Party, ...]:
    """Find the party that a tail ("the Russian army", "Gazprom") is."""
    for match in matches(tail, tables):
        if not match.alias.parties:
            return ()
        before = re.sub(r"^(?:the|a|an)\s+", "", tail[: match.span.start].strip() + " ", flags=re.I)
        rest = [w.group() for w in WORD.finditer(tail[match.span.end :])]
        country = match.alias.parties[0].kind == "country"
        # "the Kurdish-led SDF" is the SDF.
        role_before = all(
            w.lower() in _MODIFIER | FORCE or (not country and re.search(r"-(?:led|run|based)$", w))
            for w in _words(before)
        )
        # "Abu Dhabi Media" is no voice of the state whose capital that is.
        capital = match.alias.use == "capital"
        known = all(w.lower() in (FORCE if capital else _MODIFIER | FORCE) for w in rest)
        if role_before and (known or (not country and not any(w[0].isupper() for w in rest))):
            return match.alias.parties
        return ()
    clinton = re.search(r"([^\W\d_][\w-]+)(?:['’]s)? campaign\b", tail)
    if clinton and clinton.group(1)[0].isupper():
        return (campaign(clinton.group(1)),)
    return ()


def _office_parties(phrase: str, tables: Tables) -> tuple[Party, ...]:
    """Find whose office *phrase* is: "the US Department of Agriculture", "the Russian embassy"."""
    for match in matches(phrase, tables):
        parties = match.alias.parties
        if not parties or re.sub(r"^(?:the|an?)\s+", "", phrase[: match.span.start], flags=re.I):
            return ()
        if parties[0].kind != "country":
            return parties if parties[-1].kind == "country" else ()
        rest = [w.lower() for w in _words(phrase[match.span.end :])]
        named = any(w in FORCE | _OFFICES for w in rest[:4])
        return parties if match.alias.use == "metonym" or named else ()
    return ()


def _words(text: str) -> list[str]:
    """Split into words."""
    return [w.group() for w in WORD.finditer(text)]


def _is_body(before: str, tables: Tables) -> bool:
    """Return whether a qualifier is itself a known group ("Kurdish YPG")."""
    return any(
        m.alias.parties and m.alias.parties[0].kind in ("group", "body")
        for m in matches(before, tables)
    )


def _principal(before: str, tables: Tables) -> str | None:
    """Take the person or group in front of the head: "Putin's", "Clinton", "his"."""
    if any(m.alias.parties for m in matches(before, tables)):
        return None
    names = re.findall(r"(?:[A-Z][\w.’'–-]*\s+)*[A-Z][\w–-]*(?:['’]s)?(?=\s|$)", before)
    # "Deputy Foreign Minister" has no principal of that name.
    names = [n for n in names if not {w.lower() for w in n.split()} <= _OF_THE_TITLE]
    # "the group's spokesman"
    pointing = re.match(r"the [a-z]+(?: [a-z]+)?(?=['’]s\b)", before.strip(), flags=re.I)
    if pointing:
        return pointing.group()
    pronoun = re.match(r"(?:his|her|their|its)\b", before.strip(), flags=re.I)
    if pronoun:
        return pronoun.group()
    if names and names[-1].lower() not in ("the", "a", "an"):
        return _strip(names[-1])
    return None


def _strip(text: str) -> str | None:
    """Trim a principal to its name."""
    bare = POSSESSIVE.sub("", text.strip(" ,.;:“”\"'"))
    return bare or None
