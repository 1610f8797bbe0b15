"""Numbers of half precision are widened to what they are."""

from __future__ import annotations

import numpy as np

from index.store.vectors.cosine import widened


def test_every_finite_half_is_widened_to_its_very_value():
    halves = np.arange(2**16, dtype=np.uint32).astype("<u2").view("<f2").reshape(-1, 64)
    finite = np.isfinite(halves)

    wide = widened(halves)

    assert (np.float32, halves.shape, 63_488) == (wide.dtype, wide.shape, finite.sum())
    assert np.array_equal(halves.astype(np.float32)[finite], wide[finite])
    assert np.array_equal(np.signbit(halves)[finite], np.signbit(wide)[finite])


def test_rows_that_do_not_lie_together_are_widened_too():
    halves = np.arange(24, dtype=np.float32).astype("<f2").reshape(4, 6)

    assert np.array_equal(halves[::2, ::3].astype(np.float32), widened(halves[::2, ::3]))
