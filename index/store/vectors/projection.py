"""
The vectors of the index, ready to be searched: a projection of what SQLite holds.

Traps that shape it: FAISS sums in float32 and breaks ties by chance of position, so it only
finds candidates and the order comes from `cosine`. It scans rows where they lie, those of a
mapped file too, which must not move meanwhile: the holder of a projection must lock it.
Keys rise with the rows: what comes later has a higher key.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import faiss as _faiss
import numpy as np
from numpy.typing import NDArray

from index.store import Keys, Scored
from index.store.vectors.cosine import Halves, best, cosines

# FAISS's stubs describe the C++ side, not the classes as Python finds them.
faiss: Any = _faiss

# Up to this many candidates their rows are gathered and scored at once.
GATHERED = 2_048
# More than float32 and the length of a row in half precision can be wrong about a cosine.
_SLACK = 1e-3
# Rows of the first block that grows; memory is taken when it is written to.
_ROOM = 4_096


class Rows:
    """Rows in blocks, which never move: those of a file first, then what has come since."""

    def __init__(self, first: Halves) -> None:
        self._blocks = [first]
        self._count = len(first)
        self._last = len(first)

    def __len__(self) -> int:
        return self._count

    def append(self, rows: Halves) -> None:
        """Add *rows* (n, dim) at the end."""
        while len(rows):
            if self._last == len(self._blocks[-1]):
                room = max(_ROOM, self._count)
                self._blocks.append(np.empty((room, rows.shape[1]), dtype="<f2"))
                self._last = 0
            block = self._blocks[-1]
            taken = min(len(rows), len(block) - self._last)
            block[self._last : self._last + taken] = rows[:taken]
            self._last += taken
            self._count += taken
            rows = rows[taken:]

    def blocks(self) -> Iterator[tuple[int, Halves]]:
        """Lend the blocks, each with the position of its first row."""
        start = 0
        for block in self._blocks:
            used = block[: self._count - start]
            yield start, used
            start += len(used)

    def take(self, positions: NDArray[np.int64]) -> Halves:
        """Copy the rows at *positions*, in their order."""
        found = np.empty((len(positions), self._blocks[0].shape[1]), dtype="<f2")
        for start, block in self.blocks():
            here = (positions >= start) & (positions < start + len(block))
            found[here] = block[positions[here] - start]
        return found


class Projection:
    """Finds the nearest rows. Not for several threads at once: the holder locks."""

    def __init__(self, keys: Keys, rows: Halves) -> None:
        """
        Begin with *rows* (n, dim) under *keys* (n,), rising; (0, dim) for none.

        They are not copied, and must not change.
        """
        self.generation = 0
        self._keys = keys
        self._rows = Rows(rows)
        self._dim = rows.shape[1]
        self._live: NDArray[np.bool_] = np.ones(len(keys), dtype=np.bool_)
        self._dead = 0

    @property
    def keys(self) -> Keys:
        """The keys that can be found, rising."""
        return self._keys[self._live]

    def parts(self) -> Iterator[Halves]:
        """Lend the rows that can be found, block by block in the order of `keys`."""
        for start, block in self._rows.blocks():
            live = self._live[start : start + len(block)]
            yield block if live.all() else block[live]

    def add(self, keys: Keys, rows: Halves) -> None:
        """Append *rows* (n, dim) under *keys* (n,), all higher than any before."""
        self._rows.append(rows)
        self._keys = np.concatenate([self._keys, keys])
        self._live = np.concatenate([self._live, np.ones(len(keys), dtype=np.bool_)])

    def drop(self, first_key: int, last_key: int) -> None:
        """Forget the keys from *first_key* to *last_key*, both included; unknown ones too."""
        low = np.searchsorted(self._keys, first_key)
        high = np.searchsorted(self._keys, last_key, side="right")
        self._dead += int(self._live[low:high].sum())
        self._live[low:high] = False
        # Removing rows copies all others: mark them, and copy seldom.
        if self._dead > max(1_000, len(self._keys) // 4):
            self._compact()

    def _compact(self) -> None:
        """Remove forgotten rows for good."""
        self._rows = Rows(np.concatenate([*self.parts()]))
        self._keys = self.keys
        self._live = np.ones(len(self._keys), dtype=np.bool_)
        self._dead = 0

    def search(self, query: NDArray[np.float64], k: int, among: Keys | None) -> list[Scored]:
        """Find the *k* nearest to *query* (dim,), length 1, as ``Store.search`` promises."""
        wanted = self._live if among is None else self._wanted(among)
        available = int(np.count_nonzero(wanted))
        if k <= 0 or available == 0:
            return []
        if available <= GATHERED or 2 * k >= available:
            found = np.flatnonzero(wanted)
        else:
            found = self._nearest(query, k, available, wanted)
        return best(self._keys[found], cosines(self._rows.take(found), query), k)

    def _wanted(self, among: Keys) -> NDArray[np.bool_]:
        wanted = np.zeros(len(self._keys), dtype=np.bool_)
        if len(self._keys) and len(among):
            asked = np.asarray(among, dtype=np.int64)
            at = np.minimum(np.searchsorted(self._keys, asked), len(self._keys) - 1)
            wanted[at[self._keys[at] == asked]] = True
        return wanted & self._live

    def _nearest(
        self, query: NDArray[np.float64], k: int, available: int, wanted: NDArray[np.bool_]
    ) -> NDArray[np.int64]:
        """Let FAISS find the best rows: k, and all that it cannot tell from the k-th."""
        fetch = min(k + k // 8 + 32, available)
        while True:
            scores, found = self._scan(query, fetch, wanted)
            kth = np.partition(scores, fetch - k)[fetch - k]
            if fetch == available or scores.min() < kth - _SLACK:
                return found
            fetch = min(2 * fetch, available)

    def _scan(
        self, query: NDArray[np.float64], fetch: int, wanted: NDArray[np.bool_]
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """Find the *fetch* best of the *wanted* rows by float32, in no order."""
        asked = query.astype(np.float32)
        scores = np.full(fetch, -np.inf, dtype=np.float32)
        found = np.full(fetch, -1, dtype=np.int64)
        positions = np.arange(len(wanted), dtype=np.int64)
        bits = np.packbits(wanted, bitorder="little")
        halves = faiss.ScalarQuantizer(self._dim, faiss.ScalarQuantizer.QT_fp16)
        chosen = None if wanted.all() else faiss.IDSelectorBitmap(bits)
        scanner = halves.select_InvertedListScanner(faiss.METRIC_INNER_PRODUCT, None, False, chosen)
        scanner.set_query(faiss.swig_ptr(asked))
        scanner.set_list(0, 0.0)
        for start, block in self._rows.blocks():
            if len(block):
                codes, ids = faiss.swig_ptr(block.view(np.uint8).reshape(-1)), positions[start:]
                heap = faiss.swig_ptr(scores), faiss.swig_ptr(found)
                scanner.scan_codes(len(block), codes, faiss.swig_ptr(ids), *heap, fetch)
        return scores, found
