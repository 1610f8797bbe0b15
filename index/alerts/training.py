"""
Train the model that says which alerts a grown index would bear out.

    python -m index.alerts.training FOLDER

FOLDER holds a folder for each corpus, with ``articles.jsonl`` and ``questions.jsonl``. Each
question is made a watch, the articles of all corpora arrive one by one in the order of their
dates, and what the watches find then is compared with what the questions find among all articles
at the end. Writes ``lasting.json`` beside the model of relevance; to be run whenever that was
trained anew.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import logging
import sys
import tempfile
from collections.abc import Hashable, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import index.answers.search.scoring as scoring
from index.alerts.alerting import Alerting, watchable
from index.alerts.book import Book
from index.answers.search.scoring.evidence import Numbers
from index.answers.search.scoring.lasting import FILE, LastingModel, record_of
from index.answers.search.scoring.model import Floats
from index.answers.search.scoring.training import fit
from index.core import Index, open_index
from index.errors import QuestionError
from index.formats import parse
from index.settings import load_index_settings
from index.types import Article, Query

log = logging.getLogger(__name__)
_EVER = timedelta(days=100_000)
_DECAY, _FARTHEST = 30.0, 4.0
_FOLDS = 5
# An index is grown from this share of the articles on; of what the questions find in those that
# come then, at most this share may be missed.
_GROWN, _MISSED = 2 / 3, 0.025

# A sentence that a question showed when its article came: the question, the article, its number
# there, and the numbers.
Shown = tuple[Hashable, str, int, Numbers]


class Recorder:
    """Lets everything pass, and keeps what it has seen."""

    def __init__(self) -> None:
        self.seen: list[Shown] = []

    def __call__(
        self, asked: Hashable, article_id: str, places: Sequence[int], numbers: Numbers
    ) -> NDArray[np.bool_]:
        """Judge as `lasting.will_last` does: yes."""
        rows = zip(places, numbers, strict=True)
        self.seen += [(asked, article_id, at, row.copy()) for at, row in rows]
        return np.ones(len(places), dtype=bool)


def read_corpora(folder: Path) -> tuple[list[Article], list[str]]:
    """Read the articles of all corpora in *folder*, by date, and the questions."""
    files = sorted(folder.glob("*/articles.jsonl"))
    found = [each for file in files for each in parse(file.read_bytes(), file.name)]
    articles = [each for each in found if isinstance(each, Article)]
    first = datetime.min.replace(tzinfo=UTC)
    articles.sort(key=lambda each: each.published_at or first)
    questions = [
        json.loads(line)["question"]
        for file in sorted(folder.glob("*/questions.jsonl"))
        for line in file.read_text("utf-8").splitlines()
    ]
    return articles, questions


def make_watches(index: Index, questions: Sequence[str]) -> dict[str, Query]:
    """Make watches of *questions*, without their dates; those of which none can be made are out."""
    found = {}
    for text in questions:
        try:
            query = index.parse(text)
            found[text] = watchable(replace(query, since=None, until=None))
        except QuestionError:
            continue
    return found


def _shown_at_the_end(index: Index, query: Query) -> set[tuple[str, int]]:
    quotes = index.answer_query(query, limit=1_000).quotes
    return {(quote.article_id, quote.start) for quote in quotes}


def gather(folder: Path, scratch: Path) -> tuple[list[Shown], Floats, Floats]:
    """
    Let the articles arrive.

    Returns:
        What was shown on arrival; (n,) whether it is at the end, 0 or 1; (n,) the share of the
        articles that had come.
    """
    articles, questions = read_corpora(folder)
    with closing(open_index(load_index_settings(data_dir=scratch / "whole"))) as whole:
        list(whole.add(articles))
        watches = make_watches(whole, questions)
        wanted: dict[Hashable, set[tuple[str, int]]] = {
            replace(each, text=""): _shown_at_the_end(whole, each) for each in watches.values()
        }
        starts = {
            article.id: [sentence.start for sentence in item.sentences]
            for article in articles
            if (item := whole.store.get(article.id)) is not None
        }
    log.info("%d articles, %d watches", len(articles), len(watches))
    recorder = Recorder()
    settings = load_index_settings(data_dir=scratch / "arriving")
    with closing(open_index(settings)) as index, closing(Book(settings.data_dir)) as book:
        for text, query in watches.items():
            book.add(text, query, after=0)
        alerting = Alerting(index, book, age=_EVER, judge=recorder)
        for article in articles:
            list(index.add([article]))
            alerting.catch_up()
    places = {article.id: at / len(articles) for at, article in enumerate(articles)}
    right = [(name, starts[name][at]) in wanted[asked] for asked, name, at, _ in recorder.seen]
    come = [places[name] for _, name, _, _ in recorder.seen]
    return recorder.seen, np.array(right, dtype=np.float64), np.array(come)


def train(seen: Sequence[Shown], right: Floats, come: Floats) -> tuple[LastingModel, str]:
    """Learn from what was shown; the figures are those of questions that were left out in turn."""
    numbers = np.stack([row for *_, row in seen])
    questions = list(dict.fromkeys(asked for asked, *_ in seen))
    fold = np.array([questions.index(asked) % _FOLDS for asked, *_ in seen])
    chances = np.zeros(len(right))
    for each in range(_FOLDS):
        others = fold != each
        made = fit(numbers[others], right[others], np.ones(others.sum()), _DECAY, _FARTHEST)
        chances[~others] = made.probabilities(numbers[~others])
    late = come >= _GROWN
    floor = round(float(np.quantile(chances[late & (right > 0)], _MISSED)), 3)
    made = fit(numbers, right, np.ones(len(right)), _DECAY, _FARTHEST)
    lines = []
    for name, of in (("all", come >= 0), ("late", late)):
        kept = of & (chances >= floor)
        lines.append(
            f"{name}: shown {of.sum()}, of which {int(right[of].sum())} last; kept {kept.sum()}, "
            f"of which {int(right[kept].sum())} last"
        )
    return LastingModel(made, floor), "; ".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Let the articles arrive, train, and write the model."""
    parser = argparse.ArgumentParser(description="Train the model of alerts that last.")
    parser.add_argument("folder", type=Path, help="a folder for each corpus")
    given = parser.parse_args(arguments)
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    log.setLevel(logging.INFO)
    with tempfile.TemporaryDirectory() as scratch:
        model, figures = train(*gather(given.folder, Path(scratch)))
    files = sorted(given.folder.glob("*/*.jsonl"))
    made = record_of(model) | {
        "data_sha256": hashlib.sha256(b"".join(f.read_bytes() for f in files)).hexdigest(),
        "figures": figures,
    }
    out = Path(scoring.__path__[0]) / FILE
    out.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
    log.info("%s: from %.3f on; %s", out, model.lasting, figures)
    return 0


if __name__ == "__main__":
    sys.exit(main())
