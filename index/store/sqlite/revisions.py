"""
What became of articles: the history that every change of the store leaves behind.

Kept by id and by canonical address: a withdrawn article must not come back under another id, but
what one origin withdraws stays open to the others.
Never cut, for what was withdrawn last year must still be known; a change takes some 200 bytes.
Runs inside a transaction that the caller holds.
"""

from __future__ import annotations

from datetime import datetime

import apsw

from index.database.database import rows_of
from index.origins import may_replace
from index.store.codec import fingerprint, from_micros, to_micros
from index.store.revisions import check_owner, counts_for, kind_of_change
from index.store.sqlite.origins import claims_at, note_origin, owner_of
from index.store.sqlite.rows import delete, insert, next_generation
from index.store.vectors.cosine import Halves
from index.text.urls import canonical_url
from index.types import Article, IndexedArticle, Revision, RevisionKind, Withdrawal

_RECORD = """
INSERT INTO revisions (
    article, canonical_url, at, what, reason, old_fingerprint, new_fingerprint
) VALUES (?, ?, ?, ?, ?, ?, ?)
"""
_REVISIONS = """
SELECT number, article, at, what, reason, old_fingerprint, new_fingerprint FROM revisions
"""
# Straight from its index: an article that is corrected daily has hundreds.
_LAST = f"{_REVISIONS} WHERE article = ? ORDER BY number DESC LIMIT 1"
# Read only as far as the first that is the asker's own.
_LAST_THERE = f"{_REVISIONS} WHERE canonical_url = ? ORDER BY number DESC"
_STORED = "SELECT fingerprint, canonical_url FROM articles WHERE id = ?"
_FINGERPRINT = "SELECT fingerprint FROM articles WHERE id = ?"


def replace(db: apsw.Connection, item: IndexedArticle, vectors: Halves) -> None:
    """Store an article instead of whatever has its id or its address, and note what changed."""
    article, new, at = item.article, fingerprint(item.article), item.indexed_at
    address = canonical_url(article.url)
    if (old := db.execute(_FINGERPRINT, (article.id,)).get) is not None:
        check_owner(article, owner_of(db, article.id), address)
    for other, owner in claims_at(db, address):
        if other != article.id and may_replace(owner, article.origin, address):
            mark = db.execute(_FINGERPRINT, (other,)).get
            delete(db, other, next_generation(db))
            _record(db, other, address, at, "changed", f"replaced by {article.id}", mark, new)
    if old != new:
        what = kind_of_change(old, last_revision(db, article))
        _record(db, article.id, address, at, what, article.note, old, new)
    note_origin(db, article.id, article.origin, article.given_id)
    generation = next_generation(db)
    delete(db, article.id, generation)
    insert(db, item, vectors, generation)


def withdraw(db: apsw.Connection, withdrawal: Withdrawal, at: datetime) -> bool:
    """Delete an article, and remember that it was withdrawn; False if there was none."""
    stored = rows_of(db, _STORED, (withdrawal.id,))
    last = _last_of(db, withdrawal.id)
    if not stored and last is not None and last.what == "withdrawn":
        return False
    old, address = stored[0] if stored else (None, None)
    _record(db, withdrawal.id, address, at, "withdrawn", withdrawal.reason, old, None)
    if not stored:
        note_origin(db, withdrawal.id, withdrawal.origin, withdrawal.given_id)
    if stored:
        delete(db, withdrawal.id, next_generation(db))
    return bool(stored)


def revisions(db: apsw.Connection, after: int, limit: int) -> list[Revision]:
    """List what happened after the revision with this number, oldest first."""
    query = f"{_REVISIONS} WHERE number > ? ORDER BY number LIMIT ?"
    return [_revision(row) for row in rows_of(db, query, (after, limit))]


def last_revision(db: apsw.Connection, article: Article) -> Revision | None:
    """Find what happened last to the article with this id, or to its origin's at its address."""
    address = canonical_url(article.url)
    last = [_last_of(db, article.id), _last_there(db, address, article.origin)]
    return max((r for r in last if r), key=lambda r: r.number, default=None)


def _last_of(db: apsw.Connection, article_id: str) -> Revision | None:
    rows = rows_of(db, _LAST, (article_id,))
    return _revision(rows[0]) if rows else None


def _last_there(db: apsw.Connection, address: str | None, origin: str | None) -> Revision | None:
    for row in db.execute(_LAST_THERE, (address,)):
        found = _revision(row)
        if counts_for(found, owner_of(db, found.article_id), origin, address):
            return found
    return None


def _record(
    db: apsw.Connection,
    article_id: str,
    address: str | None,
    at: datetime,
    what: RevisionKind,
    reason: str | None,
    old: str | None,
    new: str | None,
) -> None:
    db.execute(_RECORD, (article_id, address, to_micros(at), what, reason, old, new))


def _revision(
    row: tuple[int, str, int, RevisionKind, str | None, str | None, str | None],
) -> Revision:
    number, article_id, at, what, reason, old, new = row
    return Revision(number, article_id, from_micros(at), what, reason, old, new)
