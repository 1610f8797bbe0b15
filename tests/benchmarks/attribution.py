"""
Score the attribution step on annotated articles, and time it beside plain encoding.

    python -m tests.benchmarks.attribution [--folder FOLDER] [--record]

FOLDER holds ``polnear_dev.jsonl`` and ``score_spans.py``; by default it is
``../shared/bench/polnear`` beside the checkout. Times are CPU seconds of one process, three
turns each, medians.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from index.attribution import find_many
from index.attribution.network import WEIGHTS
from index.models.embedder import SentenceTransformerEmbedder
from index.text.sentences import split_sentences
from index.types import Article

DEFAULT = Path(__file__).parents[3] / "shared" / "bench" / "polnear"
TURNS = 3


def main() -> int:
    """Print the scores, then the words per CPU second and their ratio."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").strip().splitlines()[0])
    parser.add_argument("--folder", type=Path, default=DEFAULT)
    parser.add_argument("--record", action="store_true", help="write the scores beside the weights")
    arguments = parser.parse_args()
    gold = arguments.folder / "polnear_dev.jsonl"
    if not gold.exists():
        print(f"skipped: no {gold}")
        return 0
    articles = [
        Article(a["id"], a["title"] or "", a["text"])
        for a in map(json.loads, gold.read_text(encoding="utf-8").splitlines())
    ]
    figures = _score(arguments.folder / "score_spans.py", gold, articles)
    if arguments.record:
        _record(figures)
    _compare(articles)
    return 0


def _score(scorer: Path, gold: Path, articles: list[Article]) -> dict[str, Any]:
    """Run the scorer, which prints, and read its figures back."""
    with tempfile.TemporaryDirectory() as scratch:
        predicted, figures = Path(scratch) / "predicted.jsonl", Path(scratch) / "figures.json"
        predicted.write_text("".join(_lines(articles)), encoding="utf-8")
        command = [sys.executable, scorer, gold, predicted, "--json", figures]
        subprocess.run([str(word) for word in command], check=True)
        scored: dict[str, Any] = json.loads(figures.read_text(encoding="utf-8"))
    return scored


def _record(figures: dict[str, Any]) -> None:
    """Write the F1 scores into the record of the weights."""
    file = WEIGHTS / "tagger.json"
    record = json.loads(file.read_text(encoding="utf-8"))
    record["development_f1"] = {
        "attribution": figures["attribution"]["F1"],
        "direct": figures["direct"]["attribution"]["F1"],
        "indirect": figures["indirect"]["attribution"]["F1"],
        "content": figures["content"]["F1"],
        **{f"{part} fragments": v["F1"] for part, v in figures["component_exact"].items()},
    }
    file.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


def _lines(articles: list[Article]) -> list[str]:
    """Lay out predictions as the scorer reads them."""
    return [
        json.dumps(
            {
                "id": article.id,
                "attributions": [
                    {"source": a.source, "cue": a.cue, "content": a.content} for a in found
                ],
            }
        )
        + "\n"
        for article, found in zip(articles, find_many(articles), strict=True)
    ]


def _compare(articles: list[Article]) -> None:
    """Time attribution and encoding in turns, on the same sentences."""
    sentences = [a.text[s.start : s.end] for a in articles for s in split_sentences(a.text)]
    words = sum(len(s.split()) for s in sentences)
    embedder = SentenceTransformerEmbedder()
    embedder.embed_passages(sentences[:64])
    encode: list[tuple[float, float]] = []
    attribute: list[tuple[float, float]] = []
    for _ in range(TURNS):
        encode.append(_timed(lambda: embedder.embed_passages(sentences)))
        attribute.append(_timed(lambda: find_many(articles)))
    print(f"\n{len(sentences)} sentences, {words} words, medians of {TURNS} turns")
    for name, turns in (("encode", encode), ("attribution", attribute)):
        cpu, wall = (statistics.median(column) for column in zip(*turns, strict=True))
        rates = f"{words / cpu:8.0f} words per CPU second, {len(sentences) / wall:6.0f} sentences/s"
        print(f"{name:12s} {rates}")
    ratios = [e[1] / a[1] for e, a in zip(encode, attribute, strict=True)]
    print(f"attribution runs at {statistics.median(ratios):.2f} of encode's rate")


def _timed(run: Callable[[], object]) -> tuple[float, float]:
    """Measure CPU and wall seconds of one call."""
    cpu, wall = time.process_time(), time.perf_counter()
    run()
    return time.process_time() - cpu, time.perf_counter() - wall


if __name__ == "__main__":
    sys.exit(main())
