"""How much a program that serves strangers writes into its log."""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Callable

LINES = 60  # of one wording a minute
TRACEBACKS = 3  # of them with a traceback


class Sparing(logging.Filter):
    """Lets so many lines of one wording a minute through, so that no stranger fills a disk."""

    def __init__(self, lines: int = LINES, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._lines = lines
        self._clock = clock
        self._since = clock()
        self._counts: Counter[str] = Counter()

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether *record* is written; the last that is says that more are left out."""
        if self._clock() - self._since >= 60:
            self._since = self._clock()
            self._counts.clear()
        wording = str(record.msg)
        if len(self._counts) > 1_000:
            self._counts.clear()
        self._counts[wording] += 1
        if self._counts[wording] > TRACEBACKS:
            record.exc_info = record.exc_text = None
        if self._counts[wording] == self._lines:
            record.msg = f"{record.msg} (more of these within this minute are left out)"
        return self._counts[wording] <= self._lines
