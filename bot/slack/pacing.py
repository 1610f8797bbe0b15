"""
When the next message may go where: Slack takes one a second in a channel.

Nobody sleeps here. A message that may not go yet gets the time to wait, and a ticket that keeps
its place.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

PACE = 1.0  # seconds between two messages of one lane
_MAX_LANES = 1_000  # lanes, before those that are free again are forgotten

Lane = tuple[str, ...]


class Pacer:
    """The pace of every lane (a channel, or a person in it), for all threads of a process."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._free: dict[Lane, float] = {}
        self._blocked: dict[Lane, float] = {}
        self._tickets: dict[str, float] = {}

    def wait(self, lane: Lane, ticket: str) -> float:
        """
        Ask whether a message may go.

        Args:
            lane: where it goes.
            ticket: the message's name; who asks again with it has not lost the place in line.

        Returns:
            0 if it may go now, else the seconds after which to ask again.
        """
        with self._lock:
            now = self._clock()
            slot = self._tickets.pop(ticket, None)
            if slot is None or slot < self._blocked.get(lane, 0.0):
                slot = max(now, self._free.get(lane, 0.0))
                self._free[lane] = slot + PACE
                self._forget(now)
            if slot <= now:
                return 0.0
            self._tickets[ticket] = slot
            return slot - now

    def hold_back(self, lane: Lane, seconds: float) -> None:
        """Let nothing go in *lane* for *seconds*: Slack said so."""
        with self._lock:
            until = self._clock() + seconds
            self._blocked[lane] = max(until, self._blocked.get(lane, 0.0))
            self._free[lane] = max(until, self._free.get(lane, 0.0))

    def _forget(self, now: float) -> None:
        if len(self._free) > _MAX_LANES:
            self._free = {lane: at for lane, at in self._free.items() if at > now}
            self._blocked = {lane: at for lane, at in self._blocked.items() if at > now}
