"""
What questions that stay asked have looked at before, so that an article is judged beside it.

Whether a sentence is about a topic hangs on what else there is. To ask all articles for each that
arrives would take thirty times as long as to compare it with what was found before: so the evidence
for that is kept, and what arrives is added to it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.answers.search.scoring.company import Standing
from index.answers.search.scoring.evidence import (
    NAMES,
    Topic,
)
from index.answers.search.scoring.lasting import Judge, will_last
from index.answers.search.scoring.nearness import parts_of_topic
from index.answers.search.scoring.shortlist import (
    EvidenceFinder,
    topic_stems,
    weights_of,
)
from index.errors import StoreError
from index.models.embedder import Embedder
from index.store import Keys, Selection, Store, Vectors
from index.types import CueClass, IndexedArticle

OWN = NAMES.index("below best")
_SENTENCE, _WORDS = NAMES.index("sentence"), NAMES.index("words")
# Rows of all backdrops together, some 130 bytes each.
_MOST_ROWS = 600_000
# Rows of one, the nearest to the topic.
_ROWS = 320
# After so much growth of the index, or so many articles, all are asked anew.
_GROWN, _MOST_MERGED = 1.25, 200


class Question(NamedTuple):
    """What `EvidenceFinder.find` is asked."""

    topic: str
    named: bool
    stance: CueClass | None
    share: int


@dataclass(slots=True)
class Backdrop:
    """
    What one question looked at: the evidence, and where each sentence stands.

    ``rows`` (n, k) are the numbers that hang on no other sentence; ``candidates`` how many
    sentences came into question; ``best`` the cosine of the nearest of all. ``sentences``: how
    many the index had when all were asked, 0 for never; ``merged``: articles since then.
    """

    rows: NDArray[np.float16] = field(default_factory=lambda: np.empty((0, OWN), np.float16))
    standings: Sequence[Standing] = ()
    candidates: int = 0
    best: float = 0.0
    sentences: int = 0
    merged: int = 0

    def without(self, article_id: str) -> Backdrop:
        """Leave out the sentences of an article."""
        kept = [at for at, each in enumerate(self.standings) if each.article_id != article_id]
        if len(kept) == len(self.standings):
            return self
        return replace(self, rows=self.rows[kept], standings=[self.standings[at] for at in kept])


class Described(NamedTuple):
    """
    Whom a description means: what these say, if anything.

    ``floor``: how near the topic an article must be to have a say in it; ``sentences``: how many
    the index had.
    """

    selections: list[Selection]
    floor: float
    sentences: int


class Backdrops:
    """Keeps the topics of questions, and what the questions have looked at, those used last."""

    def __init__(self, store: Store, embedder: Embedder, judge: Judge = will_last) -> None:
        """
        Know nothing yet.

        Args:
            store: the articles.
            embedder: the model of their vectors.
            judge: chooses among the sentences that are found.
        """
        self.judge = judge
        self.store = store
        self.embedder = embedder
        self._vectors: dict[str, tuple[Vectors, Vectors]] = {}
        self._topics: dict[str, tuple[Topic, int]] = {}
        self._described: dict[Hashable, Described] = {}
        self._kept: OrderedDict[Hashable, Backdrop] = OrderedDict()
        self._rows = 0
        self._shared: dict[Standing, Standing] = {}

    def forget_others(self, topics: Iterable[str]) -> None:
        """Forget the vectors of all topics but *topics*."""
        wanted = set(topics)
        self._vectors = {t: v for t, v in self._vectors.items() if t in wanted}
        self._topics = {t: v for t, v in self._topics.items() if t in wanted}

    def embed(self, topics: Iterable[str]) -> None:
        """Embed those of *topics* that are not yet, and their parts, at once."""
        fresh = [topic for topic in dict.fromkeys(topics) if topic not in self._vectors]
        if not fresh:
            return
        parts = [parts_of_topic(topic) for topic in fresh]
        texts = list(dict.fromkeys([*fresh, *(part for each in parts for part in each)]))
        made = dict(zip(texts, self.embedder.embed_passages(texts), strict=True))
        for topic, each in zip(fresh, parts, strict=True):
            own = made[topic]
            self._vectors[topic] = own, np.stack([made[p] for p in each]) if each else own[None]

    def is_embedded(self, topic: str) -> bool:
        """Return whether the vector of a topic is at hand."""
        return topic in self._vectors

    def vectors_of(self, item: IndexedArticle) -> Vectors:
        """
        Read the vectors of an article's sentences: (sentences, dim).

        Raises:
            StoreError: if the store cannot be read, or the article is just being replaced.
        """
        found = self.store.vectors(item.article.id)
        if found is None or len(found) != len(item.sentences):
            raise StoreError(f"article {item.article.id!r} is being replaced; try again")
        return found

    def vector(self, topic: str) -> Vectors:
        """Return the vector of a topic: (dim,), of length 1."""
        if topic not in self._vectors:
            own, parts = self.embedder.embed_query(topic), parts_of_topic(topic)
            made = [self.embedder.embed_query(part) for part in parts]
            self._vectors[topic] = own, np.stack(made) if made else own[None]
        return self._vectors[topic][0]

    def topic(self, text: str, sentences: int) -> Topic:
        """Weigh the words of a topic in an index of so many *sentences*."""
        known = self._topics.get(text)
        if known is None or sentences > _GROWN * known[1]:
            vector = self.vector(text)
            weights = weights_of(topic_stems(text), self.store)
            known = Topic(vector, self._vectors[text][1], weights, 0.0), sentences
            self._topics[text] = known
        return known[0]

    def get(self, key: Hashable, sentences: int) -> Backdrop | None:
        """Find what a question looked at; None if it has to be asked anew."""
        kept = self._kept.get(key)
        if kept is None:
            return None
        self._kept.move_to_end(key)
        old = sentences > _GROWN * kept.sentences or kept.merged > _MOST_MERGED
        return None if old else kept

    def described(
        self, key: Hashable, near: float, find: Callable[[], tuple[list[Selection], float]]
    ) -> list[Selection]:
        """
        Select what is said by those whom a description means.

        Args:
            key: the same for the same question.
            near: how near its topic the article is that has arrived.
            find: finds it among all articles, and how near one must be to have a say in it.

        Returns:
            What was found before, unless the article is among the nearest to the topic: then it
            may bring somebody new.
        """
        known = self._described.get(key)
        sentences = self.store.coverage().sentences
        if known is None or near >= known.floor or sentences > _GROWN * known.sentences:
            known = self._described[key] = Described(*find(), sentences)
        return known.selections

    def kept(self) -> Sequence[Backdrop]:
        """List what is remembered, that used last behind the rest."""
        return [*self._kept.values()]

    def keep(self, key: Hashable, backdrop: Backdrop) -> None:
        """Remember what a question looked at, or the nearest of it."""
        backdrop = _nearest_of(backdrop)
        before = self._kept.pop(key, None)
        self._rows += len(backdrop.rows) - (len(before.rows) if before else 0)
        self._kept[key] = backdrop
        while self._rows > _MOST_ROWS:
            _, oldest = self._kept.popitem(last=False)
            self._rows -= len(oldest.rows)

    def look(self, question: Question, among: Keys | None, sentences: int) -> Backdrop:
        """
        Put a question to all articles.

        Args:
            question: what it asks.
            among: keys of the sentences that come into question; None for all.
            sentences: how many the index has.
        """
        finder = EvidenceFinder(self.store, self.embedder)
        topic, named, stance, share = question
        keys, numbers = finder.find(topic, among, named=named, stance=stance, share=share)
        nearest = self.store.search(self.vector(topic), 1)
        count = sentences if among is None else len(among)
        best = nearest[0].score if nearest else 0.0
        rows = numbers[:, :OWN].astype(np.float16)
        if len(self._shared) > _MOST_ROWS:
            self._shared.clear()
        # One sentence stands in many backdrops.
        standings = [self._shared.setdefault(each, each) for each in finder.standings(keys)]
        return Backdrop(rows, standings, count, best, sentences)


def _nearest_of(backdrop: Backdrop) -> Backdrop:
    """Keep the nearest sentences of one that has grown."""
    if len(backdrop.rows) <= _ROWS:
        return backdrop
    order = np.argsort(-backdrop.rows[:, _SENTENCE].astype(np.float32), kind="stable")
    kept: list[int] = order[:_ROWS].tolist()
    standings = [backdrop.standings[at] for at in kept]
    return replace(backdrop, rows=backdrop.rows[kept], standings=standings)
