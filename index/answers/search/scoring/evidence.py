"""
What speaks for a sentence being about a topic, as numbers.

Nearness of meaning and shared words, of the sentence and of what stands around it: the statement
it belongs to, what else the speaker says in the article, the sentences beside it, title and lead.
Computed from stored vectors and texts alone, so that nothing is embedded but the question.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from index.answers.search.scoring.nearness import NEAR_NAMES, Nearness
from index.answers.search.scoring.stance_words import is_silence, takes_stance
from index.store import Vectors
from index.store.statements import statement_parts
from index.text.spelling import SHORTEST
from index.text.words import folded, is_akin, stem
from index.types import CueClass, IndexedArticle, Sentence

Numbers = NDArray[np.float32]

LEAD = 3
_BETWEEN = "\0"  # stands in no word
_AROUND = 3

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
class Asked:
    """
    What a question asks, as far as its evidence depends on it.

    ``vector`` is the topic's, of length 1; ``parts`` (n, dim) those of what it is made of, or
    itself; ``weights`` what each of its words (stems) weighs, the
    rarer the more; ``best`` the cosine of the nearest sentence of all, whoever says it.
    """

    vector: Vectors
    parts: Vectors
    weights: Mapping[str, float]
    best: float
    named: bool
    stance: CueClass | None


def gather(
    places: Sequence[Place],
    items: Mapping[str, IndexedArticle],
    vectors: Mapping[str, Vectors],
    asked: Asked,
    candidates: int,
) -> tuple[list[int], Numbers]:
    """
    Gather the evidence for sentences that carry a statement.

    Args:
        places: the sentences that come into question; others than these are not looked at.
        items: their articles, by id.
        vectors: the vectors of all sentences of these, (sentences, dim), by id.
        asked: the question.
        candidates: of how many sentences *places* are the nearest.

    Returns:
        The keys of those that carry a statement, and (n, len(NAMES)) numbers.
    """
    by_article: dict[str, list[Place]] = {}
    for place in places:
        by_article.setdefault(place.article_id, []).append(place)
    keys: list[int] = []
    rows: list[list[float]] = []
    for name, here in by_article.items():
        item, found = items.get(name), vectors.get(name)
        if item is None or found is None or len(found) != len(item.sentences):
            continue
        article = _ArticleEvidence(item, found, asked)
        for place in here:
            row = article.row(place.sentence)
            if row is not None:
                keys.append(place.key)
                rows.append(row)
    if not rows:
        return [], np.empty((0, len(NAMES)), dtype=np.float32)
    own = np.array(rows, dtype=np.float32)
    return keys, np.concatenate([own, _compared(own, asked, candidates, len(by_article))], axis=1)


def _compared(own: Numbers, asked: Asked, candidates: int, articles: int) -> Numbers:
    """Compare each sentence with the best of those asked, and with the best of all."""
    sentence, near, best = own[:, 0], own[:, 3], own[:, 13]
    count = len(own)
    columns = [
        sentence - sentence.max(),
        near - near.max(),
        np.log1p(_ranks(sentence)),
        np.log1p(_ranks(near)),
        np.full(count, math.log1p(candidates)),
        sentence - asked.best,
        best - asked.best,
        np.full(count, float(asked.named)),
        np.full(count, math.log1p(articles)),
    ]
    return np.stack(columns, axis=1).astype(np.float32)


def _ranks(scores: Numbers) -> NDArray[np.int64]:
    ranks = np.empty(len(scores), dtype=np.int64)
    ranks[np.argsort(-scores, kind="stable")] = np.arange(len(scores))
    return ranks


class _ArticleEvidence:
    """The evidence within one article."""

    def __init__(self, item: IndexedArticle, vectors: Vectors, asked: Asked) -> None:
        self._item = item
        self._vectors = vectors
        self._asked = asked
        self._cosines: Numbers = vectors @ asked.vector
        self._words = sentences_holding(item, tuple(asked.weights))
        self._parts = statement_parts(item)
        self._carrying: dict[int, list[int]] = {}
        self._own: dict[str, float] = {}
        self._speaking: dict[str, set[int]] = {}
        for number, (statement, parts) in enumerate(zip(item.statements, self._parts, strict=True)):
            for at in parts:
                self._carrying.setdefault(at, []).append(number)
            if statement.speaker is not None:
                self._speaking.setdefault(statement.speaker.key, set()).update(parts)
        self._lead = list(range(min(LEAD, len(item.sentences))))
        self._nearness = Nearness(vectors, asked.vector, asked.parts)
        self._titled = _in_text(item.article.title, tuple(asked.weights))
        everything = range(len(self._cosines))
        self._whole = (
            float(self._cosines[self._lead].max()),
            self._centre(self._lead),
            self._centre(everything),
            float(self._cosines.max()),
        )
        self._whole_share = self._share(everything, self._titled)
        self._whole_rarest = self._rarest(everything, self._titled)
        self._lead_share = self._share(self._lead, self._titled)

    def row(self, at: int) -> list[float] | None:
        """Measure the sentence *at*; None if it carries no statement."""
        numbers = self._carrying.get(at)
        if not numbers or at >= len(self._cosines):
            return None
        item, cosines, end, asked = self._item, self._cosines, len(self._cosines), self._asked
        number = min(numbers, key=lambda n: (item.statements[n].speaker is None, n))
        statement = item.statements[number]
        parts = self._parts[number]
        spoken = self._spoken(number)
        near = list(range(max(0, at - _AROUND), min(end, at + _AROUND + 1)))
        made = statement.attribution
        start, stop = item.sentences[at].start, item.sentences[at].end
        return [
            float(cosines[at]),
            float(cosines[at - 1]) if at else 0.0,
            float(cosines[at + 1]) if at + 1 < end else 0.0,
            self._nearness.windows[at],
            self._centre(near),
            float(cosines[near].max()),
            self._centre(parts),
            float(cosines[parts].max()),
            self._centre(spoken),
            float(cosines[spoken].max()),
            *self._whole,
            *(self._share(group) for group in ([at], near, parts, spoken)),
            self._lead_share,
            self._whole_share,
            self._rarest([at]),
            self._rarest(near),
            self._whole_rarest,
            float(len(self._asked.weights)),
            1.0 - self._whole_share,
            math.log1p(stop - start),
            float(made.kind == "direct"),
            float(made.thought),
            float(made.cue_class == "said"),
            float(at == 0),
            math.log1p(len(parts)),
            float(asked.stance is not None),
            float(any(item.statements[n].attribution.cue_class == asked.stance for n in numbers)),
            float(takes_stance(item.article.text[start:stop], asked.stance)),
            float(is_silence(item.article.text[start:stop])),
            self._apart_from_others(number),
            *self._nearness.row(at, parts),
        ]

    def _apart_from_others(self, number: int) -> float:
        """Measure how much of the topic's wording the article holds where nobody else speaks."""
        speaker = self._item.statements[number].speaker
        key = speaker.key if speaker else f"\0{number}"
        if key not in self._own:
            others = (spoken for other, spoken in self._speaking.items() if other != key)
            said = set[int]().union(*others)
            theirs = said.difference(self._spoken(number))
            rest = [at for at in range(len(self._cosines)) if at not in theirs]
            self._own[key] = self._share(rest, self._titled)
        return self._own[key]

    def _spoken(self, number: int) -> list[int]:
        """List the sentences in which the speaker of a statement speaks."""
        speaker = self._item.statements[number].speaker
        if speaker is None:
            return self._parts[number]
        return sorted(self._speaking[speaker.key])

    def _centre(self, group: Sequence[int]) -> float:
        """Take the cosine of the topic with the mean of some sentences."""
        total = self._vectors[list(group)].sum(axis=0)
        length = float(np.linalg.norm(total))
        return float(total @ self._asked.vector) / length if length else 0.0

    def _share(self, group: Sequence[int], more: frozenset[str] = frozenset()) -> float:
        """Measure how much of the topic's wording some sentences hold, by weight."""
        whole = sum(self._asked.weights.values())
        held = {w for w, places in self._words.items() if not places.isdisjoint(group)} | more
        return sum(self._asked.weights[w] for w in held) / whole if whole else 0.0

    def _rarest(self, group: Sequence[int], more: frozenset[str] = frozenset()) -> float:
        """Take the weight of the rarest word of the topic that some sentences hold, of 1."""
        most = max(self._asked.weights.values(), default=0.0)
        held = {w for w, places in self._words.items() if not places.isdisjoint(group)} | more
        return max((self._asked.weights[w] for w in held), default=0.0) / most if most else 0.0


def sentences_holding(item: IndexedArticle, wanted: tuple[str, ...]) -> dict[str, frozenset[int]]:
    """Find the sentences that hold each of some stems, in any form."""
    found: dict[str, set[int]] = {word: set() for word in wanted}
    joined, ends = _folded_sentences(item.article.text, item.sentences)
    for match in _beginning(wanted).finditer(joined) if wanted else ():
        for word in _meant(match.group(), wanted):
            found[word].add(bisect_left(ends, match.start()))
    return {word: frozenset(places) for word, places in found.items()}


# Half of what a question looks at was looked at by one of the last ten.
@lru_cache(maxsize=512)
def _folded_sentences(text: str, sentences: tuple[Sentence, ...]) -> tuple[str, list[int]]:
    """Fold the sentences of an article, all at once, which is three times as fast."""
    text = text.replace(_BETWEEN, " ")
    joined = folded(_BETWEEN.join(text[each.start : each.end] for each in sentences))
    return joined, [match.start() for match in re.finditer(_BETWEEN, joined)]


def _in_text(text: str, wanted: tuple[str, ...]) -> frozenset[str]:
    """Find which of some stems a text holds, in any form or spelling."""
    if not wanted:
        return frozenset()
    held = {match.group() for match in _beginning(wanted).finditer(folded(text))}
    return frozenset().union(*(_meant(word, wanted) for word in held))


@lru_cache(maxsize=64)
def _beginning(wanted: tuple[str, ...]) -> re.Pattern[str]:
    """Make a pattern of whole words that begin like one of some stems: few others can be meant."""
    shortest: dict[str, int] = {}
    for word in wanted:
        # Two letters may be lost in typing, three in another spelling; short words have no slips.
        least = len(word) - (3 if len(word) >= SHORTEST else 0)
        shortest[word[0]] = min(least, shortest.get(word[0], least))
    starts = "|".join(
        rf"{re.escape(initial)}(?=[^\W_]{{{max(0, least - 1)}}}|[^\W_]*[-'’.])[^\W_]*"
        for initial, least in sorted(shortest.items())
    )
    return re.compile(rf"(?<![^\W_])(?<![^\W_][-'’.])(?:{starts})(?:[-'’.][^\W_]+)*")


@lru_cache(maxsize=16_384)
def _meant(word: str, wanted: tuple[str, ...]) -> frozenset[str]:
    """Find which of some stems *word* is a form or a spelling of."""
    held = stem(word.replace("’", "'"))
    return frozenset(w for w in wanted if w == held or (w[0] == held[0] and is_akin(w, held)))
