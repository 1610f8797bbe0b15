"""
Choose the sentences that are looked at closely, and gather the evidence for them.

A party may have made a hundred thousand statements. Few of them can be about a topic: those near
it in meaning, those that share its words, and what stands beside either.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

import numpy as np

from index.answers.search.scoring.evidence import Asked, Numbers, Place, gather
from index.answers.search.scoring.nearness import parts_of_topic
from index.answers.search.scoring.wording import wording_numbers
from index.models.embedder import Embedder
from index.store import Keys, Store, Vectors
from index.text.words import content_words, folded, stem
from index.types import CueClass, IndexedArticle

_NEAREST = 60
_WORDED = 30
# So many of each are good enough for what stands within this reach of them to be looked at too.
_GOOD = 12
_REACH = 4
_WORDS = 8
# Of a quotation: the sentences looked at by each ranking, and the words they are found by.
_HITS, _QUOTED_WORDS = 60, 24


def find_evidence(
    topic: str,
    store: Store,
    embedder: Embedder,
    among: Keys | None,
    *,
    named: bool,
    stance: CueClass | None = None,
) -> tuple[list[int], Numbers]:
    """
    Gather the evidence for the sentences that may be about *topic*.

    Args:
        topic: as typed.
        store: the articles.
        embedder: the model of their vectors.
        among: keys of the sentences that come into question, rising; None for all.
        named: whether they are by people who were asked for by name or party.
        stance: which stance is asked for.

    Returns:
        Keys, and (n, len(NAMES)) numbers; only of sentences that carry a statement.

    Raises:
        StoreError: if the store cannot be read.
    """
    vector, words = embedder.embed_query(topic), topic_stems(topic)
    chosen = _chosen(vector, words, store, among)
    nearest = store.search(vector, 1) if chosen else []
    asked = Asked(
        vector,
        _parts(topic, vector, embedder) if chosen else vector[None],
        _weights(words, store) if chosen else {},
        nearest[0].score if nearest else 0.0,
        named,
        stance,
    )
    places = [Place(key, name, at) for key, (name, at) in store.locate(chosen).items()]
    names = list(dict.fromkeys(place.article_id for place in places))
    vectors = {name: rows for name in names if (rows := store.vectors(name)) is not None}
    size = store.coverage().sentences if among is None else len(among)
    return gather(places, store.get_many(names), vectors, asked, size)


def find_wordings(
    quotation: str, store: Store, embedder: Embedder
) -> tuple[list[Place], dict[str, IndexedArticle], Numbers]:
    """
    Find the sentences nearest to a quotation, in meaning and in words.

    Returns:
        Where they stand, their articles, and (n, len(WORDING_NAMES)) numbers.

    Raises:
        StoreError: if the store cannot be read.
    """
    vector = embedder.embed_query(quotation)
    words = content_words(quotation)[:_QUOTED_WORDS] or quotation.split()[:_QUOTED_WORDS]
    near = store.search(vector, _HITS)
    hits = dict.fromkeys(hit.key for hit in (*store.match(" ".join(words), _HITS), *near))
    cosines = dict(store.search(vector, len(hits), np.unique(np.array([*hits], dtype=np.int64))))
    located = store.locate([*hits])
    items = store.get_many(list(dict.fromkeys(name for name, _ in located.values())))
    places = [
        Place(key, *located[key])
        for key in hits
        if key in located
        and (item := items.get(located[key][0])) is not None
        and located[key][1] < len(item.sentences)
    ]
    texts = [text_of(items[place.article_id], place.sentence) for place in places]
    near_by = [cosines.get(place.key, 0.0) for place in places]
    return places, items, wording_numbers(quotation, texts, near_by)


def text_of(item: IndexedArticle, sentence: int) -> str:
    """Cut a sentence out of its article."""
    span = item.sentences[sentence]
    return item.article.text[span.start : span.end]


def topic_stems(topic: str) -> list[str]:
    """List the stems of the words that carry a topic, the first few."""
    return list(dict.fromkeys(stem(folded(word)) for word in content_words(topic)[:_WORDS]))


def _parts(topic: str, vector: Vectors, embedder: Embedder) -> Vectors:
    """Embed the parts of a topic; a topic of one part is its own."""
    parts = parts_of_topic(topic)
    return np.stack([embedder.embed_query(part) for part in parts]) if parts else vector[None]


def _weights(words: Sequence[str], store: Store) -> dict[str, float]:
    """Weigh words by how few sentences hold them."""
    sentences, none = store.coverage().sentences, np.empty(0, dtype=np.int64)
    return {
        word: math.log(1 + sentences / (1 + store.sentences_with(word, none)[0])) for word in words
    }


def _chosen(vector: Vectors, words: Sequence[str], store: Store, among: Keys | None) -> list[int]:
    """Choose by meaning, by words, and by standing beside what was chosen so."""
    if among is not None and not len(among):
        return []
    near = store.search(vector, _NEAREST, among)
    worded = store.match(" ".join(words), _WORDED, among) if words else []
    chosen = dict.fromkeys(hit.key for hit in (*near, *worded))
    good = [hit.key for hit in (*near[:_GOOD], *worded[:_GOOD])]
    beside = {key + n for key in good for n in range(-_REACH, _REACH + 1)} - chosen.keys()
    return [*chosen, *_known(beside, among)]


def _known(keys: Collection[int], among: Keys | None) -> list[int]:
    """Keep of *keys* those *among* the ones that come into question."""
    if among is None:
        return sorted(keys)
    found: list[int] = np.intersect1d(np.fromiter(keys, dtype=np.int64), among).tolist()
    return found
