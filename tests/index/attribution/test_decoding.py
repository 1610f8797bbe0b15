"""Windows and decoding, by hand and by brute force."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.attribution.tagger import CueFrame, best_paths, whole_words
from index.attribution.windows import windows_of
from index.types import Span

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
def test_windows_of_one_length_cover_every_token_and_overlap_as_asked(count, size, overlap):
    windows = windows_of(count, size, size - min(overlap, size - 1))

    covered = {t for w in windows for t in range(w.first, w.last)}
    assert set(range(count)) == covered
    assert len({w.last - w.first for w in windows}) <= 1
    assert all(w.last - w.first <= size for w in windows)
    assert all(a.last - b.first >= min(overlap, size - 1) for a, b in pairwise(windows))


@pytest.mark.parametrize(("full", "lengths"), [(False, [80, 80]), (True, [100, 100])])
def test_windows_are_no_longer_than_their_overlap_needs_unless_full_ones_are_asked(full, lengths):
    windows = windows_of(150, 100, 90, full=full)

    assert (0, 150) == (windows[0].first, windows[-1].last)
    assert lengths == [w.last - w.first for w in windows]


def test_windows_decoded_together_give_what_each_gives_alone():
    chance = np.random.default_rng(7)
    short, long = (chance.normal(size=(1, n, 7)).astype(np.float32) for n in (4, 9))
    together = np.concatenate([np.pad(short, ((0, 0), (0, 5), (0, 0))), long])

    paths = best_paths(together, np.array([1, 3]), np.array([2, 7]))

    assert list(best_paths(short, np.array([1]), np.array([2]))[0]) == list(paths[0][:4])
    assert list(best_paths(long, np.array([3]), np.array([7]))[0]) == list(paths[1])


@pytest.mark.parametrize(
    ("text", "cut", "whole"),
    [
        ("said Ines Brandt.", "es Brandt", "Ines Brandt"),
        ("They left en masse after the talks.", "left en masse af", "left en masse after"),
        ("It may exacerbate the flood.", "exacerbate th", "exacerbate the"),
        ("Dr Vörösmarty agreed.", "smarty", "Vörösmarty"),
        ("O'Grady said so.", "rady", "Grady"),
        ("Flight 4711 is late.", "Flight 47", "Flight 4711"),
        ("The ferry is full.", "The ferry is full", "The ferry is full"),
        ("The ferry, full.", "ferry, ", "ferry, "),
        ("x" * 200, "x" * 100, "x" * 100),
    ],
)
def test_an_edge_within_a_word_moves_to_the_words_own(text, cut, whole):
    at = text.index(cut)
    span, cue = Span(at, at + len(cut)), Span(0, 0)

    moved = whole_words(text, CueFrame((span,), (cue,), (span,), 0.9))

    assert [whole] == [text[s.start : s.end] for s in moved.source]
    assert moved.source == moved.content
    assert (cue,) == moved.cue
