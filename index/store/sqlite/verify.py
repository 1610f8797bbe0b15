"""
Look for damage in an index: what SQLite can tell, and what only its meaning tells.

Nothing is repaired here. A problem is one line that names the article.
"""

from __future__ import annotations

from collections.abc import Iterator

import apsw
import numpy as np

from index.database.database import rows_of
from index.errors import OnRecordError
from index.store import Candidate, Keys, Selection
from index.store.codec import check_item
from index.store.sqlite.projection_sync import unpack
from index.store.sqlite.rows import are_counted, fetch
from index.store.sqlite.select import select
from index.store.statements import statement_parts
from index.store.vectors.cosine import Halves, checked_rows
from index.types import IndexedArticle

_STORED = """
SELECT v.first_key, v.rows, v.digest FROM articles a JOIN vectors v ON v.article = a.number
WHERE a.id = ?
"""
_UNINDEXED = """
SELECT count(*) FROM sentences s FULL JOIN words_docsize w ON w.id = s.key
WHERE s.key IS NULL OR w.id IS NULL
"""


def problems(db: apsw.Connection, dim: int, keys: Keys, rows: Halves, generation: int) -> list[str]:
    """
    List what is wrong, a line each.

    Args:
        db: a connection inside a transaction.
        dim: length of a vector.
        keys: (n,), what the projection can find, at *generation*.
        rows: (n, dim), the projection's rows for them.
        generation: of the projection.
    """
    found = [f"SQLite: {line}" for (line,) in db.execute("PRAGMA quick_check") if line != "ok"]
    found += [
        f"table {table}: row {row} refers to a missing row of {parent}"
        for table, row, parent, _ in db.execute("PRAGMA foreign_key_check")
    ]
    # A selection is read from this table's indexes alone, and a quick check does not compare them.
    found += [
        f"SQLite: {line}"
        for (line,) in db.execute("PRAGMA integrity_check('statements')")
        if line != "ok"
    ]
    if not are_counted(db):
        found.append("counts: not those of what there is; run `onrecord rebuild`")
    if unindexed := db.execute(_UNINDEXED).get:
        found.append(f"word index: {unindexed} sentences more or less than there are")
    expected: dict[int, Halves] = {}
    for (name,) in rows_of(db, "SELECT id FROM articles ORDER BY id"):
        found += _article_problems(db, name, dim, expected)
    now = db.execute("SELECT value FROM meta WHERE name = 'generation'").get
    if now == generation:
        found += _projection_problems(expected, dim, keys, rows)
    return found


def _article_problems(
    db: apsw.Connection, name: str, dim: int, expected: dict[int, Halves]
) -> Iterator[str]:
    stored = db.execute(_STORED, (name,)).get
    if stored is None:
        yield f"article {name!r}: its vectors are missing"
        return
    first_key, blob, digest = stored
    try:
        rows = unpack(blob, digest, dim)
        expected.update({first_key + at: row for at, row in enumerate(rows)})
        item = fetch(db, [name])[name]
        check_item(item)
        checked_rows(rows, len(item.sentences), dim)
    except OnRecordError as exc:
        yield f"article {name!r}: {exc}"
        return
    listed = select(db, Selection(article_id=name, thoughts=True))
    if listed != _candidates(item, first_key):
        yield f"article {name!r}: its statements do not lead to the sentences that carry them"


def _candidates(item: IndexedArticle, first_key: int) -> list[Candidate]:
    article = item.article
    return [
        Candidate(first_key + at, article.id, at, number, part, article.published_at)
        for number, sentences in enumerate(statement_parts(item))
        for part, at in enumerate(sentences)
    ]


def _projection_problems(
    expected: dict[int, Halves], dim: int, keys: Keys, rows: Halves
) -> Iterator[str]:
    if keys.tolist() != sorted(expected):
        yield f"projection: holds {len(keys)} keys, the sentences have {len(expected)} others"
        return
    wanted = np.array([expected[key] for key in keys.tolist()], dtype="<f2")
    if not np.array_equal(rows, wanted.reshape(-1, dim)):
        yield "projection: its vectors are not those of the store; rebuild it"
