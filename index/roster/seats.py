"""
Whose words are meant by the seat of a head of state or government: "the Kremlin".

An article that says "the Kremlin" often means the state, so a statement of the Kremlin's is one
of Russia's. Who asks for the Kremlin's words does not want those of the transport ministry: they
are what is said under its name, by who sits there, and by those who speak for him.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.roster.directory import Directory
from index.roster.meanings import like_meanings
from index.speakers.gazetteer.names import names_agree, surname
from index.speakers.gazetteer.parties import find_party, matches
from index.speakers.gazetteer.tables import Holder, Tables, phrase_key
from index.store import KnownSpeaker
from index.text.words import stems

_NUMBER = r"(?:10|ten)"


@dataclass(frozen=True, slots=True)
class _Seat:
    """How a seat is called, and which office is held there."""

    wordings: re.Pattern[str]
    office: str


_SEATS = tuple(
    _Seat(re.compile(rf"(?i)(?<!\w)(?:{wordings})(?!\w)"), office)
    for wordings, office in (
        (r"Kremlin|Russian presidency|Russian presidential administration", "president"),
        (rf"(?:{_NUMBER}\s+)?Downing Street|(?:Number|No\.?)\s+{_NUMBER}(?:\s+Downing Street)?",
         "prime minister"),
        (r"[ÉE]lys[ée]e(?:\s+Palace)?|French presidency", "president"),
        (r"Blue House|Cheong Wa Dae", "president"),
    )
)  # fmt: skip
_WITHOUT_ARTICLE = re.compile(r"Downing|^(?:Number|No)\b|^Cheong")
# What a title of such an office may hold beside the state's name.
_OF_STATE = stems("country nation state republic federation mr")


def seat_of(phrase: str) -> str | None:
    """Name the seat that *phrase* is, as it is shown ("the Kremlin"); None for anything else."""
    seat, bare = _seat(phrase), _bare(phrase)
    if seat is None:
        return None
    name = bare.title() if bare.islower() else bare
    return name if _WITHOUT_ARTICLE.search(name) else f"the {name}"


def keys_of_seat(phrase: str, directory: Directory) -> frozenset[str]:
    """
    Find the keys of those whose words are a seat's.

    Args:
        phrase: "the Kremlin", as typed.
        directory: who is on record.

    Returns:
        None of them if *phrase* is no seat, or nobody of it is on record.
    """
    seat = _seat(phrase)
    party = find_party(_bare(phrase), directory.tables)
    if seat is None or party is None:
        return frozenset()
    theirs = [s for s in directory.speakers if any(p.key == party.key for p in s.parties)]
    held = [
        holder for each in directory.tables.holders.values() for holder in each
        if holder.party == party.key and holder.office.casefold() == seat.office
    ]  # fmt: skip
    named = {s.key for s in theirs if seat.wordings.search(f"{s.name}, {s.role or ''}")}
    heads = {s.key for s in theirs if _holds(s, seat, party.key, held, directory.tables)}
    last = frozenset(surname(key) for key in (*heads, *(holder.key for holder in held)))
    return frozenset(named | heads | {s.key for s in theirs if _speaks_for(s, seat, last)})


def _seat(phrase: str) -> _Seat | None:
    return next((seat for seat in _SEATS if seat.wordings.fullmatch(_bare(phrase))), None)


def _bare(phrase: str) -> str:
    return re.sub(r"(?i)^the\s+", "", phrase.strip())


def _holds(
    speaker: KnownSpeaker, seat: _Seat, party: str, held: Sequence[Holder], tables: Tables
) -> bool:
    """Return whether *speaker* is called the holder of an office, or the tables name him so."""
    if speaker.role is None:
        return any(names_agree(holder.key, speaker.key) for holder in held)
    rest = speaker.role
    for span, alias in reversed([*matches(rest, tables)]):
        if any(each.key == party for each in alias.parties):
            rest = f"{rest[: span.start]} {rest[span.end :]}"
    return like_meanings(rest) - _OF_STATE == like_meanings(seat.office)


def _speaks_for(speaker: KnownSpeaker, seat: _Seat, heads: frozenset[str]) -> bool:
    """Return whether *speaker* is the spokesman of an office, or of one of its holders."""
    role = speaker.role or speaker.name
    words = like_meanings(role)
    if "_spokesman" not in words or "_deputy" in words:
        return False
    named = frozenset(re.split(r"[\s']+", phrase_key(role)))
    return like_meanings(seat.office) <= words or not named.isdisjoint(heads)
