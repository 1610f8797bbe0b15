"""
Choose the few watches that an article can concern, before each is asked in full.

Thousands of watches wait; an article has some statements on one matter. A watch is kept if its
topic is near a sentence of the article in meaning, or shares a word of weight with it; whose
statements it wants is settled by the store, which is quick.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from index.alerts.book import Watch
from index.answers.search.scoring.shortlist import topic_stems
from index.core import Index
from index.text.words import content_words, folded, stem
from index.types import IndexedArticle, Query

# Of 1,000 statements that questions on a topic find, none lies further than this from it and
# shares no word with it.
_NEAR = 0.25


class Sieve:
    """Remembers the topics of watches as vectors and words."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._topics: dict[str, tuple[NDArray[np.float32], frozenset[str]]] = {}

    def passing(self, article_id: str, watches: Iterable[Watch]) -> list[Watch]:
        """
        Keep the *watches* that may find something in the article.

        Raises:
            StoreError: if the store cannot be read.
        """
        chosen = list(watches)
        item = self._index.store.get(article_id) if chosen else None
        vectors = self._index.store.vectors(article_id) if item else None
        if item is None or vectors is None or not item.statements:
            return []
        named, stems = _named_in(item), _stems_of(item)
        chosen = [watch for watch in chosen if _wants(watch.query, named)]
        topical = [watch for watch in chosen if watch.query.topic is not None]
        if not topical:
            return chosen
        topics = [self._topic(watch.query.topic or "") for watch in topical]
        nearest = (np.stack([vector for vector, _ in topics]) @ vectors.T).max(axis=1)
        passing = {
            watch.number
            for watch, (_, words), near in zip(topical, topics, nearest, strict=True)
            if near >= _NEAR or not words.isdisjoint(stems)
        }
        return [each for each in chosen if each.query.topic is None or each.number in passing]

    def _topic(self, topic: str) -> tuple[NDArray[np.float32], frozenset[str]]:
        if topic not in self._topics:
            vector = self._index.embed_topic(topic)
            self._topics[topic] = vector, frozenset(topic_stems(topic))
        return self._topics[topic]


def _stems_of(item: IndexedArticle) -> frozenset[str]:
    text = f"{item.article.title}\n{item.article.text}"
    return frozenset(stem(folded(word)) for word in content_words(text))


def _named_in(item: IndexedArticle) -> frozenset[str] | None:
    """Collect the parties of an article's speakers; None if one of them may be anybody's."""
    found: set[str] = set()
    for statement in item.statements:
        if statement.speaker is None or not statement.speaker.parties:
            return None
        found |= {party.key for party in statement.speaker.parties}
    return frozenset(found)


def _wants(query: Query, named: frozenset[str] | None) -> bool:
    """Return whether a query for parties alone may find one of those *named*."""
    parties: Sequence[str] = [key for key in (query.party, *query.other_parties) if key]
    if named is None or not parties or query.speaker or query.other_speakers:
        return True
    return any(key in named for key in parties)
