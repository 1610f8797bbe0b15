"""
What questions are read against: who and which outlets are on record.

Read from the store again only when it has changed, which a question learns from one number; and
of the speakers only those of whom something has changed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

import numpy as np

from index.roster.directory import Directory
from index.speakers import Tables
from index.store import Store
from index.store.known_speakers import SpeakerFold


@dataclass(frozen=True, slots=True)
class RosterSnapshot:
    """What the questions of one generation are read against."""

    generation: int
    directory: Directory
    outlets: list[str]
    newest: datetime | None


class RosterCache:
    """Keeps what is known in step with a store; may be used from several threads."""

    def __init__(self, store: Store, tables: Callable[[], Tables]) -> None:
        self._store = store
        self._tables = tables
        self._known: RosterSnapshot | None = None
        self._fold = SpeakerFold()
        self._lock = Lock()

    def current(self) -> RosterSnapshot:
        """Find who and what is on record in the store's present generation."""
        generation = self._store.generation()
        with self._lock:
            if self._known is None or self._known.generation != generation:
                # Should the step fail half-way, the next look reads all.
                known, self._known = self._known, None
                self._known = self._caught_up(known)
            return self._known

    def _caught_up(self, known: RosterSnapshot | None) -> RosterSnapshot:
        changes = self._store.speaker_changes(known.generation if known else None)
        newest, outlets = self._store.coverage().newest, self._store.outlets()
        if known is None or changes.whole:
            self._fold = SpeakerFold()
            directory = Directory(self._tables(), printed=self._printed)
        else:
            directory = known.directory
        directory = directory.updated(self._fold.apply(changes.variants))
        return RosterSnapshot(changes.generation, directory, outlets, newest)

    def _printed(self, word: str) -> int:
        """Count the sentences that hold *word*."""
        return self._store.sentences_with(word, np.array([], dtype=np.int64))[0]
