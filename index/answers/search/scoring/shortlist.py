"""
Choose the sentences that are looked at closely, and gather the evidence for them.

A party may have made a hundred thousand statements. Few of them can be about a topic: those near
it in meaning, those that share its words, and what stands beside either.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence

import numpy as np

from index.answers.search.scoring.company import Standing
from index.answers.search.scoring.evidence import (
    NAMES,
    ArticleEvidence,
    Asked,
    Numbers,
    Place,
    Topic,
    gather,
)
from index.answers.search.scoring.nearness import parts_of_topic
from index.answers.search.scoring.spoken import SpokenArticle, spoken_article
from index.answers.search.scoring.surety import refers_back
from index.answers.search.scoring.wording import wording_numbers
from index.models.embedder import Embedder
from index.store import Keys, Scored, Selection, Store, Vectors
from index.text.words import content_words, folded, stem
from index.types import CueClass, IndexedArticle

NEAREST = 60
WORDED = 30
# So many of each are good enough for what stands within this reach of them to be looked at too.
GOOD = 12
REACH = 4
_WORDS = 8
# Some 30 MB, of long articles; one question to one party takes in up to 60.
_MOST_ARTICLES = 128
# Of a quotation: the sentences looked at by each ranking, and the words they are found by.
_HITS, _QUOTED_WORDS = 60, 24


_Question = tuple[str, bool, CueClass | None, int]


class EvidenceFinder:
    """
    Gathers evidence for one answer, and looks at nothing twice.

    An answer that finds nothing asks on: for what others said on the same topic, without a date,
    for another stance. To be made anew for each reading of the store, and used by one thread.
    """

    def __init__(self, store: Store, embedder: Embedder) -> None:
        """
        Look at nothing yet.

        Args:
            store: the articles.
            embedder: the model of their vectors.
        """
        self._store = store
        self._embedder = embedder
        self._articles: dict[str, tuple[SpokenArticle, Vectors]] = {}
        self._topics: dict[str, Topic] = {}
        self._compared: dict[tuple[str, str], ArticleEvidence] = {}
        self._standings: dict[int, Standing] = {}
        # What was found last: who finds no answer looks at the same again for the nearest.
        self._last: tuple[_Question, Keys | None, tuple[list[int], Numbers]] | None = None

    def standings(self, keys: Sequence[int]) -> list[Standing]:
        """Say where sentences stand that `find` found, and who speaks there."""
        return [self._standings[key] for key in keys]

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
        Gather the evidence for the sentences that may be about *topic*.

        Args:
            topic: as typed.
            among: keys of the sentences that come into question, rising, of which each carries a
                statement; None for all.
            named: whether they are by people who were asked for by name or party.
            stance: which stance is asked for.
            share: of how many topics this is one, all of which are looked at by one question.

        Returns:
            Keys, and (n, len(NAMES)) numbers; only of sentences that carry a statement.

        Raises:
            StoreError: if the store cannot be read.
        """
        asked = (topic, named, stance, share)
        if self._last is not None:
            other, others, found = self._last
            if other == asked and _are_same(others, among):
                return found
        found = self._gathered(topic, among, named, stance, share)
        self._last = asked, among, found
        return found

    def _gathered(
        self, topic: str, among: Keys | None, named: bool, stance: CueClass | None, share: int
    ) -> tuple[list[int], Numbers]:
        """Gather the evidence; see `find`."""
        store = self._store
        vector, words = self._embedder.embed_query(topic), topic_stems(topic)
        some = among is None or len(among) > 0
        near = store.search(vector, NEAREST // share, among) if some else []
        worded = store.match(" ".join(words), WORDED // share, among) if some and words else []
        located = store.locate(_chosen(near, worded, among, GOOD // share))
        if not located:
            return [], np.empty((0, len(NAMES)), dtype=np.float32)
        if topic not in self._topics:
            nearest = near if among is None else store.search(vector, 1)
            self._topics[topic] = self._topic(topic, vector, words, nearest)
        asked = Asked(
            named,
            stance,
            store.coverage().sentences if among is None else len(among),
            len({name for name, _ in located.values()}),
        )
        carrying = _carrying(located, store) if among is None else located.keys()
        places = [Place(key, *place) for key, place in located.items() if key in carrying]
        names = dict.fromkeys(place.article_id for place in places)
        evidence = self._evidence_of([*names], topic)
        self._note(place for place in places if place.article_id in evidence)
        return gather(places, evidence, self._topics[topic], asked)

    def _note(self, places: Iterable[Place]) -> None:
        """Note who speaks where."""
        for place in places:
            article = self._articles[place.article_id][0]
            self._standings[place.key] = Standing(
                place.article_id,
                place.sentence,
                article.speaker_at(place.sentence),
                refers_back(text_of(article.item, place.sentence)),
            )

    def _topic(
        self, topic: str, vector: Vectors, words: Sequence[str], nearest: Sequence[Scored]
    ) -> Topic:
        return Topic(
            vector,
            _parts(topic, vector, self._embedder),
            weights_of(words, self._store),
            nearest[0].score if nearest else 0.0,
        )

    def _evidence_of(self, names: Sequence[str], topic: str) -> dict[str, ArticleEvidence]:
        """Compare articles with *topic*; those that are gone or changing are left out."""
        if len(self._articles) > _MOST_ARTICLES:
            self._articles.clear()
            self._compared.clear()
        fresh = [name for name in names if name not in self._articles]
        for name, item in self._store.get_many(fresh).items() if fresh else ():
            vectors = self._store.vectors(name)
            if vectors is not None and 0 < len(vectors) == len(item.sentences):
                self._articles[name] = spoken_article(item), vectors
        found = {}
        for name in names:
            if name in self._articles:
                if (topic, name) not in self._compared:
                    evidence = ArticleEvidence(*self._articles[name], self._topics[topic])
                    self._compared[topic, name] = evidence
                found[name] = self._compared[topic, name]
        return found


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


def _are_same(one: Keys | None, other: Keys | None) -> bool:
    if one is None or other is None:
        return one is other
    return np.array_equal(one, other)


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


def weights_of(words: Sequence[str], store: Store) -> dict[str, float]:
    """Weigh words by how few sentences hold them."""
    sentences, none = store.coverage().sentences, np.empty(0, dtype=np.int64)
    return {
        word: math.log(1 + sentences / (1 + store.sentences_with(word, none)[0])) for word in words
    }


def _chosen(
    near: Sequence[Scored], worded: Sequence[Scored], among: Keys | None, best: int
) -> list[int]:
    """Choose what is near in meaning, what shares words, and what stands beside the best."""
    chosen = dict.fromkeys(hit.key for hit in (*near, *worded))
    good = [hit.key for hit in (*near[:best], *worded[:best])]
    beside = {key + n for key in good for n in range(-REACH, REACH + 1)} - chosen.keys()
    return [*chosen, *_known(beside, among)]


def _carrying(keys: Collection[int], store: Store) -> set[int]:
    """Keep of *keys* the statements: half of them, and in a third of the articles none."""
    among = np.array(sorted(keys), dtype=np.int64)
    return {each.key for each in store.select(Selection(thoughts=True), among)}


def _known(keys: Collection[int], among: Keys | None) -> list[int]:
    """Keep of *keys* those *among* the ones that come into question."""
    if among is None:
        return sorted(keys)
    found: list[int] = np.intersect1d(np.fromiter(keys, dtype=np.int64), among).tolist()
    return found
