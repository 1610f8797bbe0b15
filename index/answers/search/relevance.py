"""
Score sentences by how much they are about a topic.

The nearest sentence is not an answer: something is always nearest. A sentence is about a topic
if it holds the topic's rarer words, or means nearly the same. But people seldom name the topic
in the very sentence that is quoted ("It is a propaganda stunt"): then the article tells, by its
title, its lead, and what stands around the sentence. An article on a topic is weaker evidence
than a sentence on it, so it counts for less where those who were asked name the topic
themselves. The floors were chosen on some 400 questions with known answers, of US politics and
world news.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from index.answers.search.duplicates import fuse
from index.models.embedder import Embedder
from index.store import Keys, Store
from index.store.codec import statement_parts
from index.text.words import content_words, hold_all, holds_all
from index.types import IndexedArticle

# A sentence with this share of the topic's words, by weight, needs at least this cosine with the
# topic. Of 5,492 sentences by the right speaker on another subject and without a word of the
# topic, 4 come above 0.45; of 302 right ones with all its words, 3 fall below 0.11.
FLOORS = ((0.99, 0.05), (0.5, 0.30), (0.2, 0.42), (0.0, 0.45))
# One without the words needs this cosine if only the sentences around it hold them all.
FLOOR_NEARBY = 0.15
NEARBY = 3
# Where others of those asked about name the topic, one put on it by title and lead needs this; one
# that holds a word of it ("satisfied with the outcome") needs less.
FLOOR_WITH_OTHERS = 0.30
FLOOR_WITH_WORD = 0.25
# The first sentences are an article's lead; one so near to the topic makes the article about it.
LEAD = 3
FLOOR_LEAD = 0.40
# Denials, demands and the like by those asked are few, so they need less.
FLOOR_STANCE = 0.30

# Of questions to anyone, the sentences that are looked at by each ranking.
_WIDE = 400
_AMONG = 4_000
_WORDS = 8
_DOUBTFUL = 16
_DOUBTFUL_WITH_OTHERS = 6
_PARTS = 3


@dataclass(frozen=True, slots=True, eq=False)
class SentenceKeys:
    """Sentences: their keys, rising, and the index of each in its article."""

    keys: Keys
    sentences: Keys

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SentenceKeys) and np.array_equal(self.keys, other.keys)

    def __hash__(self) -> int:
        return hash(self.keys.tobytes())

    def indexes(self, keys: Sequence[int]) -> list[int]:
        """Find the index of each of some *keys*, all of which are here."""
        found: list[int] = self.sentences[np.searchsorted(self.keys, keys)].tolist()
        return found


def places_of(keys: Keys, sentences: Keys) -> SentenceKeys:
    """
    Order sentences by their keys, each once.

    Args:
        keys: shape (n,), in any order, some of them several times.
        sentences: shape (n,), of each the index of its sentence in its article.

    Returns:
        m <= n sentences, their keys rising.
    """
    each, first = np.unique(keys, return_index=True)
    return SentenceKeys(each, sentences[first])


@dataclass(frozen=True, slots=True)
class TopicQuery:
    """
    A topic, and the sentences among which it is looked for.

    ``among``: None for all. ``named``: they are by people who were asked for by name or party.
    ``stance``: they are denials, demands or the like. ``around``: whatever is said in an article
    whose title names the topic counts too.
    """

    topic: str
    among: SentenceKeys | None = None
    named: bool = False
    stance: bool = False
    around: bool = False

    @property
    def words(self) -> Sequence[str]:
        """The words that carry the topic."""
        return _topical(self.topic)


@dataclass(frozen=True, slots=True)
class _Measured:
    """By key: how near a sentence is in meaning, its share of the words, and both ranks fused."""

    cosines: Mapping[int, float]
    shares: Mapping[int, float]
    fused: Mapping[int, float]


def score_topic(topic_query: TopicQuery, store: Store, embedder: Embedder) -> dict[int, float]:
    """
    Score the sentences that are about a topic.

    "Bread and ports" is found whole, or either; what holds both ranks first. What is about the
    topic only by its article comes last.

    Args:
        topic_query: the topic, and the sentences among which it is looked for.
        store: the articles.
        embedder: the model of their vectors.

    Returns:
        Key of a sentence -> score in (0, 1], 1 being the best possible.

    Raises:
        StoreError: if the store cannot be read.
    """
    measured = _measure(topic_query.topic, topic_query, store, embedder)
    sure = _sure(measured)
    parts = re.split(r"(?i)\s+(?:and|or)\s+|\s*,\s*", topic_query.topic)
    if 1 < len(parts) <= _PARTS and all(content_words(part) for part in parts):
        for part in parts:
            for key, score in _sure(_measure(part, topic_query, store, embedder)).items():
                sure[key] = max(sure.get(key, 0.0), score / 2)
    last = min(sure.values(), default=1.0) / 2
    by_article = _on_topic_by_article(topic_query, measured, sure, store, embedder)
    return sure | {key: last * nearness for key, nearness in by_article.items()}


def _measure(text: str, topic_query: TopicQuery, store: Store, embedder: Embedder) -> _Measured:
    """Measure the sentences that come into question by meaning and by words."""
    among = None if topic_query.among is None else topic_query.among.keys
    if among is not None and not len(among):
        return _Measured({}, {}, {})
    vector, k = embedder.embed_query(text), _WIDE if among is None else min(len(among), _AMONG)
    near = store.search(vector, k, among)
    topical = _topical(text)
    by_words = store.match(" ".join(topical), k, among) if topical else []
    cosines = dict(near)
    if missing := [s.key for s in by_words if s.key not in cosines]:
        cosines |= dict(store.search(vector, len(missing), _keys(missing)))
    fused = fuse(near, by_words)
    if among is None:
        keys = _keys(fused)
        holders = {word: store.sentences_with(word, keys) for word in topical}
        shares = word_coverage(holders, store.coverage().sentences)
    else:
        found = {word: store.sentences_with(word, among)[1] for word in topical}
        shares = word_coverage({w: (len(keys), keys) for w, keys in found.items()}, len(among))
    return _Measured(cosines, shares, fused)


@lru_cache(maxsize=256)
def _topical(text: str) -> tuple[str, ...]:
    """Take the words of *text* that carry a topic, the first few."""
    return tuple(content_words(text)[:_WORDS])


def _keys(keys: Iterable[int]) -> Keys:
    return np.unique(np.fromiter(keys, dtype=np.int64))


def _sure(measured: _Measured) -> dict[int, float]:
    """Keep the sentences that are about the topic by themselves."""
    return {
        key: score
        for key, score in measured.fused.items()
        if is_relevant(measured.cosines.get(key, 0.0), measured.shares.get(key, 0.0))
    }


def word_coverage(
    holders: Mapping[str, tuple[int, Sequence[int]]], sentences: int
) -> dict[int, float]:
    """
    Measure how much of a topic's wording each sentence holds.

    Args:
        holders: for each content word how many sentences hold it, and the keys of those that
            come into question.
        sentences: how many there are; a word that most of them hold weighs little.

    Returns:
        Key -> share in (0, 1]; sentences with none of the words are left out.
    """
    weights = {w: math.log(1 + sentences / (1 + count)) for w, (count, _) in holders.items()}
    whole = sum(weights.values())
    found: dict[int, float] = {}
    for word, (_, keys) in holders.items():
        for key in keys:
            found[key] = found.get(key, 0.0) + weights[word] / whole
    return found


def is_relevant(cosine: float, coverage: float) -> bool:
    """
    Return whether a sentence is about the topic (see the floors above).

    Args:
        cosine: of its vector with the topic's.
        coverage: its share of the topic's words by weight, in [0, 1].
    """
    return any(coverage >= share and cosine >= floor for share, floor in FLOORS)


def _on_topic_by_article(
    topic_query: TopicQuery,
    measured: _Measured,
    sure: Mapping[int, float],
    store: Store,
    embedder: Embedder,
) -> dict[int, float]:
    """Score the sentences that only their articles put on the topic, each by its nearness."""
    worth = [key for key in _worth_reading(topic_query, measured, sure) if key not in sure]
    firsts = _firsts(worth, topic_query, store)
    if not firsts:
        return {}
    wanted = _keys(first + n for first in set(firsts.values()) for n in range(LEAD))
    vector = embedder.embed_query(topic_query.topic)
    known = {**dict(store.search(vector, len(wanted), wanted)), **measured.cosines}
    leads = {first: _lead(first, LEAD, known) for first in set(firsts.values())}
    nearness = {k: (known.get(k, 0.0) + leads[first]) / 2 for k, first in firsts.items()}
    most = _DOUBTFUL_WITH_OTHERS if sure and not topic_query.around else _DOUBTFUL
    doubtful = sorted(nearness, key=lambda key: -nearness[key])[:most]
    places = store.locate(doubtful)
    items = store.get_many(list(dict.fromkeys(name for name, _ in places.values())))
    return {
        key: nearness[key]
        for key, (name, at) in places.items()
        if (item := items.get(name)) is not None
        and at < len(item.sentences)
        and _is_on_topic(item, at, key, topic_query, known, bool(sure))
    }


def _firsts(keys: Sequence[int], topic_query: TopicQuery, store: Store) -> dict[int, int]:
    """Find for each of *keys* the key of its article's first sentence."""
    if topic_query.among is not None:
        return {k: k - at for k, at in zip(keys, topic_query.among.indexes(keys), strict=True)}
    return {key: key - at for key, (_, at) in store.locate(keys).items()}


def _worth_reading(
    topic_query: TopicQuery, measured: _Measured, sure: Mapping[int, float]
) -> Collection[int]:
    """List the sentences whose articles might put them on the topic (these cost to fetch)."""
    if not sure or topic_query.around:
        return measured.fused
    floor = FLOOR_WITH_WORD if len(topic_query.words) > 1 else math.inf
    nearby = {key + n for key in sure for n in range(-NEARBY, NEARBY + 1)}
    return [
        key for key in measured.fused if key in nearby or measured.cosines.get(key, 0.0) >= floor
    ]


def _is_on_topic(
    item: IndexedArticle,
    at: int,
    key: int,
    topic_query: TopicQuery,
    cosines: Mapping[int, float],
    named_by_others: bool,
) -> bool:
    """
    Return whether an article puts its sentence *at* on the topic.

    Args:
        key: the sentence's.
        cosines: of the sentences with the topic, by key.
        named_by_others: whether others of those asked about name the topic themselves.
    """
    words, own = topic_query.words, cosines.get(key, 0.0)
    if named_by_others:
        return _is_on_topic_too(item, at, own, topic_query)
    if own >= FLOOR_NEARBY and is_named_nearby(item, at, words):
        return True
    if not topic_query.named:
        return False
    lead = _lead(key - at, min(LEAD, len(item.sentences)), cosines)
    floor = FLOOR_STANCE if topic_query.stance else FLOOR_LEAD
    return lead >= floor or (topic_query.stance and own >= floor) or is_about(item, words)


def _is_on_topic_too(item: IndexedArticle, at: int, cosine: float, topic_query: TopicQuery) -> bool:
    """Return whether a sentence is on the topic though others of those asked name it."""
    words = topic_query.words
    if topic_query.around and holds_all(item.article.title, words):
        return True
    # Where others name a topic of one word, a sentence without it is about something else.
    if len(words) > 1 and cosine >= FLOOR_WITH_WORD:
        sentence = _slice(item, at, at + 1)
        related = cosine >= FLOOR_WITH_OTHERS or any(holds_all(sentence, [word]) for word in words)
        if related and is_about(item, words, sentence):
            return True
    return is_about(item, words) and _is_continued(item, at, words)


def _lead(first: int, sentences: int, cosines: Mapping[int, float]) -> float:
    """Take the best cosine of an article's first *sentences*, whose keys follow one another."""
    return max(cosines.get(first + n, 0.0) for n in range(sentences))


def is_about(item: IndexedArticle, words: Sequence[str], more: str = "") -> bool:
    """Return whether title and lead of an article, with *more*, hold all *words* of a topic."""
    # Apart, title and lead are remembered for the next sentence of the article.
    return hold_all((item.article.title, _slice(item, 0, LEAD), more), words)


def is_named_nearby(item: IndexedArticle, sentence: int, words: Sequence[str]) -> bool:
    """Return whether title, lead and the sentences around *sentence* hold all *words*."""
    around = _slice(item, max(0, sentence - NEARBY), sentence + NEARBY + 1)
    return is_about(item, words, around)


def _is_continued(item: IndexedArticle, sentence: int, words: Sequence[str]) -> bool:
    """Return whether a statement that *sentence* belongs to holds all *words*."""
    return any(
        holds_all(" ".join(_slice(item, at, at + 1) for at in parts), words)
        for parts in statement_parts(item)
        if sentence in parts
    )


def _slice(item: IndexedArticle, first: int, end: int) -> str:
    """Cut the sentences from *first* to before *end* out of their article."""
    chosen = item.sentences[first:end]
    return item.article.text[chosen[0].start : chosen[-1].end] if chosen else ""
