"""
What questions are read against: who and which outlets are on record.

Read from the store again only when it has changed, which a question learns from one number.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from index.directory import Directory, make_directory
from index.speakers import Tables
from index.store import KnownSpeaker, Store


@dataclass(frozen=True, slots=True)
class Known:
    """What the questions of one generation are read against."""

    generation: int
    speakers: list[KnownSpeaker]
    directory: Directory
    outlets: list[str]
    newest: datetime | None


class Register:
    """Keeps what is known in step with a store; may be used from several threads."""

    def __init__(self, store: Store, tables: Callable[[], Tables]) -> None:
        self._store = store
        self._tables = tables
        self._known: Known | None = None
        self._lock = Lock()

    def now(self) -> Known:
        """Tell who and what is on record in the store's present generation."""
        generation = self._store.generation()
        with self._lock:
            if self._known is None or self._known.generation != generation:
                speakers, newest = self._store.speakers(), self._store.coverage().newest
                directory = make_directory(speakers, self._tables())
                outlets = self._store.outlets()
                self._known = Known(generation, speakers, directory, outlets, newest)
            return self._known
