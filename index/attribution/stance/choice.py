"""
Give each statement the stance that it takes as a whole.

The rules know the verb: "demanded". A small head knows more of the sentence, by its vector: "You
owe the families an answer," she said, demands. Denials, confirmations and refusals are left to
the rules, and what is negated or only thought. No I/O but the weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray

from index.attribution.stance.features import reading_of, stance_features
from index.attribution.statements.selection import sentences_of
from index.models.softmax import SoftmaxHead, read_softmax
from index.types import Attribution, CueClass, IndexedArticle, Sentence

WEIGHTS = Path(__file__).parent / "weights" / "stance.json"
# From this probability on a statement takes a stance that its verb does not tell.
LEAST = 0.6
# These are taken without their verb as often as not; what else the head finds is wrong too often.
UNSAID: frozenset[str] = frozenset({"accused", "demanded", "promised", "warned"})
# Below it such a stance is not believed of a verb either.
DOUBTED = 0.1

Vectors = NDArray[np.float32]


@lru_cache(maxsize=1)
def shipped_stances() -> SoftmaxHead:
    """
    Load the head that the package carries.

    Raises:
        AttributionError: if its file is missing or not as training wrote it.
    """
    return read_softmax(WEIGHTS)


def with_stance(
    text: str,
    made: Attribution,
    sentences: Sequence[Sentence],
    vectors: Vectors,
    head: SoftmaxHead | None = None,
) -> Attribution:
    """
    Class a statement by all that is said in it.

    Args:
        text: the article's.
        made: the attribution, cut to what belongs to the statement.
        sentences: the article's n, in reading order.
        vectors: (n, dim), of the sentences.
        head: the shipped one if None.

    Returns:
        *made* with the stance in its ``cue_class``.
    """
    reading = reading_of(text, made)
    if reading.negated or made.thought:
        return made
    head = head or shipped_stances()
    first = {s.start: s.index for s in sentences}
    chances = [
        head.probabilities(stance_features(text, made, span, reading), vectors[first[span.start]])
        for span in sentences_of(made, sentences, text)
    ]
    if not chances:
        return made
    return replace(made, cue_class=chosen(made.cue_class, np.mean(chances, axis=0), head))


def with_stances(item: IndexedArticle, vectors: Vectors) -> IndexedArticle:
    """
    Class all statements of an article; *vectors* of another length tell nothing.

    Args:
        item: the article, its sentences and statements.
        vectors: (n, dim), of its n sentences.
    """
    head = shipped_stances()
    if not item.statements or vectors.shape[1] != len(head.matrix):
        return item
    made = {one.attribution: one.attribution for one in item.statements}
    for own in made:
        made[own] = with_stance(item.article.text, own, item.sentences, vectors, head)
    classed = tuple(replace(one, attribution=made[one.attribution]) for one in item.statements)
    return replace(item, statements=classed)


def chosen(ruled: CueClass, chances: NDArray[np.float64], head: SoftmaxHead) -> CueClass:
    """
    Choose between the stance of the verb and that of the whole.

    Args:
        ruled: the verb's.
        chances: (m,), of the head's classes.
        head: as it was trained.
    """
    order = {name: float(p) for name, p in zip(head.classes, chances, strict=True)}
    if ruled != "said" and (ruled not in UNSAID or order.get(ruled, 1.0) >= DOUBTED):
        return ruled
    best = max(order, key=lambda name: order[name])
    return cast("CueClass", best) if best in UNSAID and order[best] >= LEAST else "said"
