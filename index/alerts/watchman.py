"""
Look for alerts while articles are indexed.

Without a watch this costs one look at the folder. What goes wrong here stops no indexing: it is
logged, and tried again with the next article.
"""

from __future__ import annotations

import logging
import time
from datetime import timedelta
from pathlib import Path

from index.alerts.alerting import AGE, Alerting
from index.alerts.book import Book, is_book
from index.core import Index
from index.errors import OnRecordError

log = logging.getLogger(__name__)

# Seconds that an article may have to wait for that.
_PATIENCE = 0.05


class Watchman:
    """Looks at what has been indexed since the last look, if there are watches."""

    def __init__(self, index: Index, folder: Path, *, age: timedelta = AGE) -> None:
        self._index = index
        self._age = age
        self._folder = folder
        self._book: Book | None = None
        self._alerting: Alerting | None = None

    def look(self) -> None:
        """Turn what is new into alerts, and log each."""
        try:
            alerting = self._ready()
            found = alerting.catch_up() if alerting else []
        except OnRecordError as exc:
            log.error("the watches could not be looked at: %s; tried again with the next", exc)
            return
        for watch, quotes in found:
            text = " ".join(quote.text for quote in quotes)
            log.info("alert on %r: %s: %s", watch.text, quotes[0].speaker or "somebody", text)

    def idle(self) -> None:
        """Prepare some watches for the articles that are to come, while none waits."""
        end = time.monotonic() + _PATIENCE
        try:
            alerting = self._ready()
            while alerting and alerting.prepare() and time.monotonic() < end:
                pass
        except OnRecordError as exc:
            log.error("the watches could not be prepared: %s; tried again later", exc)

    def _ready(self) -> Alerting | None:
        if self._alerting is None and is_book(self._folder):
            self._book = Book(self._folder)
            self._alerting = Alerting(self._index, self._book, age=self._age)
        return self._alerting

    def close(self) -> None:
        """Release the file of the watches; calling it twice is fine."""
        if self._book is not None:
            self._book.close()
