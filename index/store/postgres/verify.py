"""
Look for damage in an index in PostgreSQL: what only its meaning tells.

Nothing is repaired here. A problem is one line that names the article. Pages of the server are
checked by its own means (`pg_amcheck`, checksums).
"""

from __future__ import annotations

from collections.abc import Iterator

from index.errors import OnRecordError
from index.store.codec import check_item
from index.store.postgres.database import Connection, one, rows
from index.store.postgres.fulltext import array, as_tsvector, tokens
from index.store.postgres.nearest import as_halves
from index.store.postgres.rows import digest_of, fetch
from index.store.statements import statement_parts
from index.store.vectors.cosine import Halves, checked_rows

_COUNTED = """
SELECT (s.articles, s.sentences, s.words)
     = (SELECT (SELECT count(*) FROM articles), count(*), coalesce(sum(size), 0) FROM sentences)
FROM state s
"""
_STORED = """
SELECT s.key, v.embedding FROM sentences s LEFT JOIN vectors v ON v.key = s.key
WHERE s.article = %s ORDER BY s.position
"""
_WORDS = """
SELECT count(*) FROM sentences s JOIN unnest(%s::bigint[], %s::text[]) w (key, words)
ON w.key = s.key WHERE s.words = w.words::tsvector
"""
_PARTS = """
SELECT s.position, p.sentence, p.key FROM statements s JOIN parts p ON p.statement = s.number
WHERE s.article = %s ORDER BY s.position, p.part
"""


def stored_vectors(db: Connection, number: int) -> tuple[list[int], Halves | None]:
    """Read keys and vectors of an article; None where it has no sentence, or one is missing."""
    with db.cursor(binary=True) as cursor:
        found = cursor.execute(_STORED, (number,)).fetchall()
    sent = [held for _, held in found]
    keys = [key for key, _ in found]
    return keys, as_halves(sent) if sent and all(sent) else None


def problems(db: Connection, dim: int, place: str) -> list[str]:
    """
    List what is wrong, a line each.

    Args:
        db: a connection inside a transaction that sees one snapshot.
        dim: length of a vector.
        place: names the database.
    """
    found = []
    if not (one(db, _COUNTED) or (False,))[0]:
        found.append("counts: not those of what there is; restore the database from a backup")
    listed = rows(db, "SELECT id, number, first_key, digest FROM articles ORDER BY id")
    for name, number, first_key, digest in listed:
        try:
            found += _article_problems(db, dim, place, (name, number, first_key, digest))
        except OnRecordError as exc:
            found.append(f"article {name!r}: {exc}")
    return found


def _article_problems(
    db: Connection, dim: int, place: str, row: tuple[str, int, int, str]
) -> Iterator[str]:
    name, number, first_key, digest = row
    item = fetch(db, [name], place).get(name)
    if item is None:
        yield f"article {name!r}: the index of ids does not lead to it; run REINDEX"
        return
    check_item(item)
    keys, held = stored_vectors(db, number)
    if keys != [first_key + at for at in range(len(item.sentences))]:
        yield f"article {name!r}: the keys of its sentences are not consecutive"
    if held is None and keys:
        yield f"article {name!r}: a vector is missing"
    if held is not None:
        checked_rows(held, len(item.sentences), dim)
        if digest_of(held) != digest:
            yield f"article {name!r}: its vectors do not have the hash they were stored with"
    texts = [item.article.text[s.start : s.end] for s in item.sentences]
    words = [as_tsvector(tokens(text)) for text in texts]
    (same,) = one(db, _WORDS, (array(keys), words)) or (0,)
    if same != len(words):
        yield f"article {name!r}: {len(words) - same} sentences are not found by their words"
    expected = [
        (position, at, first_key + at)
        for position, ats in enumerate(statement_parts(item))
        for at in ats
    ]
    if rows(db, _PARTS, (number,)) != expected:
        yield f"article {name!r}: its statements do not lead to the sentences that carry them"
