"""One request at a time to each host, with a pause between two."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_MAX_HOSTS = 10_000


class RateLimiter:
    """
    Lets one request at a time through to each host.

    *pause* is the seconds from the end of one to the start of the next.
    """

    def __init__(self, pause: float) -> None:
        self._pause = pause
        self._lock = Lock()
        self._hosts: dict[str, Lock] = {}
        self._last: dict[str, float] = {}

    @contextmanager
    def taken(self, host: str, *, pause: bool) -> Iterator[None]:
        """Wait for a turn with *host*, and for the pause too if *pause*; hold it meanwhile."""
        with self._lock:
            if len(self._hosts) > _MAX_HOSTS:
                self._hosts.clear()
            mine = self._hosts.setdefault(host, Lock())
        with mine:
            rest = self._last.get(host, 0.0) + self._pause - time.monotonic()
            if pause and rest > 0:
                time.sleep(rest)
            try:
                yield
            finally:
                self._last[host] = time.monotonic()
