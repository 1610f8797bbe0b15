"""
Find where the words of a quotation may stand: the articles worth laying beside it.

By its words, whole and in halves (a quotation may be stitched from two), by its meaning, and
among what its speaker said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from index.answers.quotation import holder_of
from index.answers.search.duplicates import Match
from index.answers.search.session import ReadSession
from index.checking.alignment import Words
from index.speakers.gazetteer.names import names_agree
from index.store import Keys, Selection
from index.text.words import content_words
from index.types import IndexedArticle, Span, Speaker

_HITS = 30
_WORDS = 24
# Nearer than this in meaning, a statement may be what a draft reports.
_NEAR = 0.4
_MOST_ARTICLES = 16
# A quotation of so many words may be stitched from two that can be told.
_STITCHED = 8


class Passages:
    """Finds articles for the quotations of one draft, and reads none of them twice."""

    def __init__(self, session: ReadSession) -> None:
        """
        Begin with nothing read.

        Args:
            session: the articles, the model of their vectors, the parties.
        """
        self._session = session
        self._items: dict[str, IndexedArticle] = {}
        self._words: dict[str, Words] = {}

    def articles_for(self, quotation: str, speaker: Speaker | None) -> list[IndexedArticle]:
        """
        Find the articles that may hold *quotation* or parts of it, the likeliest first.

        Raises:
            StoreError: if the store cannot be read.
        """
        store, keys = self._session.store, list[int]()
        for part in _parts(quotation):
            keys += [hit.key for hit in store.match(part, _HITS)]
        vector = self._session.embedder.embed_query(quotation)
        keys += [hit.key for hit in store.search(vector, _HITS)]
        theirs = self._keys_of(speaker)
        if len(theirs):
            keys += [hit.key for hit in store.match(_searched(quotation.split()), _HITS, theirs)]
        places = store.locate(list(dict.fromkeys(keys)))
        counted = Counter(places[key][0] for key in keys if key in places)
        return self._read(name for name, _ in counted.most_common(_MOST_ARTICLES))

    def nearest_by(self, speaker: Speaker | None, report: str, most: int) -> list[Match]:
        """
        Find the statements of *speaker* that are nearest to *report*, the nearest first.

        Raises:
            StoreError: if the store cannot be read.
        """
        theirs = self._keys_of(speaker)
        if not len(theirs):
            return []
        vector = self._session.embedder.embed_query(report)
        hits = [
            hit for hit in self._session.store.search(vector, most, theirs) if hit.score >= _NEAR
        ]
        places = self._session.store.locate([hit.key for hit in hits])
        found = []
        for hit in hits:
            name, at = places.get(hit.key, ("", 0))
            for item in self._read([name]):
                sentence = item.sentences[at]
                held = holder_of(item, Span(sentence.start, sentence.end))
                if held is not None and _names(held, speaker):
                    found.append(replace(held, score=hit.score))
        return found

    def _keys_of(self, speaker: Speaker | None) -> Keys:
        """List the sentences in which *speaker* is on record, under any form of the name."""
        token = speaker.key.split()[-1:] if speaker is not None else []
        known = self._session.directory.by_token.get(token[0], ()) if token else ()
        keys = frozenset(
            each.key for each in known if speaker and names_agree(each.key, speaker.key)
        )
        if not keys:
            return np.empty(0, dtype=np.int64)
        return np.unique(self._session.store.select_columns(Selection(speakers=keys)).keys)

    def _read(self, names: Iterable[str]) -> list[IndexedArticle]:
        chosen = list(names)
        if fresh := [name for name in chosen if name not in self._items]:
            self._items.update(self._session.store.get_many(fresh))
        return [self._items[name] for name in chosen if name in self._items]

    def words_of(self, item: IndexedArticle) -> Words:
        """Part the text of an article into words, once."""
        name = item.article.id
        if name not in self._words:
            self._words[name] = Words(item.article.text)
        return self._words[name]


def _names(found: Match, speaker: Speaker | None) -> bool:
    by = found.statement.speaker if found.statement else None
    return by is not None and speaker is not None and names_agree(by.key, speaker.key)


def _parts(quotation: str) -> list[str]:
    words = quotation.split()
    parts = [words]
    if len(words) >= _STITCHED:
        middle = len(words) // 2
        parts += [words[:middle], words[middle:]]
    return [searched for part in parts if (searched := _searched(part))]


def _searched(words: list[str]) -> str:
    text = " ".join(words)
    return " ".join(content_words(text)[:_WORDS] or text.split()[:_WORDS])
