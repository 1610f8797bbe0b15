"""
The vectors of the index in FAISS: a projection that can be rebuilt from SQLite at any time.

Traps that shape it: a FAISS search while another thread adds or removes segfaults, so whoever
holds a projection must lock it; more than half of damaged FAISS files load without an error,
so a snapshot carries a SHA-256 and is checked first; FAISS breaks ties by chance of position
and sums in float32, so it only finds candidates and the order comes from `cosine`.
Keys rise with the rows: what comes later has a higher key.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import faiss as _faiss
import numpy as np
from numpy.typing import NDArray

from index.store import Keys, Scored, Vectors
from index.store.cosine import best, cosines

# FAISS's stubs describe the C++ side, not the classes as Python finds them.
faiss: Any = _faiss

# Up to this many candidates their rows are gathered and scored at once.
GATHERED = 2_048
# More than float32 can be wrong about a cosine of 384 numbers.
_SLACK = 1e-5


@dataclass(frozen=True, slots=True)
class Origin:
    """Which state of which store a projection shows; a snapshot of another one is no good."""

    identity: str
    model: str
    dim: int
    generation: int


class Projection:
    """Finds the nearest rows. Not for several threads at once: the holder locks."""

    def __init__(self, dim: int, index: Any = None) -> None:
        self.generation = 0
        self._dim = dim
        self._index = faiss.IndexIDMap(faiss.IndexFlatIP(dim)) if index is None else index
        self._flat = faiss.downcast_index(self._index.index)
        self._keys: Keys = faiss.vector_to_array(self._index.id_map).astype(np.int64)
        self._live: NDArray[np.bool_] = np.ones(len(self._keys), dtype=np.bool_)
        self._dead = 0

    @property
    def keys(self) -> Keys:
        """The keys that can be found, rising."""
        return self._keys[self._live]

    def rows(self) -> Vectors:
        """Copy the rows that can be found, in the order of `keys`."""
        return self._stored()[self._live]

    def add(self, keys: Keys, rows: Vectors) -> None:
        """Append *rows* (n, dim) under *keys* (n,), all higher than any before."""
        if len(keys):
            self._index.add_with_ids(np.ascontiguousarray(rows, dtype=np.float32), keys)
            self._keys = np.concatenate([self._keys, keys])
            self._live = np.concatenate([self._live, np.ones(len(keys), dtype=np.bool_)])

    def drop(self, first_key: int, last_key: int) -> None:
        """Forget the keys from *first_key* to *last_key*, both included; unknown ones too."""
        low = np.searchsorted(self._keys, first_key)
        high = np.searchsorted(self._keys, last_key, side="right")
        self._dead += int(self._live[low:high].sum())
        self._live[low:high] = False
        # Taking rows out moves all that follow: mark them, and move seldom.
        if self._dead > max(1_000, len(self._keys) // 4):
            self.compact()

    def compact(self) -> None:
        """Take forgotten rows out for good."""
        if self._dead:
            self._index.remove_ids(self._keys[~self._live])
            self._keys = self._keys[self._live]
            self._live = np.ones(len(self._keys), dtype=np.bool_)
            self._dead = 0

    def search(self, query: NDArray[np.float64], k: int, among: Keys | None) -> list[Scored]:
        """Find the *k* nearest to *query* (dim,), length 1, as ``Store.search`` promises."""
        wanted = self._live if among is None else self._wanted(among)
        available = int(np.count_nonzero(wanted))
        if k <= 0 or available == 0:
            return []
        if available <= GATHERED or 2 * k >= available:
            rows = np.flatnonzero(wanted)
        else:
            rows = self._scan(query, k, available, wanted)
        return best(self._keys[rows], cosines(self._stored()[rows], query), k)

    def _wanted(self, among: Keys) -> NDArray[np.bool_]:
        wanted = np.zeros(len(self._keys), dtype=np.bool_)
        if len(self._keys) and len(among):
            asked = np.asarray(among, dtype=np.int64)
            at = np.minimum(np.searchsorted(self._keys, asked), len(self._keys) - 1)
            wanted[at[self._keys[at] == asked]] = True
        return wanted & self._live

    def _scan(
        self, query: NDArray[np.float64], k: int, available: int, wanted: NDArray[np.bool_]
    ) -> NDArray[np.int64]:
        """Let FAISS find the best rows: k, and all that float32 cannot tell from the k-th."""
        params = None
        if available < len(wanted):
            bits = np.packbits(wanted, bitorder="little")
            params = faiss.SearchParameters(sel=faiss.IDSelectorBitmap(bits))
        asked = query.astype(np.float32)[None]
        fetch = min(k + 32, available)
        while True:
            scores, rows = self._flat.search(asked, fetch, params=params)
            if fetch == available or scores[0, -1] < scores[0, k - 1] - _SLACK:
                found: NDArray[np.int64] = rows[0]
                return found
            fetch = min(2 * fetch, available)

    def _stored(self) -> Vectors:
        """Look at FAISS's own memory, (n, dim); void as soon as rows are added or removed."""
        count = int(self._flat.ntotal)
        if count == 0:
            return np.empty((0, self._dim), dtype=np.float32)
        flat: Vectors = faiss.rev_swig_ptr(self._flat.get_xb(), count * self._dim)
        return flat.reshape(count, self._dim)

    def dump(self) -> NDArray[np.uint8]:
        """Serialise the index, forgotten rows left out."""
        self.compact()
        payload: NDArray[np.uint8] = faiss.serialize_index(self._index)
        return payload


def save(projection: Projection, path: Path, origin: Origin) -> None:
    """
    Write a snapshot so that *path* holds the old one or the new one whole, never a mixture.

    Raises:
        OSError: if it cannot be written; *path* is as it was.
    """
    payload = projection.dump()
    manifest = {**asdict(origin), "sha256": _digest(origin, payload)}
    aside = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        with aside.open("wb") as file:
            file.write(json.dumps(manifest).encode() + b"\n")
            file.write(payload.data)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def peek(path: Path, wanted: Origin) -> int | None:
    """Read the generation of the snapshot; None if there is none that *wanted* could use."""
    try:
        with path.open("rb") as file:
            manifest = _manifest(file.readline(4096))
    except (OSError, ValueError, RecursionError):
        return None
    return _generation(manifest, wanted)


def load(path: Path, wanted: Origin) -> Projection | None:
    """
    Read a snapshot, not newer than *wanted* and of the same store, model and length.

    Returns:
        The projection with its generation; None if the file is missing, damaged or of
        something else, and must be rebuilt.
    """
    try:
        data = np.fromfile(path, dtype=np.uint8)
        head = bytes(data[:4096]).partition(b"\n")[0]
        manifest = _manifest(head)
        payload = data[len(head) + 1 :]
        generation = _generation(manifest, wanted)
        if generation is None:
            return None
        if _digest(replace(wanted, generation=generation), payload) != manifest.get("sha256"):
            return None
        index = faiss.deserialize_index(payload)
        projection = Projection(wanted.dim, index)
    except (OSError, ValueError, RuntimeError):
        return None
    if index.d != wanted.dim:
        return None
    projection.generation = generation
    return projection


def _digest(origin: Origin, payload: NDArray[np.uint8]) -> str:
    # The manifest is hashed too: one flipped digit of a generation would add rows twice.
    digest = hashlib.sha256(json.dumps(asdict(origin)).encode())
    digest.update(payload.data)
    return digest.hexdigest()


def _manifest(line: bytes) -> dict[str, Any]:
    manifest = json.loads(line)
    if not isinstance(manifest, dict):
        raise ValueError("no manifest")
    return manifest


def _generation(manifest: dict[str, Any], wanted: Origin) -> int | None:
    same = (manifest.get("identity"), manifest.get("model"), manifest.get("dim"))
    generation = manifest.get("generation")
    if same != (wanted.identity, wanted.model, wanted.dim) or not isinstance(generation, int):
        return None
    # A snapshot ahead of its store is one of a store that was set back, say from a backup.
    return generation if 0 <= generation <= wanted.generation else None
