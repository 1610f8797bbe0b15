"""
A small file beside a database that tells how many of its changes have been acknowledged.

It has two slots, each in a sector of its own and with its SHA-256, which are written in place in
turn: whatever happens meanwhile, one of them holds. Who reads or writes has the file locked; the
lock is of the operating system and ends with the process.
"""

from __future__ import annotations

import hashlib
import os
import struct
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from index.database.files import BINARY, PRIVATE_FILE, own_alike, sync_folder, write_all
from index.database.locking import locked
from index.errors import StoreError

ENDING = "-acknowledged"

_SECTOR = 4_096
# A word to know it by, the number of the writing, then the fields of CommitNote.
_SLOT = struct.Struct("<8sQ16sQ?")
_WORD = b"onrecord"
_DIGEST = hashlib.sha256().digest_size


@dataclass(frozen=True, slots=True)
class CommitNote:
    """
    What is known of a database apart from it.

    ``identity`` tells it from another one in its place, ``number`` counts its changes, and
    ``moving`` is set while its write-ahead log is being moved into it.
    """

    identity: bytes
    number: int
    moving: bool = False


class Slots:
    """The open and locked file; ``latest`` is None where neither slot can be read."""

    def __init__(self, handle: int) -> None:
        self._handle = handle
        read = [_unpack(_read(handle, at)) for at in (0, _SECTOR)]
        sound = [slot for slot in read if slot is not None]
        self.whole = len(sound) == len(read)
        self._turn, self.latest = _newest(sound)

    def write(self, latest: CommitNote) -> None:
        """Replace the older slot; on disk when this returns."""
        self._turn += 1
        fields = (latest.identity, latest.number, latest.moving)
        slot = _SLOT.pack(_WORD, self._turn, *fields)
        for place in (self._turn % 2,) if self.latest else (0, 1):
            os.lseek(self._handle, place * _SECTOR, os.SEEK_SET)
            write_all(self._handle, slot + hashlib.sha256(slot).digest())
        os.fsync(self._handle)
        self.latest = latest


@contextmanager
def open_slots(
    path: Path, *, like: Path | None = None, wait: bool = True
) -> Iterator[Slots | None]:
    """
    Lock the file *path*.

    Args:
        like: make it where there is none, with the owner and the mode of this file.
        wait: for another process that has it locked.

    Yields:
        None where there is none, or if another one has it and is not waited for.

    Raises:
        StoreError: if it cannot be read or written.
    """
    with explained(path):
        fresh = not path.exists()
        if fresh and like is None:
            yield None
            return
        handle = os.open(path, os.O_RDWR | os.O_CREAT | BINARY, PRIVATE_FILE)
        try:
            if fresh and like is not None:
                own_alike(handle, like)
            with locked(handle, wait=wait) as alone:
                yield Slots(handle) if alone else None
            if fresh:
                sync_folder(path.parent)
        finally:
            os.close(handle)


def forget(path: Path) -> None:
    """Delete the file *path*, if there is one; StoreError if that cannot be done."""
    with explained(path):
        path.unlink(missing_ok=True)


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Raise what the system says of the file *path* as StoreError, in plain words."""
    try:
        yield
    except OSError as exc:
        raise StoreError(
            f"{path} cannot be written ({exc.strerror}); free space there, and give this account "
            "write access or set INDEX_DATA_DIR elsewhere"
        ) from exc


def _read(handle: int, at: int) -> bytes:
    os.lseek(handle, at, os.SEEK_SET)
    return os.read(handle, _SLOT.size + _DIGEST)


def _newest(sound: Sequence[tuple[int, CommitNote]]) -> tuple[int, CommitNote | None]:
    return max(sound, key=lambda slot: slot[0], default=(0, None))


def _unpack(data: bytes) -> tuple[int, CommitNote] | None:
    """Read a slot; None if it is not as it was written."""
    slot, digest = data[: _SLOT.size], data[_SLOT.size :]
    if len(slot) < _SLOT.size or hashlib.sha256(slot).digest() != digest:
        return None
    _, turn, *fields = _SLOT.unpack(slot)
    return turn, CommitNote(*fields)
