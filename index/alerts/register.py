"""
The watches in memory, so that an article finds the few that it can concern.

Thousands of watches wait; an article has some statements on one matter. Equal questions are one.
A question is kept if its topic is near a sentence of the article in meaning or shares words of
weight with it, and if those whom it asks may be among the article's speakers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from index.alerts.records import Watch
from index.answers.search.backdrop import Backdrops
from index.answers.search.scoring.shortlist import topic_stems
from index.roster.meanings import like_meanings
from index.roster.seats import seat_of
from index.store import Vectors
from index.text.words import content_words, folded, stem, stems
from index.types import IndexedArticle, Query

# A topic may be an article's if the cosine of its nearest sentence, and this much of the share of
# the topic's words that the article holds, come to so much. Of what questions find in articles
# that they were not learned from, 1 in 50 lies further.
_WORDS, _NEAR = 0.3, 0.3
# So many topics are embedded at once before they are needed.
_AT_ONCE = 16


@dataclass(slots=True)
class Asked:
    """A question, and the watches that ask it."""

    query: Query
    watches: list[Watch] = field(default_factory=list)


class Register:
    """The questions of all watches; made anew when a watch has changed."""

    def __init__(self, watches: Iterable[Watch], backdrops: Backdrops) -> None:
        """
        Take in all *watches* that are not paused.

        Args:
            watches: as the book lists them.
            backdrops: embeds their topics, once they are needed.
        """
        by_query: dict[Query, Asked] = {}
        for watch in watches:
            if not watch.paused:
                query = replace(watch.query, text="")
                by_query.setdefault(query, Asked(watch.query)).watches.append(watch)
        self._asked = [*by_query.values()]
        queries = [each.query for each in self._asked]
        topics = list(dict.fromkeys(each.topic for each in queries if each.topic))
        backdrops.forget_others(topics)
        self._topics = _Topics(topics, backdrops)
        rows = {topic: at for at, topic in enumerate(topics)}
        # -1 for none.
        self._topic_of = np.array([rows.get(q.topic or "", -1) for q in queries], dtype=np.int64)
        self._askers = _Askers(queries)

    def __len__(self) -> int:
        """Count the questions."""
        return len(self._asked)

    def first(self) -> int | None:
        """Return the last revision that is news to no watch; None if there are no watches."""
        return min((w.after for each in self._asked for w in each.watches), default=None)

    def queries(self) -> list[Query]:
        """List the questions."""
        return [each.query for each in self._asked]

    def passing(self, item: IndexedArticle, vectors: Vectors, revision: int) -> list[Asked]:
        """
        Keep the questions that may find something in an article.

        Args:
            item: the article, its speakers with all parties that are known.
            vectors: (sentences, dim), those of its sentences.
            revision: the number of what became of it; it is no news to watches made later.

        Returns:
            Each question with those of its watches to which it is news.
        """
        if not self._asked or not item.statements:
            return []
        chosen = np.flatnonzero(self._askers.wanted(item))
        near = self._topics.near(np.unique(self._topic_of[chosen]), item, vectors)
        chosen = chosen[np.append(near, True)[self._topic_of[chosen]]]
        found = (self._asked[at] for at in chosen.tolist())
        fresh = (
            Asked(each.query, [watch for watch in each.watches if watch.after < revision])
            for each in found
        )
        return [each for each in fresh if each.watches]

    def prepare(self) -> bool:
        """Embed some topics before they are needed; returns False once all are."""
        return self._topics.prepare()


class _Topics:
    """
    The topics of all questions, as vectors and by their words.

    To embed those of 10,000 takes 20 seconds, those whose askers are in an article a moment: so
    each is embedded when it is first needed, or while nothing else is to do.
    """

    def __init__(self, topics: Sequence[str], backdrops: Backdrops) -> None:
        self._topics = topics
        self._backdrops = backdrops
        self._vectors = np.zeros((len(topics), backdrops.embedder.dim), dtype=np.float32)
        self._embedded = np.zeros(len(topics), dtype=bool)
        known = [at for at, topic in enumerate(topics) if backdrops.is_embedded(topic)]
        self._embed(np.array(known, dtype=np.int64))
        stems = [topic_stems(topic) for topic in topics]
        self._by_stem = {stem: np.array(at) for stem, at in _inverted(enumerate(stems)).items()}
        self._counts = np.array([max(1, len(each)) for each in stems], dtype=np.float32)

    def prepare(self) -> bool:
        """Embed some of those that are not yet; returns False once all are."""
        waiting = np.flatnonzero(~self._embedded)
        self._embed(waiting[:_AT_ONCE])
        return len(waiting) > 0

    def near(
        self, chosen: NDArray[np.int64], item: IndexedArticle, vectors: Vectors
    ) -> NDArray[np.bool_]:
        """Return of each topic whether it is one of *chosen*, and may be that of an article."""
        found = np.zeros(len(self._topics), dtype=bool)
        chosen = chosen[chosen >= 0]
        if not len(chosen):
            return found
        self._embed(chosen[~self._embedded[chosen]])
        shared = np.zeros(len(self._topics), dtype=np.float32)
        for word in _stems_of(item):
            if word in self._by_stem:
                shared[self._by_stem[word]] += 1
        nearest = (self._vectors[chosen] @ vectors.T).max(axis=1)
        found[chosen] = nearest + _WORDS * shared[chosen] / self._counts[chosen] >= _NEAR
        return found

    def _embed(self, rows: NDArray[np.int64]) -> None:
        """Take in the vectors of some topics."""
        if len(rows):
            topics = [self._topics[at] for at in rows.tolist()]
            self._backdrops.embed(topics)
            self._vectors[rows] = [self._backdrops.vector(topic) for topic in topics]
            self._embedded[rows] = True


class _Askers:
    """Whom the questions ask: parties, names and roles."""

    def __init__(self, queries: Sequence[Query]) -> None:
        self._anyone = np.array([_asks_anyone(each) for each in queries], dtype=bool)
        self._by_party = _inverted(enumerate(map(_parties, queries)))
        self._by_word = _inverted(enumerate(map(_words, queries)))
        # A party may be on record as a speaker only, by all words of its name.
        self._named: defaultdict[str, list[tuple[frozenset[str], int]]] = defaultdict(list)
        for at, query in enumerate(queries):
            for words in filter(None, map(_worded, _parties(query))):
                self._named[max(words, key=len)].append((words, at))

    def wanted(self, item: IndexedArticle) -> NDArray[np.bool_]:
        """Return of each question whether one of those whom it asks may speak in an article."""
        parties: set[str] = set()
        names: set[str] = set()
        for statement in item.statements:
            speaker = statement.speaker
            if speaker is not None:
                parties |= {party.key for party in speaker.parties}
                names |= _worded(f"{speaker.role or ''} {speaker.name}")
        wanted = self._anyone.copy()
        wanted[_found(self._by_party, parties)] = True
        wanted[_found(self._by_word, names)] = True
        near = (pair for word in names for pair in self._named.get(word, ()))
        wanted[[at for words, at in near if words <= names]] = True
        return wanted


def _inverted(entries: Iterable[tuple[int, Iterable[str]]]) -> dict[str, list[int]]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for at, words in entries:
        for word in words:
            found[word].append(at)
    return dict(found)


def _found(by_word: dict[str, list[int]], words: Collection[str]) -> list[int]:
    return [at for word in words for at in by_word.get(word, ())]


def _stems_of(item: IndexedArticle) -> frozenset[str]:
    text = f"{item.article.title}\n{item.article.text}"
    return frozenset(stem(folded(word)) for word in content_words(text))


def _parties(query: Query) -> Sequence[str]:
    return [key for key in (query.party, *query.other_parties) if key]


def _speakers(query: Query) -> Sequence[str]:
    return [name for name in (query.speaker, *query.other_speakers) if name]


def _words(query: Query) -> frozenset[str]:
    """Collect the words of those whom a query asks by name or role."""
    return frozenset[str]().union(*(_worded(name) for name in _speakers(query)))


def _worded(text: str) -> frozenset[str]:
    return like_meanings(text) | frozenset(stems(text))


def _asks_anyone(query: Query) -> bool:
    names = _speakers(query)
    return not (names or _parties(query)) or any(seat_of(name) for name in names)
