"""
A logistic head over named features: its weights are a JSON file that can be read.

A head is a weight for each feature that training kept; whatever else is true of a candidate
counts nothing. The file holds the hash of bias and weights, so that a damaged one is refused.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from index.errors import AttributionError

WEIGHTS = Path(__file__).parent / "weights"


@dataclass(frozen=True, slots=True)
class Head:
    """A trained head; ``bias`` and ``weights`` are log-odds."""

    bias: float
    weights: Mapping[str, float]

    def probability(self, features: Iterable[str]) -> float:
        """
        Score one candidate.

        Args:
            features: each counts once; those that training did not keep count nothing.

        Returns:
            How likely the candidate is the right one, 0..1.
        """
        total = self.bias + sum(self.weights.get(name, 0.0) for name in set(features))
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


def digest(bias: float, weights: Mapping[str, float]) -> str:
    """Hash all that a head adds up, in whatever order (SHA-256, hexadecimal)."""
    return hashlib.sha256(json.dumps([bias, weights], sort_keys=True).encode()).hexdigest()


@lru_cache(maxsize=8)
def load_head(name: str, folder: Path = WEIGHTS) -> Head:
    """
    Load the head *name*, once.

    Raises:
        AttributionError: if its file is missing or not as training wrote it.
    """
    path = folder / f"{name}.json"
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        weights, bias = stored["weights"], float(stored["bias"])
        known = stored["sha256"]
    except (OSError, ValueError, KeyError, TypeError) as exc:
        raise AttributionError(f"cannot read {path}: {exc}; reinstall onrecord") from exc
    if digest(bias, weights) != known:
        raise AttributionError(f"{path} is not the file that was shipped; reinstall onrecord")
    return Head(bias, weights)
