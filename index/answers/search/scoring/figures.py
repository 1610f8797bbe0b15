"""How good an order of sentences is: nDCG@5, precision, recall, and abstention."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np

from index.answers.search.scoring.model import Floats
from index.answers.search.scoring.questions import Example


@dataclass(frozen=True, slots=True)
class Figures:
    """Means over questions with an answer, but for *right_abstention* (over those without)."""

    ndcg5: float
    precision5: float
    recall10: float
    false_abstention: float
    right_abstention: float

    def rounded(self) -> dict[str, float]:
        """Write them with three digits."""
        return {name: round(value, 3) for name, value in asdict(self).items()}


def judged(examples: Sequence[Example], found: Sequence[Floats], shown: float) -> Figures:
    """
    Judge what would be shown.

    Args:
        examples: questions with the grades of all gold sentences, found or not.
        found: the probability of each example's sentences; empty for an abstention.
        shown: from which probability a sentence is shown.
    """
    rows = []
    refused: list[bool] = []
    for example, chances in zip(examples, found, strict=True):
        order = [int(i) for i in np.argsort(-chances, kind="stable") if chances[i] >= shown]
        if not example.answerable:
            refused.append(not order)
            continue
        rows.append((*_ranking(example, order[:10]), float(not order)))
    ndcg, precision, recall, silent = np.array(rows).mean(axis=0).tolist() if rows else [0.0] * 4
    return Figures(ndcg, precision, recall, silent, float(np.mean(refused)) if refused else 1.0)


def _ranking(example: Example, order: Sequence[int]) -> tuple[float, float, float]:
    """Measure nDCG@5, precision at 5 and recall of the best grade at 10."""
    gold: Mapping[tuple[str, int], int] = example.gold
    seen: set[tuple[str, int]] = set()
    gains = []
    for at in order:
        fresh = [label for label in example.labels[at] if label in gold and label not in seen]
        gains.append(max((gold[label] for label in fresh), default=0))
        seen.update(example.labels[at])
    best = _discounted(sorted(gold.values(), reverse=True)[:5])
    top, whole = gains[:5], [label for label, grade in gold.items() if grade == 2]
    recall = sum(label in seen for label in whole) / min(10, len(whole)) if whole else 0.0
    precision = sum(gain > 0 for gain in top) / len(top) if top else 0.0
    return _discounted(top) / best if best else 0.0, precision, min(1.0, recall)


def _discounted(grades: Sequence[int]) -> float:
    return sum((2.0**grade - 1) / math.log2(rank + 2) for rank, grade in enumerate(grades))
