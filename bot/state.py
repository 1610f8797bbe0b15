"""
The bot's own small database: what was answered, and what threads are about.

Kept in rollback-journal mode: SQLite before 3.51.3 can damage a WAL database that two
processes share. Every process of the bot over one folder shares this file.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import StoreError

WAIT = 10.0  # seconds for another process to finish writing

SCHEMA = """
CREATE TABLE IF NOT EXISTS seen (key TEXT PRIMARY KEY, at REAL NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS seen_at ON seen (at);
CREATE TABLE IF NOT EXISTS threads (
    team TEXT NOT NULL, channel TEXT NOT NULL, thread TEXT NOT NULL,
    query TEXT NOT NULL, at REAL NOT NULL,
    PRIMARY KEY (team, channel, thread)
) WITHOUT ROWID;
"""


class State:
    """One open state file; usable from every thread."""

    def __init__(self, path: Path) -> None:
        """Open *path*, made when missing; StoreError if it cannot be used."""
        self.path = path
        self._lock = threading.Lock()
        with self._named():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(
                path, timeout=WAIT, isolation_level=None, check_same_thread=False
            )
            try:
                self._connection.execute("PRAGMA journal_mode = DELETE")
                self._connection.execute("PRAGMA synchronous = FULL")
                self._connection.executescript(SCHEMA)
            except sqlite3.Error:
                self._connection.close()
                raise

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Write in one durable step: all of it or nothing, alone among all processes."""
        with self._lock, self._named():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Read."""
        with self._lock, self._named():
            yield self._connection

    def close(self) -> None:
        """Close the file; calling it twice is fine."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def _named(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as exc:
            raise StoreError(
                f"the bot's state file {self.path} cannot be used ({exc}); check its folder and "
                "the space left, or move the file away: it only remembers the last day"
            ) from exc
