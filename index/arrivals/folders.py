"""
Watched folders: a file is received when it is whole, and set aside when it is invalid.

Traps: a file shows up with its first byte, long before its last, so nobody may have it open for
writing any more, and it must have rested for a moment; where the system cannot tell who writes,
for longer, unless it was renamed into place. One that grows again is read again, and nothing is
set aside that may still be written. Events get lost (network mounts, a full queue of the system,
names that are no text), so the folders are read through now and then as well. Deleting a file
withdraws nothing: desks tidy their folders.
"""

from __future__ import annotations

import errno
import logging
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event, Thread
from typing import BinaryIO

from watchfiles import watch

from index import formats
from index.arrivals import files
from index.arrivals.schedule import Schedule
from index.errors import ArticleError, SettingsError
from index.formats import Item
from index.origins import FOLDER
from index.queue import Queue
from index.sources.folder import begins_like_article, read_file, shown, unreadable
from index.text.printable import printable_line

log = logging.getLogger(__name__)

# Where a watched folder keeps what could not be read; beside each file lies its reason.
FAILED = "failed"
# Seconds without a change after which a file counts as whole if nobody has it open for writing …
_REST = 0.5
# … and if the system cannot tell.
_LONG_REST = 5.0
# Seconds without a change before a file with an error is set aside, in the one case and the other.
_SETTLED, _LONG_SETTLED = 2.0, 60.0
# Seconds between two looks through the folders; events tell nearly all of it earlier.
_LOOK = 30.0
# Seconds between two looks while there are no events.
_RETRY = 1.0
# Seconds in which a watcher that fails again is not logged again.
_SILENCE = 60.0
# Milliseconds between two looks at the files that are not whole yet.
_TICK = 200
# Bytes from which on a file is read beside the others, which do not wait for it.
_BIG = 1_000_000
# Articles that are put into the queue at once, and errors of one file that are kept.
_BATCH, _MAX_ERRORS = 200, 100
# What the system says of a file that it will not let us read the next time either.
_FOR_GOOD = (errno.EACCES, errno.EPERM, errno.ELOOP, errno.ENOTDIR, errno.EINVAL)


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
        self._silent_until = 0.0
        # File -> its mark, and since when it has it (monotonic seconds); of files to be received,
        # and of those with an error.
        self._resting: dict[Path, tuple[str, float]] = {}
        self._settling: dict[Path, tuple[str, float]] = {}
        # What takes long to read is read beside the rest: large files, and those of the sandbox.
        self._beside = [ThreadPoolExecutor(1, "large file"), ThreadPoolExecutor(1, "markup file")]
        self._reading: set[Path] = set()

    def start(self, queue: Queue, schedule: Schedule) -> None:
        """Begin to watch, and receive what came before."""
        for folder in self._folders:
            log.info("watching %s", shown(folder))
        self._thread = Thread(target=self._watch, args=(queue,), name="watch", daemon=True)
        self._thread.start()
        schedule.every(_LOOK, "look through the folders", lambda: self.look(queue))

    def stop(self) -> None:
        """End within a moment."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()
        for pool in self._beside:
            pool.shutdown(cancel_futures=True)

    def look(self, queue: Queue) -> None:
        """Find the files that have not been received as they are now."""
        received = queue.received()
        for folder in self._folders:
            for path in _files(folder):
                inside = path.relative_to(folder)
                mark = files.mark_of(path) if _counts(inside) else None
                if mark is None:
                    self._look_at_other(folder, path, received, queue)
                elif received.get(files.key_of(path)) != mark:
                    self._resting.setdefault(path, (mark, time.monotonic()))

    def _look_at_other(
        self, folder: Path, path: Path, received: Mapping[str, str], queue: Queue
    ) -> None:
        """Receive a file of an unknown name that begins like an article; report any other once."""
        key, whole, mark = files.key_of(path), files.mark_of(path), files.mark_of_other(path)
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if mark is None or hidden or files.is_unfinished(path.name):
            return
        if whole is not None and begins_like_article(path):
            if received.get(key) != whole:
                self._resting.setdefault(path, (whole, time.monotonic()))
        elif received.get(key) != mark:
            what = "no article format is known by its name" if whole else "the file is empty"
            reason = f"{shown(path)}: {what}, so it is passed over; move it elsewhere"
            log.warning("%s", printable_line(reason))
            # Without the file: one that is passed over stays where it is.
            queue.receive(_origin(folder), [ArticleError(reason)])
            queue.receive(_origin(folder), [], file=key, mark=mark)

    def tend(self, queue: Queue) -> None:
        """Receive the files that are whole by now, and set aside those that are invalid."""
        for path, (mark, since) in list(self._resting.items()):
            now = files.mark_of(path)
            rested = time.monotonic() - since
            if now is None:
                self._resting.pop(path, None)
            elif now != mark:
                self._resting[path] = (now, time.monotonic())
            elif (rested >= _REST or files.was_renamed(path)) and path not in self._reading:
                self._receive_if_whole(path, mark, rested, queue)
        for folder in self._folders:
            for key, reasons in queue.to_move(_origin(folder)).items():
                self._set_aside_if_settled(files.path_of(key), folder, reasons, queue)

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
            except Exception as exc:
                # A mount that went away, a name that the watcher cannot read. The next event may
                # come at once: a line now and then, and the folders are looked through instead.
                if time.monotonic() >= self._silent_until:
                    self._silent_until = time.monotonic() + _SILENCE
                    log.warning("watching fails, the folders are looked through instead: %s", exc)
                self._look_instead(queue)

    def _look_instead(self, queue: Queue) -> None:
        """Do without events for a moment."""
        deadline = time.monotonic() + 2 * _RETRY
        while time.monotonic() < deadline and not self._stop.wait(_RETRY / 2):
            try:
                self.look(queue)
                self.tend(queue)
            except Exception:
                log.exception("looking through %s failed", ", ".join(map(shown, self._folders)))

    def _noticed(self, path: Path) -> None:
        folder = self._folder_of(path)
        mark = files.mark_of(path)
        here = path.parent == Path(os.path.realpath(path.parent))
        if here and mark is not None and _counts(path.relative_to(folder)):
            self._resting.setdefault(path, (mark, time.monotonic()))

    def _receive_if_whole(self, path: Path, mark: str, rested: float, queue: Queue) -> None:
        """Open a file that has rested, and receive it unless somebody still writes it."""
        folder = self._folder_of(path)
        try:
            file = files.open_within(folder, path)
        except OSError as exc:
            # Whatever else it is (no handle left, a mount that is away) may pass.
            if exc.errno in _FOR_GOOD:
                self._resting.pop(path, None)
                self._receive(path, mark, [unreadable(shown(path), exc)], queue)
            return
        written = None if self._poll else files.is_written(file)
        if written or (written is None and rested < _LONG_REST and not files.was_renamed(path)):
            file.close()
            return
        self._resting.pop(path, None)
        large = files.size_of(path) > _BIG
        if large or formats.is_sandboxed(path.name):
            self._reading.add(path)
            self._beside[0 if large else 1].submit(self._read_beside, file, path, mark, queue)
        else:
            self._read(file, path, mark, queue)

    def _read_beside(self, file: BinaryIO, path: Path, mark: str, queue: Queue) -> None:
        try:
            self._read(file, path, mark, queue)
        except Exception:
            # It is read again at the next look.
            log.exception("reading %s failed", shown(path))
        finally:
            self._reading.discard(path)

    def _read(self, file: BinaryIO, path: Path, mark: str, queue: Queue) -> None:
        try:
            with file:
                self._receive(path, mark, read_file(file, shown(path)), queue)
        except OSError as exc:
            # It is read again at the next look.
            log.warning("%s cannot be read now (%s)", shown(path), exc.strerror)

    def _receive(
        self, path: Path, mark: str, items: Iterator[Item] | Sequence[Item], queue: Queue
    ) -> None:
        """Put what a file holds into the queue, its errors last: it may have grown meanwhile."""
        origin, key = _origin(self._folder_of(path)), files.key_of(path)
        batch: list[Item] = []
        errors: list[Item] = []
        wrong = 0
        for item in items:
            if self._stop.is_set():
                return
            if isinstance(item, ArticleError):
                wrong += 1
                errors += [item] if wrong <= _MAX_ERRORS else []
                continue
            batch.append(item)
            if len(batch) == _BATCH:
                queue.receive(origin, batch, file=key)
                batch = []
        if files.mark_of(path) != mark:
            # It grew while it was read: the last line may have been half of one.
            self._noticed(path)
            return
        if wrong > _MAX_ERRORS:
            errors.append(ArticleError(f"{shown(path)}: {wrong - _MAX_ERRORS:,} more errors"))
        queue.receive(origin, [*batch, *errors], file=key, mark=mark)

    def _set_aside_if_settled(
        self, path: Path, folder: Path, reasons: Sequence[str], queue: Queue
    ) -> None:
        """Set a file with errors aside, once nobody can be about to write more of it."""
        mark, key = files.mark_of(path), files.key_of(path)
        if mark is None:
            self._settling.pop(path, None)
            queue.looked_at(key, moved=False)
            return
        if mark != queue.received_as(key):
            # It is another one by now; once that is received, these reasons are forgotten.
            self._settling.pop(path, None)
            if path not in self._reading:
                self._resting.setdefault(path, (mark, time.monotonic()))
            return
        known, since = self._settling.setdefault(path, (mark, time.monotonic()))
        if known != mark:
            self._settling[path] = (mark, time.monotonic())
        rested = time.monotonic() - since if known == mark else 0.0
        written = self._is_written(folder, path)
        if written or rested < (_LONG_SETTLED if written is None else _SETTLED):
            return
        self._settling.pop(path, None)
        moved = True
        try:
            files.set_aside(folder, path, FAILED, reasons)
        except OSError as exc:
            moved = False
            why = printable_line("; ".join(reasons))
            log.warning("%s could not be set aside (%s): %s", shown(path), exc.strerror, why)
        queue.looked_at(key, moved=moved)

    def _is_written(self, folder: Path, path: Path) -> bool | None:
        """Return whether somebody has the file open for writing; None if that is unknown."""
        try:
            with files.open_within(folder, path) as file:
                written = None if self._poll else files.is_written(file)
        except OSError:
            return False
        return False if written is None and files.was_renamed(path) else written

    def _folder_of(self, path: Path) -> Path:
        return next(folder for folder in self._folders if path.is_relative_to(folder))


def _origin(folder: Path) -> str:
    return FOLDER + shown(folder)


def _files(folder: Path) -> list[Path]:
    found = []
    for here, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".") and name != FAILED]
        found += [Path(here, name) for name in names]
    return found


def _counts(inside: Path) -> bool:
    """Return whether a file is for us, by its place in the watched folder."""
    hidden = any(part.startswith(".") for part in inside.parts)
    return not hidden and FAILED not in inside.parts[:-1] and formats.knows(inside.name)
