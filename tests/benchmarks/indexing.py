"""
Time whole indexing next to plain sentence-transformers with FAISS on the same sentences.

    python -m tests.benchmarks.indexing [--articles 80] [--turns 3] [--threads 2]

Plain encodes the sentences and adds them to a FAISS index in memory. Ours splits the text, finds
attributions and speakers, embeds, and stores each article durably in a new index. Both run in
turns in one process, in which every model is warm; wall and CPU seconds are medians over the
turns, and the ratio that counts is that of the rates, 1.0 being as fast as plain.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path

import faiss

from index.core import open_index
from index.models.embedder import SentenceTransformerEmbedder
from index.settings import load_index_settings
from index.text.sentences import split_sentences
from index.types import Article
from tests.benchmarks.ladder import missing_articles, real_articles


def main() -> int:
    """Print seconds, rates and their ratio."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").strip().splitlines()[0])
    parser.add_argument("--articles", type=int, default=80)
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    if missing := missing_articles():
        print(f"skipped: no {missing}")
        return 0
    articles = list(islice(real_articles(), options.articles))
    sentences = [a.text[s.start : s.end] for a in articles for s in split_sentences(a.text)]
    embedder = SentenceTransformerEmbedder(threads=options.threads)
    embed(embedder, sentences[:64])
    index(articles[:2], options.threads)
    plain, ours = [], []
    for _ in range(options.turns):
        plain.append(timed(lambda: embed(embedder, sentences)))
        ours.append(timed(lambda: index(articles, options.threads)))
    print(f"{len(articles)} articles, {len(sentences)} sentences, {options.threads} threads")
    for name, turns in (("plain", plain), ("onrecord", ours)):
        wall, cpu = (statistics.median(column) for column in zip(*turns, strict=True))
        rates = f"{len(sentences) / wall:6.0f} sentences/s, {len(sentences) / cpu:6.0f} a CPU s"
        print(f"{name:9s} {wall:7.2f} s, {cpu:7.2f} CPU s: {rates}")
    for at, unit in enumerate(("seconds", "CPU seconds")):
        ratios = [p[at] / o[at] for p, o in zip(plain, ours, strict=True)]
        each = " ".join(f"{ratio:.2f}" for ratio in ratios)
        print(f"indexing runs at {statistics.median(ratios):.2f} of plain by {unit} ({each})")
    return 0


def embed(embedder: SentenceTransformerEmbedder, sentences: Sequence[str]) -> None:
    """Encode sentences and put them into an index of vectors, as one would without this project."""
    vectors = faiss.IndexFlatIP(embedder.dim)
    vectors.add(embedder.embed_passages(sentences))


def index(articles: Sequence[Article], threads: int) -> None:
    """Index articles in a new folder."""
    with tempfile.TemporaryDirectory() as folder:
        settings = load_index_settings(data_dir=Path(folder), threads=threads, backend="onnx")
        with closing(open_index(settings)) as made:
            refused = [o.error for o in made.add(articles) if o.status != "indexed"]
    if refused:
        raise SystemExit(f"{len(refused)} articles were not indexed: {refused[0]}")


def timed(run: Callable[[], object]) -> tuple[float, float]:
    """Measure wall and CPU seconds of one call."""
    wall, cpu = time.perf_counter(), time.process_time()
    run()
    return time.perf_counter() - wall, time.process_time() - cpu


if __name__ == "__main__":
    sys.exit(main())
