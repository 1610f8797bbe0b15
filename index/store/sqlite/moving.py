"""An index in a folder as one side of a move (`index.store.moving`)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from index.database.database import Database, rows_of
from index.errors import StoreError
from index.store.moving import MOVING, History, Marks
from index.store.sqlite.migrations import INDEX
from index.store.sqlite.origins import UNKNOWN
from index.store.sqlite.projection_sync import unpack
from index.store.sqlite.rows import delete, fetch, insert, next_generation
from index.store.vectors.cosine import Halves
from index.types import IndexedArticle

_MARKS = """
SELECT a.id, a.fingerprint, a.seal, v.digest FROM articles a JOIN vectors v ON v.article = a.number
ORDER BY a.number
"""
_VECTORS = """
SELECT v.rows, v.digest FROM articles a JOIN vectors v ON v.article = a.number WHERE a.id = ?
"""
_REVISIONS = """
SELECT number, article, canonical_url, at, what, reason, old_fingerprint, new_fingerprint
FROM revisions ORDER BY number
"""
_ORIGINS = "SELECT article, origin, given FROM origins ORDER BY article"


class SqliteSide:
    """
    The index in *file*; made where there is none.

    Raises:
        StoreError: if it cannot be opened.
    """

    def __init__(self, file: Path) -> None:
        self.place = str(file.parent)
        self._database = Database(file, INDEX)

    def metadata(self) -> dict[str, Any]:
        """Read what the index says of itself."""
        with self._database.reading() as db:
            meta: dict[str, Any] = dict(rows_of(db, "SELECT name, value FROM meta"))
        if UNKNOWN in meta:
            raise StoreError(
                f"the index in {self.place} comes from an older version, which did not record "
                "whose the articles are; start `onrecord watch` there once, then move it"
            )
        return meta

    def generation(self) -> int:
        """Count the changes of the index."""
        with self._database.reading() as db:
            return int(db.execute("SELECT value FROM meta WHERE name = 'generation'").get)

    def marks(self) -> dict[str, Marks]:
        """Read the hashes of all articles by id, in the order in which they came."""
        with self._database.reading() as db:
            return {name: Marks(*rest) for name, *rest in rows_of(db, _MARKS)}

    def read(self, article_id: str) -> tuple[IndexedArticle, Halves] | None:
        """Read an article with its vectors; None if it has gone."""
        with self._database.reading() as db:
            item = fetch(db, [article_id]).get(article_id)
            if item is None:
                return None
            dim = int(db.execute("SELECT value FROM meta WHERE name = 'dim'").get)
            ((blob, digest),) = rows_of(db, _VECTORS, (article_id,))
            return item, unpack(blob, digest, dim)

    def history(self) -> History:
        """Read the history whole."""
        with self._database.reading() as db:
            return History(rows_of(db, _REVISIONS), rows_of(db, _ORIGINS))

    def begin(self, source: str, model: str, dim: int) -> None:
        """Mark this index as being filled from *source*."""
        with self._database.writing() as db:
            named = [("model", model), ("dim", dim), (MOVING, source)]
            db.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", named)

    def write(self, item: IndexedArticle, vectors: Halves) -> None:
        """Write an article over the one with its id."""
        with self._database.writing() as db:
            generation = next_generation(db)
            delete(db, item.article.id, generation)
            insert(db, item, vectors, generation)

    def drop(self, article_id: str) -> None:
        """Take an article out."""
        with self._database.writing() as db:
            delete(db, article_id, next_generation(db))

    def write_history(self, history: History) -> None:
        """Write the history over what is there."""
        with self._database.writing() as db:
            for table, kept in (("revisions", history.revisions), ("origins", history.origins)):
                db.execute(f"DELETE FROM {table}")
                if kept:
                    marks = ",".join("?" * len(kept[0]))
                    db.executemany(f"INSERT INTO {table} VALUES ({marks})", kept)

    def finish(self) -> None:
        """Take the mark away."""
        with self._database.writing() as db:
            db.execute("DELETE FROM meta WHERE name = ?", (MOVING,))

    def close(self) -> None:
        """Release the files."""
        self._database.close()
