"""
Who is on record, and for whom: folding what many statements say of one speaker or party.

The same speaker is worded differently from article to article ("Foreign Minister", no role
at all). The newest wording wins; ties are settled by the wording itself, so that the answer
does not depend on the order in which articles came in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from index.store import KnownSpeaker, SpeakerVariant
from index.types import Party, Speaker


def known_speakers(variants: Iterable[SpeakerVariant]) -> list[KnownSpeaker]:
    """
    Fold *variants* to one entry per speaker key, most statements first, then by key.

    Name: of the newest variant; role and parties: of the newest variant that has any.
    """
    grouped: dict[str, list[SpeakerVariant]] = {}
    for variant in sorted(variants, key=_age, reverse=True):
        grouped.setdefault(variant.key, []).append(variant)
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
    return most_first(known)


class SpeakerFold:
    """Everybody on record, by key; only those who change are folded again."""

    def __init__(self) -> None:
        self._variants: dict[int, SpeakerVariant] = {}
        self._numbers: dict[str, tuple[int, ...]] = {}

    def apply(
        self, variants: Mapping[int, SpeakerVariant | None]
    ) -> dict[str, KnownSpeaker | None]:
        """
        Take in what became of some *variants*.

        Returns:
            By key each speaker that one of them is or was, as `known_speakers` folds him; None for
            somebody no longer on record.
        """
        keys = {key for number, variant in variants.items() for key in self._note(number, variant)}
        changed: dict[str, KnownSpeaker | None] = {}
        for key in keys:
            numbers = self._numbers[key]
            folded = known_speakers(self._variants[number] for number in numbers)
            changed[key] = folded[0] if folded else None
            if not numbers:
                del self._numbers[key]
        return changed

    def _note(self, number: int, variant: SpeakerVariant | None) -> Iterator[str]:
        """Note a variant; gives the keys that it had and has."""
        before = self._variants.pop(number, None)
        if before is not None:
            self._numbers[before.key] = tuple(n for n in self._numbers[before.key] if n != number)
            yield before.key
        if variant is not None:
            self._variants[number] = variant
            self._numbers[variant.key] = (*self._numbers.get(variant.key, ()), number)
            yield variant.key


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
    Return whether the article itself, or the user, says for whom *speaker* speaks.

    Where it does not, or only the shipped tables do, other articles may tell.
    """
    if speaker is None or not speaker.parties:
        return speaker is None
    return not speaker.evidence or any(e.origin != "shipped" for e in speaker.evidence)


def most_first(known: Iterable[KnownSpeaker]) -> list[KnownSpeaker]:
    """Order by the number of statements, most first, then by key."""
    return sorted(known, key=lambda speaker: (-speaker.statements, speaker.key))


def _age(
    variant: SpeakerVariant,
) -> tuple[bool, float | datetime, str, str, list[tuple[str, str, str]]]:
    parties = [(p.key, p.name, p.kind) for p in variant.parties]
    dated = variant.newest is not None
    return dated, variant.newest or 0.0, variant.name, variant.role or "", parties
