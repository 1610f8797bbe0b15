"""
Statements that fit a question, best first: ranked by a topic, or by date.

A party may have made a hundred thousand statements, of which a page shows five. So those in the
order of their dates are read from the store a few at a time; the others are only counted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.store import UNDATED, Candidate, Keys, SentenceColumns, Store
from index.types import Order

# Statements read at a time, and all others of the same moment.
_BATCH_SIZE = 64


@dataclass(frozen=True, slots=True)
class Reference:
    """
    A statement that fits: its place, its sentences that fit, and how well.

    ``sure``: it is on the topic, and not perhaps on another matter of the same article.
    """

    article_id: str
    number: int
    sentences: tuple[int, ...]
    score: float
    sure: bool = True


class Listing(Protocol):
    """Statements, best first."""

    def __iter__(self) -> Iterator[Reference]:
        """List them; what changes in the store meanwhile may be left out."""

    def count_excluding(self, seen: Collection[tuple[str, int]]) -> int:
        """
        Count the statements without any of the sentences *seen* (article id, index).

        Those with the same sentences count once, and one of several `passages` as often.
        """


class Ranked:
    """Statements whose sentences are scored, those of one statement together."""

    def __init__(
        self,
        candidates: Iterable[Candidate],
        scores: Mapping[int, float],
        order: Order = "best",
        unsure: Collection[int] = (),
    ) -> None:
        """
        Order statements by their scores, or by date.

        Args:
            candidates: their sentences.
            scores: by key; each statement needs one.
            order: "best" goes by the scores.
            unsure: keys of those that are perhaps on another matter.
        """
        found = [
            (
                _age(group[0], order),
                _reference(
                    group,
                    max(scores.get(c.key, 0.0) for c in group),
                    any(c.key in scores and c.key not in unsure for c in group),
                ),
            )
            for whole in _grouped(candidates)
            if (group := _with_between(whole, scores))
        ]
        found.sort(key=lambda f: (f[0], -f[1].score, f[1].article_id, f[1].number))
        self._references = [reference for _, reference in found]

    def __iter__(self) -> Iterator[Reference]:
        """List them, best first."""
        return iter(self._references)

    def count_excluding(self, seen: Collection[tuple[str, int]]) -> int:
        """Count those without any of the sentences *seen*."""
        unseen = {
            (r.article_id, r.sentences)
            for r in self._references
            if not any((r.article_id, at) in seen for at in r.sentences)
        }
        return sum(passages(sentences) for _, sentences in unseen)


class Dated:
    """Statements by date: of the newest article first, or of the oldest; undated ones last."""

    def __init__(self, rows: SentenceColumns, store: Store, order: Order = "best") -> None:
        """Order *rows*, as `Store.select_columns` gave them."""
        self._store = store
        self._order: Order = "newest" if order == "best" else order
        self._rows = rows
        self._starts = np.flatnonzero(np.diff(self._rows.statements, prepend=-1))
        self._keys: dict[tuple[str, int], int] = {}

    def __iter__(self) -> Iterator[Reference]:
        """List them, those of one moment by article and in reading order."""
        moments = self._rows.moments[self._starts]
        if self._order == "oldest":
            moments = np.where(moments == UNDATED, UNDATED, -moments)
        rising = np.argsort(moments, kind="stable")
        ordered, end = moments[rising], len(rising)
        while end:
            # Whole moments: within one the articles' ids decide, which are not read yet.
            oldest = ordered[max(end - _BATCH_SIZE, 0)]
            begin = int(np.searchsorted(ordered, oldest))
            yield from self._read(rising[begin:end])
            end = begin

    def _read(self, at: NDArray[np.int64]) -> Iterator[Reference]:
        rows = self._rows
        found = self._store.statements(rows.statements[self._starts[at]])
        # A number is given again after its statement has gone, a key never.
        known = set(rows.keys[np.isin(rows.statements, rows.statements[self._starts[at]])].tolist())
        candidates = [candidate for candidate in found if candidate.key in known]
        self._keys |= {(c.article_id, c.sentence): c.key for c in candidates}
        groups = _grouped(candidates)
        groups.sort(key=lambda g: _age(g[0], self._order))
        return (_reference(group, 0.0) for group in groups)

    def count_excluding(self, seen: Collection[tuple[str, int]]) -> int:
        """Count those without any of the sentences *seen*, which were listed before."""
        keys, starts = self._rows.keys, self._starts
        if not len(starts):
            return 0
        known = [self._keys[place] for place in seen if place in self._keys]
        # A statement that the article interrupts is shown, and counted, in as many passages.
        apart = np.diff(self._rows.statements, prepend=-1) != 0
        apart |= np.diff(self._rows.sentences, prepend=-2) != 1
        starts = np.flatnonzero(apart)
        fresh = ~np.logical_or.reduceat(np.isin(keys, known), starts)
        return len(np.unique(np.add.reduceat(_scrambled(keys), starts)[fresh]))


def passages(sentences: Sequence[int]) -> int:
    """Count in how many passages the sentences of a statement stand, one behind another each."""
    return sum(at != before + 1 for before, at in pairwise((-2, *sentences)))


def _with_between(group: Sequence[Candidate], scores: Mapping[int, float]) -> list[Candidate]:
    """Keep what is scored, and what stands between: a quotation with a hole reads as another."""
    ordered = sorted(group, key=lambda c: c.part)
    scored = [at for at, each in enumerate(ordered) if each.key in scores]
    return ordered[scored[0] : scored[-1] + 1] if scored else []


def _age(candidate: Candidate, order: Order) -> float:
    """Give what orders a statement by its date: less comes first, undated ones come last."""
    if order == "best":
        return 0.0
    if candidate.published_at is None:
        return np.inf
    moment = candidate.published_at.timestamp()
    return moment if order == "oldest" else -moment


def _scrambled(keys: Keys) -> NDArray[np.uint64]:
    """
    Scramble keys, so that two sets of them hardly ever have one sum.

    The finalizer of splitmix64 (Steele, Lea and Flood 2014), whose numbers pass for random ones.
    """
    mixed = keys.astype(np.uint64)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    return mixed ^ (mixed >> np.uint64(31))


def _grouped(candidates: Iterable[Candidate]) -> list[list[Candidate]]:
    """Put the sentences of each statement together, in the order of their first."""
    grouped: dict[tuple[str, int], list[Candidate]] = {}
    for candidate in candidates:
        grouped.setdefault((candidate.article_id, candidate.statement), []).append(candidate)
    return list(grouped.values())


def _reference(group: Sequence[Candidate], score: float, sure: bool = True) -> Reference:
    ordered = sorted(group, key=lambda c: c.part)
    first, places = ordered[0], tuple(c.sentence for c in ordered)
    return Reference(first.article_id, first.statement, places, score, sure)
