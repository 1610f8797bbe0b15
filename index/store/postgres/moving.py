"""An index in PostgreSQL as one side of a move (`index.store.moving`)."""

from __future__ import annotations

from typing import Any

import numpy as np

from index.errors import StoreError
from index.store.moving import MOVING, History, Marks
from index.store.postgres import layout, nearest
from index.store.postgres.database import Connection, PostgresDatabase, one, rows
from index.store.postgres.rows import copy_rows, delete, digest_of, fetch, insert, next_generation
from index.store.postgres.verify import stored_vectors
from index.store.vectors.cosine import Halves
from index.types import IndexedArticle

_MARKS = "SELECT id, fingerprint, seal, digest FROM articles ORDER BY number"
_COLUMNS = "number, article, canonical_url, at, what, reason, old_fingerprint, new_fingerprint"
_REVISIONS = f"SELECT {_COLUMNS} FROM revisions ORDER BY number"
_ORIGINS = 'SELECT article, origin, given FROM origins ORDER BY article COLLATE "C"'
_GO_ON = """
SELECT setval(pg_get_serial_sequence('revisions', 'number'),
              (SELECT coalesce(max(number), 0) + 1 FROM revisions), false)
"""


class PostgresSide:
    """
    The index in the database *url*.

    Raises:
        StoreError: if the database cannot be used.
    """

    def __init__(self, url: str) -> None:
        self._database = PostgresDatabase(url)
        self.place = self._database.place

    def metadata(self) -> dict[str, Any]:
        """Read what the index says of itself; empty where there is none."""
        return self._database.read(layout.metadata)

    def generation(self) -> int:
        """Count the changes of the index."""
        found = self._database.read(lambda db: one(db, "SELECT generation FROM state"))
        return int(found[0]) if found else 0

    def marks(self) -> dict[str, Marks]:
        """Read the hashes of all articles by id, in the order in which they came."""
        found = self._database.read(lambda db: rows(db, _MARKS))
        return {name: Marks(*rest) for name, *rest in found}

    def read(self, article_id: str) -> tuple[IndexedArticle, Halves] | None:
        """Read an article with its vectors; None if it has gone."""
        return self._database.read(lambda db: self._read(db, article_id))

    def _read(self, db: Connection, article_id: str) -> tuple[IndexedArticle, Halves] | None:
        item = fetch(db, [article_id], self.place).get(article_id)
        stored = one(db, "SELECT number, digest FROM articles WHERE id = %s", (article_id,))
        if item is None or stored is None:
            return None
        _, held = stored_vectors(db, stored[0])
        if held is None:
            held = np.empty((0, layout.metadata(db)["dim"]), dtype="<f2")
        if digest_of(held) != stored[1]:
            raise StoreError(
                f"vectors of article {article_id!r} in {self.place} are damaged; add it again "
                "with --force, then go on"
            )
        return item, held

    def history(self) -> History:
        """Read the history whole."""
        return self._database.read(lambda db: History(rows(db, _REVISIONS), rows(db, _ORIGINS)))

    def begin(self, source: str, model: str, dim: int) -> None:
        """Mark this index as being filled from *source*; made where there is none."""
        layout.prepare(self._database, model, dim)

        def mark(db: Connection) -> None:
            db.execute("INSERT INTO meta VALUES (%s, %s)", (MOVING, source))
            nearest.drop(db)

        self._database.write(mark)

    def write(self, item: IndexedArticle, vectors: Halves) -> None:
        """Write an article over the one with its id."""

        def replace(db: Connection) -> None:
            generation = next_generation(db)
            delete(db, item.article.id, generation)
            insert(db, item, vectors, generation)

        self._database.write(replace)

    def drop(self, article_id: str) -> None:
        """Take an article out."""
        self._database.write(lambda db: delete(db, article_id, next_generation(db)))

    def write_history(self, history: History) -> None:
        """Write the history over what is there."""

        def replace(db: Connection) -> None:
            db.execute("DELETE FROM revisions")
            db.execute("DELETE FROM origins")
            copy_rows(db, f"revisions ({_COLUMNS})", history.revisions)
            copy_rows(db, "origins (article, origin, given)", history.origins)
            db.execute(_GO_ON)

        self._database.write(replace)

    def finish(self) -> None:
        """Build the index of vectors, and take the mark away."""
        if self._database.read(nearest.is_needed):
            self._database.write(nearest.build)
        self._database.write(lambda db: db.execute("DELETE FROM meta WHERE name = %s", (MOVING,)))

    def close(self) -> None:
        """Close all connections."""
        self._database.close()
