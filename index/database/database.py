"""
The SQLite file of one index: its connections, its transactions, its faults in plain words.

SQLite comes with apsw: the one inside Python 3.11 can corrupt a WAL database when two
connections meet at a checkpoint. A connection serves one thread at a time, so they are pooled
and lent out for one transaction each. After a fork SQLite's locks are silently lost; a store
opened before it is refused in the child. How pages are kept is the matter of ``pages``, that
nothing acknowledged is missing that of ``ledger``.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from shutil import disk_usage
from threading import Lock
from typing import Any

import apsw

from index.database.files import make_private_folder, refuse_linked
from index.database.in_use import Share, alone, sharing
from index.database.ledger import Ledger, own_log, transaction
from index.database.pages import begin_journal, is_page_damage, keep_checksums
from index.database.switch import is_pending
from index.errors import StoreError

log = logging.getLogger(__name__)

# How long a writer waits for another one, in milliseconds.
PATIENCE_MS = 30_000
_WAL_LIMIT = 64 * 1024 * 1024

_HINT = (
    "restore a backup with --force, or have what is left checked and go on with it by "
    "`onrecord rebuild --accept-loss`"
)
_DAMAGED = (
    "is damaged or no index; restore it from a backup, or move it away with its -acknowledged "
    "file and add again"
)
_WRITE = "cannot be written; give this account write access or set INDEX_DATA_DIR elsewhere"
_FULL = "cannot grow, the disk is full; free space and try again"
# Less than SQLite wants beside a database before the first question, in bytes.
_LEAST_FREE = 64 * 1024
_FAULTS: tuple[tuple[type[apsw.Error], str], ...] = (
    (apsw.NotADBError, _DAMAGED),
    (apsw.CorruptError, _DAMAGED),
    (apsw.BusyError, "is being written by another process; try again when that is done"),
    (apsw.LockedError, "is being written by another process; try again when that is done"),
    (apsw.FullError, _FULL),
    (apsw.ReadOnlyError, _WRITE),
    (apsw.CantOpenError, _WRITE),
    (apsw.PermissionsError, _WRITE),
    (apsw.IOError, "cannot be read or written; check the disk and `onrecord doctor`"),
)


@dataclass(frozen=True, slots=True)
class Layout:
    """
    What a file of ours holds: how it is made, and how one of an older format is brought up.

    ``application`` tells our files from other people's databases. ``steps`` leads from format n
    to n + 1 under key n; each runs in the transaction that opens the file. A folder that was
    restored must hold an ``essential`` one.
    """

    application: int
    format: int
    create: Callable[[apsw.Connection], None]
    steps: Mapping[int, Callable[[apsw.Connection], None]] = field(default_factory=dict)
    essential: bool = False


class Database:
    """
    Lends connections to one SQLite file, each for one transaction.

    Raises:
        StoreError: from every method, for whatever SQLite refuses.
    """

    def __init__(self, path: Path, layout: Layout) -> None:
        """Open the file *path*, making it, or bringing it up to the format of *layout*."""
        self.path = path
        self._ledger = Ledger(path, _HINT, essential=layout.essential)
        self._idle: list[apsw.Connection] = []
        self._lock = Lock()
        self._writer = Lock()
        self._process = os.getpid()
        self._closed = False
        try:
            make_private_folder(path.parent)
        except OSError as exc:
            raise StoreError(f"folder {path.parent} {_WRITE} ({exc.strerror})") from exc
        self._share = Share(path.parent)
        try:
            with explained(path):
                _prepare(path, layout, self._ledger)
        except BaseException:
            self._share.release()
            raise

    @contextmanager
    def reading(self) -> Iterator[apsw.Connection]:
        """Lend a connection that sees one state of the index from first to last."""
        self.check_process()
        with self._lent(_reading) as db:
            yield db

    @contextmanager
    def reading_afresh(self) -> Iterator[apsw.Connection]:
        """
        Lend a connection as `reading` does, but a new one.

        For SQLite's own check: on a connection that has been idle while another one wrote,
        FTS5 compares an old list of its segments with the file and reports damage (a search
        looks at the file's version first, the check does not).
        """
        self.check_process()
        with self._lent(_reading, afresh=True) as db:
            yield db

    @contextmanager
    def writing(self) -> Iterator[apsw.Connection]:
        """Lend a connection for one change: durable on leaving, undone on any exception."""
        self.check_process()
        with self._writer, self._lent(self._ledger.change) as db:
            yield db

    def close(self) -> None:
        """Close all connections; calling it twice is fine."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        try:
            if os.getpid() == self._process:
                with explained(self.path):
                    for db in idle:
                        self._dismiss(db)
        finally:
            self._share.release()

    @property
    def closed(self) -> bool:
        """True after `close`."""
        return self._closed

    @contextmanager
    def _lent(
        self,
        transaction: Callable[[apsw.Connection], AbstractContextManager[None]],
        afresh: bool = False,
    ) -> Iterator[apsw.Connection]:
        with explained(self.path):
            db = self._take(afresh)
            try:
                with transaction(db):
                    yield db
            finally:
                self._give_back(db)

    def check_process(self) -> None:
        """
        Refuse to work in a fork; to be called before any lock, which may stay taken there.

        Raises:
            StoreError: in another process than the one that opened the file.
        """
        if os.getpid() != self._process:
            raise StoreError(
                f"index {self.path} was opened by process {self._process}, this is its fork "
                f"{os.getpid()}; open the store after forking, or start processes by spawn"
            )

    def _take(self, afresh: bool) -> apsw.Connection:
        with self._lock:
            if self._closed:
                raise StoreError(f"index {self.path} is closed; open it again")
            if self._idle and not afresh:
                return self._idle.pop()
        return connect(self.path)

    def _give_back(self, db: apsw.Connection) -> None:
        with self._lock:
            if not self._closed:
                self._idle.append(db)
                return
        self._dismiss(db)

    def _dismiss(self, db: apsw.Connection) -> None:
        self._ledger.finish(db)
        db.close()


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Raise what SQLite says of the file *path* as StoreError, in plain words."""
    try:
        yield
    except apsw.Error as exc:
        fault = next((text for kind, text in _FAULTS if isinstance(exc, kind)), None)
        why = fault or "refused the request; run `onrecord doctor`"
        why = _DAMAGED if is_page_damage(exc) else why
        why = _FULL if isinstance(exc, apsw.IOError) and _is_full(path.parent) else why
        raise StoreError(f"index {path} {why} ({exc})") from exc
    except UnicodeDecodeError as exc:
        raise StoreError(f"index {path} {_DAMAGED} ({exc})") from exc


def _is_full(folder: Path) -> bool:
    """Return whether *folder* has too little space left even to read: SQLite says "I/O error"."""
    try:
        return disk_usage(folder).free < _LEAST_FREE
    except OSError:
        return False


def accept_loss(path: Path) -> str | None:
    """
    Go on with what is left of a database whose log was damaged.

    Returns:
        What is lost, in a clause; None for nothing.

    Raises:
        StoreError: if what is left is not whole, or somebody else uses it.
    """
    refuse_linked(path)
    with alone([path.parent]), explained(path), closing(connect(path)) as db:
        return Ledger(path, _HINT).accept_loss(db)


def is_there(path: Path, *, essential: bool = False) -> bool:
    """
    Return whether the database *path* is there; finishes an interrupted restore before.

    Args:
        essential: as in `Layout`.

    Raises:
        StoreError: if it is missing though something is left of it, or just being replaced.
    """
    folder = path.parent
    if path.exists() and not is_pending(folder):
        return True
    # In a folder with nothing in it no lock is made either.
    if folder.is_dir() and any(folder.iterdir()):
        with sharing(folder):
            if not path.exists():
                Ledger(path, _HINT, essential=essential).refuse_missing()
    return path.exists()


def check_complete(path: Path, db: apsw.Connection) -> None:
    """Raise StoreError if *db*, opened from *path*, lacks something that was acknowledged."""
    Ledger(path, _HINT).check(db)


def rows_of(db: apsw.Connection, query: str, bindings: Sequence[Any] = ()) -> list[Any]:
    """Run *query* and fetch all rows; their types are known from the schema alone."""
    return list(db.execute(query, tuple(bindings)))


def connect(path: Path) -> apsw.Connection:
    """Open one connection with the settings that every one of them needs."""
    db = apsw.Connection(str(path))
    own_log(db)
    db.set_busy_timeout(PATIENCE_MS)
    db.execute("PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA cell_size_check = ON")
    db.execute(f"PRAGMA journal_size_limit = {_WAL_LIMIT}")
    return db


def _prepare(path: Path, layout: Layout, ledger: Ledger) -> None:
    ledger.before_opening()
    with closing(connect(path)) as db:
        keep_checksums(db, path)
        begin_journal(db, PATIENCE_MS / 1000)
        with ledger.opening(db):
            _check_or_create(db, path, layout)


def _reading(db: apsw.Connection) -> AbstractContextManager[None]:
    return transaction(db, "BEGIN")


def _check_or_create(db: apsw.Connection, path: Path, layout: Layout) -> None:
    application, version = db.pragma("application_id"), db.pragma("user_version")
    if application == 0 and version == 0 and not db.execute("SELECT 1 FROM sqlite_schema").get:
        layout.create(db)
        db.pragma("application_id", layout.application)
        db.pragma("user_version", layout.format)
    elif application != layout.application:
        raise StoreError(
            f"{path} is a database of another program; set INDEX_DATA_DIR to another folder"
        )
    elif version != layout.format:
        _bring_up(db, path, layout, version)


def _bring_up(db: apsw.Connection, path: Path, layout: Layout, version: int) -> None:
    if version > layout.format or version not in layout.steps:
        raise StoreError(
            f"index {path} has format {version}, this version of onrecord uses {layout.format}; "
            "use the version that wrote it, or move the file away and add the articles again"
        )
    log.warning("bringing %s from format %d to %d", path, version, layout.format)
    for step in range(version, layout.format):
        layout.steps[step](db)
    db.pragma("user_version", layout.format)
