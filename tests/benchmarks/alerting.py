"""
Do alerts find what questions find?

Each question of `bench/world` is made a watch; the articles arrive one by one in the order of
their dates. What the watches have found at the end is compared with what the questions find among
all articles.

    python -m tests.benchmarks.alerting --folder ../shared/bench/world
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from index.alerts.alerting import Alerting, watchable
from index.alerts.book import Book
from index.core import Index, open_index
from index.errors import QuestionError
from index.formats import parse
from index.settings import load_index_settings
from index.types import Article, Query

_FIRST = datetime.min.replace(tzinfo=UTC)
_EVER = timedelta(days=100_000)


def main() -> None:
    """Print one line."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--folder", type=Path, required=True, help="with */articles.jsonl")
    folder = options.parse_args().folder
    files = sorted(folder.glob("*/articles.jsonl"))
    articles = [each for file in files for each in parse(file.read_bytes(), file.name)]
    chosen = [each for each in articles if isinstance(each, Article)]
    chosen.sort(key=lambda each: each.published_at or _FIRST)
    questions = [
        json.loads(line)["question"]
        for file in sorted(folder.glob("*/questions.jsonl"))
        for line in file.read_text("utf-8").splitlines()
    ]
    with tempfile.TemporaryDirectory() as name:
        whole = open_index(load_index_settings(data_dir=Path(name) / "whole"))
        with closing(whole):
            list(whole.add(chosen))
            asked = _watches(whole, questions)
            wanted = {text: _answer(whole, query) for text, query in asked.items()}
        found, times = _alerts(Path(name) / "arriving", chosen, asked)
    pairs = [(wanted[text], found[text]) for text in asked]
    both = sum(len(one & other) for one, other in pairs)
    print(
        f"{len(asked)} watches, {len(chosen)} articles: of {sum(len(w) for w, _ in pairs)} "
        f"sentences that the questions find {both} alerted; of {sum(len(f) for _, f in pairs)} "
        f"alerted {both} are among them; {statistics.median(times) * 1000:.0f} ms an article "
        f"(p95 {sorted(times)[int(len(times) * 0.95)] * 1000:.0f})"
    )


def _watches(index: Index, questions: list[str]) -> dict[str, Query]:
    found = {}
    for text in questions:
        try:
            query = index.parse(text)
            found[text] = watchable(replace(query, since=None, until=None))
        except QuestionError:
            continue
    return found


def _answer(index: Index, query: Query) -> set[tuple[str, int]]:
    briefing = index.answer_query(query, limit=1_000)
    thought = "thought, not said"
    return {(q.article_id, q.start) for q in briefing.quotes if thought not in q.labels}


def _alerts(
    folder: Path, articles: list[Article], asked: dict[str, Query]
) -> tuple[dict[str, set[tuple[str, int]]], list[float]]:
    """Let the articles arrive; returns what each watch found, and the seconds of each look."""
    times = []
    index, book = open_index(load_index_settings(data_dir=folder)), Book(folder)
    with closing(index), closing(book):
        names = {book.add(text, query, after=0).number: text for text, query in asked.items()}
        alerting = Alerting(index, book, age=_EVER)
        for article in articles:
            list(index.add([article]))
            started = time.perf_counter()
            alerting.catch_up()
            times.append(time.perf_counter() - started)
        found: dict[str, set[tuple[str, int]]] = {text: set() for text in asked}
        for alert in book.alerts():
            found[names[alert.watch]] |= {(q.article_id, q.start) for q in alert.quotes}
    return found, times


if __name__ == "__main__":
    main()
