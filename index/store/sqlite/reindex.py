"""
Read every article of an index again, while others go on asking and adding.

The models work between transactions, and each transaction changes one article: who adds waits
for one article at most. Vectors of another model gather in a table aside and take the
place of the old ones in one step when none is missing, so that no search compares vectors of
two models. A kill leaves every article whole, as it was or as it was read again; the next run
goes on with the vectors that lie aside.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path

import apsw
import numpy as np

from index.database.database import Database, rows_of
from index.store import Vectors
from index.store.codec import check_item
from index.store.sqlite.migrations import INDEX
from index.store.sqlite.projection_sync import unpack
from index.store.sqlite.rows import are_counted, count_again, delete, fetch, insert, next_generation
from index.store.sqlite.store import DATABASE, claim
from index.store.vectors.cosine import checked_rows
from index.types import Article, IndexedArticle

_MISSING = """
SELECT a.number, a.id FROM articles a LEFT JOIN next_vectors n ON n.article = a.number
WHERE n.article IS NULL ORDER BY a.number
"""
# Adds nothing for an article that has gone meanwhile.
_SET_ASIDE = """
INSERT INTO next_vectors (article, first_key, digest, rows)
SELECT number, coalesce((SELECT min(key) FROM sentences WHERE article = number), 0), ?, ?
FROM articles WHERE number = ?
"""

# Vectors of some sentences, by their words.
KnownVectors = Mapping[str, Vectors]
Read = Callable[[Iterable[tuple[Article, KnownVectors]]], Iterator[tuple[IndexedArticle, Vectors]]]
Embed = Callable[[Sequence[str]], Vectors]


def reindex(folder: Path, model: str, dim: int, read: Read, embed: Embed) -> int:
    """
    Index every stored article again, for vectors of *model* from now on.

    Args:
        folder: an index, of whatever model.
        model: the name of the model that *embed* uses.
        dim: the length of its vectors.
        read: makes sentences, statements and vectors (n, dim) from articles, in their order; it
            may take some ahead. With each article come vectors of *model* that were made just
            now for its old sentences. What it raises ends the work, what it gave before stays.
        embed: n sentences to their vectors, (n, dim).

    Returns:
        The number of articles read; those that came meanwhile are not among them.

    Raises:
        StoreError: if the index cannot be written, or an article is damaged.
    """
    with closing(Database(folder / DATABASE, INDEX)) as database:
        exchanged = _change_model(database, model, dim, embed)
        under_way: deque[tuple[int, str]] = deque()
        count = 0
        for item, vectors in read(_articles(database, under_way, dim if exchanged else None)):
            number, name = under_way.popleft()
            check_item(item)
            rows = checked_rows(vectors, len(item.sentences), dim)
            with database.writing() as db:
                claim(db, model, dim)
                if _is_there(db, number):
                    generation = next_generation(db)
                    delete(db, name, generation)
                    insert(db, item, rows, generation)
                    count += 1
        _repair_counts(database)
        return count


def _repair_counts(database: Database) -> None:
    """Count again what a process of an older version has written without counting."""
    with database.reading() as db:
        if are_counted(db):
            return
    with database.writing() as db:
        count_again(db)
        next_generation(db)


def _articles(
    database: Database, under_way: deque[tuple[int, str]], dim: int | None
) -> Iterator[tuple[Article, KnownVectors]]:
    """
    Lend the articles that are stored now, those that are still there when their turn comes.

    Args:
        under_way: is given the number and id of each.
        dim: the length of the vectors that come with them; None for no vectors.
    """
    with database.reading() as db:
        articles = rows_of(db, "SELECT number, id FROM articles ORDER BY number")
    for number, name in articles:
        item = _still_stored(database, number, name)
        if item is not None:
            under_way.append((number, name))
            yield item.article, _known(database, number, item, dim) if dim is not None else {}


def _known(database: Database, number: int, item: IndexedArticle, dim: int) -> KnownVectors:
    """Read the vectors of an article by the words of its sentences; none if it has gone."""
    with database.reading() as db:
        stored = db.execute("SELECT rows, digest FROM vectors WHERE article = ?", (number,)).get
    if stored is None:
        return {}
    blob, digest = stored
    return dict(zip(_texts(item), unpack(blob, digest, dim).astype(np.float32), strict=True))


def _change_model(database: Database, model: str, dim: int, embed: Embed) -> bool:
    """Exchange all vectors for those of *model*; False if the index holds those already."""
    with database.writing() as db:
        stored = dict(rows_of(db, "SELECT name, value FROM meta"))
        wanted = json.dumps([model, dim])
        if stored.get("next") != wanted:
            db.execute("DROP TABLE IF EXISTS next_vectors; DELETE FROM meta WHERE name = 'next'")
        if (stored.get("model", model), stored.get("dim", dim)) == (model, dim):
            return False
        if stored.get("next") != wanted:
            _make_table(db)
            db.execute("INSERT INTO meta VALUES ('next', ?)", (wanted,))
    while missing := _exchange(database, model, dim):
        for number, name in missing:
            item = _still_stored(database, number, name)
            if item is not None:
                rows = checked_rows(embed(_texts(item)), len(item.sentences), dim)
                blob = rows.tobytes()
                digest = hashlib.sha256(blob).hexdigest()
                with database.writing() as db:
                    db.execute(_SET_ASIDE, (digest, blob, number))
    return True


def _make_table(db: apsw.Connection) -> None:
    """Make the table aside like the one whose place it will take."""
    layout = db.execute("SELECT sql FROM sqlite_schema WHERE name = 'vectors'").get
    db.execute(re.sub(r'^CREATE TABLE "?vectors"?', "CREATE TABLE next_vectors", layout))


def _exchange(database: Database, model: str, dim: int) -> list[tuple[int, str]]:
    """Put the new vectors in the place of the old, unless some are missing: lists those."""
    with database.writing() as db:
        missing = rows_of(db, _MISSING)
        if not missing:
            db.execute("DROP TABLE vectors; ALTER TABLE next_vectors RENAME TO vectors")
            db.execute("DELETE FROM meta WHERE name IN ('model', 'dim', 'next')")
            claim(db, model, dim)
            next_generation(db)
    return missing


def _still_stored(database: Database, number: int, name: str) -> IndexedArticle | None:
    """Read an article unless it has been replaced or removed since it was listed."""
    with database.reading() as db:
        return fetch(db, [name])[name] if _is_there(db, number) else None


def _is_there(db: apsw.Connection, number: int) -> bool:
    return bool(db.execute("SELECT 1 FROM articles WHERE number = ?", (number,)).get)


def _texts(item: IndexedArticle) -> list[str]:
    return [item.article.text[s.start : s.end] for s in item.sentences]
