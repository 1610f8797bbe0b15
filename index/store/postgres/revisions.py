"""
What became of articles: the history that every change of the store leaves behind.

The same as ``sqlite.revisions``, in PostgreSQL. Runs inside a transaction that holds the row of
`state`, so that one writer follows another.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from index.origins import may_replace
from index.store.codec import fingerprint, from_micros, to_micros
from index.store.postgres.database import Connection, one, rows
from index.store.postgres.origins import claims_at, note_origin, owner_of
from index.store.postgres.rows import delete, insert, next_generation
from index.store.revisions import check_owner, counts_for, kind_of_change
from index.store.vectors.cosine import Halves
from index.text.urls import canonical_url
from index.types import Article, IndexedArticle, Revision, RevisionKind, Withdrawal

_RECORD = """
INSERT INTO revisions (
    article, canonical_url, at, what, reason, old_fingerprint, new_fingerprint
) VALUES (%s, %s, %s, %s, %s, %s, %s)
"""
_REVISIONS = """
SELECT number, article, at, what, reason, old_fingerprint, new_fingerprint FROM revisions
"""
_LAST = f"{_REVISIONS} WHERE article = %s ORDER BY number DESC LIMIT 1"
_LAST_THERE = f"{_REVISIONS} WHERE canonical_url = %s ORDER BY number DESC"
_STORED = "SELECT fingerprint, canonical_url FROM articles WHERE id = %s"


def replace(db: Connection, item: IndexedArticle, vectors: Halves) -> None:
    """Store an article instead of whatever has its id or its address, and note what changed."""
    article, new, at = item.article, fingerprint(item.article), item.indexed_at
    address = canonical_url(article.url)
    if (old := _fingerprint(db, article.id)) is not None:
        check_owner(article, owner_of(db, article.id), address)
    for other, owner in claims_at(db, address):
        if other != article.id and may_replace(owner, article.origin, address):
            mark = _fingerprint(db, other)
            delete(db, other, next_generation(db))
            _record(db, other, address, at, "changed", f"replaced by {article.id}", mark, new)
    if old != new:
        what = kind_of_change(old, last_revision(db, article))
        _record(db, article.id, address, at, what, article.note, old, new)
    note_origin(db, article.id, article.origin, article.given_id)
    generation = next_generation(db)
    delete(db, article.id, generation)
    insert(db, item, vectors, generation)


def withdraw(db: Connection, withdrawal: Withdrawal, at: datetime) -> bool:
    """Delete an article, and remember that it was withdrawn; False if there was none."""
    stored = one(db, _STORED, (withdrawal.id,))
    last = _last_of(db, withdrawal.id)
    if stored is None and last is not None and last.what == "withdrawn":
        return False
    old, address = stored or (None, None)
    _record(db, withdrawal.id, address, at, "withdrawn", withdrawal.reason, old, None)
    if stored is None:
        note_origin(db, withdrawal.id, withdrawal.origin, withdrawal.given_id)
    else:
        delete(db, withdrawal.id, next_generation(db))
    return stored is not None


def revisions(db: Connection, after: int, limit: int) -> list[Revision]:
    """List what happened after the revision with this number, oldest first."""
    query = f"{_REVISIONS} WHERE number > %s ORDER BY number LIMIT %s"
    return [_revision(row) for row in rows(db, query, (after, limit))]


def last_revision(db: Connection, article: Article) -> Revision | None:
    """Find what happened last to the article with this id, or to its origin's at its address."""
    address = canonical_url(article.url)
    last = [_last_of(db, article.id), _last_there(db, address, article.origin)]
    return max((r for r in last if r), key=lambda r: r.number, default=None)


def _last_of(db: Connection, article_id: str) -> Revision | None:
    row = one(db, _LAST, (article_id,))
    return _revision(row) if row is not None else None


def _last_there(db: Connection, address: str | None, origin: str | None) -> Revision | None:
    for row in rows(db, _LAST_THERE, (address,)):
        found = _revision(row)
        if counts_for(found, owner_of(db, found.article_id), origin, address):
            return found
    return None


def _fingerprint(db: Connection, article_id: str) -> str | None:
    stored = one(db, _STORED, (article_id,))
    return stored[0] if stored is not None else None


def _record(
    db: Connection,
    article_id: str,
    address: str | None,
    at: datetime,
    what: RevisionKind,
    reason: str | None,
    old: str | None,
    new: str | None,
) -> None:
    values = (article_id, address, to_micros(at), what, reason, old, new)
    db.execute(_RECORD.encode(), values)


def _revision(row: tuple[Any, ...]) -> Revision:
    number, article_id, at, what, reason, old, new = row
    return Revision(number, article_id, from_micros(at), what, reason, old, new)
