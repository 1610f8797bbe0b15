"""
kill -9 at random moments while articles are added and an index is read again.

``python -m tests.faults.kills [--runs 200 --seed 7]``. A process of its own adds
versions of articles, removes some, reads the whole index again after every twelfth and writes
the snapshot; it prints a line after each call. It is killed (SIGKILL) at a random moment, the
folder is opened again, and what was acknowledged must be there: the article in that version or
the one under way, whole, found by its words and by its vectors; SQLite's `quick_check` and our
own find nothing. The folder is used on for the next run. Vectors are made by hash; the model is
not the point.
"""

from __future__ import annotations

import argparse
import random
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from itertools import count
from pathlib import Path

from index.store.sqlite.reindex import reindex
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

ROOT = Path(__file__).parents[2]
_NAMES = 9
_AWAY = -1


def work(folder: Path, first: int, seed: int) -> None:
    """Add and read again until killed; prints the name and version that are durable."""
    chance = random.Random(seed)
    with closing(open_tiny(folder)) as store:
        for version in count(first):
            name = f"n{chance.randrange(_NAMES)}"
            if chance.random() < 0.1:
                print(name, _AWAY, "begins", flush=True)
                store.remove(name)
                print(name, _AWAY, "done", flush=True)
                continue
            print(name, version, "begins", flush=True)
            item = make(name, version)
            store.put(item, vectors(item))
            print(name, version, "done", flush=True)
            if version % 12 == 0:
                reindex(folder, MODEL, DIM, one_by_one(read_again, embed), embed)
                store.rebuild_projection()


class Ledger:
    """What each article may be: the version acknowledged last, and the one under way."""

    def __init__(self) -> None:
        self.may: dict[str, set[int]] = {f"n{number}": {_AWAY} for number in range(_NAMES)}
        self.acknowledged = 0
        self.last = 0

    def take(self, line: str) -> None:
        """Read a line of the worker; a torn one is not acknowledged."""
        if not line.endswith("\n"):
            return
        name, told_version, what = line.split()
        version = int(told_version)
        self.last = max(self.last, version)
        if what == "begins":
            self.may[name] = self.may[name] | {version}
        else:
            self.may[name] = {version}
            self.acknowledged += 1


def faults(folder: Path, ledger: Ledger) -> list[str]:
    """Open the folder and compare it with the ledger; settles what was under way."""
    wrong = []
    with closing(open_tiny(folder)) as store:
        for name, versions in ledger.may.items():
            held = store.get(name)
            fits = _AWAY if held is None else None
            for version in versions - {_AWAY}:
                item = make(name, version)
                if held in (item, read_again(item.article)):
                    fits = version
            if fits is None or fits not in versions:
                wrong.append(f"{name} is none of the versions {sorted(versions)}")
                continue
            ledger.may[name] = {fits}
            if held is not None:
                keys = [hit.key for hit in store.match(f"v{fits}", 50)]
                keys += [hit.key for hit in store.search(vectors(held)[0], 1)]
                if {name} != {place[0] for place in store.locate(keys).values()}:
                    wrong.append(f"{name} is not found by its words and its vectors")
        wrong += store.verify()
    return wrong


def drive(runs: int, seed: int) -> tuple[int, int, float]:
    """Kill *runs* times; gives the sound runs, the acknowledged calls, the slowest opening."""
    chance, ledger, sound, slowest = random.Random(seed), Ledger(), 0, 0.0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for run in range(runs):
            words = [sys.executable, "-m", __spec__.name, "--work", name, str(ledger.last + 1)]
            with subprocess.Popen(
                [*words, str(seed + run)], cwd=ROOT, stdout=subprocess.PIPE, text=True
            ) as worker:
                assert worker.stdout is not None
                for _ in range(chance.randrange(2, 40)):
                    ledger.take(worker.stdout.readline())
                time.sleep(chance.random() / 20)
                worker.send_signal(signal.SIGKILL)
                for line in worker.stdout:
                    ledger.take(line)
            began = time.monotonic()
            with closing(open_tiny(folder)):
                slowest = max(slowest, time.monotonic() - began)
            wrong = faults(folder, ledger)
            for line in wrong:
                print(f"run {run}: {line}")
            sound += not wrong
    return sound, ledger.acknowledged, slowest


def main() -> int:
    """Run, and print the count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--work", nargs=3, metavar=("FOLDER", "VERSION", "SEED"))
    given = parser.parse_args()
    if given.work:
        folder, first, seed = given.work
        work(Path(folder), int(first), int(seed))
        return 0
    sound, acknowledged, slowest = drive(given.runs, given.seed)
    more = f"{acknowledged} calls acknowledged, slowest opening {slowest:.2f} s"
    return report("kills", sound, given.runs, given.seed, more)


if __name__ == "__main__":
    sys.exit(main())
