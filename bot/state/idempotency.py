"""
Exactly one reply: who claims a delivery first answers it.

Slack delivers an event again when it hears no acknowledgement in time, and Bolt runs the
listener for each delivery. The retry header says nothing about whether the first one was
answered, so deliveries are distinguished by their ids, in a database that all processes share.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import apsw

from bot.state.state import State

# Seconds. Slack's last retry comes after about six minutes, in which a clock that was an hour
# behind may be put right.
TTL = 2 * 3_600.0


@dataclass(frozen=True, slots=True)
class Claims:
    """The deliveries that somebody has taken on."""

    state: State
    clock: Callable[[], float] = time.time

    def __post_init__(self) -> None:
        self.state.ensure()

    def claim(self, *keys: str) -> bool:
        """
        Take on what *keys* name.

        Returns:
            True for the first to ask; False if any of the keys was taken within two hours.
            All keys are taken then, so that a third name of the same post is known too.
        """
        with self.state.transaction() as db:
            return claim(db, keys, self.clock())

    def are_taken(self, *keys: str) -> bool:
        """Return whether any of *keys* was taken within two hours."""
        marks = ", ".join("?" * len(keys))
        with self.state.reading() as db:
            found = db.execute(f"SELECT 1 FROM seen WHERE key IN ({marks})", keys).fetchone()
        return found is not None

    def claim_for(self, question: str, key: str) -> bool:
        """
        Take on *key* as what *question* does, so that it can be released with it.

        Returns:
            Whether *question* is the one that does it: it took *key* now, or had taken it before
            its process ended.
        """
        now = self.clock()
        with self.state.transaction() as db:
            if claim(db, (key,), now):
                claim(db, (_mine(question) + key,), now)
                return True
            mine = (_mine(question) + key,)
            return db.execute("SELECT 1 FROM seen WHERE key = ?", mine).fetchone() is not None


def claim(db: apsw.Connection, keys: Sequence[str], now: float) -> bool:
    """Take on what *keys* name, as part of a transaction; returns what `Claims.claim` does."""
    db.execute("DELETE FROM seen WHERE at < ?", (now - TTL,))
    before = db.total_changes()
    db.executemany("INSERT OR IGNORE INTO seen (key, at) VALUES (?, ?)", [(k, now) for k in keys])
    return db.total_changes() - before == len(set(keys))


def release(db: apsw.Connection, question: str) -> None:
    """Give back what *question* took on by `Claims.claim_for`, as part of a transaction."""
    mine = _mine(question)
    held = db.execute(
        "SELECT key FROM seen WHERE key >= ? AND substr(key, 1, ?) = ?", (mine, len(mine), mine)
    ).fetchall()
    keys = [(name,) for (key,) in held for name in (str(key), str(key).removeprefix(mine))]
    db.executemany("DELETE FROM seen WHERE key = ?", keys)


def _mine(question: str) -> str:
    return f"by:{question}:"
