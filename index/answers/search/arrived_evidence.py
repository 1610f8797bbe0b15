"""
The evidence for the sentences of an article that arrives, beside what was looked at before.

It is the same that a question to all articles would gather: its own, and how it compares with that
of all others.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from index.answers.search.backdrop import OWN, Backdrop, Backdrops, Question
from index.answers.search.many_topics import ManyTopics
from index.answers.search.scoring.company import Standing
from index.answers.search.scoring.evidence import (
    NAMES,
    Asked,
    Numbers,
    Topic,
    compared,
)
from index.answers.search.scoring.lasting import LASTING_NAMES, odds
from index.answers.search.scoring.shortlist import (
    GOOD,
    NEAREST,
    REACH,
    WORDED,
    EvidenceFinder,
    text_of,
)
from index.answers.search.scoring.spoken import SpokenArticle
from index.answers.search.scoring.surety import refers_back
from index.store import Keys, Vectors
from index.types import CueClass

_ODDS = LASTING_NAMES.index("odds")
_SENTENCE, _WORDS = NAMES.index("sentence"), NAMES.index("words")


class ArrivedFinder(EvidenceFinder):
    """
    Gathers the evidence for one article's sentences, beside what was looked at before.

    To be used as an `EvidenceFinder`; the keys of the article's sentences are their numbers,
    those of others are below 0.
    """

    def __init__(
        self, article: SpokenArticle, vectors: Vectors, sentences: int, backdrops: Backdrops
    ) -> None:
        """
        Look at nothing yet.

        Args:
            article: with at least one sentence.
            vectors: (sentences, dim), rows of length 1.
            sentences: how many the index has.
            backdrops: what was looked at before.
        """
        super().__init__(backdrops.store, backdrops.embedder)
        self._article = article
        self._vectors = vectors
        self._sentences = sentences
        self._backdrops = backdrops
        self._measured = ManyTopics(article, vectors)
        self._here: dict[int, Standing] = {}
        self._asked: Hashable = None
        self._numbers: dict[int, Numbers] = {}
        self._carried: Callable[[], Keys | None] = lambda: None

    def ask(self, asked: Hashable, carried: Callable[[], Keys | None]) -> None:
        """
        Begin with a question.

        Args:
            asked: the same for the same question.
            carried: finds the keys of all sentences that come into question; None for all.
        """
        self._asked, self._carried = asked, carried
        self._numbers = {}

    def measured(self, topic: str) -> Numbers:
        """Measure all sentences of the article that carry a statement, beside no others."""
        known = self._backdrops.topic(topic, self._sentences)
        return self._rows(topic, known, sorted(self._article.carrying), None)

    def lasting(self, scores: Mapping[int, float]) -> set[int]:
        """Choose of the article's sentences, by number, those that will stand when more comes."""
        places = [at for at in scores if at >= 0]
        if not places:
            return set()
        rows = [[*self._numbers[at][:_ODDS], odds(scores[at]), *self._numbers[at][_ODDS:]]
                for at in places]  # fmt: skip
        name = self._article.item.article.id
        kept = self._backdrops.judge(self._asked, name, places, np.array(rows, dtype=np.float32))
        return {at for at, lasts in zip(places, kept, strict=True) if lasts}

    def find(
        self,
        topic: str,
        among: Keys | None,
        *,
        named: bool,
        stance: CueClass | None = None,
        share: int = 1,
    ) -> tuple[list[int], Numbers]:
        """
        Gather the evidence for the article's sentences and for those looked at before.

        Args:
            topic: as typed.
            among: the numbers of the article's sentences that come into question, rising; each
                carries a statement.
            named: whether they are by people who were asked for by name or party.
            stance: which stance is asked for.
            share: of how many topics this is one.

        Returns:
            Keys, and (n, len(NAMES)) numbers.

        Raises:
            StoreError: if the store cannot be read.
        """
        places: list[int] = [] if among is None else among.tolist()
        question = Question(topic, named, stance, share)
        known = self._backdrops.topic(topic, self._sentences)
        before = self._before(question, len(places)).without(self._article.item.article.id)
        others = before.rows.astype(np.float32)
        own = self._rows(topic, known, places, stance)
        chosen = _chosen(own, places, others, share)
        whole = np.concatenate([own[chosen], others])
        merged = self._merged(before, [places[at] for at in chosen], whole)
        merged.candidates += len(places)
        merged.best = max(before.best, float((self._vectors @ known.vector).max()))
        self._backdrops.keep((self._asked, question), merged)
        keys = [*(places[at] for at in chosen), *range(-1, -len(others) - 1, -1)]
        self._standings = dict(zip(keys, merged.standings, strict=True))
        if not keys:
            return [], np.empty((0, len(NAMES)), dtype=np.float32)
        articles = len({each.article_id for each in merged.standings})
        asked = Asked(named, stance, merged.candidates, articles)
        comparison = compared(whole, replace(known, best=merged.best), asked)
        numbers = np.concatenate([whole, comparison], axis=1)
        self._remember(keys[: len(chosen)], numbers, [len(keys), len(others)], share)
        return keys, numbers

    def _merged(self, before: Backdrop, places: Sequence[int], rows: Numbers) -> Backdrop:
        """Add the article's sentences at *places* to a backdrop; *rows* are those of all."""
        return replace(
            before,
            rows=rows.astype(np.float16),
            standings=[*map(self._standing, places), *before.standings],
            merged=before.merged + 1,
        )

    def _standing(self, at: int) -> Standing:
        """Say where a sentence stands, and who speaks there, with one object for all questions."""
        if at not in self._here:
            article, name = self._article, self._article.item.article.id
            refers = refers_back(text_of(article.item, at))
            self._here[at] = Standing(name, at, article.speaker_at(at), refers)
        return self._here[at]

    def _remember(
        self, places: Sequence[int], numbers: Numbers, counts: Sequence[int], share: int
    ) -> None:
        """Remember the numbers of the article's sentences for `lasting`."""
        looked_at = np.log1p([*counts, self._sentences])
        for at, row in zip(places, numbers, strict=False):
            # Of several wordings of a topic, or parts of it, the nearest.
            if at not in self._numbers or row[_SENTENCE] > self._numbers[at][_SENTENCE]:
                self._numbers[at] = np.append(row, [*looked_at, share]).astype(np.float32)

    def _before(self, question: Question, own: int) -> Backdrop:
        """Find what was looked at before, without the article's *own* sentences."""
        key = self._asked, question
        found = self._backdrops.get(key, self._sentences)
        if found is not None:
            return found
        found = self._backdrops.look(question, self._carried(), self._sentences)
        return replace(found, candidates=max(0, found.candidates - own))

    def _rows(
        self, topic: str, known: Topic, places: Sequence[int], stance: CueClass | None
    ) -> Numbers:
        if not places:
            return np.empty((0, OWN), dtype=np.float32)
        return self._measured.rows(known, topic, places, stance)


class Preparation(EvidenceFinder):
    """Puts a question to all articles, and keeps what it looks at; it finds nothing itself."""

    def __init__(self, asked: Hashable, carried: Keys | None, backdrops: Backdrops) -> None:
        """
        Look at nothing yet.

        Args:
            asked: the same for the same question.
            carried: the keys of all sentences that come into question; None for all.
            backdrops: where it is kept.
        """
        super().__init__(backdrops.store, backdrops.embedder)
        self._asked, self._carried, self._backdrops = asked, carried, backdrops
        self._sentences = backdrops.store.coverage().sentences

    def find(
        self,
        topic: str,
        among: Keys | None,
        *,
        named: bool,
        stance: CueClass | None = None,
        share: int = 1,
    ) -> tuple[list[int], Numbers]:
        """Look at what comes into question, unless that is known; the arguments are as ever."""
        question = Question(topic, named, stance, share)
        key = self._asked, question
        self._backdrops.topic(topic, self._sentences)
        if self._backdrops.get(key, self._sentences) is None:
            found = self._backdrops.look(question, self._carried, self._sentences)
            self._backdrops.keep(key, found)
        return [], np.empty((0, len(NAMES)), dtype=np.float32)


def _chosen(own: Numbers, places: Sequence[int], others: Numbers, share: int) -> list[int]:
    """Choose those sentences of an article that a question to all articles would look at."""
    near = _among_best(own[:, _SENTENCE], others[:, _SENTENCE], NEAREST // share)
    worded = _among_best(own[:, _WORDS], others[:, _WORDS], WORDED // share)
    worded &= own[:, _WORDS] > 0
    good = _among_best(own[:, _SENTENCE], others[:, _SENTENCE], GOOD // share) | worded
    beside = [places[at] for at in np.flatnonzero(good).tolist()]
    return [
        at
        for at, place in enumerate(places)
        if near[at] or worded[at] or any(abs(place - other) <= REACH for other in beside)
    ]


def _among_best(own: Numbers, others: Numbers, count: int) -> NDArray[np.bool_]:
    """Return which of *own* are among the *count* highest of all."""
    every = np.sort(np.concatenate([own, others]))
    found: NDArray[np.bool_] = own >= (every[-count] if len(every) >= count else -np.inf)
    return found
