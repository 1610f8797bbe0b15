"""
A disk between the store and the real one: it tells of every call, and may refuse it.

SQLite comes through a VFS, the files of our own through ``os``. Both lead to one
`Watcher`, so that a driver sees the calls of the whole commit protocol in their order. Only
files below one folder are watched.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import apsw

from index.database import pages  # noqa: F401  # its checksums lie below

_BELOW = "cksmvfs"
_NAME = "watched"
# What SQLite calls a call that failed.
_CODES = {
    "open": apsw.SQLITE_CANTOPEN,
    "write": apsw.SQLITE_IOERR_WRITE,
    "truncate": apsw.SQLITE_IOERR_TRUNCATE,
    "sync": apsw.SQLITE_IOERR_FSYNC,
    "delete": apsw.SQLITE_IOERR_DELETE,
}


class Watcher:
    """Sees the calls on files; the methods of this one let everything pass."""

    def before(self, what: str, path: str, size: int = 0) -> int:
        """
        See a call before it is made; may raise OSError instead.

        Returns:
            How many of *size* bytes of a write reach the disk; fewer make it a short write.
        """
        return size

    def after(self, what: str, path: str, offset: int = 0, data: bytes | str = b"") -> None:
        """See what has been done: "write", "truncate", "sync", "delete", "rename" or "open"."""


class _File(apsw.VFSFile):
    def __init__(self, disk: _Disk, name: Any, flags: list[int]) -> None:
        super().__init__(_BELOW, name, flags)
        self._disk = disk
        self._path = name if isinstance(name, str) else name.filename()

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        taken = self._disk.refusing("write", self._path, len(data))
        super().xWrite(data[:taken] if taken < len(data) else data, offset)
        if taken < len(data):
            raise apsw.exception_for(apsw.SQLITE_FULL)
        # Read back: below, the page has got its checksum.
        written = os.pread(self._disk.handle(self._path), len(data), offset)
        self._disk.watcher.after("write", self._path, offset, written)

    def xTruncate(self, size: int) -> None:  # noqa: N802
        self._disk.refusing("truncate", self._path)
        super().xTruncate(size)
        self._disk.watcher.after("truncate", self._path, size)

    def xSync(self, flags: int) -> None:  # noqa: N802
        self._disk.refusing("sync", self._path)
        self._disk.watcher.after("sync", self._path)


class _Disk(apsw.VFS):
    def __init__(self, watcher: Watcher, folder: Path) -> None:
        super().__init__(_NAME, _BELOW)
        self.watcher = watcher
        self._folder = str(folder)
        self._handles: dict[str, int] = {}

    def xOpen(self, name: Any, flags: list[int]) -> Any:  # noqa: N802
        path = name if isinstance(name, str) or name is None else name.filename()
        if path is None or not path.startswith(self._folder):
            return super().xOpen(name, flags)
        self.refusing("open", path)
        return _File(self, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802
        if filename.startswith(self._folder):
            self.refusing("delete", filename)
        super().xDelete(filename, syncdir)
        if filename.startswith(self._folder):
            # The next file of this name is another one.
            self._handles.pop(filename, None)
            self.watcher.after("delete", filename)

    def refusing(self, what: str, path: str, size: int = 0) -> int:
        """Ask the watcher, and say no in SQLite's words."""
        try:
            return self.watcher.before(what, path, size)
        except OSError as exc:
            full = what == "write" and exc.errno == errno.ENOSPC
            raise apsw.exception_for(apsw.SQLITE_FULL if full else _CODES[what]) from exc

    def handle(self, path: str) -> int:
        """Open a file beside SQLite; never closed, which would give up SQLite's locks on it."""
        if path not in self._handles:
            self._handles[path] = os.open(path, os.O_RDONLY)
        return self._handles[path]


class _Calls:
    """Stands in for the functions of ``os`` that write."""

    def __init__(self, watcher: Watcher, folder: Path) -> None:
        self._watcher = watcher
        self._folder = str(folder)
        self._paths: dict[int, str] = {}
        self.real = {name: getattr(os, name) for name in _CALLS}

    def open(self, path: Any, flags: int, *more: Any, **named: Any) -> int:
        mine = str(path).startswith(self._folder) and not os.fspath(path).endswith("sqlite3")
        if mine and flags & os.O_CREAT:
            self._watcher.before("open", str(path))
        empty = flags & os.O_TRUNC or (flags & os.O_CREAT and not Path(path).exists())
        handle: int = self.real["open"](path, flags, *more, **named)
        if mine:
            self._paths[handle] = str(path)
            if empty:
                self._watcher.after("open", str(path))
        return handle

    def write(self, handle: int, data: Any) -> int:
        path = self._paths.get(handle)
        if path is None:
            return int(self.real["write"](handle, data))
        taken = self._watcher.before("write", path, len(data))
        at = os.lseek(handle, 0, os.SEEK_CUR)
        count = int(self.real["write"](handle, bytes(data[:taken])))
        self._watcher.after("write", path, at, bytes(data[:count]))
        return count

    def fsync(self, handle: int) -> None:
        if path := self._paths.get(handle):
            self._watcher.before("sync", path)
            self._watcher.after("sync", path)

    def close(self, handle: int) -> None:
        self._paths.pop(handle, None)
        self.real["close"](handle)

    def replace(self, source: Any, target: Any) -> None:
        mine = str(target).startswith(self._folder)
        if mine:
            self._watcher.before("rename", str(source))
        self.real["replace"](source, target)
        if mine:
            self._watcher.after("rename", str(source), data=str(target))


_CALLS = ("open", "write", "fsync", "close", "replace")


@contextmanager
def watched(watcher: Watcher, folder: Path) -> Iterator[None]:
    """Send all that is done to files below *folder* through *watcher*; nothing is synced."""
    disk, calls = _Disk(watcher, folder), _Calls(watcher, folder)
    apsw.set_default_vfs(_NAME)
    for name in _CALLS:
        setattr(os, name, getattr(calls, name))
    try:
        yield
    finally:
        for name, real in calls.real.items():
            setattr(os, name, real)
        apsw.set_default_vfs(_BELOW)
        disk.unregister()
