"""
Whether a database still holds every change that was acknowledged.

Of a damaged write-ahead log SQLite reads what lies before the damage, and takes a log that is
missing for one that was not needed: either way the index is as it was some articles ago, without
a word. So each change counts a number up inside its own transaction, and once it is durable the
number is noted in a file of its own. A database whose number is behind the noted one has lost
something. Nothing need be known of the log itself: moved into the database, begun again or
deleted, by us or by another program, it leaves the number right.

One case the number does not tell: a process dies while a log is being moved, and then the log is
lost; the page with the number may have been moved before others. Hence ``moving`` is noted
around that, which SQLite must therefore not do on its own (see `connect`).
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import apsw

from index.database.commit_note import (
    ENDING,
    CommitNote,
    Slots,
    explained,
    forget,
    open_slots,
)
from index.database.files import make_private, refuse_linked, tighten
from index.database.switch import ASIDE, REPLACED
from index.errors import StoreError

log = logging.getLogger(__name__)

# The files of a database: itself, its log and the index of that, what was acknowledged.
ENDINGS = ("", "-wal", "-shm", ENDING)

# Pages in the log from which on it is moved; SQLite's own measure.
_LONG = 1_000

_TABLE = """
CREATE TABLE IF NOT EXISTS ledger (identity BLOB NOT NULL, number INTEGER NOT NULL) STRICT
"""
_BEGIN = "INSERT INTO ledger SELECT ?, 0 WHERE NOT EXISTS (SELECT 1 FROM ledger)"
_COUNT = "UPDATE ledger SET number = number + 1 RETURNING identity, number"


def own_log(db: apsw.Connection) -> None:
    """Have SQLite leave the log of *db* alone, when it is long and when *db* is closed."""
    db.wal_autocheckpoint(0)
    db.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)


@contextmanager
def transaction(db: apsw.Connection, begin: str) -> Iterator[None]:
    """Open a transaction by the words *begin*; committed on leaving, undone on any exception."""
    db.execute(begin)
    try:
        yield
        db.execute("COMMIT")
    finally:
        if db.in_transaction:
            db.execute("ROLLBACK")


class Ledger:
    """
    The changes of one database.

    Args:
        path: its file.
        hint: the way out where some are lost.
        essential: whether a restored folder must hold it, so that what a restore has left aside
            tells that it is missing.
    """

    def __init__(self, path: Path, hint: str, *, essential: bool = False) -> None:
        self._essential = essential
        self._path = path
        self._file = path.with_name(path.name + ENDING)
        self._hint = hint

    def before_opening(self) -> None:
        """
        Look at the files before SQLite does, and make them files of this account alone.

        Raises:
            StoreError: if the database is missing, though something was acknowledged; or if it is
                a link, or an empty file, whose log SQLite would delete; or if it cannot be made.
        """
        refuse_linked(self._path)
        if not self._path.exists():
            self.refuse_missing()
        elif self._path.stat().st_size == 0:
            with open_slots(self._file) as slots:
                if slots is not None and slots.latest is not None:
                    raise StoreError(f"{self._path} is empty, and should not be; {self._hint}")
        with explained(self._path):
            make_private(self._path)
        # Files of older versions have the mode that the umask gave them.
        for ending in ENDINGS:
            tighten(self._path.with_name(self._path.name + ending))

    def refuse_missing(self) -> None:
        """
        Refuse to begin a database in the place of one that is gone.

        Raises:
            StoreError: naming what is left of it, and the way out.
        """
        log_file = self._path.with_name(f"{self._path.name}-wal")
        left = [log_file] if log_file.exists() and log_file.stat().st_size else []
        count = ""
        with open_slots(self._file) as slots:
            if slots is not None:
                left.append(self._file)
            if slots is not None and slots.latest is not None:
                count = f", and {slots.latest.number} changes of it were acknowledged"
        if self._essential:
            left += sorted(self._path.parent.glob(f"{REPLACED}*/{self._path.name}"))
            left += sorted(self._path.parent.glob(f"{ASIDE}*"))
        if left:
            raise StoreError(
                f"{self._path} is missing, but {', '.join(map(str, left))} is there{count}; put "
                f"the file back or {self._hint.partition(', or ')[0]}; to begin without it move "
                "what is left away too"
            )

    @contextmanager
    def opening(self, db: apsw.Connection) -> Iterator[None]:
        """
        Make one change to a database that has just been opened, and begin or renew its ledger.

        Raises:
            StoreError: as `check`.
        """
        noted = self.check(db)
        with self.change(db, always=not noted):
            yield
            db.execute(_TABLE)
            db.execute(_BEGIN, (secrets.token_bytes(16),))

    def check(self, db: apsw.Connection) -> bool:
        """
        Refuse a database that lacks what was acknowledged; nothing is written.

        Returns:
            Whether the number of this database is noted, in a sound file.

        Raises:
            StoreError: naming the log.
        """
        with open_slots(self._file) as slots:
            if slots is None:
                return False
            lost = _lost(db, slots)
            if lost is not None:
                raise StoreError(
                    f"log {self._path}-wal is damaged or missing: {lost}; {self._hint}"
                )
            if not slots.whole:
                log.warning("%s is damaged; nothing is lost, it is written again", self._file)
            return slots.whole and _noted(db, slots)

    def accept_loss(self, db: apsw.Connection) -> str | None:
        """
        Forget what was acknowledged and is lost, if what is left is whole.

        Returns:
            What is lost, in a clause; None for nothing.

        Raises:
            StoreError: if what is left is no whole database.
        """
        with open_slots(self._file) as slots:
            lost = None if slots is None else _lost(db, slots)
        if lost is not None:
            if db.pragma("integrity_check") != "ok" or db.pragma("foreign_key_check"):
                raise StoreError(
                    f"what is left of {self._path} is not whole; restore it from a backup, or "
                    "move it away and add again"
                )
            forget(self._file)
        return lost

    @contextmanager
    def change(
        self, db: apsw.Connection, *, durable: bool = True, always: bool = False
    ) -> Iterator[None]:
        """
        Make one change in a transaction: counted, and noted once it is durable.

        Args:
            durable: whether *db* waits for the disk; what a power cut may undo is not noted.
            always: count also where nothing was changed.
        """
        count = None
        with transaction(db, "BEGIN IMMEDIATE"):
            before = _marks(db)
            yield
            if always or _marks(db) != before:
                count = CommitNote(*db.execute(_COUNT).get)
        if count is not None and durable:
            self._note(count)
        self._move_log(db, _LONG, wait=False)

    def finish(self, db: apsw.Connection) -> None:
        """Move the log into the database, so that *db* deletes it if it is closed as the last."""
        if self._move_log(db, 0, wait=True):
            db.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0)

    def empty(self, db: apsw.Connection) -> None:
        """Move the log into the database and cut it to nothing, unless somebody still reads it."""
        self._move_log(db, 0, wait=True, cut=True)

    def _note(self, count: CommitNote) -> None:
        with open_slots(self._file, like=self._path) as slots:
            assert slots is not None
            latest = slots.latest
            if latest is None or latest.identity != count.identity:
                slots.write(count)
            # Another process may have committed and noted a later change meanwhile.
            elif latest.number < count.number:
                slots.write(replace(latest, number=count.number))

    def _move_log(
        self,
        db: apsw.Connection,
        least: int,
        *,
        wait: bool,
        cut: bool = False,
    ) -> bool:
        """Move a log of at *least* so many pages, and *cut* it; False if it cannot be moved."""
        # The one waits for readers, so that there is more to move, the other does not.
        mode = apsw.SQLITE_CHECKPOINT_FULL if cut else apsw.SQLITE_CHECKPOINT_PASSIVE
        try:
            length, moved = db.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_NOOP)
            if length < least:
                return True
            with open_slots(self._file, wait=wait) as slots:
                if slots is None or slots.latest is None:
                    return False
                # The disk may have refused to take back the note of a move that has ended.
                if length > moved or slots.latest.moving:
                    slots.write(replace(slots.latest, moving=True))
                    # Busy: somebody reads the log. What could be moved has been.
                    with suppress(apsw.BusyError):
                        db.wal_checkpoint(mode=mode)
                    slots.write(replace(slots.latest, moving=False))
                if cut:
                    _cut(db)
        except (StoreError, apsw.Error) as exc:
            # Nothing is lost, the changes are in the log.
            log.warning("log of %s not moved into it: %s", self._path, exc)
            return False
        return True


def _cut(db: apsw.Connection) -> None:
    """
    Cut a log that is wholly moved to nothing, unless somebody still reads it.

    Not under the note of a move: a kill in between would leave an empty log that looks lost.
    """
    length, moved = db.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_NOOP)
    if length == moved:
        with suppress(apsw.BusyError):
            db.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)


def _lost(db: apsw.Connection, slots: Slots) -> str | None:
    """Say what *db* lacks of what was acknowledged, in a clause; None for nothing."""
    noted, counted = slots.latest, _counted(db)
    if noted is None or (counted is not None and counted.identity != noted.identity):
        return None
    number = 0 if counted is None else counted.number
    if number < noted.number:
        return f"the last {noted.number - number} of {noted.number} acknowledged changes are lost"
    # Another program may have ended the move and deleted the log. The database does not tell:
    # one with pages of different changes in it passes every check of SQLite.
    # Of a damaged file the slot that is left may be the older one.
    moving = noted.moving and slots.whole
    if moving and not db.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_NOOP)[0]:
        return "it was being moved into the database, which may be whole or lack a part"
    return None


def _noted(db: apsw.Connection, slots: Slots) -> bool:
    counted, noted = _counted(db), slots.latest
    return counted is not None and noted is not None and counted.identity == noted.identity


def _counted(db: apsw.Connection) -> CommitNote | None:
    if not db.execute("SELECT 1 FROM sqlite_schema WHERE name = 'ledger'").get:
        return None
    return CommitNote(*db.execute("SELECT identity, number FROM ledger").get)


def _marks(db: apsw.Connection) -> tuple[int, int]:
    """Take what changes with any row or table."""
    return db.total_changes(), db.pragma("schema_version")
