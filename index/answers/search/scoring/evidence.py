"""
What speaks for a sentence being about a topic, as numbers.

Nearness of meaning and shared words, of the sentence and of what stands around it: the statement
it belongs to, what else the speaker says in the article, the sentences beside it, title and lead.
Computed from stored vectors and texts alone, so that nothing is embedded but the question.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.answers.search.scoring.holding import held_by
from index.answers.search.scoring.nearness import NEAR_NAMES, Nearness
from index.answers.search.scoring.spoken import SpokenArticle
from index.attribution.stance.features import reading_of
from index.attribution.stance.words import is_silence, takes_stance
from index.store import Vectors
from index.types import CueClass

Numbers = NDArray[np.float32]

LEAD = 3
AROUND = 3

# In this order; what a model was trained on is checked against it.
NAMES = (
    "sentence", "before", "after", "window", "near", "best near", "statement",
    "best of statement", "speaker", "best of speaker", "lead", "lead centre", "article",
    "best of article", "words", "words near", "words of statement", "words of speaker",
    "words of title and lead", "words of article", "rarest", "rarest near", "rarest in article",
    "topic words", "unknown words", "length", "direct", "thought", "plain", "first", "parts",
    "stance asked", "stance fits", "stance words", "silent", "words of no other",
    *NEAR_NAMES,
    "below best", "near below best",
    "rank", "rank near", "candidates", "below all", "article below all", "asked", "articles",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence that may be shown: its key, and where it stands."""

    key: int
    article_id: str
    sentence: int


@dataclass(frozen=True, slots=True)
class Topic:
    """
    What a question is about.

    ``vector`` is the topic's, of length 1; ``parts`` (n, dim) those of what it is made of, or
    itself; ``weights`` what each of its words (stems) weighs, the rarer the more; ``best`` the
    cosine of the nearest sentence of all, whoever says it.
    """

    vector: Vectors
    parts: Vectors
    weights: Mapping[str, float]
    best: float


@dataclass(frozen=True, slots=True)
class Asked:
    """
    What else of a question its evidence depends on.

    ``named``: somebody is asked; ``stance``: which one is asked for; ``candidates``: how many
    sentences come into question, of how many ``articles`` some are near the topic.
    """

    named: bool
    stance: CueClass | None
    candidates: int
    articles: int


def gather(
    places: Sequence[Place],
    articles: Mapping[str, ArticleEvidence],
    topic: Topic,
    asked: Asked,
) -> tuple[list[int], Numbers]:
    """
    Gather the evidence for sentences that carry a statement.

    Args:
        places: the sentences that come into question; others than these are not looked at.
        articles: what speaks for those of their articles, by id.
        topic: what the question is about.
        asked: what else it asks.

    Returns:
        The keys of those that carry a statement, and (n, len(NAMES)) numbers.
    """
    by_article: dict[str, list[Place]] = {}
    for place in places:
        by_article.setdefault(place.article_id, []).append(place)
    keys: list[int] = []
    rows: list[Numbers] = []
    for name, here in by_article.items():
        article = articles.get(name)
        carrying = [] if article is None else [p for p in here if article.carries(p.sentence)]
        if article is not None and carrying:
            keys += [place.key for place in carrying]
            rows.append(article.rows([place.sentence for place in carrying], asked.stance))
    if not rows:
        return [], np.empty((0, len(NAMES)), dtype=np.float32)
    own = np.concatenate(rows)
    return keys, np.concatenate([own, compared(own, topic, asked)], axis=1)


def compared(own: Numbers, topic: Topic, asked: Asked) -> Numbers:
    """
    Compare each sentence with the best of those asked, and with the best of all.

    Args:
        own: (n, k), as `ArticleEvidence.rows` measures them.
        topic: what the question is about.
        asked: what else it asks.

    Returns:
        (n, m), the columns of `NAMES` behind those.
    """
    sentence, near, best = own[:, 0], own[:, 3], own[:, 13]
    count = len(own)
    columns = [
        sentence - sentence.max(),
        near - near.max(),
        np.log1p(_ranks(sentence)),
        np.log1p(_ranks(near)),
        np.full(count, math.log1p(asked.candidates)),
        sentence - topic.best,
        best - topic.best,
        np.full(count, float(asked.named)),
        np.full(count, math.log1p(asked.articles)),
    ]
    return np.stack(columns, axis=1).astype(np.float32)


def _ranks(scores: Numbers) -> NDArray[np.int64]:
    ranks = np.empty(len(scores), dtype=np.int64)
    ranks[np.argsort(-scores, kind="stable")] = np.arange(len(scores))
    return ranks


class ArticleEvidence:
    """The evidence within one article."""

    def __init__(self, article: SpokenArticle, vectors: Vectors, topic: Topic) -> None:
        """
        Compare the sentences of *article* with *topic*.

        Args:
            article: with at least one sentence.
            vectors: (sentences, dim), rows of length 1.
            topic: what the question is about.
        """
        self._article = article
        self._vectors = vectors
        self._topic = topic
        self._end = len(vectors)
        self._cosines: list[float] = (vectors @ topic.vector).tolist()
        self._nearness = Nearness(vectors, topic.vector, topic.parts)
        wanted = tuple(topic.weights)
        self._words = article.folded.holding(wanted)
        self._titled = held_by(article.item.article.title, wanted)
        self._most = max(topic.weights.values(), default=0.0)
        self._total = sum(topic.weights.values())
        self._own: dict[str, float] = {}
        self._spoken: dict[str, tuple[float, float, float]] = {}
        lead, everything = range(min(LEAD, len(vectors))), range(len(vectors))
        self._whole: tuple[float, ...] = (
            max(self._cosines[:LEAD]),
            *self._centres([lead, everything]).tolist(),
            max(self._cosines),
        )
        self._lead_share, _ = self._held(lead, self._titled)
        self._whole_share, self._whole_rarest = self._held(everything, self._titled)

    def carries(self, at: int) -> bool:
        """Return whether the sentence *at* carries a statement."""
        return at in self._article.carrying

    def rows(self, places: Sequence[int], stance: CueClass | None) -> Numbers:
        """
        Measure some sentences.

        Args:
            places: the numbers of at least one sentence; each carries a statement.
            stance: which one is asked for.

        Returns:
            (len(places), n), the columns of `NAMES` up to those of `NEAR_NAMES`.
        """
        article = self._article
        numbers = [article.statement_at(at) for at in places]
        parts = [article.parts[number] for number in numbers]
        near = [range(max(0, at - AROUND), min(self._end, at + AROUND + 1)) for at in places]
        centres = self._centres([*near, *parts]).tolist()
        rows = [
            [
                *self._meaning(at, around, within, centre, whole),
                *self._spoken_by(number)[:2],
                *self._whole,
                *self._wording(at, around, within, number),
                *manner_of(article, at, number, stance),
                math.log1p(len(within)),
                *stance_of(article, at, stance),
                self._apart_from_others(number),
            ]
            for at, around, within, centre, whole, number in zip(
                places, near, parts, centres[: len(places)], centres[len(places) :], numbers,
                strict=True,
            )
        ]  # fmt: skip
        return np.concatenate([rows, self._nearness.rows(places, parts)], axis=1, dtype=np.float32)

    def _meaning(
        self, at: int, near: range, parts: Sequence[int], around: float, statement: float
    ) -> Iterator[float]:
        """Measure the meaning of a sentence, of those beside it, and of its statement."""
        cosines = self._cosines
        yield cosines[at]
        yield cosines[at - 1] if at else 0.0
        yield cosines[at + 1] if at + 1 < self._end else 0.0
        yield self._nearness.windows[at]
        yield around
        yield max(cosines[near.start : near.stop])
        yield statement
        yield max(cosines[part] for part in parts)

    def _wording(self, at: int, near: range, parts: Sequence[int], number: int) -> Iterator[float]:
        """Measure which words of the topic stand where."""
        (own, rarest), (beside, rarest_beside) = self._held([at]), self._held(near)
        yield from (own, beside, self._held(parts)[0], self._spoken_by(number)[2])
        yield from (self._lead_share, self._whole_share)
        yield from (rarest, rarest_beside, self._whole_rarest)
        yield from (len(self._topic.weights), 1.0 - self._whole_share)

    def _spoken_by(self, number: int) -> tuple[float, float, float]:
        """Measure all sentences in which the speaker of a statement speaks: centre, best, words."""
        key = self._article.speakers[number] or f"\0{number}"
        if key not in self._spoken:
            group = self._article.spoken_with(number)
            best = max(self._cosines[at] for at in group)
            self._spoken[key] = self._centre(group), best, self._held(group)[0]
        return self._spoken[key]

    def _apart_from_others(self, number: int) -> float:
        """Measure how much of the topic's wording the article holds where nobody else speaks."""
        key = self._article.speakers[number] or f"\0{number}"
        if key not in self._own:
            theirs = self._article.spoken_by_others(number)
            apart = [at for places in self._words.values() for at in places - theirs]
            self._own[key] = self._held(apart, self._titled)[0]
        return self._own[key]

    def _centre(self, group: Sequence[int]) -> float:
        """Take the cosine of the topic with the mean of some sentences."""
        return float(self._centres([group])[0])

    def _centres(self, groups: Sequence[Sequence[int]]) -> Numbers:
        """Take the cosines of the topic with the means of groups of sentences; of none, 0."""
        sums = np.stack(
            [
                self._vectors[slice(g.start, g.stop) if isinstance(g, range) else g].sum(axis=0)
                for g in groups
            ]
        )
        lengths = np.sqrt(np.einsum("ij,ij->i", sums, sums))
        found: Numbers = sums @ self._topic.vector / np.maximum(lengths, np.float32(1e-6))
        return found

    def _held(
        self, group: Collection[int], more: frozenset[str] = frozenset()
    ) -> tuple[float, float]:
        """Measure which of the topic's words some sentences hold: all by weight, the rarest."""
        weight = rarest = 0.0
        for word, each in self._topic.weights.items():
            places = self._words[word]
            if word in more or (places and not places.isdisjoint(group)):
                weight, rarest = weight + each, max(rarest, each)
        return (weight / self._total if weight else 0.0, rarest / self._most if rarest else 0.0)


def manner_of(
    article: SpokenArticle, at: int, number: int, stance: CueClass | None
) -> tuple[float, ...]:
    """Measure how a sentence was said; "plain" may still take the stance asked for."""
    item = article.item
    made = item.statements[number].attribution
    plain = made.cue_class == "said"
    if not plain and stance is not None and made.cue_class not in (stance, "denied"):
        # What is read from the whole is likely, not sure: it may take another stance as well.
        plain = reading_of(item.article.text, made).cue_class == "said"
    length = math.log1p(item.sentences[at].end - item.sentences[at].start)
    return length, made.kind == "direct", made.thought, plain, at == 0


def stance_of(article: SpokenArticle, at: int, stance: CueClass | None) -> tuple[float, ...]:
    """Measure how a sentence takes the stance that is asked for."""
    item = article.item
    text = item.article.text[item.sentences[at].start : item.sentences[at].end]
    taken = any(item.statements[n].attribution.cue_class == stance for n in article.carrying[at])
    return stance is not None, taken, takes_stance(text, stance), is_silence(text)
