"""
Who is on record, and for whom: folding what many statements say of one speaker or party.

The same speaker is worded differently from article to article ("Foreign Minister", no role
at all). The newest wording wins; ties are settled by the wording itself, so that the answer
does not depend on the order in which articles came in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from threading import Lock
from typing import NamedTuple

from index.store import KnownSpeaker
from index.store.codec import decode_voice, from_micros
from index.types import Party, Speaker


class Voice(NamedTuple):
    """A speaker as worded by *statements* statements, the newest of them at *newest*."""

    key: str
    name: str
    role: str | None
    parties: tuple[Party, ...]
    statements: int
    newest: datetime | None


def known_speakers(voices: Iterable[Voice]) -> list[KnownSpeaker]:
    """
    Fold *voices* to one entry per speaker key, most statements first, then by key.

    Name: of the newest voice; role and parties: of the newest voice that has any.
    """
    grouped: dict[str, list[Voice]] = {}
    for voice in sorted(voices, key=_age, reverse=True):
        grouped.setdefault(voice.key, []).append(voice)
    known = [
        KnownSpeaker(
            key=key,
            name=group[0].name,
            role=next((v.role for v in group if v.role), None),
            parties=next((v.parties for v in group if v.parties), ()),
            statements=sum(v.statements for v in group),
        )
        for key, group in grouped.items()
    ]
    return _most_first(known)


class Roll:
    """
    Everybody on record; called again, only those are folded anew whose counts have changed.

    May be called from several threads, also with counts that are older than the last ones.
    """

    def __init__(self) -> None:
        self._counts: Mapping[str, tuple[int, int | None]] = {}
        self._voices: dict[str, dict[str, Voice]] = {}
        self._known: dict[str, KnownSpeaker] = {}
        self._lock = Lock()

    def call(self, counts: Mapping[str, tuple[int, int | None]]) -> list[KnownSpeaker]:
        """
        Fold as `known_speakers` does.

        Args:
            counts: encoded voice -> its statements, and when it was newest in microseconds.
        """
        with self._lock:
            changed = {body for body, _ in self._counts.items() ^ counts.items()}
            for key in {self._hear(body, counts.get(body)) for body in changed}:
                folded = known_speakers(self._voices[key].values())
                if folded:
                    self._known[key] = folded[0]
                else:
                    del self._known[key], self._voices[key]
            self._counts = counts
            return _most_first(self._known.values())

    def _hear(self, body: str, count: tuple[int, int | None] | None) -> str:
        """Note how often a voice was heard, None for no more; gives the key of its speaker."""
        key, name, role, parties = decode_voice(body)
        heard = self._voices.setdefault(key, {})
        if count is None:
            heard.pop(body, None)
        else:
            heard[body] = Voice(key, name, role, parties, count[0], from_micros(count[1]))
        return key


def known_parties(counts: Iterable[tuple[Party, int]]) -> list[tuple[Party, int]]:
    """Fold counts to one entry per party key, most statements first; its commonest wording."""
    totals: dict[str, int] = {}
    wording: dict[str, tuple[int, str, str]] = {}
    for party, count in counts:
        totals[party.key] = totals.get(party.key, 0) + count
        worded = (count, party.name, party.kind)
        wording[party.key] = max(wording.get(party.key, worded), worded)
    ordered = sorted(totals.items(), key=lambda entry: (-entry[1], entry[0]))
    return [(Party(key, *wording[key][1:]), total) for key, total in ordered]


def spoken_for(speaker: Speaker | None) -> list[Party]:
    """List the parties of one statement's speaker, each key once."""
    parties: dict[str, Party] = {}
    for party in speaker.parties if speaker is not None else ():
        parties.setdefault(party.key, party)
    return list(parties.values())


def is_owned(speaker: Speaker | None) -> bool:
    """
    Tell whether the article itself, or the user, says for whom *speaker* speaks.

    Where it does not, or only the shipped tables do, other articles may tell.
    """
    if speaker is None or not speaker.parties:
        return speaker is None
    return not speaker.evidence or any(e.origin != "shipped" for e in speaker.evidence)


def _most_first(known: Iterable[KnownSpeaker]) -> list[KnownSpeaker]:
    return sorted(known, key=lambda speaker: (-speaker.statements, speaker.key))


def _age(voice: Voice) -> tuple[bool, float | datetime, str, str, list[tuple[str, str, str]]]:
    parties = [(p.key, p.name, p.kind) for p in voice.parties]
    dated = voice.newest is not None
    return dated, voice.newest or 0.0, voice.name, voice.role or "", parties
