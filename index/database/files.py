"""
Write a file so that its name holds the old bytes or the new ones whole, whatever happens.

The bytes go aside, are synced and renamed, and then the folder is synced: without the last
step a power loss may undo the rename after it has been reported as done.
"""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from index.errors import StoreError

# Without it Windows writes a line's end as two bytes.
BINARY = getattr(os, "O_BINARY", 0)

# What is kept is for this account alone, whatever the umask: it says who asked what.
PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700
_OTHERS = 0o077
_OURS = re.compile(
    r"(onrecord\.sqlite3|arrivals\.sqlite3|alerts\.sqlite3|bot\.db|vectors\.faiss|parties\.tsv"
    r"|corrections\.(?:tsv|lock)|sets\.toml|feeds\.opml|(?:feeds|reader)\.key|indexer\.lock"
    r"|in-use\.lock|feeds\.lock|restore\.json|replaced-|\.restoring-)"
)
_NAMED_AS_OURS = re.compile(
    r"(?:onrecord\.sqlite3|arrivals\.sqlite3|alerts\.sqlite3|bot\.db)(?:-wal|-shm|-acknowledged)?"
    r"|vectors\.faiss|parties\.tsv|corrections\.(?:tsv|lock)|sets\.toml|feeds\.(?:opml|key)"
    r"|reader\.key|(?:indexer|in-use|feeds)\.lock|restore\.json"
)

# What a killed process left aside is cleared away when it is a day old.
_LEFT_BEHIND = 86_400


def write_whole(path: Path, parts: Iterable[bytes | memoryview]) -> None:
    """
    Write *parts*, one after another, as the file *path*.

    Raises:
        OSError: if that fails; *path* is as it was.
    """
    _clear(path)
    aside = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        file = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | BINARY, PRIVATE_FILE)
        try:
            own_alike(file, path.parent, mode=PRIVATE_FILE)
            for part in parts:
                write_all(file, part)
            os.fsync(file)
        finally:
            os.close(file)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
    sync_folder(path.parent)


def write_all(file: int, data: bytes | memoryview) -> None:
    """Write all of *data* where *file* stands."""
    left = memoryview(data).cast("B")
    # The system may take less than it is given, at the latest at 2 GB.
    while left:
        left = left[os.write(file, left) :]


def sync_folder(folder: Path) -> None:
    """Make the names in *folder* outlive a loss of power; Windows opens no folder."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def own_alike(handle: int, like: Path, *, mode: int | None = None) -> None:
    """Give the open file the owner of *like*, and *mode* or that of *like*, as far as permitted."""
    if sys.platform != "win32":
        with suppress(OSError):
            known = like.stat()
            # The mode first: who gives a file away may no longer change it.
            os.fchmod(handle, known.st_mode & 0o777 if mode is None else mode)
            os.fchown(handle, known.st_uid, known.st_gid)


def make_private_folder(folder: Path) -> None:
    """
    Make *folder* unless it is there, for this account alone; so becomes one that holds only ours.

    Raises:
        OSError: if that fails.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
    # One in which others put files too (an inbox within it) is theirs as well.
    if all(_OURS.match(entry.name) for entry in folder.iterdir()):
        tighten(folder)


def make_private(path: Path) -> None:
    """
    Make the file *path* unless it is there, for this account alone.

    Made by root it belongs to the owner of its folder, who could not use it otherwise.

    Raises:
        OSError: if that fails.
    """
    if path.exists():
        return
    handle = os.open(path, os.O_RDWR | os.O_CREAT | BINARY, PRIVATE_FILE)
    try:
        own_alike(handle, path.parent, mode=PRIVATE_FILE)
    finally:
        os.close(handle)


def tighten(path: Path) -> None:
    """Take the rights of others from the file or folder *path*, as far as permitted."""
    if sys.platform != "win32":
        with suppress(OSError):
            mode = path.stat().st_mode & 0o777
            if mode & _OTHERS:
                path.chmod(mode & ~_OTHERS)


def require_output(path: Path) -> None:
    """
    Refuse to put what somebody wants written in the place of a file of ours, or of a device.

    Raises:
        StoreError: naming *path*.
    """
    if _NAMED_AS_OURS.fullmatch(path.name):
        raise StoreError(f"{path} has the name of a file of the index; name another file")
    if path.exists() and not path.is_file():
        raise StoreError(f"{path} is no regular file; name another file")


def refuse_linked(path: Path) -> None:
    """
    Refuse a database that is reached by two names.

    Each name has a log and locks of its own, so that two programs destroy each other's work.

    Raises:
        StoreError: if *path* is a link, or the file has a second name.
    """
    if path.is_symlink() or (path.exists() and path.stat().st_nlink > 1):
        raise StoreError(
            f"{path} is a link, or another name links to it; put a copy in its place, or name the "
            "folder of the file itself"
        )


def _clear(path: Path) -> None:
    for left in path.parent.glob(f"{path.name}.*.tmp"):
        if left.stat().st_mtime < time.time() - _LEFT_BEHIND:
            left.unlink(missing_ok=True)
