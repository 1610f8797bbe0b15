"""
Whom a phrase means by a side, by joint offices or by initials.

"The Biden team" and "Trump's camp" are his campaign where one is on record, else his government;
"Assad's opponents" are his country's opposition and never himself. "The Russian and Turkish
presidents" are two people. "DIAA" is the one body on record whose name begins so.
"""

from __future__ import annotations

import re

from index.roster.directory import Directory
from index.roster.lookup import known_person, role_of
from index.speakers.gazetteer.names import name_key, surname
from index.speakers.gazetteer.parties import find_party
from index.text.words import STOP_WORDS

_SIDE = re.compile(
    r"(?i)^(?P<name>[^\W\d_][\w.-]*(?:\s[\w.-]+)?)(?:['’]s?)?\s+(?:(?P<foes>opponents|foes|enemies"
    r"|adversaries)|(?P<side>team|camp|campaign|people|administration|government|aides|side))$"
)
_JOINT = re.compile(
    r"(?i)^(?:the\s+)?(?P<sides>[^\W\d_]+(?:,\s*[^\W\d_]+)*,?\s+and\s+[^\W\d_]+)\s+(?P<role>\D+)s$"
)
_CAMPAIGNING = frozenset("team camp campaign".split())
# Three small letters are a word too often: "aid", "arm".
_SHORTEST_IN_LOWER_CASE = 4


def party_of_side(text: str, directory: Directory) -> str | None:
    """
    Find the party of a person's side or of those against him.

    Args:
        text: "Biden team", "Assad's opponents", without an article in front.
        directory: who is on record.

    Returns:
        The party's key; None for another phrase, or where no such party is on record.
    """
    match = _SIDE.match(text)
    if match is None or find_party(match["name"], directory.tables):
        return None
    person = known_person(match["name"], directory)
    states = [p.key for p in person.parties if p.kind in ("country", "body")] if person else []
    if match["foes"]:
        # Whom others oppose need not be quoted himself.
        held = directory.tables.holders_of(name_key(match["name"]), None)
        states += [holder.party for holder in held]
        return _opposition_in(states[0], directory) if len({*states}) == 1 else None
    if person is None:
        return None
    campaign = directory.on_record.get(f"{surname(name_key(match['name']))} campaign")
    if campaign is not None and match["side"].lower() in _CAMPAIGNING:
        return campaign.key
    return states[0] if states else None


def _opposition_in(country: str, directory: Directory) -> str | None:
    """Find a country's opposition on record: "Syrian opposition"."""
    for key, party in directory.on_record.items():
        if key.endswith(" opposition"):
            found = find_party(key.removesuffix(" opposition"), directory.tables)
            if found is not None and found.key == country:
                return party.key
    return None


def offices_apart(phrase: str, directory: Directory) -> str:
    """Give each of joint offices its words: "the russian president and turkish president"."""
    match = _JOINT.match(phrase)
    if match is None or role_of(match["role"]) is None:
        return phrase
    sides = [side for side in re.split(r"(?i),?\s+and\s+|,\s*", match["sides"]) if side]
    if not all(find_party(side, directory.tables) for side in sides):
        return phrase
    return " and ".join(f"{side} {match['role']}" for side in sides)


def party_with_initials(text: str, directory: Directory, *, lower: bool) -> str | None:
    """
    Find the only body on record with these initials: "DIAA", "j&j".

    Args:
        text: as typed.
        directory: who is on record.
        lower: whether small letters will do.
    """
    typed = text.replace(".", "").casefold()
    clear = text.isupper() or "&" in text or (lower and len(typed) >= _SHORTEST_IN_LOWER_CASE)
    if not clear or typed in STOP_WORDS:
        return None
    keys = directory.by_initials.get(typed, frozenset())
    return min(keys) if len(keys) == 1 else None
