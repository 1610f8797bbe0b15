"""
Watched folders: a file is received when it is whole, and set aside when it is invalid.

Traps: a file shows up with its first byte, long before its last, so it must have rested for a
moment; one that was renamed into place is whole at once (its name is younger than its content).
Events get lost (network mounts, a full queue of the system), so the folders are read through now
and then as well. Deleting a file withdraws nothing: desks tidy their folders.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Sequence
from itertools import chain, count
from pathlib import Path
from threading import Event, Thread

from watchfiles import watch

from index import formats
from index.arrivals.schedule import Schedule
from index.errors import SettingsError
from index.queue import Queue
from index.sources.folder import read_paths

log = logging.getLogger(__name__)

# Where a watched folder keeps what could not be read; beside each file lies its reason.
FAILED = "failed"
# Seconds without a change after which a file counts as whole.
_REST = 0.5
# Seconds between two looks through the folders; events tell nearly all of it earlier.
_LOOK = 30.0
# Milliseconds between two looks at the files that are not whole yet.
_TICK = 200


class Folders:
    """A `Source`: article files in some folders and all below them."""

    def __init__(self, folders: Sequence[Path], *, poll: bool = False) -> None:
        """
        Choose the folders.

        Args:
            poll: look at the files instead of waiting for events, as network mounts need.

        Raises:
            SettingsError: for a folder that is none.
        """
        for folder in folders:
            if not folder.is_dir():
                raise SettingsError(f"{folder} is no folder; make it, or name another to watch")
        self._folders = [folder.resolve() for folder in folders]
        self._poll = poll
        self._stop = Event()
        self._thread: Thread | None = None
        # File -> its mark, and since when it has it (monotonic seconds).
        self._resting: dict[Path, tuple[str, float]] = {}

    def start(self, queue: Queue, schedule: Schedule) -> None:
        """Begin to watch, and receive what came before."""
        for folder in self._folders:
            log.info("watching %s", folder)
        self._thread = Thread(target=self._watch, args=(queue,), name="watch", daemon=True)
        self._thread.start()
        schedule.every(_LOOK, "look through the folders", lambda: self.look(queue))

    def stop(self) -> None:
        """End within a moment."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()

    def look(self, queue: Queue) -> None:
        """Find the files that have not been received as they are now."""
        received = queue.received()
        for folder in self._folders:
            for path in _article_files(folder):
                mark = _mark(path)
                if mark is not None and received.get(str(path)) != mark:
                    self._resting.setdefault(path, (mark, time.monotonic()))

    def tend(self, queue: Queue) -> None:
        """Receive the files that are whole by now, and set aside those that are invalid."""
        for path, (mark, since) in list(self._resting.items()):
            now = _mark(path)
            if now is None:
                self._resting.pop(path, None)
            elif now != mark:
                self._resting[path] = (now, time.monotonic())
            elif time.monotonic() - since >= _REST or _renamed(path):
                self._resting.pop(path, None)
                self._receive(path, mark, queue)
        for folder in self._folders:
            for name, reasons in queue.to_move(_origin(folder)).items():
                queue.looked_at(name, moved=_set_aside(Path(name), folder, reasons))

    def _watch(self, queue: Queue) -> None:
        while not self._stop.is_set():
            try:
                for changes in watch(
                    *self._folders,
                    watch_filter=None,
                    debounce=_TICK,
                    rust_timeout=_TICK,
                    yield_on_timeout=True,
                    stop_event=self._stop,
                    force_polling=self._poll,
                    ignore_permission_denied=True,
                    raise_interrupt=False,
                ):
                    for _, name in changes:
                        self._noticed(Path(name))
                    self.tend(queue)
            except Exception:
                # A mount that went away: the look through the folders finds what comes later.
                log.exception("watching %s failed", ", ".join(map(str, self._folders)))
                self._stop.wait(_LOOK)

    def _noticed(self, path: Path) -> None:
        folder = self._folder_of(path)
        mark = _mark(path)
        if mark is not None and _counts(path.relative_to(folder)):
            self._resting.setdefault(path, (mark, time.monotonic()))

    def _receive(self, path: Path, mark: str, queue: Queue) -> None:
        items = list(read_paths([str(path)]))
        if _mark(path) != mark:
            # It grew while it was read.
            self._noticed(path)
            return
        queue.receive(_origin(self._folder_of(path)), items, file=str(path), mark=mark)

    def _folder_of(self, path: Path) -> Path:
        return next(folder for folder in self._folders if path.is_relative_to(folder))


def _origin(folder: Path) -> str:
    return f"folder {folder}"


def _article_files(folder: Path) -> list[Path]:
    found = []
    for here, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".") and name != FAILED]
        found += [Path(here, name) for name in names]
    return [path for path in found if _counts(path.relative_to(folder))]


def _counts(inside: Path) -> bool:
    """Return whether a file is for us, by its place in the watched folder."""
    hidden = any(part.startswith(".") for part in inside.parts)
    return not hidden and FAILED not in inside.parts[:-1] and formats.knows(inside.name)


def _mark(path: Path) -> str | None:
    """Describe the state of a file; None if there is none, or nothing in it yet."""
    try:
        state = path.stat()
    except OSError:
        return None
    return f"{state.st_ino}-{state.st_size}-{state.st_mtime_ns}" if state.st_size else None


def _renamed(path: Path) -> bool:
    """Return whether a file got its name after its content."""
    try:
        state = path.stat()
    except OSError:
        return False
    return state.st_ctime_ns > state.st_mtime_ns


def _set_aside(path: Path, folder: Path, reasons: Sequence[str]) -> bool:
    """Move a file to the folder of the failed, its reasons beside it; False if it cannot be."""
    aside = folder / FAILED
    try:
        aside.mkdir(exist_ok=True)
        names = (f"{path.stem}-{number}{path.suffix}" for number in count(2))
        place = next(p for p in (aside / name for name in chain([path.name], names)) if _free(p))
        path.replace(place)
        _reason(place).write_text("\n".join(reasons) + "\n", encoding="utf-8")
    except OSError as exc:
        log.warning("%s could not be set aside (%s): %s", path, exc.strerror, "; ".join(reasons))
        return False
    return True


def _reason(place: Path) -> Path:
    return place.with_name(f"{place.name}.reason.txt")


def _free(place: Path) -> bool:
    return not place.exists() and not _reason(place).exists()
