"""
How sure it is that a sentence is on the topic, and what stands behind the others for that.

A probability sums up a sentence and its article. Where an article tells of three events and the
topic is one word, a high one only says that the article holds the word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.answers.search.scoring.company import Standing, goes_on
from index.answers.search.scoring.evidence import NAMES, Numbers
from index.answers.search.scoring.model import Floats

# Where others are better, a sentence less probable than this is perhaps on another matter.
_WEAK = 0.5
# From this cosine on a sentence is near a topic that it does not name.
_NEAR = 0.2
_ALL = 0.99
_SENTENCE, _NEARBY, _OF_STATEMENT, _TITLED, _WHOLE, _COUNT, _SILENT, _DIRECT = (
    NAMES.index(name)
    for name in (
        "sentence", "words near", "words of statement", "words of title and lead",
        "words of article", "topic words", "silent", "direct",
    )
)  # fmt: skip
_MATTERS = (
    r"accusations?|allegations?|charges?|claims?|demands?|offers?|proposals?|decision|move|step"
    r"|plans?|deal|attack|strike|ruling|verdict|reports?|criticism|suggestions?|idea|threats?"
    r"|warnings?|requests?|calls?|appeals?|figures?"
)
_REFERS = re.compile(
    r"(?i)\b(?:den(?:y|ied|ies)|reject(?:ed|s)?|dismiss(?:ed|es)?|confirm(?:ed|s)?|welcom(?:ed|es)"
    r"|condemn(?:ed|s)?|accept(?:ed|s)?|contradict(?:ed|s)?)\s+"
    rf"(?:it|this|that|him|her|them|(?:the|this|that|these|those)\s+(?:{_MATTERS}))(?=[.,;]|\s*$)"
)


def refers_back(text: str) -> bool:
    """Return whether a sentence says of something before it that it is so, or not: "denied it"."""
    return bool(_REFERS.search(text))


def is_unsure(
    standings: Sequence[Standing],
    numbers: Numbers,
    found: Floats,
    shown: NDArray[np.bool_],
    doubtful: NDArray[np.bool_],
) -> NDArray[np.bool_]:
    """
    Return for each sentence whether it is shown, and perhaps on another matter.

    Args:
        standings: of n sentences.
        numbers: (n, len(NAMES)), their evidence.
        found: (n,), the probability of each.
        shown: (n,), which of them are shown.
        doubtful: (n,), of which of these that is not sure from the first.
    """
    best = found[shown & ~doubtful].max(initial=0.0)
    event = (numbers[:, _TITLED] > _ALL) & (numbers[:, _COUNT] > 1)
    weak = (found < _WEAK) & (best >= _WEAK) & ~event
    unsure: NDArray[np.bool_] = shown & (weak | doubtful | names_elsewhere(numbers))
    unsure &= numbers[:, _OF_STATEMENT] < _ALL
    nearby = numbers[:, _NEARBY] > _ALL
    unsure &= ~(nearby & np.array([each.refers for each in standings], dtype=bool))
    # What the same speaker says next is on the same matter.
    for at, before in sorted(
        goes_on(standings, shown), key=lambda pair: standings[pair[0]].sentence
    ):
        unsure[at] &= not shown[before] or unsure[before]
        # A quotation comments on what its speaker is reported to say right before it.
        unsure[before] &= unsure[at] or numbers[at, _DIRECT] == 0
    return unsure


def on_the_event(numbers: Numbers) -> NDArray[np.bool_]:
    """
    Find what those asked say in articles of which title and lead name a topic in several words.

    Args:
        numbers: (n, len(NAMES)), the evidence of n sentences by people who were asked.

    Returns:
        (n,); none at all where one of them declines to speak of it.
    """
    event: NDArray[np.bool_] = (numbers[:, _TITLED] > _ALL) & (numbers[:, _COUNT] > 1)
    declined = event & (numbers[:, _SILENT] > 0)
    return np.zeros(len(numbers), dtype=bool) if declined.any() else event


def names_elsewhere(numbers: Numbers) -> NDArray[np.bool_]:
    """
    Return for each sentence whether only others of its article hold a topic's one word.

    Args:
        numbers: (n, len(NAMES)), the evidence of n sentences.
    """
    elsewhere: NDArray[np.bool_] = (
        (numbers[:, _COUNT] == 1)
        & (numbers[:, _WHOLE] > _ALL)
        & (numbers[:, _OF_STATEMENT] < _ALL)
        & (numbers[:, _SENTENCE] < _NEAR)
    )
    return elsewhere


def rank(
    standings: Sequence[Standing],
    found: Floats,
    shown: NDArray[np.bool_],
    behind: NDArray[np.bool_],
) -> Floats:
    """
    Score sentences: some less than all others, by article and in reading order.

    Args:
        standings: of n sentences.
        found: (n,), the probability of each.
        shown: (n,), which of them are shown.
        behind: (n,), which come behind the rest of those shown.

    Returns:
        (n,) scores in (0, 1].
    """
    first = shown & ~behind
    if not first.any():
        return found
    best: dict[str, float] = {}
    for each, chance, one in zip(standings, found.tolist(), shown.tolist(), strict=True):
        if one:
            best[each.article_id] = max(best.get(each.article_id, 0.0), chance)

    def place(at: int) -> tuple[float, str, int]:
        own = standings[at]
        return -best.get(own.article_id, 0.0), own.article_id, own.sentence

    order = sorted(np.flatnonzero(behind).tolist(), key=place)
    scores = found.copy()
    scores[order] = found[first].min() * np.linspace(1.0, 0.0, len(order) + 2)[1:-1]
    return scores
