"""
Lock an open file among processes, by what the operating system has for it.

The lock ends with the process, however that ends. Windows refuses others even to read what is
locked, so there a byte far behind the content is.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_BEHIND = 1 << 30
# Windows knows no shared lock: who shares takes one of so many bytes, who is alone all of them.
_SHARES = 1_024
_PAUSE = 0.01


@contextmanager
def locked(file: int, *, wait: bool) -> Iterator[bool]:
    """
    Lock the open *file* until the end of the block.

    Args:
        wait: for another process that has it locked.

    Yields:
        False if another one has it and is not waited for.
    """
    got = _lock(file, wait)
    try:
        yield got
    finally:
        if got:
            _unlock(file)


if sys.platform == "win32":

    def lock_shared(file: int) -> bool:
        """Share the lock of the open *file* until it is closed; False if another is alone."""
        return any(_take(file, place, 1) for place in range(_SHARES))

    def lock_alone(file: int) -> bool:
        """Hold the lock of the open *file* until it is closed; False if another has it."""
        return _take(file, 0, _SHARES)

    def _take(file: int, place: int, count: int) -> bool:
        os.lseek(file, _BEHIND + place, os.SEEK_SET)
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, count)
        except OSError:
            return False
        return True

    def _lock(file: int, wait: bool) -> bool:
        while True:
            try:
                _at_the_byte(file, msvcrt.LK_NBLCK)
            except PermissionError:
                if not wait:
                    return False
                # Its own way of waiting gives up after ten seconds.
                time.sleep(_PAUSE)
            else:
                return True

    def _unlock(file: int) -> None:
        _at_the_byte(file, msvcrt.LK_UNLCK)

    def _at_the_byte(file: int, mode: int) -> None:
        stood = os.lseek(file, 0, os.SEEK_CUR)
        os.lseek(file, _BEHIND, os.SEEK_SET)
        try:
            msvcrt.locking(file, mode, 1)
        finally:
            os.lseek(file, stood, os.SEEK_SET)

else:

    def lock_shared(file: int) -> bool:
        """Share the lock of the open *file* until it is closed; False if another is alone."""
        return _flock(file, fcntl.LOCK_SH)

    def lock_alone(file: int) -> bool:
        """Hold the lock of the open *file* until it is closed; False if another has it."""
        return _flock(file, fcntl.LOCK_EX)

    def _flock(file: int, kind: int) -> bool:
        try:
            fcntl.flock(file, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _lock(file: int, wait: bool) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _unlock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)
