"""
Search from eight threads while others add and remove: no crash, each answer of one generation.

``python -m tests.faults.threads [--seconds 60 --seed 7]``. Two threads replace and
remove articles, six search through two handles on one folder. All vectors of a version of an
article are the same and those of no two versions are, so that the scores of an answer tell
which versions it holds: an article must be there in one version, with all of its sentences.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock, Thread

import numpy as np
from numpy.typing import NDArray

from index.store import Scored
from index.store.sqlite.store import SqliteStore
from tests.faults.made import make, report

_DIM = 2
_ARTICLES = 12
_SENTENCES = 25
# Half precision tells two numbers near 1 apart from 5e-4 on.
_STEP = 2e-4
_VERSIONS = 50
_EAST = np.array([1.0, 0.0], np.float32)


@dataclass
class Tally:
    """What the threads have seen."""

    sound: int = 0
    asked: int = 0
    faults: list[str] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    def note(self, fault: str | None) -> None:
        """Count an answer."""
        with self.lock:
            self.asked += 1
            self.sound += fault is None
            if fault and len(self.faults) < 10:
                self.faults.append(fault)


def vectors(article: int, version: int) -> NDArray[np.float32]:
    """Point all sentences of a version in a direction of its own: (_SENTENCES, 2)."""
    angle = np.arccos(score_of(article, version))
    row = np.array([np.cos(angle), np.sin(angle)], np.float32)
    return np.tile(row, (_SENTENCES, 1))


def score_of(article: int, version: int) -> float:
    """Give each article a tenth of the scores, and each version a step of it."""
    return (article + 0.5) / (_ARTICLES + 1) + (version % _VERSIONS) * 5 * _STEP


def mixture(hits: Sequence[Scored]) -> str | None:
    """Say which article an answer holds in parts, or in two versions."""
    versions: dict[int, Counter[int]] = {}
    for _, score in hits:
        # Rounded to half precision, a first version is up to a hundredth below its article's place.
        article = int(score * (_ARTICLES + 1) - 0.5 + 0.1)
        version = round((score - score_of(article, 0)) / (5 * _STEP))
        versions.setdefault(article, Counter())[version] += 1
    for article, counts in versions.items():
        if list(counts.values()) != [_SENTENCES]:
            return f"article {article}: {dict(counts)} sentences of versions"
    return None


def drive(seconds: float, seed: int) -> Tally:
    """Let the threads work; an exception in one of them is a fault."""
    tally = Tally()
    with (
        tempfile.TemporaryDirectory() as name,
        closing(SqliteStore(Path(name), "tiny", _DIM)) as store,
        closing(SqliteStore(Path(name), "tiny", _DIM)) as second,
    ):
        until = time.monotonic() + seconds

        def change(chance: random.Random) -> None:
            article = chance.randrange(_ARTICLES)
            if chance.random() < 0.1:
                store.remove(f"n{article}")
                return
            version = chance.randrange(_VERSIONS)
            item = make(f"n{article}", version, _SENTENCES)
            store.put(item, vectors(article, version))

        def ask(chance: random.Random) -> None:
            hits = chance.choice((store, second)).search(_EAST, 10_000)
            tally.note(mixture(hits))

        def work(task: Callable[[random.Random], None], number: int) -> None:
            chance = random.Random(seed + number)
            try:
                while time.monotonic() < until:
                    task(chance)
            except Exception as exc:
                tally.note(f"{type(exc).__name__}: {exc}")

        tasks = [change, change, *[ask] * 6]
        threads = [Thread(target=work, args=pair) for pair in zip(tasks, range(8), strict=True)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for line in store.verify():
            tally.note(line)
    return tally


def main() -> int:
    """Run, and print the count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    tally = drive(given.seconds, given.seed)
    print("\n".join(tally.faults))
    return report("searches from threads", tally.sound, tally.asked, given.seed)


if __name__ == "__main__":
    sys.exit(main())
