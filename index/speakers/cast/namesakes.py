"""
Part people of one name: "Iranian minister Ali Rezaei" is not "Iraqi minister Ali Rezaei".

Offices of two states, seats for two parties and the mayors of two towns are not held by one
person at once; and the text may say so ("no relation", "his son"). Who has changed sides is called
"former" or "now". Offsets are characters of the text given. No I/O.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from index.speakers.cast.descriptions import Role
from index.speakers.gazetteer.lexicon import rows, words
from index.speakers.gazetteer.parties import matches
from index.speakers.gazetteer.role_phrases import read_role
from index.speakers.gazetteer.tables import Tables
from index.types import Span

_CHANGED = words("ended") | frozenset({"now", "new", "turned", "then", "once"})
_ANOTHER = re.compile(
    r",?\s\(?(?:no relation|not related|unrelated|(?:a|his|her|the senator['’]s|whose) namesake"
    r"|of the same name|(?:his|her) (?:\w+ )?(?:son|daughter|father|mother|grandson|granddaughter"
    r"|nephew|niece|cousin|uncle|aunt|grandfather)(?=[\s,.)]))",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\b(?:another|a second|a different|the other|a certain|(?:his|her|a|the) namesake,?"
    r"|(?:his|her) (?:son|father|cousin|nephew|uncle),?)\s+(?:[A-Z]?[\w’'-]+\s+){0,3}?\Z",
    re.IGNORECASE,
)
_TOWN = re.compile(
    r"(?:(?P<before>(?:[A-Z][\w.’'-]+\s+){1,3})(?:governor|mayor|gov\.?)"
    r"|(?:governor|mayor) of (?P<of>(?:[A-Z][\w’'-]+\s?){1,3}))",
    re.IGNORECASE,
)
_OF = re.compile(r"\bof\b")
_ELSEWHERE = ("Republican", "Democrat", "Democratic", "GOP", "Green", "Liberal", "Social Democrat")
_SAME = {"tory": "conservative", "gop": "republican", "democrat": "democratic",
         "lib dem": "liberal democrat"}  # fmt: skip


def is_namesake(known: Iterable[Role], roles: Sequence[Role], tables: Tables) -> bool:
    """
    Return whether the roles of one mention cannot be those of whom bears *known* ones.

    Args:
        known: what the article called somebody of the same name before.
        roles: what it calls whoever is named now.
        tables: the shipped ones.
    """
    before = [side for role in known for side in _sides(role, tables)]
    return any(_clash(one, other) for role in roles for one in _sides(role, tables)
               for other in before)  # fmt: skip


def shares_side(known: Iterable[Role], roles: Sequence[Role], tables: Tables) -> bool:
    """Return whether one mention names the state, the party or the town of the *known* roles."""
    before = {side for role in known for side in _sides(role, tables)}
    return any(side in before for role in roles for side in _sides(role, tables))


def is_said_another(text: str, name: Span) -> bool:
    """Return whether the text says that who is named there is another of that name."""
    if _ANOTHER.match(text, name.end):
        return True
    return _OTHER.search(text[max(0, name.start - 60) : name.start]) is not None


_Side = tuple[str, str]


def _clash(one: _Side, other: _Side) -> bool:
    """Return whether two sides are of one kind and are not the same."""
    return one[0] == other[0] and one[1] != other[1]


def _sides(role: Role, tables: Tables) -> list[_Side]:
    """List the state, the party and the town that a role is of; none for one that has ended."""
    low = set(re.findall(r"[\w-]+", role.text.lower()))
    reading = read_role(f"{role.text} {role.country}".strip(), tables)
    if reading is None or reading.ended or low & _CHANGED:
        return []
    found = [
        ("state", party.key)
        for party in reading.parties
        if party.kind == "country" and not reading.implied and reading.kind == "state"
    ]
    if reading.kind == "lawmaker":
        party = _party(role.text, tables)
        found += [("party", party)] if party else []
        town = _TOWN.search(role.text)
        found += [("town", (town["before"] or town["of"]).split()[0].lower())] if town else []
    return found


def _party(text: str, tables: Tables) -> str | None:
    """Find the party whose seat a lawmaker has: "Labour MP"."""
    front = _OF.split(text)[0]
    called = _called().search(front)
    if called is not None:
        return _SAME.get(called[0].lower(), called[0].lower())
    named = next((m.alias.parties[0] for m in matches(front, tables) if m.alias.parties), None)
    return named.key if named is not None and named.kind == "group" else None


@lru_cache(maxsize=1)
def _called() -> re.Pattern[str]:
    """Make a pattern of what stands before the name of a party's member."""
    known = {word for _, _, named in rows("partisans.tsv") for word in named.split("|")}
    plain = sorted({*(word for word in known if word[0] != "="), *_ELSEWHERE}, key=len)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, reversed(plain)))})\b")
