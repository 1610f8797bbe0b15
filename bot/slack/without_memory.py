"""
Answers while the state file cannot be written: a full disk, a folder that is read-only.

The index is well, so questions are answered, at once and once; they are not written down, and no
button, thread or correction knows of them afterwards. What this process has answered it remembers
for a while, as Slack delivers again what it heard no acknowledgement of.
"""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Any

from bot.slack.payloads import keys_of, place_of
from bot.types import SlackPlace

AT_A_TIME = 10
REMEMBERED = 2_000  # deliveries

log = logging.getLogger(__name__)

# Answers one question, in Slack too.
Answer = Callable[[SlackPlace, Mapping[str, Any]], None]


class WithoutMemory:
    """Answers a few questions at a time; the rest is left unanswered, and logged."""

    def __init__(self) -> None:
        self._seen: OrderedDict[str, None] = OrderedDict()
        self._lock = threading.Lock()
        self._free = threading.BoundedSemaphore(AT_A_TIME)

    def answer(
        self,
        body: Mapping[str, Any],
        answer: Answer,
        failed: Callable[[Exception, SlackPlace], None],
    ) -> None:
        """
        Answer a delivery in a thread of its own, unless it was answered before.

        Args:
            body: Slack's payload.
            answer: works the answer out and posts it.
            failed: tells the asker what went wrong.
        """
        place = place_of(body)
        if place is None or not self.is_first(keys_of(body)):
            return
        if not self._free.acquire(blocking=False):
            log.error("a question is left unanswered: too many came while nothing can be kept")
            return

        def run() -> None:
            try:
                answer(place, body)
            except Exception as exc:
                failed(exc, place)
            finally:
                self._free.release()

        threading.Thread(target=run, name="without memory", daemon=True).start()

    def is_first(self, keys: tuple[str, ...]) -> bool:
        """Return whether none of *keys* was seen by this process before; all of them are then."""
        with self._lock:
            first = not any(key in self._seen for key in keys)
            self._seen.update(dict.fromkeys(keys))
            while len(self._seen) > REMEMBERED:
                self._seen.popitem(last=False)
        return first
