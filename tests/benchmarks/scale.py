"""
How each cost grows with the index: 3,000 sentences to a million.

    python -m tests.benchmarks.scale [--sizes 3000 30000 100000] [--folder FOLDER] [--json FILE]
        [--plot FILE]

Grows an index of real articles and perturbed copies (see `ladder`) in FOLDER, and at each size
measures in a process of its own: opening after the model is loaded, warm questions with a party
or speaker and without (see `made`), the same while articles arrive, memory, bytes on disk, the rate
of storing the last 3,000 sentences, and that of indexing whole articles, a second of CPU. FOLDER
is kept, and filled up from where it stands.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from index.core import Index
from index.errors import QuestionError
from index.models import open_embedder
from index.models.embedder import Embedder
from index.settings import load_index_settings
from index.store.factory import stored_model
from index.store.sqlite.store import SqliteStore
from tests.benchmarks.ladder import (
    Copies,
    Original,
    grow,
    index_originals,
    missing_articles,
    read_originals,
)
from tests.benchmarks.made import made_conversations
from tests.benchmarks.memory import resident

SEED = 7
LAST = 3_000
WARM_UP = 20
# Articles that are indexed whole, to time it; their numbers are beyond those of any index.
INDEXED = 20
_UNSEEN = 10**9
# Articles that arrive a second while questions are asked.
ARRIVING = 5
_COLUMNS = (
    ("sentences", "{:,.0f}"), ("put_rate", "{:.0f}"), ("index_rate", "{:.1f}"),
    ("open_s", "{:.2f}"),
    ("party_p50", "{:.0f}"), ("party_p95", "{:.0f}"), ("party_p99", "{:.0f}"),
    ("anyone_p50", "{:.0f}"), ("anyone_p95", "{:.0f}"), ("anyone_p99", "{:.0f}"),
    ("arriving_p50", "{:.0f}"), ("arriving_p99", "{:.0f}"), ("rss_mb", "{:.0f}"),
    ("memory_bytes", "{:.0f}"), ("disk_bytes", "{:.0f}"),
)  # fmt: skip


def main() -> int:
    """Climb the ladder, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[3_000, 30_000, 100_000])
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--questions", type=int, default=300)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--plot", type=Path)
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--arrive", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        print(json.dumps(measure(options.measure, options.questions)))
        return 0
    if options.arrive:
        return arrive(options.arrive)
    if missing := missing_articles():
        print(f"skipped: no {missing}")
        return 0
    with tempfile.TemporaryDirectory() as scratch:
        rows = list(climb(options.folder or Path(scratch), options.sizes, options.questions))
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    if options.plot:
        plot(rows, options.plot)
    return 0


def climb(folder: Path, sizes: Sequence[int], questions: int) -> Iterator[dict[str, float]]:
    """Grow the index to each of *sizes* and measure it there."""
    index_originals(folder / "real")
    originals = read_originals(folder / "real")
    print(" ".join(f"{name:>12}" for name, _ in _COLUMNS), flush=True)
    for size in sorted(sizes):
        row = {"put_rate": filled(folder / "grown", originals, size)}
        row |= _child("--measure", str(folder / "grown"), "--questions", str(questions))
        row["disk_bytes"] = bytes_in(folder / "grown") / row["sentences"]
        print(" ".join(f"{form.format(row[name]):>12}" for name, form in _COLUMNS), flush=True)
        yield row


def filled(folder: Path, originals: Sequence[Original], size: int) -> float:
    """Fill the store up to *size* sentences; gives the rate of the last 3,000, a second."""
    store = _opened(folder)
    try:
        for _ in grow(store, originals, size - LAST, SEED):
            pass
        before, stored = time.perf_counter(), store.coverage().sentences
        added = sum(grow(store, originals, max(size, stored + LAST), SEED))
        return added / (time.perf_counter() - before)
    finally:
        store.close()


def measure(folder: Path, questions: int) -> dict[str, float]:
    """Measure an index in this process, which has opened none before."""
    embedder = _embedder(folder)
    embedder.embed_query("warm up")
    # What a first question loads whatever the size.
    with tempfile.TemporaryDirectory() as empty:
        nothing = SqliteStore(Path(empty), embedder.name, embedder.dim)
        settings = load_index_settings(data_dir=Path(empty))
        list(_talk(Index(nothing, embedder, settings), ("Who said it?",)))
    before, begun = resident(), time.perf_counter()
    store = _opened(folder)
    index = Index(store, embedder, load_index_settings(data_dir=folder))
    index.warm()
    store.search(embedder.embed_query("open"), 1)
    opened = time.perf_counter() - begun
    asked = list(made_conversations(store, questions + WARM_UP))
    row = {"sentences": float(index.stats().sentences), "open_s": opened}
    row |= times_of(index, asked)
    row["memory_bytes"] = (resident() - before) * 2**20 / row["sentences"]
    row["rss_mb"] = resident()
    row["index_rate"] = indexing_rate(index, folder)
    row |= while_arriving(index, folder, asked)
    index.close()
    return row


def times_of(index: Index, asked: Sequence[tuple[str, ...]]) -> dict[str, float]:
    """Lead each conversation once; percentiles in milliseconds by kind."""
    taken: dict[str, list[float]] = {"party": [], "anyone": []}
    for number, turns in enumerate(asked):
        for kind, seconds in _talk(index, turns):
            if number >= WARM_UP:
                taken[kind].append(1_000 * seconds)
    return {
        f"{kind}_p{at}": float(np.percentile(each, at))
        for kind, each in taken.items()
        for at in (50, 95, 99)
    }


def while_arriving(
    index: Index, folder: Path, asked: Sequence[tuple[str, ...]]
) -> dict[str, float]:
    """Ask while another process stores articles; percentiles in milliseconds over all kinds."""
    command = [sys.executable, "-m", "tests.benchmarks.scale", "--arrive", str(folder)]
    with subprocess.Popen(command) as arriving:
        before = index.store.generation()
        while index.store.generation() == before:
            time.sleep(0.05)
        try:
            taken = [1_000 * seconds for turns in asked for _, seconds in _talk(index, turns)]
        finally:
            arriving.terminate()
    return {f"arriving_p{at}": float(np.percentile(taken, at)) for at in (50, 99)}


def indexing_rate(index: Index, folder: Path) -> float:
    """Index articles whole, and remove them; gives the sentences a second of CPU, the median."""
    copies, rates = Copies(read_originals(folder.parent / "real"), SEED), []
    for number in range(_UNSEEN, _UNSEEN + INDEXED):
        article = copies.make(number)[0].article
        begun = time.process_time()
        sentences = sum(outcome.sentences or 0 for outcome in index.add([article]))
        rates.append(sentences / (time.process_time() - begun))
        index.remove(article.id)
    return float(np.median(rates))


def arrive(folder: Path) -> int:
    """Store articles at a steady pace, until stopped."""
    store = _opened(folder)
    copies = Copies(read_originals(folder.parent / "real"), SEED)
    number = store.coverage().articles
    while True:
        store.put(*copies.make(number))
        number += 1
        time.sleep(1 / ARRIVING)


def plot(rows: Sequence[dict[str, Any]], file: Path) -> None:
    """Draw the times of questions over the size."""
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(figsize=(7, 4))
    sizes = [row["sentences"] for row in rows]
    for name in ("party_p50", "party_p99", "anyone_p50", "anyone_p99", "arriving_p99"):
        axes.plot(sizes, [row[name] for row in rows], marker="o", label=name.replace("_", " "))
    axes.set(xscale="log", yscale="log", xlabel="sentences", ylabel="milliseconds")
    axes.legend()
    figure.savefig(file, bbox_inches="tight")


def bytes_in(folder: Path) -> int:
    """Add up the files of a folder."""
    return sum(path.stat().st_size for path in folder.iterdir())


def _embedder(folder: Path) -> Embedder:
    settings = load_index_settings(data_dir=folder)
    return open_embedder(settings, stored_model(settings))


def _opened(folder: Path) -> SqliteStore:
    embedder = _embedder(folder)
    return SqliteStore(folder, embedder.name, embedder.dim)


def _talk(index: Index, turns: Sequence[str]) -> Iterator[tuple[str, float]]:
    """Ask one after the other; gives the kind each was understood as, and the seconds."""
    query = None
    for text in turns:
        begun = time.perf_counter()
        try:
            query = index.answer(text, previous=query).query
        except QuestionError:
            continue
        taken = time.perf_counter() - begun
        yield ("party" if query.party or query.speaker else "anyone"), taken


def _child(*words: str) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.benchmarks.scale", *words]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


if __name__ == "__main__":
    sys.exit(main())
