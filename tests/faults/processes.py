"""
Search in child processes: spawned ones answer within a second, forked ones are refused.

``python -m tests.faults.processes [--children 100]``. The parent has searched
before (so that FAISS has threads and the lock may be held); half of the children are spawned and
open the folder themselves, half are forked and use the parent's handle, which must be
refused at once; a forked child that opens the folder itself must answer. The time of a spawned
child counts from its first line to the answer.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import warnings
from contextlib import closing
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from index.errors import StoreError
from index.store.sqlite.store import SqliteStore
from tests.faults.made import embed, make, open_tiny, report, vectors

_ARTICLES = 200
_WAIT = 60
# Seconds that an answer may take.
_LIMIT = 1.0
Told = tuple[str, float]


def search(folder: str, answer: Connection) -> None:
    """Open the folder and search, in a child; sends how many were found, and the seconds."""
    began = time.monotonic()
    with closing(open_tiny(Path(folder))) as store:
        found = len(store.search(embed(["Line"])[0], 10))
        answer.send((f"{found} found", time.monotonic() - began))


def reuse(store: SqliteStore, answer: Connection) -> None:
    """Search with the parent's store, in a fork."""
    began = time.monotonic()
    try:
        found = f"{len(store.search(embed(['Line'])[0], 10))} found"
    except StoreError as exc:
        found = "refused" if "open the store after forking" in str(exc) else str(exc)
    answer.send((found, time.monotonic() - began))


def child(method: str, target: object, what: object) -> Told:
    """Run one child; gives what it sent, or that it hung."""
    context = get_context(method)
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=target, args=(what, sending))  # type: ignore[attr-defined]
    process.start()
    got: Told = receiving.recv() if receiving.poll(_WAIT) else ("hung", _WAIT)
    if got[0] == "hung":
        process.kill()
    process.join()
    return got


def drive(children: int) -> tuple[int, list[float]]:
    """Run the children; gives how many did as they should, and the seconds of each."""
    good, taken = 0, list[float]()
    with tempfile.TemporaryDirectory() as folder, closing(open_tiny(Path(folder))) as store:
        for number in range(_ARTICLES):
            item = make(f"n{number}", number, 20)
            store.put(item, vectors(item))
        store.search(embed(["Line"])[0], 10)
        kinds = (
            ("spawn", search, folder, "10 found"),
            ("fork", reuse, store, "refused"),
            ("fork", search, folder, "10 found"),
            ("spawn", search, folder, "10 found"),
        )
        for number in range(children):
            method, target, what, wanted = kinds[number % len(kinds)]
            got, seconds = child(method, target, what)
            taken.append(seconds)
            good += got == wanted
            if got != wanted:
                print(f"child {number} ({method}): {got}")
    return good, taken


def main() -> int:
    """Run, and print the count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--children", type=int, default=100)
    given = parser.parse_args()
    warnings.simplefilter("ignore", DeprecationWarning)
    good, taken = drive(given.children)
    late = sum(seconds >= _LIMIT for seconds in taken)
    more = f"slowest answer {max(taken):.2f} s"
    return report("children", good - late, given.children, 0, more)


if __name__ == "__main__":
    sys.exit(main())
