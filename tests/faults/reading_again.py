"""
Search, and add, while another process reads the whole index again.

``python -m tests.faults.reading_again [--sentences 100000 --seconds 60 --seed 7]``.
Vectors of 384 numbers by chance; searches over all sentences and among 2,000 of them, in turn.
First nobody else works on the folder, then a process of its own runs a rebuild over it, at
*--rate* articles a second (the models manage 10 to 20 on two cores; 0 is as fast as it can).
Meanwhile every hundredth call is an addition, whose longest wait is reported.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.store.sqlite.reindex import reindex
from index.store.sqlite.store import SqliteStore
from index.types import Article, IndexedArticle
from tests.faults.made import make, one_by_one, read_again, report

ROOT = Path(__file__).parents[2]
DIM = 384
_EACH = 20
_AMONG = 2_000
# What the other process takes off a search that has the machine for itself.
_FACTOR = 2.0
_LIMIT_MS = 100.0


def unit(chance: np.random.Generator, count: int) -> NDArray[np.float32]:
    """Draw *count* vectors of length 1."""
    rows = chance.standard_normal((count, DIM), dtype=np.float32)
    made: NDArray[np.float32] = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return made


def read_all(folder: Path, rate: float) -> None:
    """Read the folder again, *rate* articles a second; what the other process does."""
    chance = np.random.default_rng(1)

    def analyse(article: Article) -> IndexedArticle:
        if rate:
            time.sleep(1 / rate)
        return read_again(article)

    def embed(texts: Sequence[str]) -> NDArray[np.float32]:
        return unit(chance, len(texts))

    reindex(folder, "tiny", DIM, one_by_one(analyse, embed), embed)


def measure(
    store: SqliteStore, chance: np.random.Generator, seconds: float, adding: bool
) -> tuple[list[float], list[float]]:
    """Search for so long, now and then add; gives milliseconds of the searches and additions."""
    searches, additions = list[float](), list[float]()
    keys = np.array([hit.key for hit in store.search(unit(chance, 1)[0], 50 * _AMONG)], np.int64)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        among = None if len(searches) % 2 else chance.choice(keys, _AMONG, replace=False)
        asked = unit(chance, 1)[0]
        began = time.perf_counter()
        store.search(asked, 50, among)
        searches.append((time.perf_counter() - began) * 1_000)
        if adding and len(searches) % 100 == 0:
            began = time.perf_counter()
            store.put(make(f"new{len(searches)}", 0, _EACH), unit(chance, _EACH))
            additions.append((time.perf_counter() - began) * 1_000)
    return searches, additions


def drive(sentences: int, seconds: float, rate: float, seed: int) -> tuple[float, float, float]:
    """Measure; gives p99 of a search alone and during the reading, and the longest addition."""
    chance = np.random.default_rng(seed)
    with (
        tempfile.TemporaryDirectory() as name,
        closing(SqliteStore(Path(name), "tiny", DIM)) as store,
    ):
        for number in range(sentences // _EACH):
            store.put(make(f"n{number}", number, _EACH), unit(chance, _EACH))
        store.rebuild_projection()
        alone, _ = measure(store, chance, seconds, adding=False)
        words = [sys.executable, "-m", __spec__.name, "--read", name, "--rate", str(rate)]
        with subprocess.Popen(words, cwd=ROOT) as reader:
            generation = store.generation()
            while store.generation() == generation:
                time.sleep(0.05)
            during, additions = measure(store, chance, seconds, adding=True)
            done = reader.poll() is not None
            reader.terminate()
        if done:
            print("the reading ended before the measurement; take a lower --rate")
        print(f"  {len(alone)} searches alone, {len(during)} during, {len(additions)} additions")
        return (
            *(float(np.percentile(t, 99)) for t in (alone, during)),
            max(additions, default=0.0),
        )


def main() -> int:
    """Run, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sentences", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--rate", type=float, default=20)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--read", type=Path)
    given = parser.parse_args()
    if given.read:
        read_all(given.read, given.rate)
        return 0
    alone, during, longest = drive(given.sentences, given.seconds, given.rate, given.seed)
    met = during <= _FACTOR * alone and during < _LIMIT_MS
    more = f"p99 {alone:.1f} ms alone, {during:.1f} ms during; longest addition {longest:.0f} ms"
    return report(f"reading {given.sentences} sentences again, goal", int(met), 1, given.seed, more)


if __name__ == "__main__":
    sys.exit(main())
