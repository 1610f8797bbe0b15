"""
Write a file so that its name holds the old bytes or the new ones whole, whatever happens.

The bytes go aside, are synced and renamed, and then the folder is synced: without the last
step a power loss may undo the rename after it has been reported as done.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable
from pathlib import Path

# Without it Windows writes a line's end as two bytes.
BINARY = getattr(os, "O_BINARY", 0)

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
        file = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | BINARY, 0o666)
        try:
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


def _clear(path: Path) -> None:
    for left in path.parent.glob(f"{path.name}.*.tmp"):
        if left.stat().st_mtime < time.time() - _LEFT_BEHIND:
            left.unlink(missing_ok=True)
