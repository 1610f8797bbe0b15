"""
The files of a watched folder, in the hands of whoever may write there.

Traps: a link may lead out of the folder, to what only we can read; a name is bytes, of any kind
and up to 255 of them; a pipe blocks whoever opens it. So each part of a path is opened without
following links, and whether somebody still writes a file is asked of the system: a lease for
reading is refused as long as anybody has it open for writing, whichever account that is. Network
mounts know no leases of others.
"""

from __future__ import annotations

import errno
import os
import signal
import stat
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from itertools import chain, count
from pathlib import Path
from typing import BinaryIO

from index.text.printable import printable_line

_MOUNTS = Path("/proc/self/mountinfo")
# File systems on which others write without this machine knowing.
_REMOTE = ("nfs", "cifs", "smb", "fuse", "9p", "ceph", "afs", "gfs", "glusterfs", "lustre")
_HEX = "bytes:"
_LONGEST_NAME = 255
_REASON = ".reason.txt"
# What copying and editing programs call a file that is not whole yet.
_UNFINISHED = (
    ".part", ".partial", ".tmp", ".temp", ".crdownload", ".download", ".filepart", ".swp", ".swx",
    ".lock",
)  # fmt: skip
# Seconds without a change after which a file of an unknown name is looked at.
_OLD = 60.0


def mark_of(path: Path) -> str | None:
    """Describe the state of a file, or of a link; None if it is neither, or empty."""
    try:
        state = path.lstat()
    except OSError:
        return None
    if stat.S_ISLNK(state.st_mode):
        return f"link-{state.st_ino}-{state.st_mtime_ns}"
    if not stat.S_ISREG(state.st_mode) or not state.st_size:
        return None
    return f"{state.st_ino}-{state.st_size}-{state.st_mtime_ns}"


def mark_of_other(path: Path) -> str | None:
    """Describe the state of a file that may be empty; None for what is no file, or new."""
    try:
        state = path.lstat()
    except OSError:
        return None
    old = time.time() - state.st_mtime >= _OLD
    return (
        f"other-{state.st_size}-{state.st_mtime_ns}"
        if stat.S_ISREG(state.st_mode) and old
        else None
    )


def is_unfinished(name: str) -> bool:
    """Return whether a name is one that programs give to a file they are about to rename."""
    return name.startswith("~") or name.endswith("~") or name.lower().endswith(_UNFINISHED)


def was_renamed(path: Path) -> bool:
    """Return whether a file got its name after its content."""
    try:
        state = path.lstat()
    except OSError:
        return False
    return state.st_ctime_ns > state.st_mtime_ns


def size_of(path: Path) -> int:
    """Return the size of a file in bytes; 0 if it is gone."""
    try:
        return path.lstat().st_size
    except OSError:
        return 0


def open_within(folder: Path, path: Path) -> BinaryIO:
    """
    Open a file below *folder* for reading, without following a link.

    Raises:
        OSError: if it cannot be read, is no regular file, or a link stands in its path.
    """
    if sys.platform == "win32":
        if os.path.realpath(path) != str(path):
            raise OSError(errno.ELOOP, "it is a link")
        return path.open("rb")
    with _folder_of(folder, path) as here:
        try:
            # A pipe would block; what it is, is looked at once it is open.
            flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
            handle = os.open(path.name, flags, dir_fd=here)
        except OSError as exc:
            raise OSError(exc.errno, _why(exc)) from exc
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError(errno.EINVAL, "it is no regular file")
    return os.fdopen(handle, "rb")


@contextmanager
def _folder_of(folder: Path, path: Path) -> Iterator[int]:
    """Open the folder of *path*, which lies below *folder*, without following a link."""
    here = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        for part in path.relative_to(folder).parts[:-1]:
            inner = os.open(part, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=here)
            os.close(here)
            here = inner
        yield here
    except OSError as exc:
        raise OSError(exc.errno, _why(exc)) from exc
    finally:
        os.close(here)


def _why(exc: OSError) -> str:
    linked = exc.errno in (errno.ELOOP, errno.ENOTDIR)
    return "it is a link, or lies behind one" if linked else exc.strerror or str(exc)


def is_written(file: BinaryIO) -> bool | None:
    """Return whether somebody has *file* open for writing; None if the system cannot tell."""
    if sys.platform != "linux":
        return None
    import fcntl  # Windows has none

    handle = file.fileno()
    state = os.fstat(handle)
    if not _is_remote(state.st_dev):
        try:
            # Who opens it meanwhile waits a moment; the signal for that is one without effect.
            fcntl.fcntl(handle, fcntl.F_SETSIG, signal.SIGURG)
            fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        except OSError as exc:
            if exc.errno == errno.EAGAIN:
                return True
        else:
            fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_UNLCK)
            return False
    return _is_open_for_writing(state) or None


def _is_open_for_writing(state: os.stat_result) -> bool:
    """Look for the file among those that processes of this account have open for writing."""
    for folder in Path("/proc").glob("[0-9]*/fd"):
        with suppress(OSError):
            for link in folder.iterdir():
                with suppress(OSError):
                    found = link.stat()
                    same = (found.st_dev, found.st_ino) == (state.st_dev, state.st_ino)
                    if same and link.lstat().st_mode & stat.S_IWUSR:
                        return True
    return False


@lru_cache(maxsize=64)
def _is_remote(device: int) -> bool:
    """Return whether the file system with this number lies on another machine."""
    number = f"{os.major(device)}:{os.minor(device)}"
    with suppress(OSError):
        for line in _MOUNTS.read_text("utf-8", "replace").splitlines():
            fields, _, kind = line.partition(" - ")
            if fields.split()[2] == number:
                return kind.startswith(_REMOTE)
    return True


def key_of(path: Path) -> str:
    """Name a file so that a database can keep it: as it is, or its bytes if they are not UTF-8."""
    try:
        str(path).encode("utf-8")
    except UnicodeEncodeError:
        return _HEX + os.fsencode(path).hex()
    return str(path)


def path_of(key: str) -> Path:
    """Find the file that `key_of` named."""
    if key.startswith(_HEX):
        return Path(os.fsdecode(bytes.fromhex(key.removeprefix(_HEX))))
    return Path(key)


def set_aside(folder: Path, path: Path, aside: str, reasons: Sequence[str]) -> None:
    """
    Move a file below *folder* into the folder *aside* within that, its reasons beside it.

    Raises:
        OSError: if it cannot be moved, or a link leads somewhere else.
    """
    place = folder / aside
    with suppress(FileExistsError):
        place.mkdir()
    names = (_name(path, f"-{number}") for number in count(2))
    name = next(n for n in chain([_name(path)], names) if _free(place / n))
    lines = "\n".join(map(printable_line, reasons)) + "\n"
    if sys.platform == "win32":
        if place.is_symlink() or path.parent != Path(os.path.realpath(path.parent)):
            raise OSError(errno.ELOOP, "a link stands in its path")
        path.replace(place / name)
        (place / f"{name}{_REASON}").write_text(lines, encoding="utf-8")
        return
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
    with _folder_of(folder, path) as source, _folder_of(folder, place / name) as target:
        os.rename(path.name, name, src_dir_fd=source, dst_dir_fd=target)
        reason = os.open(f"{name}{_REASON}", flags, 0o666, dir_fd=target)
        with os.fdopen(reason, "w", encoding="utf-8") as file:
            file.write(lines)


def _name(path: Path, number: str = "") -> str:
    """Give a file a name that leaves room for that of its reason."""
    suffix = os.fsencode(path.suffix)
    room = _LONGEST_NAME - len(_REASON) - len(number) - len(suffix)
    stem = os.fsencode(path.stem)[:room]
    if key_of(path) == str(path):
        # A letter of several bytes is not cut within.
        stem = stem.decode("utf-8", "ignore").encode()
    return os.fsdecode(stem + number.encode() + suffix)


def _free(place: Path) -> bool:
    return not any(os.path.lexists(p) for p in (place, place.with_name(f"{place.name}{_REASON}")))
