"""
Find the weights of least loss, by gradients. Pure; there is no chance in it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

STEPS = 120

Vector = NDArray[np.float64]


def minimise(loss: Callable[[Vector], tuple[float, Vector]], size: int) -> Vector:
    """Go down a smooth slope from 0 by L-BFGS, *size* weights at once."""
    at = np.zeros(size)
    value, slope = loss(at)
    steps: list[tuple[Vector, Vector]] = []
    for _ in range(STEPS):
        way = _downhill(slope, steps)
        reach = 1.0 if steps else 1.0 / max(1.0, float(np.abs(slope).sum()))
        for _ in range(30):
            lower, next_slope = loss(at + reach * way)
            if lower <= value + 1e-4 * reach * float(slope @ way):
                break
            reach /= 2
        moved, turned = reach * way, next_slope - slope
        if float(moved @ turned) > 0:
            steps = [*steps[-9:], (moved, turned)]
        at, done = at + moved, value - lower < 1e-5 * abs(value)
        value, slope = lower, next_slope
        if done:
            break
    return at


def _downhill(slope: Vector, steps: Sequence[tuple[Vector, Vector]]) -> Vector:
    """Bend the slope by what the last steps showed."""
    way, shares = -slope, []
    for moved, turned in reversed(steps):
        share = float(moved @ way) / float(moved @ turned)
        shares.append(share)
        way = way - share * turned
    if steps:
        moved, turned = steps[-1]
        way = way * (float(moved @ turned) / float(turned @ turned))
    for (moved, turned), share in zip(steps, reversed(shares), strict=True):
        way = way + moved * (share - float(turned @ way) / float(moved @ turned))
    return way
