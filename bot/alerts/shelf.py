"""The book of watches of one index, opened when there is one to open."""

from __future__ import annotations

import threading
from pathlib import Path

from index.alerts.book import Book, is_book
from index.alerts.feed_tokens import FeedTokens


class Shelf:
    """Where the book stands: beside the index. For every thread."""

    def __init__(self, folder: Path) -> None:
        """Look for it in *folder*, that of the index."""
        self._folder = folder
        self._lock = threading.Lock()
        self._book: Book | None = None

    def book(self) -> Book:
        """Open the book, made where there has never been a watch; StoreError if it cannot be."""
        with self._lock:
            if self._book is None:
                self._book = Book(self._folder)
            return self._book

    def kept(self) -> Book | None:
        """Open the book; None where there has never been a watch."""
        return self.book() if self._book is not None or is_book(self._folder) else None

    def feed_path(self, number: int) -> str:
        """Word the address of a watch's feed, without the host; StoreError without its secret."""
        return FeedTokens(self._folder).path(number)

    def close(self) -> None:
        """Release its file; calling it twice is fine."""
        with self._lock:
            if self._book is not None:
                self._book.close()
                self._book = None
