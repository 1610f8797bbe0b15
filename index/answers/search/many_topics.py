"""
The evidence within one article for many topics, one after the other.

What `ArticleEvidence` and `Nearness` measure, of all sentences that carry a statement at once: what
hangs on no topic is measured once, the rest by a few products of matrices. For an article that is
compared with hundreds of topics this takes a fifth of the time, for a single one it takes longer.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.answers.search.scoring.evidence import AROUND, LEAD, Numbers, Topic, manner_of, stance_of
from index.answers.search.scoring.holding import WordsApart
from index.answers.search.scoring.nearness import (
    BEFORE,
    LEFT,
    Apart,
    Windows,
    faded,
    ranks,
)
from index.answers.search.scoring.spoken import SpokenArticle
from index.store import Vectors
from index.text.words import folded
from index.types import CueClass

_LEAST = 1e-6


class _Groups:
    """Groups of sentences: their sums of vectors, and what the best of each holds."""

    def __init__(self, groups: Iterable[Sequence[int]], vectors: Vectors) -> None:
        made = [np.array(group, dtype=np.int64) for group in groups]
        self._flat = np.concatenate(made)
        self._starts = np.cumsum([0, *(len(group) for group in made[:-1])])
        self.sums: Vectors = np.add.reduceat(vectors[self._flat], self._starts, axis=0)

    def most(self, values: Numbers) -> Numbers:
        """Take the highest of (sentences,) values in each group."""
        found: Numbers = np.maximum.reduceat(values[self._flat], self._starts)
        return found

    def holding(self, held: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Say of (words, sentences) which words some sentence of each group holds."""
        found: NDArray[np.bool_] = np.logical_or.reduceat(held[:, self._flat], self._starts, axis=1)
        return found


class _Words(NamedTuple):
    """What the words of a topic weigh, and which sentences and the title hold them."""

    weights: NDArray[np.float64]
    held: NDArray[np.bool_]
    titled: NDArray[np.bool_]

    def shares(self, held: NDArray[np.bool_]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Measure what (words, n) groups hold: all by weight, and the rarest."""
        none = np.zeros(held.shape[1])
        if not self.weights.any():
            return none, none
        weighed = held * self.weights[:, None]
        return weighed.sum(axis=0) / self.weights.sum(), weighed.max(axis=0) / self.weights.max()


class ManyTopics:
    """An article, ready to be compared with many topics."""

    def __init__(self, article: SpokenArticle, vectors: Vectors) -> None:
        """
        Measure what hangs on no topic.

        Args:
            article: with at least one sentence.
            vectors: (sentences, dim), rows of length 1.
        """
        self._article = article
        self._vectors = np.asarray(vectors, dtype=np.float32)
        self._end = len(vectors)
        self._places = sorted(article.carrying)
        self._rows = {at: row for row, at in enumerate(self._places)}
        self._numbers = [article.statement_at(at) for at in self._places]
        self._manners: dict[CueClass | None, NDArray[np.float64]] = {}
        self._found: dict[tuple[str, CueClass | None], Numbers] = {}
        self._mean = self._vectors.mean(axis=0)
        self._title = WordsApart(folded(article.item.article.title))
        self._smooth = faded(np.ones(self._end, dtype=np.float32))
        if self._places:
            self._gather(self._numbers)

    def _gather(self, numbers: Sequence[int]) -> None:
        """Gather the groups of sentences that stand around each place, and their sums."""
        article, end, vectors = self._article, self._end, self._vectors
        everything = set(range(end))
        places = self._places
        near = [range(max(0, at - AROUND), min(end, at + AROUND + 1)) for at in places]
        self._near = _Groups(near, vectors)
        self._parts = _Groups([article.parts[number] for number in numbers], vectors)
        self._spoken = _Groups([article.spoken_with(number) for number in numbers], vectors)
        apart = [sorted(everything - article.spoken_by_others(number)) for number in numbers]
        self._others = _Groups(apart, vectors)
        self._whole = _Groups([range(min(LEAD, end)), range(end)], vectors)
        beside = [vectors[max(0, at - LEFT) : at].sum(axis=0) for at in places]
        beside += [vectors[at + 1 : at + BEFORE + 1].sum(axis=0) for at in places]
        groups = (self._near, self._parts, self._spoken, self._whole)
        sums = np.concatenate([*(each.sums for each in groups), np.stack(beside)])
        lengths = np.sqrt(np.einsum("ij,ij->i", sums, sums))[:, None]
        self._empty = lengths[:, 0] < _LEAST
        # Of the sentences, of the groups, and of what stands before and behind each place.
        self._sums = np.concatenate([vectors, sums / np.maximum(lengths, np.float32(_LEAST))])
        self._windows = Windows(vectors)

    def rows(
        self, topic: Topic, name: str, places: Sequence[int], stance: CueClass | None
    ) -> Numbers:
        """
        Measure some sentences, as `ArticleEvidence.rows` does.

        Args:
            topic: what a question is about.
            name: the same for the same topic.
            places: the numbers of at least one sentence; each carries a statement.
            stance: which one is asked for.
        """
        if (name, stance) not in self._found:
            self._found[name, stance] = self._measure(topic, stance)
        return self._found[name, stance][[self._rows[at] for at in places]]

    def _measure(self, topic: Topic, stance: CueClass | None) -> Numbers:
        """Measure all places: (places, n), the columns of `NAMES` up to those of `NEAR_NAMES`."""
        apart = Apart(self._mean, topic.vector)
        directions = np.concatenate([apart.directions, topic.parts]).T
        products = self._sums @ directions
        own, beyond = products[: self._end], products[self._end :]
        beyond[self._empty, Apart.AIMED] = apart.towards
        count = len(self._places)
        near, parts, spoken = (beyond[n * count : (n + 1) * count] for n in range(3))
        whole, beside = beyond[3 * count : 3 * count + 2], beyond[3 * count + 2 :]
        cosines = own[:, 0]
        windows = self._windows.of(own)
        words = self._words(topic)
        padded = np.concatenate([[0.0], cosines, [0.0]])
        places = np.array(self._places)
        by_speaker = words.shares(self._spoken.holding(words.held))[0]
        columns = [
            cosines[places], padded[places], padded[places + 2], windows[places, 0],
            near[:, 0], self._near.most(cosines), parts[:, 0], self._parts.most(cosines),
            spoken[:, 0], self._spoken.most(cosines),
            *(np.full(count, each) for each in (
                cosines[:LEAD].max(), whole[0, 0], whole[1, 0], cosines.max()
            )),
            *self._wording(words, places, by_speaker),
            *self._manner(stance).T,
            words.shares(self._others.holding(words.held) | words.titled[:, None])[0],
            *self._nearness(apart, own, windows, np.concatenate([parts, beside]), places),
        ]  # fmt: skip
        return np.stack(columns, axis=1).astype(np.float32)

    def _words(self, topic: Topic) -> _Words:
        """Find which sentences hold the words of a topic."""
        wanted = tuple(topic.weights)
        places = self._article.folded.holding(wanted)
        held = np.zeros((len(wanted), self._end), dtype=bool)
        for row, word in enumerate(wanted):
            held[row, [*places[word]]] = True
        titled = self._title.holding(wanted)
        weights = np.array([*topic.weights.values()], dtype=np.float64)
        return _Words(weights, held, np.array([bool(titled[word]) for word in wanted], dtype=bool))

    def _wording(
        self, words: _Words, places: NDArray[np.int64], by_speaker: NDArray[np.float64]
    ) -> Iterable[NDArray[np.float64]]:
        """Measure which words of the topic stand where; see `ArticleEvidence`."""
        count = len(places)
        own, rarest = words.shares(words.held[:, places])
        near, rarest_near = words.shares(self._near.holding(words.held))
        whole = self._whole.holding(words.held) | words.titled[:, None]
        (titled, every), (_, rarest_of_all) = words.shares(whole)
        yield from (own, near, words.shares(self._parts.holding(words.held))[0], by_speaker)
        yield from (np.full(count, titled), np.full(count, every))
        yield from (rarest, rarest_near, np.full(count, rarest_of_all))
        yield from (np.full(count, float(len(words.weights))), np.full(count, 1.0 - every))

    def _manner(self, stance: CueClass | None) -> NDArray[np.float64]:
        """Measure how each sentence was said, and how it takes a stance."""
        if stance not in self._manners:
            article = self._article
            rows = [
                [
                    *manner_of(article, at, number, stance),
                    math.log1p(len(article.parts[number])),
                    *stance_of(article, at, stance),
                ]
                for at, number in zip(self._places, self._numbers, strict=True)
            ]
            self._manners[stance] = np.array(rows, dtype=np.float64)
        return self._manners[stance]

    def _nearness(
        self,
        apart: Apart,
        own: Numbers,
        windows: Numbers,
        sums: Numbers,
        places: NDArray[np.int64],
    ) -> Iterable[NDArray[np.floating]]:
        """Compare each place with the other sentences, as `Nearness` does."""
        count, cosines, near = self._end, own[:, 0], windows[:, 0]
        alone, beside = own[:, Apart.FIRST_PART :], windows[:, Apart.FIRST_PART :]
        above = beside - beside.mean(axis=0)
        telling = int(np.argmax(beside.std(axis=0)))
        yield from (apart.of(own)[places], apart.of(windows)[places])
        yield from apart.of(sums).reshape(3, -1)
        yield (faded(cosines) / self._smooth)[places]
        yield from (np.log1p(ranks(cosines))[places], np.log1p(ranks(near))[places])
        yield np.log1p(np.abs(places - int(np.argmax(near))))
        yield from (places / count, np.full(len(places), math.log(count)))
        for values in (alone[places], beside[places]):
            yield from (values.mean(axis=1), values.min(axis=1), values.max(axis=1))
        above = above[places]
        yield from (above.mean(axis=1), above.max(axis=1), above[:, telling])
