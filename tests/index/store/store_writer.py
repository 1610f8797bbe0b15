"""A second process: puts articles into a folder and says so, a line for each."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from index.store.sqlite.store import SqliteStore
from tests.index.store.store_builders import DIM, NORLAND, article, day, said, speaker


def item(name: str, sentences: int):
    says = [said(speaker("Vik", NORLAND), (0, 9))]
    texts = [f"{name} word{n:04}" for n in range(sentences)]
    return article(name, *texts, says=says, published_at=day(1))


def rows(count: int):
    angles = np.arange(count, dtype=np.float64)
    return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)


def fill(store, count, sentences=20):
    for number in range(count):
        store.put(item(f"n{number}", sentences), rows(sentences))


def main(folder: str, prefix: str, count: int, sentences: int) -> None:
    store = SqliteStore(Path(folder), "tiny", DIM)
    for number in range(count):
        # Every third article replaces an older one.
        name = f"{prefix}{number - number % 3 if number % 3 == 2 else number}"
        store.put(item(name, sentences), rows(sentences))
        print(name, flush=True)
    store.close()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
