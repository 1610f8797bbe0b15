"""
Who uses a data folder: many at a time, or one alone.

Whoever has a database of the folder open shares its lock; what replaces the files under everybody
(a restore) holds it alone. Locks are of the operating system and end with the process. A switch
of files that a kill has interrupted is finished by whoever opens the folder next.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path

from index.database import switch
from index.database.files import BINARY, make_private, tighten
from index.database.locking import lock_alone, lock_shared
from index.errors import StoreError

LOCK = "in-use.lock"

# Seconds to wait for somebody who looks something up, or finishes a switch.
PATIENCE = 2.0
_PAUSE = 0.02
_LOCKS = Path("/proc/locks")


class Share:
    """A lock shared with all who have a database of the folder open; ends with `release`."""

    def __init__(self, folder: Path) -> None:
        """
        Take the lock, and finish an interrupted switch of the folder's files before.

        Raises:
            StoreError: if somebody replaces the files just now, or the folder cannot be written.
        """
        while True:
            handle = _open(folder / LOCK)
            self._handle: int | None = handle
            if not _within(PATIENCE, partial(lock_shared, handle)):
                self.release()
                raise StoreError(
                    f"the files of {folder} are being replaced by {_holders(folder / LOCK)}; try "
                    "again when that is done"
                )
            if not switch.is_pending(folder):
                return
            self.release()
            finish_switch(folder)

    def release(self) -> None:
        """Give the lock up; calling it twice is fine."""
        handle, self._handle = self._handle, None
        if handle is not None:
            # Not unlocked: a fork that closes its copy must not take the lock from us.
            os.close(handle)


@contextmanager
def sharing(folder: Path) -> Iterator[None]:
    """Share the lock of *folder* until the end of the block; raises as `Share`."""
    share = Share(folder)
    try:
        yield
    finally:
        share.release()


@contextmanager
def alone(folders: Iterable[Path]) -> Iterator[None]:
    """
    Be the only one who uses *folders* until the end of the block.

    Raises:
        StoreError: naming who else does.
    """
    with ExitStack() as stack:
        for folder in sorted({folder.resolve() for folder in folders}):
            handle = _open(folder / LOCK)
            stack.callback(os.close, handle)
            if not _within(PATIENCE, partial(lock_alone, handle)):
                raise StoreError(
                    f"{folder} is in use by {_holders(folder / LOCK)}; stop that first, and try "
                    "again"
                )
        yield


def finish_switch(folder: Path) -> None:
    """
    Finish a switch that was interrupted, or take it back if it had not begun.

    Raises:
        StoreError: if somebody else uses the folder, or a file cannot be moved.
    """
    with alone(switch.homes_of(folder)):
        switch.finish(folder)


def _open(path: Path) -> int:
    try:
        make_private(path)
        handle = os.open(path, os.O_RDWR | BINARY)
    except OSError as exc:
        raise StoreError(
            f"{path} cannot be written ({exc.strerror}); give this account write access or set "
            "INDEX_DATA_DIR elsewhere"
        ) from exc
    tighten(path)
    return handle


def _within(seconds: float, attempt: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + seconds
    while not attempt():
        if time.monotonic() > deadline:
            return False
        time.sleep(_PAUSE)
    return True


def _holders(path: Path) -> str:
    """Name the processes that hold the lock *path*, as far as the system tells."""
    names = []
    if sys.platform == "linux":
        with suppress(OSError):
            inode = path.stat().st_ino
            for line in _LOCKS.read_text().splitlines():
                kind, *fields = line.split()[1:]
                if kind == "FLOCK" and fields[3].rpartition(":")[2] == str(inode):
                    names.append(_process(fields[2]))
    return " and ".join(dict.fromkeys(names)) or f"another process (`lsof {path}` names it)"


def _process(number: str) -> str:
    words = ""
    with suppress(OSError):
        line = Path(f"/proc/{number}/cmdline").read_bytes().replace(b"\0", b" ")
        words = " ".join(line.decode("utf-8", "replace").split())[-80:]
    return f"process {number} ({words})" if words else f"process {number}"
