"""Can the speaker whom a draft names be the one on record?"""

from __future__ import annotations

from index.speakers.gazetteer.names import names_agree
from index.text.words import STOP_WORDS, stems
from index.types import Speaker

# Of these a source is not a name but a description: an office, a house.
_DESCRIBED = frozenset({"role", "institution"})


def agree(draft: Speaker | None, record: Speaker | None) -> bool:
    """
    Return whether nothing speaks against the two being one.

    Nobody agrees with everybody. Two names must agree; a description ("the foreign minister") must
    be held by the other's name and role. Who is only described in the draft ("Russian officials")
    may be anybody who speaks for the same party.
    """
    if draft is None or record is None or names_agree(draft.key, record.key):
        return True
    if _is_shorter(draft.key, record.key):
        return True
    if _held(draft, record) or _held(record, draft):
        return True
    parties = {party.key for party in draft.parties} & {party.key for party in record.parties}
    return draft.found in _DESCRIBED and bool(parties)


def _held(one: Speaker, other: Speaker) -> bool:
    """Return whether the name of *one* is a description that *other*'s name and role hold."""
    wanted = stems(one.name) - STOP_WORDS
    parties = " ".join(f"{party.key} {party.name}" for party in other.parties)
    known = stems(f"{other.name} {other.role or ''} {parties}")
    return one.found in _DESCRIBED and bool(wanted) and wanted <= known


def _is_shorter(one: str, other: str) -> bool:
    """Return whether the one full name leaves out a name of the other: a second family name."""
    short, long = sorted((one.split(), other.split()), key=len)
    return len(short) > 1 and set(short) < set(long) and short[0] == long[0]
