"""A head over named features that chooses one of several; its file is `index.models.logistic`'s."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from index.models.logistic import read_head

WEIGHTS = Path(__file__).parent / "weights"


@dataclass(frozen=True, slots=True)
class Chooser:
    """A trained head; ``weights`` are log-odds by feature."""

    weights: Mapping[str, float]

    def chances(self, rows: Sequence[Iterable[str]]) -> list[float]:
        """
        Say how likely each of several is the one.

        Args:
            rows: n sets of features; those that training did not keep count nothing.

        Returns:
            n shares of 1.
        """
        known = self.weights
        scores = [sum(known.get(name, 0.0) for name in sorted(set(row))) for row in rows]
        most = max(scores, default=0.0)
        powers = [math.exp(score - most) for score in scores]
        whole = sum(powers)
        return [power / whole for power in powers]


@lru_cache(maxsize=8)
def load_head(name: str, folder: Path = WEIGHTS) -> Chooser:
    """
    Load the head *name*, once.

    Raises:
        AttributionError: if its file is missing or not as training wrote it.
    """
    return Chooser(read_head(folder / f"{name}.json").weights)
