"""
Time warm questions against the least that any search by meaning costs, in one run.

    python -m tests.benchmarks.asking FOLDER QUESTIONS

FOLDER is the folder of an index, QUESTIONS a file with lines ``{"question": "…"}``. Each question
is asked once: its vector by sentence-transformers' own `encode` and the nearest sentences by FAISS,
then `Index.answer`; which of the two goes first changes from question to question. Without FOLDER
and QUESTIONS it takes 3,300 sentences of ``../shared/bench`` and their questions.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from sentence_transformers import SentenceTransformer

from index.core import Index, open_index
from index.errors import QuestionError
from index.models.embedder import encoder_folder
from index.settings import load_index_settings
from index.types import Article
from tests.benchmarks.questions import DEFAULT, lines_of

SENTENCES = 3_300
NEAREST = 10
WARM_UP = 20


def main() -> int:
    """Time it; 0 unless there is nothing to ask."""
    if len(sys.argv) == 3:
        return _time(Path(sys.argv[1]), Path(sys.argv[2]))
    questions = DEFAULT / "questions_dev.jsonl"
    if not questions.exists():
        print(f"skipped: no {questions}")
        return 0
    with tempfile.TemporaryDirectory() as scratch:
        fill(Path(scratch))
        return _time(Path(scratch), questions)


def fill(folder: Path) -> None:
    """Index so many articles of the benchmark that they hold 3,300 sentences."""
    index = open_index(load_index_settings(data_dir=folder))
    stored = 0
    for line in lines_of(DEFAULT / "polnear_dev.jsonl"):
        article = Article(line["id"], line["title"] or "", line["text"], line["publisher"])
        stored += sum(outcome.sentences or 0 for outcome in index.add([article]))
        if stored >= SENTENCES:
            break
    index.close()


def _time(folder: Path, questions: Path) -> int:
    """Ask every question both ways, and print the times of those with a topic and without."""
    index = open_index(load_index_settings(data_dir=folder), create=False)
    index.warm()
    nearest = _nearest(index)
    texts = list(dict.fromkeys(line["question"] for line in lines_of(questions)))
    times: dict[str, list[tuple[float, float]]] = {"with a topic": [], "without": []}
    for number, text in enumerate(texts):
        ways: list[Callable[[str], Any]] = [nearest, lambda q: _answer(index, q)]
        taken = {}
        for way in (0, 1) if number % 2 else (1, 0):
            begun = time.perf_counter()
            result = ways[way](text)
            taken[way] = time.perf_counter() - begun
            if way == 1:
                kind = "with a topic" if result and result.query.topic else "without"
        if number >= WARM_UP:
            times[kind].append((taken[0], taken[1]))
    print(f"{index.stats().sentences:,} sentences, {len(texts)} questions; milliseconds")
    for kind, pairs in {**times, "all": [p for each in times.values() for p in each]}.items():
        if pairs:
            _report(kind, pairs)
    index.close()
    return 0


def _nearest(index: Index) -> Callable[[str], Any]:
    """Make the bare search: sentence-transformers' `encode`, then FAISS."""
    model = SentenceTransformer(str(encoder_folder()), device="cpu")
    stored = [index.store.vectors(name) for name in index.store.ids()]
    rows = np.concatenate([rows for rows in stored if rows is not None])
    flat = faiss.IndexFlatIP(rows.shape[1])
    flat.add(np.ascontiguousarray(rows))

    def search(text: str) -> Any:
        return flat.search(model.encode([text], normalize_embeddings=True), NEAREST)

    return search


def _answer(index: Index, text: str) -> Any:
    try:
        return index.answer(text)
    except QuestionError:
        return None


def _report(kind: str, pairs: list[tuple[float, float]]) -> None:
    """Print the median and the 95th percentile of both ways, and their ratio."""
    bare, whole = ([1_000 * pair[way] for pair in pairs] for way in (0, 1))
    ratio = statistics.median(whole) / statistics.median(bare)
    times = [
        f"p50 {np.percentile(x, 50):6.2f}  p95 {np.percentile(x, 95):6.2f}" for x in (bare, whole)
    ]
    print(
        f"{kind:>12} ({len(pairs):3})  "
        f"encode + FAISS {times[0]}   answer {times[1]}   p50 {ratio:.2f}"
    )


if __name__ == "__main__":
    sys.exit(main())
