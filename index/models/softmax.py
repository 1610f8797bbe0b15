"""
A softmax head over named features and a vector: which of several classes something is of.

A feature adds a weight to each class, and the vector adds its product with a matrix. The weights
are a JSON file that can be read; it holds their hash, so that a damaged one is refused.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.errors import AttributionError
from index.models.descent import minimise

# Vectors have length 1, a feature is 1: so many times its length a vector counts.
VECTOR_SCALE = 3.0
_DIGITS = 3

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class SoftmaxHead:
    """
    A trained head for m classes.

    ``bias`` is (m,), each of ``weights`` (m,) by its feature, ``matrix`` (dim, m).
    """

    classes: tuple[str, ...]
    bias: Floats
    weights: Mapping[str, Floats]
    matrix: Floats

    def probabilities(self, features: Iterable[str], vector: NDArray[np.float32]) -> Floats:
        """
        Say how likely each class is.

        Args:
            features: each counts once; those that training did not keep count nothing.
            vector: (dim,), length 1.

        Returns:
            (m,), summing to 1, in the order of ``classes``.
        """
        scores = self.bias + vector @ self.matrix
        for name in sorted(set(features)):
            known = self.weights.get(name)
            if known is not None:
                scores = scores + known
        powers = np.exp(scores - scores.max())
        found: Floats = powers / powers.sum()
        return found


def _record(head: SoftmaxHead) -> dict[str, Any]:
    return {
        "classes": list(head.classes),
        "bias": head.bias.tolist(),
        "weights": {name: row.tolist() for name, row in sorted(head.weights.items())},
        "matrix": head.matrix.tolist(),
    }


def _digest(stored: Mapping[str, Any]) -> str:
    kept = [stored[name] for name in ("classes", "bias", "weights", "matrix")]
    return hashlib.sha256(json.dumps(kept, sort_keys=True).encode()).hexdigest()


def read_softmax(path: Path) -> SoftmaxHead:
    """
    Read a head from its file.

    Raises:
        AttributionError: if the file is missing or not as training wrote it.
    """
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        whole = _digest(stored) == stored["sha256"]
        rows = {name: np.array(row) for name, row in stored["weights"].items()}
        classes, bias = tuple(stored["classes"]), np.array(stored["bias"])
        matrix = np.array(stored["matrix"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as exc:
        raise AttributionError(f"cannot read {path}: {exc}; reinstall onrecord") from exc
    if not whole:
        raise AttributionError(f"{path} is not the file that was shipped; reinstall onrecord")
    return SoftmaxHead(classes, bias, rows, matrix)


def write_softmax(path: Path, head: SoftmaxHead, record: Mapping[str, Any]) -> None:
    """Write a head with the hash of its weights; *record* says how it was made."""
    own = _record(head)
    stored = {**record, **own, "sha256": _digest(own)}
    path.write_text(json.dumps(stored, sort_keys=True) + "\n", encoding="utf-8")


def fit_softmax(
    rows: Sequence[frozenset[str]],
    vectors: NDArray[np.float32],
    right: Sequence[str],
    *,
    decay: float,
    least: int,
) -> SoftmaxHead:
    """
    Fit a head with a squared penalty; there is no chance in it.

    Args:
        rows: the features of n examples.
        vectors: (n, dim), rows of length 1.
        right: the class of each.
        decay: the penalty on each weight; none on the bias.
        least: how often a feature must occur to be kept.
    """
    counts = Counter(name for row in rows for name in row)
    names = sorted(name for name, count in counts.items() if count >= least)
    place = {name: at for at, name in enumerate(names)}
    known = np.zeros((len(rows), len(names)), dtype=np.float64)
    for at, row in enumerate(rows):
        known[at, [place[name] for name in row if name in place]] = 1.0
    table = np.hstack([known, vectors * VECTOR_SCALE, np.ones((len(rows), 1))])
    classes = tuple(sorted(set(right)))
    wanted = np.array([[one == other for other in classes] for one in right], dtype=np.float64)
    penalty = np.full((table.shape[1], 1), decay)
    penalty[-1] = 1e-6

    def loss(flat: Floats) -> tuple[float, Floats]:
        weights = flat.reshape(table.shape[1], len(classes))
        scores = table @ weights
        scores -= scores.max(axis=1, keepdims=True)
        sums = np.log(np.exp(scores).sum(axis=1, keepdims=True))
        slope = table.T @ (np.exp(scores - sums) - wanted) + penalty * weights
        cost = float(((sums - scores) * wanted).sum() + (penalty * weights**2).sum() / 2)
        return cost, slope.ravel()

    solved = (
        minimise(loss, table.shape[1] * len(classes)).reshape(table.shape[1], -1).round(_DIGITS)
    )
    own = {name: row for name, row in zip(names, solved, strict=False) if row.any()}
    matrix = (solved[len(names) : -1] * VECTOR_SCALE).round(_DIGITS)
    return SoftmaxHead(classes, solved[-1], own, matrix)
