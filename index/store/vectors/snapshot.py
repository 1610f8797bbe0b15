"""
A projection in a file, which a process that opens the index maps instead of reading vectors.

A line of JSON (which store, model and generation; how many rows; the SHA-256 of all that
follows), filled up with blanks to a multiple of 64; then the keys as little-endian int64, then
the rows as little-endian float16. Mapped, it costs no memory twice in two processes; the hash
is checked before anything of it is used.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from index.database.files import write_whole
from index.store.vectors.projection import Projection

_HEAD = 4_096
_ALIGNED = 64


@dataclass(frozen=True, slots=True)
class Origin:
    """Which state of which store a projection shows; a snapshot of another one is of no use."""

    identity: str
    model: str
    dim: int
    generation: int


def save(projection: Projection, path: Path, origin: Origin) -> None:
    """
    Write a snapshot so that *path* holds the old one or the new one whole, never a mixture.

    Args:
        projection: at the generation of *origin*.
        path: made or replaced.
        origin: which state of which store it shows.

    Raises:
        OSError: if it cannot be written; *path* is as it was.
    """
    keys = projection.keys.astype("<i8", copy=False)
    parts = [keys.data, *(np.ascontiguousarray(part).data for part in projection.parts())]
    parts = [part.cast("B") for part in parts if part.nbytes]
    manifest = {**asdict(origin), "rows": len(keys)}
    head = json.dumps({**manifest, "sha256": _digest(manifest, parts)}).encode()
    blanks = b" " * (-(len(head) + 1) % _ALIGNED)
    write_whole(path, [head + blanks + b"\n", *parts])


def peek(path: Path, wanted: Origin) -> int | None:
    """Read the generation of the snapshot; None if there is none that *wanted* could use."""
    try:
        with path.open("rb") as file:
            manifest = _manifest(file.readline(_HEAD))
    except (OSError, ValueError, RecursionError):
        return None
    return _generation(manifest, wanted)


def load(path: Path, wanted: Origin) -> Projection | None:
    """
    Map a snapshot, not newer than *wanted* and of the same store, model and length.

    Returns:
        The projection with its generation; None if the file is missing, damaged or of
        something else, and must be rebuilt.
    """
    try:
        data = np.memmap(path, dtype=np.uint8, mode="r")
        head = bytes(data[:_HEAD]).partition(b"\n")[0]
        manifest = _manifest(head)
        generation = _generation(manifest, wanted)
        body = data[len(head) + 1 :]
        count = manifest.get("rows")
        if generation is None or not isinstance(count, int) or count < 0:
            return None
        expected = {**asdict(replace(wanted, generation=generation)), "rows": count}
        if _digest(expected, [body.data]) != manifest.get("sha256"):
            return None
        keys = body[: 8 * count].view("<i8").astype(np.int64)
        rows = np.asarray(body[8 * count :].view("<f2").reshape(count, wanted.dim))
    except (OSError, ValueError, RecursionError):
        return None
    projection = Projection(keys, rows)
    projection.generation = generation
    return projection


def _digest(manifest: dict[str, Any], parts: Iterable[memoryview]) -> str:
    # The manifest is hashed too: one flipped digit of a generation would add rows twice.
    digest = hashlib.sha256(json.dumps(manifest).encode())
    for part in parts:
        digest.update(part)
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
