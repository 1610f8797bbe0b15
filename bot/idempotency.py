"""
Exactly one reply: who claims a delivery first answers it.

Slack delivers an event again when it hears no acknowledgement in time, and Bolt runs the
listener for each delivery. The retry header says nothing about whether the first one was
answered, so deliveries are told apart by their ids, in a database that all processes share.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from bot.state import State

TTL = 3_600.0  # seconds; Slack's last retry comes after about six minutes


@dataclass(frozen=True, slots=True)
class Claims:
    """The deliveries that somebody has taken on."""

    state: State
    clock: Callable[[], float] = time.time

    def claim(self, *keys: str) -> bool:
        """
        Take on what *keys* name.

        Returns:
            True for the first to ask; False if any of the keys was taken within the last hour.
            All keys are taken then, so that a third name of the same post is known too.
        """
        now = self.clock()
        with self.state.transaction() as db:
            db.execute("DELETE FROM seen WHERE at < ?", (now - TTL,))
            rows = [(key, now) for key in keys]
            before = db.total_changes
            db.executemany("INSERT OR IGNORE INTO seen (key, at) VALUES (?, ?)", rows)
            return db.total_changes - before == len(set(keys))
