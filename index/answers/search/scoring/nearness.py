"""
How near the sentences of an article are to a topic, each compared with the others there.

The article that a topic is about is found with ease; which of its sentences are, is not. What
they all share ("the war") says nothing of that, so what is left without it is compared; and so is
each part of the topic by itself ("the bill", "repairing the pipes", "Mississippi's capital").
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.store import Vectors
from index.text.words import STOP_WORDS

Numbers = NDArray[np.float32]

NEAR_NAMES = (
    "apart", "window apart", "statement apart", "before apart", "after apart", "smoothed",
    "rank in article", "window rank in article", "from nearest", "place", "sentences",
    "parts", "least part", "best part", "parts near", "least part near", "best part near",
    "parts above", "best part above", "telling part above",
)  # fmt: skip
_SUMMED = [NEAR_NAMES.index(f"{name} apart") for name in ("statement", "before", "after")]
# How much the sentence next to one counts for it, the one after that the square, and so on.
_FADING = 0.6
_REACH = 30  # beyond, less than a millionth is left
BEFORE, AFTER, LEFT = 2, 1, 3
_MOST_PARTS = 5
_LEAST = 1e-6
_WORD = re.compile(r"[\w'’.-]+")


def parts_of_topic(topic: str) -> list[str]:
    """
    Take a topic apart at its stop words, the first few parts of it.

    Returns:
        None of them if it is all one part.
    """
    parts: list[list[str]] = [[]]
    for word in _WORD.findall(topic):
        if word.lower().strip("'’.") in STOP_WORDS:
            parts.append([])
        else:
            parts[-1].append(word)
    found = [" ".join(part) for part in parts if part][:_MOST_PARTS]
    return found if len(found) > 1 else []


class Nearness:
    """The sentences of one article beside a topic and its parts."""

    def __init__(self, vectors: Vectors, topic: Vectors, parts: Vectors) -> None:
        """
        Compare all sentences at once.

        Args:
            vectors: (sentences, dim), rows of length 1.
            topic: (dim,), of length 1.
            parts: (parts, dim), at least one.
        """
        self._vectors = np.asarray(vectors, dtype=np.float32)
        self._compared = Apart(self._vectors.mean(axis=0), topic)
        self._directions = np.concatenate([self._compared.directions, parts]).T
        count, at = len(self._vectors), np.arange(len(self._vectors))
        own = self._vectors @ self._directions
        windows = Windows(self._vectors).of(own)
        cosines, near = own[:, 0], windows[:, 0]
        self.windows: list[float] = near.tolist()
        smoothed = faded(cosines) / faded(np.ones_like(cosines))
        nearest = int(np.argmax(near))
        alone, beside = own[:, Apart.FIRST_PART :], windows[:, Apart.FIRST_PART :]
        above = beside - beside.mean(axis=0)
        telling = int(np.argmax(beside.std(axis=0)))
        columns = [
            self._compared.of(own), self._compared.of(windows), np.zeros(count),
            np.zeros(count), np.zeros(count), smoothed,
            np.log1p(ranks(cosines)), np.log1p(ranks(near)), np.log1p(np.abs(at - nearest)),
            at / count, np.full(count, math.log(count)),
            alone.mean(axis=1), alone.min(axis=1), alone.max(axis=1),
            beside.mean(axis=1), beside.min(axis=1), beside.max(axis=1),
            above.mean(axis=1), above.max(axis=1), above[:, telling],
        ]  # fmt: skip
        self._rows = np.stack(columns, axis=1)

    def rows(self, places: Sequence[int], parts: Sequence[Sequence[int]]) -> NDArray[np.float64]:
        """
        Compare some sentences with the others.

        Args:
            places: their numbers.
            parts: of each the sentences of the statement that it belongs to.

        Returns:
            (len(places), len(NEAR_NAMES)).
        """
        # Of few sentences asked for; of all of a long article it would take longest.
        groups: list[slice | list[int]] = [list(each) for each in parts]
        groups += [slice(max(0, at - LEFT), at) for at in places]
        groups += [slice(at + 1, at + BEFORE + 1) for at in places]
        sums = np.stack([self._vectors[group].sum(axis=0) for group in groups])
        rows = self._rows[list(places)]
        rows[:, _SUMMED] = self._compared.of(self._cosines(sums)).reshape(len(_SUMMED), -1).T
        return rows

    def _cosines(self, sums: Vectors) -> Numbers:
        """Take the cosines of sums with the topic, the mean, what parts both, and the parts."""
        lengths = np.sqrt(np.einsum("ij,ij->i", sums, sums))[:, None]
        found: Numbers = (sums @ self._directions) / np.maximum(lengths, _LEAST)
        # Where nothing stands, nothing is near.
        found[lengths[:, 0] < _LEAST, Apart.AIMED] = self._compared.towards
        return found


class Apart:
    """What is left of an article's cosines with a topic without what all its sentences share."""

    # Columns of cosines; the first is the topic's.
    MEAN, AIMED, FIRST_PART = 1, 2, 3

    def __init__(self, mean: Vectors, topic: Vectors) -> None:
        """
        Take the mean out of the topic.

        Args:
            mean: (dim,), of an article's vectors.
            topic: (dim,), of length 1.
        """
        aimed = topic - mean
        aimed = aimed / (np.linalg.norm(aimed) + _LEAST)
        self.directions: Vectors = np.stack([topic, mean, aimed])
        self._shared, self.towards = float(mean @ mean), float(mean @ aimed)

    def of(self, cosines: Numbers) -> Numbers:
        """Take the cosine with the topic, both without the article's mean, of (n, k) cosines."""
        squared = 1.0 - 2.0 * cosines[:, self.MEAN] + self._shared
        lengths = np.sqrt(np.maximum(squared, 0.0))
        found: Numbers = (cosines[:, self.AIMED] - self.towards) / (lengths + _LEAST)
        return found


class Windows:
    """
    Each sentence of an article and its neighbours together.

    The length of a sum follows from the products of neighbours, so that no sum is made.
    """

    def __init__(self, vectors: Vectors) -> None:
        """Measure the sums from `BEFORE` before each of (sentences, dim) to `AFTER` after it."""
        count, at = len(vectors), np.arange(len(vectors))
        self._begin, self._end = np.maximum(at - BEFORE, 0), np.minimum(at + AFTER + 1, count)
        squared = np.zeros(count)
        for step in range(min(BEFORE + AFTER + 1, count)):
            products = np.einsum("ij,ij->i", vectors[: count - step], vectors[step:])
            total = _prefixes(products[:, None])[:, 0]
            last = np.maximum(self._end - step, self._begin)
            squared += (1.0 if step == 0 else 2.0) * (total[last] - total[self._begin])
        self._lengths = np.maximum(np.sqrt(np.maximum(squared, 0.0))[:, None], _LEAST)

    def of(self, own: Numbers) -> Numbers:
        """
        Take the cosines of the sums.

        Args:
            own: (sentences, k), each one's products with some directions of length 1.

        Returns:
            (sentences, k).
        """
        summed = _prefixes(own)
        found: Numbers = ((summed[self._end] - summed[self._begin]) / self._lengths).astype(
            np.float32
        )
        return found


def _prefixes(values: Numbers) -> NDArray[np.float64]:
    """Add up the rows before each, and all of them: (rows + 1, columns)."""
    none = np.zeros((1, values.shape[1]))
    return np.concatenate([none, values.cumsum(axis=0, dtype=np.float64)])


def faded(values: Numbers) -> NDArray[np.float64]:
    """Add to each value those around it, the farther the less."""
    reach = min(_REACH, len(values) - 1)
    weights = _FADING ** np.abs(np.arange(-reach, reach + 1))
    found: NDArray[np.float64] = np.convolve(values.astype(np.float64), weights, mode="full")
    return found[reach : reach + len(values)]


def ranks(scores: Numbers) -> NDArray[np.int64]:
    """Rank scores, the highest first: 0."""
    ranks = np.empty(len(scores), dtype=np.int64)
    ranks[np.argsort(-scores, kind="stable")] = np.arange(len(scores))
    return ranks
