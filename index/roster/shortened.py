"""
Which body on record is meant by a part of its name: "Brennick", "hopkins" for Johns Hopkins.

Its first words name it anywhere. Its last word is as often one of the language ("Polar Water"), so
it only counts where the question's form shows that somebody is named. No I/O.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from index.roster.directory import Directory
from index.roster.lookup import role_of
from index.speakers.cast.organisations import GROUP_WORDS
from index.speakers.gazetteer.lexicon import rows, words
from index.speakers.gazetteer.names import name_key
from index.speakers.gazetteer.tables import phrase_key
from index.text.spelling import SHORTEST
from index.text.words import STOP_WORDS, stems

# What a body is, not which: nobody is named by it.
_KINDS = (
    GROUP_WORDS
    | words("company name ends")
    | words("group name ends")
    | words("body name ends")
    | words("body name heads")
    | words("organisation kind")
    | words("generic")
    | words("portfolio")
    | words("no person")
    | frozenset(
        "water justice rights action workers people women children europe australia america africa"
        " asia england britain food foods media research science sciences services resources"
        " solutions partners brothers sons capital insurance oil gas mining steel power"
        " homes".split()
    )
)


class Shortened(NamedTuple):
    """The key of a body, and whether the words that mean it are the last of its name."""

    key: str
    by_last: bool


def party_shortened(text: str, directory: Directory, general: frozenset[str]) -> Shortened | None:
    """
    Find the one company, group or body on record of whose name *text* is the begin or the end.

    Args:
        text: as typed, without an article.
        directory: who is on record.
        general: words that name nobody in particular.

    Returns:
        None if several may be meant, or if *text* is too little to name anybody by.
    """
    if not text[:1].isalpha() or len(text) < SHORTEST or stems(text) <= STOP_WORDS | general:
        return None
    bare = phrase_key(text)
    begin = {
        party.key for key, party in directory.on_record.items()
        if party.kind in ("company", "group") and key.startswith(f"{bare} ")
    }  # fmt: skip
    if len(begin) == 1:
        return Shortened(begin.pop(), False)
    if begin or " " in bare or bare in _KINDS or bare in directory.tables.genders:
        return None
    end = {
        party.key for key, party in directory.on_record.items()
        if party.kind in ("company", "group", "body") and key.endswith(f" {bare}")
    }  # fmt: skip
    return Shortened(end.pop(), True) if len(end) == 1 else None


_OFFICE = re.compile(
    r"(?P<owner>[^\s'’]+(?:\s[^\s'’]+){0,2})['’]s?\s+(?P<role>\S.*)"
    r"|(?P<role_of>\S.*?)\s+of\s+(?P<of>[^\s'’]+(?:\s[^\s'’]+){0,2})"
)


def body_of_office(text: str, directory: Directory, general: frozenset[str]) -> tuple[str, str]:
    """
    Find whose office is asked about: "Brennick's CEO", "the chief executive of Brennick".

    Args:
        text: as typed, without an article.
        directory: who is on record.
        general: words that name nobody in particular.

    Returns:
        The key of a body on record that is named by the begin of its name, and the office, in
        full words; "" and "" for others.
    """
    match = _OFFICE.fullmatch(text)
    office = (match["role"] or match["role_of"]) if match else ""
    if match is None or role_of(office) is None:
        return "", ""
    found = party_shortened(match["owner"] or match["of"], directory, general)
    if found is None or found.by_last:
        return "", ""
    return found.key, re.sub(r"(?i)^c\.?e\.?o\.?$", "chief executive", office)


# What any body may be called that is named by its kind: "the athletics body".
_BODIES = frozenset(
    "body federation association union organisation organization group agency authority watchdog"
    " board society council commission committee charity club".split()
)
_LOOSE = frozenset("body organisation organization group watchdog board".split())
# One is often called the other.
_FEDERATED = frozenset({"federation", "association"})
_BODY_STEMS = stems(" ".join(_BODIES))
_TWO = 2


def party_described(text: str, directory: Directory) -> str | None:
    """
    Find the one body on record whose name holds all that a description says: "athletics body".

    Args:
        text: as typed, without an article; its last word says that a body is meant.
        directory: who is on record.

    Returns:
        The key; None without two words beside the last, or where several or none fit.
    """
    *said, last = phrase_key(text).split() or [""]
    asked = stems(" ".join(said)) - STOP_WORDS
    if last not in _BODIES or len(asked) < _TWO:
        return None
    found = set()
    for party in directory.on_record.values():
        if party.kind not in ("group", "body") or phrase_key(party.name) == phrase_key(text):
            continue
        name = stems(party.name)
        alike = last in _LOOSE or not name.isdisjoint(stems(last)) or last in _FEDERATED
        if asked <= name and alike and not name.isdisjoint(_BODY_STEMS):
            found.add(party.key)
    return found.pop() if len(found) == 1 else None


_HOUSE = re.compile(
    r"\s(?:in|of|from)\s(?:the\s)?(?:senate|house|congress|parliament|commons|lords|assembly"
    r"|opposition|government|bundestag|knesset|council)$"
)


_POLITICAL = re.compile(r"\b(?:party|democrats|liberals|greens)\b")


def party_by_name_in_print(text: str, directory: Directory) -> str | None:
    """
    Find the political party that small letters mean: "labour", "the republicans in the senate".

    In print its capital shows that it is one; who types "conservatives on the budget" has none.

    Args:
        text: as typed, without an article.
        directory: who is on record; of several countries' parties one on record is meant.
    """
    bare = _HOUSE.sub("", text)
    if text != text.lower() or len(bare.split()) > _TWO:
        return None
    named = {
        key
        for _, key, called in rows("partisans.tsv")
        if bare in {word.lstrip("=").lower() for word in called.split("|")}
    }
    spoken = {key for key in named if key in directory.on_record}
    if len(spoken) == 1:
        return spoken.pop()
    alias = directory.tables.aliases.get(phrase_key(bare))
    if alias is None or not alias.parties or not (alias.cased or bare != text):
        return None
    # "Amnesty on debts" asks no campaigners.
    key = alias.parties[0].key
    return key if key in named or _POLITICAL.search(key) else None


def person_within(text: str, directory: Directory) -> str | None:
    """Find the only name on record of which *text* is a word in the middle: "Ghani"."""
    key = name_key(text)
    if len(key.split()) != 1 or len(text) < SHORTEST or not text.isalpha():
        return None
    found = [s for s in directory.by_token.get(key, ()) if s.name[:1].isupper()]
    people = [s for s in found if _TWO < len(s.key.split()) <= _TWO + 2 and " and " not in s.name
              and role_of(s.name) is None]  # fmt: skip
    return people[0].name if len({s.key for s in people}) == 1 else None
