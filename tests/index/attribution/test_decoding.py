"""Windows and decoding, by hand and by brute force."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.attribution.tagger import best_paths
from index.attribution.windows import windows_of

INSIDE = {2: (1, 2), 4: (3, 4), 6: (5, 6)}


def allowed(path: tuple[int, ...], anchor: int) -> bool:
    """No inside without its begin, the cue begins at the anchor and nowhere else."""
    follows = all(b not in INSIDE or a in INSIDE[b] for a, b in zip((0, *path), path, strict=False))
    return follows and [t for t, role in enumerate(path) if role == 3] == [anchor] and path[0] == 0


@given(st.integers(0, 2**32 - 1), st.integers(1, 3))
def test_the_best_possible_path_is_found(seed, anchor):
    logits = np.random.default_rng(seed).normal(size=(1, 4, 7)).astype(np.float32)

    (found,) = best_paths(logits, np.array([anchor]), np.array([3]))
    best = max(
        (path for path in product(range(7), repeat=4) if allowed(path, anchor)),
        key=lambda path: sum(logits[0, t, role] for t, role in enumerate(path) if t),
    )

    assert best == tuple(found)


def test_padding_after_the_text_is_outside():
    logits = np.zeros((1, 6, 7), dtype=np.float32)
    logits[:, :, 5:] = 9.0

    (found,) = best_paths(logits, np.array([1]), np.array([3]))

    assert [0, 0] == list(found[4:])


@given(st.integers(0, 3000), st.integers(10, 300), st.integers(1, 10))
def test_windows_cover_every_token_and_none_is_short(count, size, overlap):
    windows = windows_of(count, size, size - min(overlap, size - 1))

    covered = {t for w in windows for t in range(w.first, w.last)}
    assert set(range(count)) == covered
    assert all(w.last - w.first == min(size, count) for w in windows)
