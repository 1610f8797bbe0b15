"""
How SQLite keeps the pages of our files: a checksum on each, and the journal.

SQLite itself notices few damaged bytes. Its own page checksums (cksumvfs, which comes with
apsw) make a read of a damaged page fail instead of serving it. They cover the main file; the
write-ahead log is checked by SQLite when it is read after a crash (what is left out of it then
without a word, ``ledger`` notices), and articles carry hashes of their own besides. Loading
them is process-wide; files of others have none and are let through.
"""

from __future__ import annotations

import logging
import time
from contextlib import closing
from pathlib import Path

import apsw
from apsw import sqlite_extra

from index.errors import StoreError

log = logging.getLogger(__name__)

# Before it SQLite can lose writes where two connections meet at a checkpoint of the log.
_SAFE_LOG = (3, 51, 3)
_CHECKSUM_BYTES = 8
_PAUSE = 0.01


def _load_checksums() -> None:
    with closing(apsw.Connection(":memory:")) as db:
        sqlite_extra.load(db, "cksumvfs")


_load_checksums()


def keep_checksums(db: apsw.Connection, path: Path) -> None:
    """
    Have every page of the file carry a checksum; an older file without is rewritten.

    Raises:
        StoreError: if it cannot be, because another process has the older file open.
    """
    if not path.exists() or path.stat().st_size == 0:
        # To be said before SQLite looks at the file, or it lays out pages without.
        db.reserve_bytes("main", _CHECKSUM_BYTES)
        return
    if db.pragma("page_count") == 0 or db.reserve_bytes("main") == _CHECKSUM_BYTES:
        return
    log.warning("giving the pages of %s checksums", path)
    try:
        # Alone in the file: another connection would go on writing pages without.
        db.pragma("locking_mode", "exclusive")
        db.pragma("journal_mode", "delete")
        db.reserve_bytes("main", _CHECKSUM_BYTES)
        # Pages that leave a full cache before the first page is written get no checksum.
        db.pragma("cache_spill", False)
        db.execute("VACUUM")
        db.pragma("locking_mode", "normal")
        # The lock is given back by the next reading.
        db.pragma("page_count")
    except apsw.BusyError as exc:
        raise StoreError(
            f"index {path} is of an older version and open in another process; stop that one, "
            "and start this one again"
        ) from exc


def begin_journal(db: apsw.Connection, patience: float) -> None:
    """
    Use the write-ahead log; with an unsafe SQLite the rollback journal, where readers wait.

    Args:
        patience: seconds to wait for another process that opens the same new file: SQLite
            does not wait for this one change.
    """
    version = tuple(int(part) for part in apsw.sqlite_lib_version().split("."))
    wanted = "wal" if version >= _SAFE_LOG else "delete"
    if wanted == "delete":
        log.warning("SQLite %s is older than 3.51.3: safe mode", apsw.sqlite_lib_version())
    deadline = time.monotonic() + patience
    while db.pragma("journal_mode") != wanted:
        try:
            db.pragma("journal_mode", wanted)
        except apsw.BusyError:
            if time.monotonic() > deadline:
                raise
            time.sleep(_PAUSE)


def is_page_damage(exc: apsw.Error) -> bool:
    """Return whether SQLite failed because a page does not have its checksum."""
    return getattr(exc, "extendedresult", 0) == apsw.SQLITE_IOERR_DATA
