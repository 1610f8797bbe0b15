"""
A logistic head over named features: its weights are a JSON file that can be read.

A head is a weight for each feature that training kept; whatever else is true of a candidate
counts nothing. The file holds the hash of bias and weights, so that a damaged one is refused.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.errors import AttributionError

_ROUNDS, _INNER_ROUNDS = 30, 200
_ENOUGH = 1e-5

Floats = NDArray[np.float64]


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
            How likely the candidate is a right one, 0..1.
        """
        total = self.bias + sum(self.weights.get(name, 0.0) for name in set(features))
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


def digest(bias: float, weights: Mapping[str, float]) -> str:
    """Hash all that a head adds up, in whatever order (SHA-256, hexadecimal)."""
    return hashlib.sha256(json.dumps([bias, weights], sort_keys=True).encode()).hexdigest()


def read_head(path: Path) -> Head:
    """
    Read a head from its file.

    Raises:
        AttributionError: if the file is missing or not as training wrote it.
    """
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        weights, bias = stored["weights"], float(stored["bias"])
        known = stored["sha256"]
    except (OSError, ValueError, KeyError, TypeError) as exc:
        raise AttributionError(f"cannot read {path}: {exc}; reinstall onrecord") from exc
    if digest(bias, weights) != known:
        raise AttributionError(f"{path} is not the file that was shipped; reinstall onrecord")
    return Head(bias, weights)


def write_head(path: Path, head: Head, record: Mapping[str, Any]) -> None:
    """Write a head with the hash of its weights; *record* says how it was made."""
    sha256 = digest(head.bias, head.weights)
    stored = {**record, "sha256": sha256, "bias": head.bias, "weights": dict(head.weights)}
    path.write_text(json.dumps(stored, indent=0, sort_keys=True) + "\n", encoding="utf-8")


@dataclass(frozen=True, slots=True)
class _Table:
    """Which of m features each of n rows has, as pairs of a row and a feature; the last is bias."""

    row: NDArray[np.int64]
    column: NDArray[np.int64]
    shape: tuple[int, int]

    def times(self, weights: Floats) -> Floats:
        """Add up each row: (m,) -> (n,)."""
        return np.asarray(np.bincount(self.row, weights[self.column], self.shape[0]), np.float64)

    def back(self, values: Floats) -> Floats:
        """Add up each feature: (n,) -> (m,)."""
        return np.asarray(np.bincount(self.column, values[self.row], self.shape[1]), np.float64)


def fit_head(
    rows: Sequence[frozenset[str]], right: Sequence[bool], *, decay: float, least: int
) -> Head:
    """
    Fit a head with a squared penalty, by Newton's steps; there is no chance in it.

    Args:
        rows: the features of n candidates.
        right: (n,) whether each is a right one.
        decay: the penalty on each weight; none on the bias.
        least: how often a feature must occur to be kept.
    """
    counts = Counter(name for row in rows for name in row)
    names = sorted(name for name, count in counts.items() if count >= least)
    place = {name: at for at, name in enumerate(names)}
    pairs = [
        (i, at)
        for i, row in enumerate(rows)
        for at in (*sorted(place[name] for name in row if name in place), len(names))
    ]
    pairs_of = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    table = _Table(pairs_of[:, 0], pairs_of[:, 1], (len(rows), len(names) + 1))
    penalty = np.full(len(names) + 1, decay)
    penalty[-1] = 1e-6
    solved = _solve(table, np.array(right, dtype=np.float64), penalty)
    weights = {name: round(float(w), 4) for name, w in zip(names, solved, strict=False)}
    return Head(round(float(solved[-1]), 4), {n: w for n, w in weights.items() if w})


def _solve(table: _Table, right: Floats, penalty: Floats) -> Floats:
    """Find the weights of least loss."""
    solved = np.zeros(table.shape[1])
    for _ in range(_ROUNDS):
        chance = 1.0 / (1.0 + np.exp(-np.clip(table.times(solved), -30, 30)))
        slope = table.back(chance - right) + penalty * solved
        step = _newton_step(table, chance * (1 - chance), penalty, slope)
        solved -= step
        if np.abs(step).max() < _ENOUGH:
            break
    return solved


def _newton_step(table: _Table, bend: Floats, penalty: Floats, slope: Floats) -> Floats:
    """Solve the curvature for the step that levels *slope*, by conjugate gradients."""
    step = np.zeros_like(slope)
    scale = table.back(bend) + penalty
    left = slope.copy()
    ahead = left / scale
    way = ahead.copy()
    size = left @ ahead
    for _ in range(_INNER_ROUNDS):
        if size < _ENOUGH**2:
            break
        turned = table.back(bend * table.times(way)) + penalty * way
        length = size / (way @ turned)
        step += length * way
        left -= length * turned
        ahead = left / scale
        size, before = left @ ahead, size
        way = ahead + (size / before) * way
    return step
