"""
The bot's own small database: what was asked and answered, and what threads are about.

SQLite comes with apsw: the one inside Python 3.11 can damage a WAL database that two processes
share (fixed in 3.51.3). Every process of the bot over one folder shares this file. Its tables
stand in schema.sql; each belongs to the module that its comment names.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

import apsw

from index.database.commit_note import ENDING
from index.database.files import make_private_folder
from index.database.in_use import Share
from index.database.ledger import Ledger, own_log
from index.errors import StoreError

SCHEMA = files("bot.state").joinpath("schema.sql").read_text(encoding="utf-8")
UNWRITABLE = (
    "the bot's state cannot be written: answers have no memory; make room or set BOT_DATA_DIR "
    "elsewhere (onrecord doctor says which folder)"
)
BETWEEN_CHECKS = 2.0  # seconds, however often a stranger asks for the health
WAIT_MS = 10_000  # for another process to finish writing

log = logging.getLogger(__name__)

_HINT = (
    "restore a backup that was made --with-state, or move the file away with {note}: a new one "
    "begins without memory, or delete {note} to go on with what is left"
)


def is_busy(fault: StoreError) -> bool:
    """Return whether another process was writing for too long, and nothing else was wrong."""
    return isinstance(fault.__cause__, apsw.BusyError)


class State:
    """One open state file; usable from every thread."""

    def __init__(self, path: Path) -> None:
        """Open *path*, made when missing; StoreError if it cannot be used."""
        self.path = path
        self._lock = threading.Lock()
        self._closed = False
        self._fault = ""
        self._checked = -BETWEEN_CHECKS
        self._ledger = Ledger(path, _HINT.format(note=path.name + ENDING))
        with self._named():
            make_private_folder(path.parent)
            self._share = Share(path.parent)
            try:
                self._ledger.before_opening()
                self._connection = apsw.Connection(str(path))
            except (apsw.Error, OSError, StoreError):
                self._share.release()
                raise
            try:
                own_log(self._connection)
                self._connection.set_busy_timeout(WAIT_MS)
                self._connection.execute("PRAGMA journal_mode = WAL")
                # From the first write on: SQLite copies rows about within their page.
                self._connection.execute("PRAGMA secure_delete = ON")
                self._connection.execute("PRAGMA synchronous = FULL")
                with self._ledger.opening(self._connection):
                    pass
            except (apsw.Error, StoreError):
                self._connection.close()
                self._share.release()
                raise

    def ensure(self, sql: str = SCHEMA) -> None:
        """Make the tables of *sql*, by default all of the bot's, unless they are there."""
        with self.transaction() as db:
            db.execute(sql)

    @contextmanager
    def transaction(self, *, durable: bool = True) -> Iterator[apsw.Connection]:
        """
        Write in one step: all of it or nothing, alone among all processes.

        Args:
            durable: wait until it would outlive a power cut. Any transaction outlives the end
                of the process, however sudden; waiting takes as long as some hundred of them.
        """
        with self._lock, self._named():
            wanted = "FULL" if durable else "NORMAL"
            self._connection.execute(f"PRAGMA synchronous = {wanted}")
            with self._ledger.change(self._connection, durable=durable):
                yield self._connection

    @contextmanager
    def reading(self) -> Iterator[apsw.Connection]:
        """Read."""
        with self._lock, self._named():
            yield self._connection

    def fault(self) -> str:
        """
        Say that the file cannot be written, as seen within the last seconds; "" if it can.

        The words are for everybody who asks for the health; what is wrong stands in the log.
        """
        if time.monotonic() - self._checked >= BETWEEN_CHECKS:
            try:
                with self.transaction(durable=False) as db:
                    db.execute("REPLACE INTO seen VALUES ('a look at the file', ?)", (time.time(),))
                self._fault = ""
            except StoreError as exc:
                if is_busy(exc):
                    return self._fault
                if not self._fault:
                    log.error("%s; until then questions are answered without memory", exc)
                self._fault = UNWRITABLE
            self._checked = time.monotonic()
        return self._fault

    def empty_log(self) -> None:
        """Move the write-ahead log into the file, and leave no byte in it."""
        with self._lock, self._named():
            self._ledger.empty(self._connection)

    def close(self) -> None:
        """Close the file; calling it twice is fine."""
        with self._lock:
            if not self._closed:
                self._closed = True
                self._ledger.finish(self._connection)
                self._connection.close()
                self._share.release()

    @contextmanager
    def _named(self) -> Iterator[None]:
        try:
            yield
        except (apsw.Error, OSError) as exc:
            raise StoreError(
                f"the bot's state file {self.path} cannot be used ({exc}); check its folder and "
                f"the space left, or move the file away with its {ENDING} file: a new one begins "
                "without memory"
            ) from exc
