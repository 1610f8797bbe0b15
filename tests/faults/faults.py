"""
A disk that says no at the n-th call: one clean error, nothing acknowledged that is not there.

``python -m tests.faults.faults [--calls 500 --seed 7]``. For each n a new store
is opened and worked on (puts, removals, a snapshot, a reading again, closing); its n-th write,
sync, truncation, opening, deletion or rename fails: the disk is full (ENOSPC), broken (EIO),
takes half of a write, or no file can be opened (EMFILE). The fault lasts for that call, or until
the operation has failed. What fails must fail with a StoreError of one line; then the disk is
well again, the same store must go on, and at the end every acknowledged article is there, whole,
and `verify` finds nothing.
"""

from __future__ import annotations

import argparse
import errno
import logging
import random
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from index.errors import StoreError
from index.store.sqlite.reindex import reindex
from index.store.sqlite.store import SqliteStore
from index.types import IndexedArticle
from tests.faults.disk import Watcher, watched
from tests.faults.made import (
    DIM,
    MODEL,
    embed,
    make,
    one_by_one,
    open_tiny,
    read_again,
    report,
    vectors,
)

_KINDS = (errno.ENOSPC, errno.EIO, errno.EMFILE, 0)


@dataclass
class Faulty(Watcher):
    """Fails from call *number* on until it recovers; kind 0 writes by halves."""

    number: int
    kind: int
    lasting: bool
    seen: int = 0
    hit: bool = False

    def before(self, what: str, path: str, size: int = 0) -> int:
        self.seen += 1
        if self.seen < self.number or (self.hit and not self.lasting):
            return size
        if self.kind == errno.EMFILE and what != "open":
            return size
        self.hit = True
        if self.kind:
            raise OSError(self.kind, "injected")
        return max(1, size // 2)

    def recover(self) -> None:
        """Work from now on."""
        self.lasting = False


class Trial:
    """One store, and what was acknowledged of it; None stands for an article that is away."""

    def __init__(self, folder: Path, disk: Faulty) -> None:
        self.folder = folder
        self.disk = disk
        self.faults: list[str] = []
        self.errors = 0
        self._may: dict[str, list[IndexedArticle | None]] = {}
        self._store: SqliteStore | None = None

    def run(self) -> None:
        """Work, then look."""
        for work in self._work():
            self._attempt(work)
        self.disk.recover()
        self._attempt(self._close)
        self._attempt(self._open)
        if self._store is not None:
            self._look(self._store)
            self._attempt(self._close)

    def _work(self) -> Iterator[Callable[[], object]]:
        yield self._open
        for number in range(4):
            yield lambda number=number: self._put(f"n{number % 3}", number)
        yield lambda: self._remove("n1")
        yield lambda: self._held().rebuild_projection()
        yield self._read_again
        yield lambda: self._put("n5", 9)
        yield self._close
        yield self._open
        yield lambda: self._put("n0", 10)

    def _attempt(self, work: Callable[[], object]) -> None:
        try:
            work()
        except StoreError as exc:
            self.errors += 1
            self.disk.recover()
            if "\n" in str(exc) or str(self.folder) not in str(exc):
                self.faults.append(f"unclear error: {exc}")
        except Exception as exc:
            self.disk.recover()
            self.faults.append(f"{type(exc).__name__}: {exc}")

    def _held(self) -> SqliteStore:
        if self._store is None:
            self._open()
        assert self._store is not None
        return self._store

    def _open(self) -> None:
        if self._store is None:
            self._store = open_tiny(self.folder)

    def _close(self) -> None:
        store, self._store = self._store, None
        if store is not None:
            store.close()

    def _put(self, name: str, version: int) -> None:
        item = make(name, version)
        self._will(name, item)
        self._held().put(item, vectors(item))
        self._may[name] = [item]

    def _remove(self, name: str) -> None:
        self._will(name, None)
        self._held().remove(name)
        self._may[name] = [None]

    def _read_again(self) -> None:
        known = {n: [i for i in items if i] for n, items in self._may.items()}
        for name, items in known.items():
            self._may[name] += [read_again(item.article) for item in items]
        reindex(self.folder, MODEL, DIM, one_by_one(read_again, embed), embed)
        for name, items in known.items():
            again = [read_again(item.article) for item in items]
            self._may[name] = again + ([None] if None in self._may[name] else [])

    def _will(self, name: str, item: IndexedArticle | None) -> None:
        """From now on, until it is acknowledged, either may be there."""
        self._may.setdefault(name, [None]).append(item)

    def _look(self, store: SqliteStore) -> None:
        for name, items in self._may.items():
            if store.get(name) not in items:
                self.faults.append(f"{name} is not as acknowledged")
        self.faults += store.verify()


def trial(number: int, chance: random.Random) -> tuple[list[str], bool]:
    """Let call *number* fail; gives what was wrong, and whether an error was reported."""
    disk = Faulty(number, _KINDS[number % len(_KINDS)], chance.random() < 0.5)
    with tempfile.TemporaryDirectory() as folder, watched(disk, Path(folder)):
        made = Trial(Path(folder), disk)
        made.run()
        return made.faults, made.errors > 0


def main() -> int:
    """Run, and print the count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=500)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    logging.disable(logging.CRITICAL)
    chance, sound, refused = random.Random(given.seed), 0, 0
    for number in range(1, given.calls + 1):
        faults, told_so = trial(number, chance)
        sound, refused = sound + (not faults), refused + told_so
        for line in faults:
            print(f"call {number}: {line}")
    more = f"{refused} reported an error, the others were survived"
    return report("faults of the disk", sound, given.calls, given.seed, more)


if __name__ == "__main__":
    sys.exit(main())
