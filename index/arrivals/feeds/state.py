"""
What is remembered of feeds: how each one does, and which of its entries were received.

An entry counts as received only when its article is in the queue, so that a kill in between
costs a second fetch and never an article. It is received again when anything of it changes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from index.database.database import Database, rows_of
from index.formats.feeds import FeedEntry
from index.store.codec import from_micros, to_micros

_COLUMNS = """
url, title, etag, modified, moved_to, looked_at, new_at, due, errors, fault, gone
"""
_KEEP = f"INSERT OR REPLACE INTO feeds ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_RECEIVED = "INSERT OR REPLACE INTO feed_entries (feed, entry, mark) VALUES (?, ?, ?)"
_MISSED = """
INSERT INTO feed_entries (feed, entry, mark, tries, due) VALUES (?, ?, '', 1, ?)
ON CONFLICT DO UPDATE SET mark = '', tries = tries + 1, due = excluded.due
"""
# When a feed that nobody has looked at is due.
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class FeedHealth:
    """
    How a feed does.

    ``errors`` counts the looks in a row that failed, ``fault`` says how the last one did.
    ``moved_to`` is the address that it gave for good; ``gone``: it said that it will not come
    back. ``etag`` and ``modified`` are given back at the next look.
    """

    url: str
    title: str | None = None
    etag: str | None = None
    modified: str | None = None
    moved_to: str | None = None
    looked_at: datetime | None = None
    new_at: datetime | None = None
    due: datetime = _NEVER
    errors: int = 0
    fault: str | None = None
    gone: bool = False


class FeedStates:
    """The memory of all feeds, in the file of the queue; raises StoreError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def health(self, urls: Sequence[str]) -> list[FeedHealth]:
        """Report how each of *urls* does, in their order."""
        with self._database.reading() as db:
            rows = {row[0]: row for row in rows_of(db, f"SELECT {_COLUMNS} FROM feeds")}
        return [_health(rows[url]) if url in rows else FeedHealth(url) for url in urls]

    def keep(self, health: FeedHealth) -> None:
        """Remember how a feed does."""
        h = health
        moments = (to_micros(h.looked_at), to_micros(h.new_at), to_micros(h.due))
        known = (h.url, h.title, h.etag, h.modified, h.moved_to)
        with self._database.writing() as db:
            db.execute(_KEEP, (*known, *moments, h.errors, h.fault, int(h.gone)))

    def keep_only(self, urls: Iterable[str]) -> None:
        """Forget all feeds but *urls*."""
        with self._database.writing() as db:
            listed = set(urls)
            for (url,) in rows_of(db, "SELECT url FROM feeds"):
                if url not in listed:
                    db.execute("DELETE FROM feeds WHERE url = ?", (url,))
                    db.execute("DELETE FROM feed_entries WHERE feed = ?", (url,))

    def news(self, url: str, entries: Iterable[FeedEntry]) -> list[tuple[FeedEntry, int]]:
        """
        Choose the entries that were not received as they are now, and are due.

        Returns:
            Each with how often it was tried before. Entries that the feed no longer holds are
            forgotten.
        """
        listed = {entry.id: entry for entry in entries}
        now = to_micros(datetime.now(UTC)) or 0
        with self._database.writing() as db:
            query = "SELECT entry, mark, tries, due FROM feed_entries WHERE feed = ?"
            known = {name: rest for name, *rest in rows_of(db, query, (url,))}
            for name in known.keys() - listed.keys():
                db.execute("DELETE FROM feed_entries WHERE feed = ? AND entry = ?", (url, name))
        found = []
        for name, entry in listed.items():
            mark, tries, due = known.get(name, ("", 0, 0))
            if mark != _mark(entry) and due <= now:
                found.append((entry, tries))
        return found

    def received(self, url: str, entries: Iterable[FeedEntry]) -> None:
        """Note that *entries* are in the queue, or not wanted there."""
        with self._database.writing() as db:
            db.executemany(_RECEIVED, [(url, entry.id, _mark(entry)) for entry in entries])

    def missed(self, url: str, entry: FeedEntry, wait: timedelta) -> None:
        """
        Note that the page of an entry could not be had.

        Args:
            url: of the feed.
            entry: counts as tried once more.
            wait: how long its page is not asked for again.
        """
        with self._database.writing() as db:
            db.execute(_MISSED, (url, entry.id, to_micros(datetime.now(UTC) + wait)))

    def all_received(self, url: str) -> bool:
        """Return whether no entry of a feed is to be tried again."""
        query = "SELECT count(*) FROM feed_entries WHERE feed = ? AND mark = ''"
        with self._database.reading() as db:
            return not db.execute(query, (url,)).get


def _mark(entry: FeedEntry) -> str:
    """Describe the state of an entry, as before there were unpublished ones."""
    return hashlib.sha256(repr(entry).replace(", unpublished=None", "").encode()).hexdigest()[:16]


def _health(row: Sequence[Any]) -> FeedHealth:
    url, title, etag, modified, moved_to, looked_at, new_at, due, errors, fault, gone = row
    looked, new, next_ = (from_micros(moment) for moment in (looked_at, new_at, due))
    return FeedHealth(
        url, title, etag, modified, moved_to, looked, new, next_ or _NEVER, errors, fault,
        bool(gone),
    )  # fmt: skip
