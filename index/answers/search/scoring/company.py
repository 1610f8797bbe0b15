"""
In which company a sentence stands: whose it is, and beside which others of its article.

The evidence for a sentence is its own. Who names a topic goes on about it in the next sentence
without naming it again; and where one article is all about the topic, what another article shares
with it is a word or two.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.answers.search.scoring.evidence import NAMES, Numbers
from index.answers.search.scoring.model import Floats

# Of the words of a topic, by weight: all of them, and too few to be about the same event.
_ALL, _FEW = 0.99, 0.5
# An article that holds all words of a topic is about it if one of its sentences is so probably.
# A long topic's words stand in a long article by chance, so there title and lead must hold them.
_ABOUT, _LONG = 0.3, 2
_OWN_RIGHT = 0.75
# In an article with a statement about the topic, this probability is enough for a further one by
# those asked; right behind one by the same speaker, less is. Of left-out questions every second
# such statement, and nearly each that follows one, is on the topic.
_GOES_WITH, _FOLLOWS = 0.5, 0.15
# A text of so few sentences is hardly more than its lead, and one of so few tells of one event. In
# longer ones few such statements are about the topic: the answer only counts them.
_SHORT, _BRIEF = 5, 13
# What title and lead name in so many words is what all of the article is about, but for what has
# hardly this probability.
_EVENT, _HARDLY = 2, 0.035
_TITLED, _WHOLE, _COUNT, _SENTENCES = (
    NAMES.index(name)
    for name in ("words of title and lead", "words of article", "topic words", "sentences")
)


@dataclass(frozen=True, slots=True)
class Standing:
    """
    Where a sentence stands, and the key of its speaker; None if it has none.

    ``refers``: it only says of something before it that it is so, or not.
    """

    article_id: str
    sentence: int
    speaker: str | None
    refers: bool = False


def follows_up(standings: Sequence[Standing], naming: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """
    Find the sentences right behind one by the same speaker that names the topic.

    Args:
        standings: of n sentences.
        naming: (n,), which of them name the topic.
    """
    found = np.zeros(len(standings), dtype=bool)
    every = np.ones(len(standings), dtype=bool)
    for at, before in goes_on(standings, every):
        found[at] = naming[before]
    return found


def goes_with(
    standings: Sequence[Standing],
    numbers: Numbers,
    found: Floats,
    shown: NDArray[np.bool_],
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """
    Find what else is said on the event in the articles of the sentences that are shown.

    Few name a topic again that their article is about: "That was wrong", "the accusation".

    Args:
        standings: of n sentences.
        numbers: (n, len(NAMES)), their evidence.
        found: (n,), the probability of each.
        shown: (n,), which of them are shown.

    Returns:
        Two of (n,): which others go with those shown, and of which of these that is not sure.
    """
    articles = {each.article_id for each, one in zip(standings, shown.tolist(), strict=True) if one}
    within = np.array([each.article_id in articles for each in standings], dtype=bool) & ~shown
    several = numbers[:, _COUNT] >= _EVENT
    titled = numbers[:, _TITLED] > _ALL
    event = titled & several & (found >= _HARDLY)
    follows = np.zeros(len(standings), dtype=bool)
    for at, before in goes_on(standings, found >= _FOLLOWS):
        follows[at] = shown[before]
    # Of a topic of one word, a text that is hardly more than its lead says nothing else.
    titled &= numbers[:, _SENTENCES] > math.log(_SHORT)
    likely = np.where(titled, found >= _FOLLOWS, (follows | (found >= _GOES_WITH)) & several)
    brief = numbers[:, _SENTENCES] <= math.log(_BRIEF + 0.5)
    taken = within & (event | likely) & brief
    return taken, taken & ~follows & ~(event & (found >= _FOLLOWS))


def goes_on(standings: Sequence[Standing], said: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """
    Find the sentences right behind one by the same speaker, and those before them.

    Args:
        standings: of n sentences.
        said: (n,), which of them come into question.
    """
    places = {(each.article_id, each.sentence): at for at, each in enumerate(standings)}
    for at in np.flatnonzero(said).tolist():
        own = standings[at]
        before = places.get((own.article_id, own.sentence - 1))
        if before is not None and own.speaker and standings[before].speaker == own.speaker:
            yield at, before


def of_another_event(
    standings: Sequence[Standing], numbers: Numbers, found: Floats
) -> NDArray[np.bool_]:
    """
    Find the sentences of articles that share little with a topic another article is all about.

    Args:
        standings: of n sentences.
        numbers: (n, len(NAMES)), their evidence.
        found: (n,), the probability of each.
    """
    whole = numbers[:, _TITLED] > _ALL
    whole |= (numbers[:, _WHOLE] > _ALL) & (numbers[:, _COUNT] <= _LONG)
    about = {
        each.article_id
        for each, holds in zip(standings, (whole & (found >= _ABOUT)).tolist(), strict=True)
        if holds
    }
    elsewhere = np.array([each.article_id not in about for each in standings], dtype=bool)
    if not about:
        return np.zeros(len(standings), dtype=bool)
    few: NDArray[np.bool_] = (numbers[:, _WHOLE] < _FEW) & (found < _OWN_RIGHT)
    return elsewhere & few
