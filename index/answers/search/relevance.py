"""
Score sentences by how much they are about a topic.

The nearest sentence is not an answer: something is always nearest. What speaks for a sentence,
its own words and meaning and what stands around it, is judged by a model that was learned from
questions with known answers (`scoring`). People seldom name a topic in the very sentence that is
quoted ("It is a propaganda stunt"), and ask in other words than the article's; and those who
were asked may have said nothing on it, which the same evidence has to tell.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from index.answers.search.scoring.company import (
    Standing,
    follows_up,
    goes_on,
    goes_with,
    of_another_event,
)
from index.answers.search.scoring.evidence import LEAD, NAMES, Numbers
from index.answers.search.scoring.model import Floats, RelevanceModel, load_model
from index.answers.search.scoring.shortlist import EvidenceFinder
from index.answers.search.scoring.surety import is_unsure, names_elsewhere, on_the_event, rank
from index.store import Keys
from index.text.words import content_words, hold_all
from index.types import CueClass, IndexedArticle

# A sentence with all words of the topic is about it, whatever else speaks against it, from this
# cosine on. Of 302 right ones with all its words, 3 fall below 0.11.
_FLOOR_WORDED = 0.05
# Beside such a sentence another needs this probability: who names the topic is meant. Where title
# and lead name it, all of the article is about it, and few sentences name it again; a text of so
# few sentences is hardly more than its lead.
_BESIDE, _BESIDE_TITLED = 0.75, 0.67
# Of the same speaker in the next sentence, what is as likely as not will do.
_BESIDE_OWN = 0.5
_SHORT = 5
# A question to nobody has many answers, and among less probable sentences as well.
_SHOWN_BY_ANYONE = 0.12
# What follows a statement ranks behind it.
_GOES_ON = 0.9
# Where title and lead name the topic, who so probably speaks of it does.
_TITLED_ENOUGH = 0.8
NEARBY = 3
_PARTS = 3
# Of the words of a topic, by weight: all of them.
_ALL = 0.99
# Such a stance is taken without its verb as often as not: "You owe us an answer", "We will be
# there". The model knows its verbs and words, and weighs them with all the rest.
_UNSAID: frozenset[CueClass] = frozenset({"accused", "demanded", "promised", "warned"})
# Such a one needs a word for it at least ("It was not us"), and somebody who is asked: "fourteen,
# not forty" is nobody's denial.
_WORDED: frozenset[CueClass] = frozenset({"denied", "confirmed"})
_SENTENCE, _WORDS, _TITLED, _FITS, _PLAIN, _HINTED, _SILENT, _COUNT, _OF_STATEMENT, _ASKED = (
    NAMES.index(name)
    for name in (
        "sentence", "words", "words of title and lead", "stance fits", "plain", "stance words",
        "silent", "topic words", "words of statement", "asked",
    )
)  # fmt: skip
_SENTENCES, _DIRECT = NAMES.index("sentences"), NAMES.index("direct")


@dataclass(frozen=True, slots=True, eq=False)
class SentenceKeys:
    """Sentences: their keys, rising."""

    keys: Keys

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SentenceKeys) and np.array_equal(self.keys, other.keys)

    def __hash__(self) -> int:
        return hash(self.keys.tobytes())


@dataclass(frozen=True, slots=True)
class TopicQuery:
    """
    A topic, and the sentences among which it is looked for.

    ``among``: None for all. ``named``: they are by people who were asked for by name or party.
    ``stance``: which stance is asked for. ``around``: whatever is said in an article whose title
    and lead name the topic counts too.
    """

    topic: str
    among: SentenceKeys | None = None
    named: bool = False
    stance: CueClass | None = None
    around: bool = False


@dataclass(slots=True)
class TopicScores:
    """
    The sentences about a topic.

    ``scores``: key of a sentence -> score in (0, 1], 1 being the best possible; ``unsure``: keys
    of those that are perhaps on another matter.
    """

    scores: dict[int, float] = field(default_factory=dict)
    unsure: set[int] = field(default_factory=set)

    def add(self, other: TopicScores, share: float = 1.0) -> None:
        """Take in *other*, its scores times *share*; what either is sure of is sure."""
        for key, score in other.scores.items():
            if key not in other.unsure:
                self.unsure.discard(key)
            elif key not in self.scores:
                self.unsure.add(key)
            self.scores[key] = max(self.scores.get(key, 0.0), score * share)


def score_topic(topic_query: TopicQuery, finder: EvidenceFinder) -> TopicScores:
    """
    Score the sentences that are about a topic.

    "Bread and ports" is found whole, or either; what holds both ranks first.

    Args:
        topic_query: the topic, and the sentences among which it is looked for.
        finder: of the evidence for a sentence.

    Returns:
        Sentences with their scores; none if nobody of those asked spoke of it.

    Raises:
        StoreError: if the store cannot be read.
    """
    scores = _score(topic_query.topic, topic_query, finder)
    parts = re.split(r"(?i)\s+(?:and|or)\s+|\s*,\s*", topic_query.topic)
    if 1 < len(parts) <= _PARTS and all(content_words(part) for part in parts):
        for part in parts:
            scores.add(_score(part, topic_query, finder, len(parts)), 0.5)
    return scores


def _score(
    topic: str, topic_query: TopicQuery, finder: EvidenceFinder, share: int = 1
) -> TopicScores:
    """Score the sentences about one topic."""
    keys, numbers = finder.find(
        topic,
        None if topic_query.among is None else topic_query.among.keys,
        named=topic_query.named,
        stance=topic_query.stance,
        share=share,
    )
    fitting = _fits(numbers, topic_query.stance)
    own = [key for key, fits in zip(keys, fitting, strict=True) if fits]
    if not own:
        return TopicScores()
    made = _judge(own, numbers[fitting], topic_query, finder)
    scores = made.scores
    # "Malin denied it. 'Nobody was there,' she said": the words behind a stance are part of it.
    said = numbers[:, _DIRECT] > 0 if topic_query.stance else np.zeros(len(keys), dtype=bool)
    for at, before in goes_on(finder.standings(keys), said):
        if keys[before] in scores and keys[at] not in scores:
            scores[keys[at]] = scores[keys[before]] * _GOES_ON
    return made


def _judge(
    keys: Sequence[int], numbers: Numbers, topic_query: TopicQuery, finder: EvidenceFinder
) -> TopicScores:
    """Score the sentences that are about one topic, of those that may take the stance."""
    model = load_model()
    found = model.sentence.probabilities(numbers)
    worded = _is_worded(numbers)
    # "He has not commented on it" is no statement on it, and says that there is none.
    silent = (numbers[:, _SILENT] > 0) & (numbers[:, _FITS] == 0)
    standings = finder.standings(keys)
    best = int(np.argmax(found))
    sure = numbers[best, _TITLED] > _ALL and found[best] >= _TITLED_ENOUGH
    answered = (sure or model.is_answered(numbers, found)) and not silent[best]
    floors = _floor(topic_query, numbers, worded, model)
    if topic_query.named:
        own = follows_up(standings, worded) & np.isfinite(floors)
        floors[own] = np.minimum(floors[own], _BESIDE_OWN)
    shown = worded | ((found >= floors) & answered)
    shown &= ~of_another_event(standings, numbers, found)
    if answered and not shown.any():
        shown[best] = True
    shown &= ~silent
    behind, unsure = _beside(standings, numbers, found, shown, topic_query)
    behind &= ~silent
    scores = rank(standings, found, shown, behind)
    if topic_query.around:
        shown |= numbers[:, _TITLED] > _ALL
    every = shown | behind
    return TopicScores(
        {key: float(p) for key, p, kept in zip(keys, scores, every, strict=True) if kept},
        {key for key, one in zip(keys, unsure & every, strict=True) if one},
    )


def _beside(
    standings: Sequence[Standing],
    numbers: Numbers,
    found: Floats,
    shown: NDArray[np.bool_],
    topic_query: TopicQuery,
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return what stands behind the rest of what is shown, and what may be on another matter."""
    none = np.zeros(len(shown), dtype=bool)
    if topic_query.stance is not None:
        return none, is_unsure(standings, numbers, found, shown, none)
    if topic_query.named and not shown.any():
        event = on_the_event(numbers)
        return event, event
    more, doubtful = goes_with(standings, numbers, found, shown)
    unsure = is_unsure(standings, numbers, found, shown | more, doubtful)
    return more | (shown & unsure & names_elsewhere(numbers)), unsure


def _floor(
    topic_query: TopicQuery, numbers: Numbers, worded: NDArray[np.bool_], model: RelevanceModel
) -> NDArray[np.float64]:
    """Return for each sentence the probability from which it is shown."""
    floors = np.full(len(numbers), model.shown if topic_query.named else _SHOWN_BY_ANYONE)
    if topic_query.named and worded.any():
        titled = (numbers[:, _TITLED] > _ALL) & (numbers[:, _SENTENCES] > math.log(_SHORT))
        floors = np.where(titled, _BESIDE_TITLED, _BESIDE)
        # Where one names a topic of one word, what does not name it is about something else.
        if numbers[0, _COUNT] == 1:
            floors[~titled & (numbers[:, _OF_STATEMENT] < _ALL)] = np.inf
    return floors


def _fits(numbers: Numbers, stance: CueClass | None) -> NDArray[np.bool_]:
    """Return for each sentence whether it may take the stance asked for."""
    if stance is None:
        return np.ones(len(numbers), dtype=bool)
    fits: NDArray[np.bool_] = numbers[:, _FITS] > 0
    if stance in _UNSAID:
        fits |= numbers[:, _PLAIN] > 0
    elif stance in _WORDED:
        worded = (numbers[:, _PLAIN] > 0) & (numbers[:, _HINTED] > 0)
        fits |= worded & (numbers[:, _ASKED] > 0)
    return fits


def _is_worded(numbers: Numbers) -> NDArray[np.bool_]:
    """Return for each sentence whether it holds all words of the topic."""
    worded: NDArray[np.bool_] = (numbers[:, _WORDS] > _ALL) & (
        numbers[:, _SENTENCE] >= _FLOOR_WORDED
    )
    return worded


def is_named_nearby(item: IndexedArticle, sentence: int, words: Sequence[str]) -> bool:
    """Return whether title, lead and the sentences around *sentence* hold all *words*."""
    around = _slice(item, max(0, sentence - NEARBY), sentence + NEARBY + 1)
    # Apart, title and lead are remembered for the next sentence of the article.
    return hold_all((item.article.title, _slice(item, 0, LEAD), around), words)


def _slice(item: IndexedArticle, first: int, end: int) -> str:
    """Cut the sentences from *first* to before *end* out of their article."""
    chosen = item.sentences[first:end]
    return item.article.text[chosen[0].start : chosen[-1].end] if chosen else ""
