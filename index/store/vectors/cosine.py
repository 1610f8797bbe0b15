"""
Cosines that come out the same in every store.

BLAS and FAISS sum a row in another order depending on where it stands, so two equal rows can
differ in the last bit and wire copy would change places from search to search. Here every row
is summed alone, in float64. Rows are kept in half precision: of 384 numbers a cosine then is
right to 0.0001, in half the space; their length is 1 but for rounding.
"""

from __future__ import annotations

from functools import partial

import numpy as np
from numpy.typing import NDArray

from index.errors import StoreError
from index.store import Keys, Scored, Vectors

Halves = NDArray[np.float16]

# What half precision leaves of a length of 1, with room to spare.
LENGTH_TOLERANCE = 1e-3
# Thousands are made for one question: as `Scored._make`, in a third of the time.
_scored = partial(tuple.__new__, Scored)
# Rows scored at a time: in float64 they fit the processor's cache.
_BATCH_SIZE = 512


def checked_rows(vectors: Vectors | Halves, count: int, dim: int) -> Halves:
    """
    Check what is about to be stored.

    Args:
        vectors: one row for each sentence.
        count: how many sentences there are.
        dim: the length of a row.

    Returns:
        The numbers rounded to little-endian float16, contiguous, (count, dim).

    Raises:
        StoreError: for another shape, or a row whose length is not 1.
    """
    rows = np.ascontiguousarray(vectors)
    if rows.shape != (count, dim):
        raise StoreError(
            f"vectors have the shape {rows.shape}, {count} sentences need ({count}, {dim}); "
            "embed the sentences of this very article with the store's model"
        )
    lengths = np.linalg.norm(rows.astype(np.float64), axis=1)
    wrong = np.flatnonzero(~(np.abs(lengths - 1.0) <= LENGTH_TOLERANCE))
    if wrong.size:
        raise StoreError(
            f"vector {wrong[0]} has length {lengths[wrong[0]]:.6g}, not 1; normalise the rows"
        )
    return rows.astype("<f2", copy=False)


def unit(vector: Vectors, dim: int) -> NDArray[np.float64]:
    """
    Scale a query vector to length 1.

    Raises:
        StoreError: if it does not have the shape (dim,), or no finite length above zero.
    """
    wide = np.asarray(vector, dtype=np.float64)
    if wide.shape != (dim,):
        raise StoreError(f"query vector has the shape {wide.shape}, the store holds ({dim},)")
    length = np.linalg.norm(wide)
    if not (np.isfinite(length) and length > 0.0):
        raise StoreError(f"query vector has length {length}; it must be finite and above zero")
    return wide / length


def widened(rows: Halves) -> Vectors:
    """
    Turn finite float16 into float32, exactly, in a sixth of the time of ``astype``.

    The exponent of a half is five bits with a bias of 15, here they are read as the last of eight
    with a bias of 127: too small by a power of 2, so that what is subnormal comes out right too.
    """
    bits = np.ascontiguousarray(rows).view("<i2").astype(np.int32)
    bits <<= 13
    bits &= ~0x70000000  # the sign was copied into the places of three bits of the exponent
    wide: Vectors = bits.view(np.float32)
    wide *= np.float32(2.0**112)
    return wide


def cosines(rows: Halves, query: NDArray[np.float64]) -> NDArray[np.float64]:
    """Score rows (n, dim) against a query (dim,) of length 1: (n,) in [-1, 1]."""
    scores = np.empty(len(rows), dtype=np.float64)
    for at in range(0, len(rows), _BATCH_SIZE):
        wide = widened(rows[at : at + _BATCH_SIZE]).astype(np.float64)
        lengths = np.sqrt((wide * wide).sum(axis=1))
        scores[at : at + _BATCH_SIZE] = (wide * query).sum(axis=1) / lengths
    return np.clip(scores, -1.0, 1.0)


def best(keys: Keys, scores: NDArray[np.float64], k: int) -> list[Scored]:
    """
    Take the *k* highest scores.

    Args:
        keys: (n,).
        scores: (n,), of the same sentences.
        k: at most so many; none if it is below 1.

    Returns:
        min(k, n) of them, best first, ties by key.
    """
    order = np.lexsort((keys, -scores))[: max(k, 0)]
    return [*map(_scored, zip(keys[order].tolist(), scores[order].tolist(), strict=True))]
