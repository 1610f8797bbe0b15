"""
Keep the projection in step with SQLite.

The projection shows one generation; a search first looks which one SQLite is at and reads what
came and went since. One lock guards the projection for the whole of a search, catching up
included: rows must not move while they are scanned.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from threading import Lock

import apsw
import numpy as np
from numpy.typing import NDArray

from index.database.database import Database
from index.errors import StoreError
from index.store import Keys, Scored
from index.store.sqlite.rows import REMEMBERED
from index.store.vectors.cosine import Halves
from index.store.vectors.projection import Projection
from index.store.vectors.snapshot import Origin, load, peek, save

log = logging.getLogger(__name__)

# A snapshot this many sentences behind is written again on closing; fewer are read from SQLite
# within milliseconds.
WORTH_SAVING = 1_000
# Articles read at a time, so that a rebuild does not hold all vectors twice.
_BATCH = 500
_UNFIT = "is damaged, of another index or of another model"

_CAME = """
SELECT v.first_key, v.rows, v.digest FROM articles a JOIN vectors v ON v.article = a.number
WHERE a.generation > ? ORDER BY a.generation
"""
_CHANGED = """
SELECT (
    SELECT count(*) FROM articles a JOIN sentences s ON s.article = a.number
    WHERE a.generation > :since
) + (
    SELECT coalesce(sum(last_key - first_key + 1), 0) FROM removals WHERE generation > :since
)
"""


class ProjectionSync:
    """The projection of one database, its snapshot, and the lock over both."""

    def __init__(
        self, database: Database, snapshot: Path, origin: Callable[[apsw.Connection], Origin]
    ) -> None:
        self._database = database
        self._snapshot = snapshot
        self._origin = origin
        self._lock = Lock()
        self._projection: Projection | None = None

    def discard_foreign(self) -> None:
        """
        Delete a snapshot that is damaged, of another store, or ahead of this one.

        To be called on opening: a store set back from a backup would otherwise count up to
        the number of a snapshot that shows something else.
        """
        with self._database.reading() as db:
            origin = self._origin(db)
        if self._snapshot.exists() and peek(self._snapshot, origin) is None:
            log.warning("%s %s; it is rebuilt", self._snapshot, _UNFIT)
            self._snapshot.unlink(missing_ok=True)

    def search(self, query: NDArray[np.float64], k: int, among: Keys | None) -> list[Scored]:
        """Search the newest generation; see `Projection.search`."""
        with self.current() as projection:
            return projection.search(query, k, among)

    @contextmanager
    def current(self) -> Iterator[Projection]:
        """Lend the projection, caught up; nobody else uses it meanwhile."""
        self._database.check_process()
        with self._lock:
            yield self._caught_up()

    def rebuild(self) -> None:
        """Read all vectors from SQLite again, and write the snapshot."""
        with self._lock:
            self._projection = None
            self._snapshot.unlink(missing_ok=True)
            self._save()

    def save_if_worth_it(self) -> None:
        """Write the snapshot if many sentences came or went since it was written."""
        self._database.check_process()
        with self._lock:
            with self._database.reading() as db:
                since = peek(self._snapshot, self._origin(db)) or 0
                changed = db.execute(_CHANGED, {"since": since}).get
            if changed >= WORTH_SAVING:
                self._save()
            self._projection = None

    def _save(self) -> None:
        projection = self._caught_up()
        with self._database.reading() as db:
            origin = self._origin(db)
        save(projection, self._snapshot, origin)

    def _caught_up(self) -> Projection:
        with self._database.reading() as db:
            origin = self._origin(db)
            projection = self._projection or self._load(origin)
            if not origin.generation - REMEMBERED <= projection.generation <= origin.generation:
                projection = _empty(origin.dim)
            # Should reading fail half-way, the next search begins from the snapshot.
            self._projection = None
            if projection.generation < origin.generation:
                follow(db, projection, origin)
            self._projection = projection
        return projection

    def _load(self, origin: Origin) -> Projection:
        projection = load(self._snapshot, origin)
        if projection is None and self._snapshot.exists():
            log.warning("%s %s; rebuilding it", self._snapshot, _UNFIT)
            self._snapshot.unlink(missing_ok=True)
        return projection or _empty(origin.dim)


def _empty(dim: int) -> Projection:
    return Projection(np.empty(0, dtype=np.int64), np.empty((0, dim), dtype="<f2"))


def follow(db: apsw.Connection, projection: Projection, origin: Origin) -> None:
    """Apply to *projection* all that happened after its generation, up to *origin*'s."""
    since = projection.generation
    gone = "SELECT first_key, last_key FROM removals WHERE generation > ?"
    for first_key, last_key in db.execute(gone, (since,)):
        projection.drop(first_key, last_key)
    came = db.execute(_CAME, (since,))
    while batch := list(islice(came, _BATCH)):
        rows = [unpack(blob, digest, origin.dim) for _, blob, digest in batch]
        keys = [
            np.arange(first, first + len(part), dtype=np.int64)
            for (first, *_), part in zip(batch, rows, strict=True)
        ]
        projection.add(np.concatenate(keys), np.concatenate(rows))
    projection.generation = origin.generation


def unpack(blob: bytes, digest: str, dim: int) -> Halves:
    """
    Read the stored vectors of one article.

    Args:
        blob: rows of little-endian float16, one after the other.
        digest: the SHA-256 they were stored with, in hexadecimal.
        dim: the length of a row.

    Returns:
        Shape (n, dim), not to be written to.

    Raises:
        StoreError: if they are not what was stored.
    """
    if hashlib.sha256(blob).hexdigest() != digest or len(blob) % (2 * dim):
        raise StoreError(
            f"stored vectors are damaged ({len(blob)} bytes, rows of {2 * dim}); "
            "restore the index from a backup or run `onrecord rebuild`"
        )
    return np.frombuffer(blob, dtype="<f2").reshape(-1, dim)
