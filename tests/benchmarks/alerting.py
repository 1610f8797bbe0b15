"""
Do alerts find what questions find, and what do many watches cost?

Each question of `bench/world` is made a watch; the articles arrive one by one in the order of
their dates. What the watches have found at the end is compared with what the questions find then
among all articles, copies counting as one, and with what their labels say. With ``--watches``,
so many watches wait, on other topics and parties, and what an article costs is compared with what
it costs without.

    python -m tests.benchmarks.alerting --folder ../shared/bench/world [--history SHARE]
    python -m tests.benchmarks.alerting --folder ../shared/bench/world --watches 10000 \
        --topics ../shared/bench/world-train
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Collection, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from index.alerts.alerting import Alerting, last_number
from index.alerts.book import Book
from index.alerts.training import make_watches, read_corpora
from index.answers.search.duplicates import same_wording
from index.core import Index, open_index
from index.labels import THOUGHT
from index.settings import load_index_settings
from index.text.words import words
from index.types import Article, Query, Quote

_EVER = timedelta(days=100_000)
_SEED = 7
Place = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Found:
    """What one watch or question found: its sentences by place."""

    quotes: Mapping[Place, Quote]

    def share_in(self, others: Mapping[Place, Quote]) -> int:
        """Count the sentences that are among *others*, or copies of one of them."""
        known = [words(quote.text) for quote in others.values()]
        return sum(
            place in others or any(same_wording(words(quote.text), each) for each in known)
            for place, quote in self.quotes.items()
        )


def main() -> None:
    """Print one line."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--folder", type=Path, required=True, help="with */articles.jsonl")
    about = "share of the articles that the index holds before the watches are made (2/3)"
    options.add_argument("--history", type=float, default=2 / 3, help=about)
    options.add_argument("--watches", type=int, help="measure what so many cost")
    options.add_argument("--unprepared", action="store_true", help="as right after a restart")
    options.add_argument("--topics", type=Path, help="other corpora, for --watches: older")
    given = options.parse_args()
    articles, questions = read_corpora(given.folder)
    before = int(len(articles) * given.history)
    with tempfile.TemporaryDirectory() as scratch:
        if given.watches:
            older, more = read_corpora(given.topics) if given.topics else ([], [])
            whole = [*older, *articles]
            asked = [*questions, *more]
            many = given.watches, not given.unprepared
            print(_cost(Path(scratch), whole, len(older) + before, asked, *many))
        else:
            print(_agreement(Path(scratch), articles, before, questions, _gold(given.folder)))


def _gold(folder: Path) -> dict[str, set[Place]]:
    """Read what answers each question that has an answer."""
    found: dict[str, set[Place]] = {}
    for file in sorted(folder.glob("*/questions.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            record = json.loads(line)
            if record.get("gold"):
                places = {(each["doc"], each["start"]) for each in record["gold"]}
                found.setdefault(record["question"], set()).update(places)
    return found


def _agreement(
    scratch: Path,
    articles: Sequence[Article],
    before: int,
    questions: Sequence[str],
    gold: Mapping[str, Collection[Place]],
) -> str:
    late = {article.id for article in articles[before:]}
    with closing(open_index(load_index_settings(data_dir=scratch / "whole"))) as whole:
        list(whole.add(articles))
        asked = make_watches(whole, questions)
        wanted = {text: _answer(whole, query) for text, query in asked.items()}
    found, times = _alerts(scratch / "arriving", articles, before, asked)
    # What was only thought, or foreseen, questions show too; a watch need not find it.
    expected = {
        text: {
            place: quote
            for place, quote in each.items()
            if place[0] in late and THOUGHT not in quote.labels
        }
        for text, each in wanted.items()
    }
    alerted = sum(len(each) for each in found.values())
    right = sum(Found(found[text]).share_in(wanted[text]) for text in asked)
    answers = sum(len(each) for each in expected.values())
    met = sum(Found(expected[text]).share_in(found[text]) for text in asked)
    return (
        f"{len(asked)} watches, {before} articles and {len(late)} that arrive: {met}/{answers} "
        f"sentences that the questions find were alerted, {right}/{alerted} alerted ones are "
        f"found by the questions; gold among the alerted {_precision(found, gold)}, among those "
        f"found by the questions {_precision(expected, gold)}; "
        f"{statistics.median(times) * 1000:.0f} ms an article (mean "
        f"{statistics.mean(times) * 1000:.0f})"
    )


def _precision(
    found: Mapping[str, Mapping[Place, Quote]], gold: Mapping[str, Collection[Place]]
) -> str:
    shown = [(text, place) for text in gold for place in found.get(text, ())]
    return f"{sum(place in gold[text] for text, place in shown)}/{len(shown)}"


def _answer(index: Index, query: Query) -> dict[Place, Quote]:
    briefing = index.answer_query(query, limit=1_000)
    return {(q.article_id, q.start): q for q in briefing.quotes}


def _alerts(
    folder: Path, articles: Sequence[Article], before: int, asked: Mapping[str, Query]
) -> tuple[dict[str, dict[Place, Quote]], list[float]]:
    """Let the articles arrive; returns what each watch found, and the seconds of each look."""
    times = []
    index, book = open_index(load_index_settings(data_dir=folder)), Book(folder)
    with closing(index), closing(book):
        list(index.add(articles[:before]))
        last = last_number(index)
        names = {book.add(text, query, after=last).number: text for text, query in asked.items()}
        alerting = Alerting(index, book, age=_EVER)
        alerting.catch_up()
        for article in articles[before:]:
            list(index.add([article]))
            started = time.perf_counter()
            alerting.catch_up()
            times.append(time.perf_counter() - started)
        found: dict[str, dict[Place, Quote]] = {text: {} for text in asked}
        for alert in book.alerts():
            quotes = {(quote.article_id, quote.start): quote for quote in alert.quotes}
            found[names[alert.watch]] |= quotes
    return found, times


def _cost(
    scratch: Path,
    articles: Sequence[Article],
    before: int,
    questions: Sequence[str],
    count: int,
    prepared: bool,
) -> str:
    settings = load_index_settings(data_dir=scratch)
    with closing(open_index(settings)) as index, closing(Book(scratch)) as book:
        list(index.add(articles[:before]))
        last = last_number(index)
        for query in _many(index, questions, count):
            book.add(query.text, query, after=last)
        alerting = Alerting(index, book, age=_EVER)
        taken, started = _memory(), time.perf_counter()
        alerting.catch_up()
        while prepared and alerting.prepare():
            pass
        ready = time.perf_counter() - started
        adding, looking, alerts = [], [], 0
        for article in articles[before:]:
            started = time.process_time()
            list(index.add([article]))
            added = time.process_time()
            alerts += len(alerting.catch_up())
            looking.append(time.process_time() - added)
            adding.append(added - started)
    ratio = 1 + sum(looking) / sum(adding)
    return (
        f"{count} watches, {len(adding)} articles that arrive: {alerts} alerts; an article takes "
        f"{statistics.mean(adding) * 1000:.0f} ms of CPU without and {ratio:.2f} times that with "
        f"watches, {statistics.median(looking) * 1000:.0f} ms more (mean "
        f"{statistics.mean(looking) * 1000:.0f}, most {max(looking) * 1000:.0f}, the first "
        f"{looking[0] * 1000:.0f}); "
        f"{_memory() - taken:.0f} MB more; {ready:.1f} s to prepare"
    )


def _many(index: Index, questions: Sequence[str], count: int) -> list[Query]:
    """Make watches of the topics of *questions*, each put to parties of all kinds and to anyone."""
    rng = random.Random(_SEED)
    asked = [*make_watches(index, questions).values()]
    parties = sorted({party.key for party in index.tables.parties.values()})
    found = asked[:count]
    topical = [query for query in asked if query.topic is not None]
    while len(found) < count:
        query = rng.choice(topical)
        place = rng.choice(parties)
        other = replace(
            query, party=rng.choice(parties), speaker=None, other_parties=(), other_speakers=(),
            topic=f"{query.topic} {place}", anyone=False,
        )  # fmt: skip
        found.append(replace(other, text=f"{other.party} on {other.topic}"))
    return found


def _memory() -> float:
    """Return the most memory that the process has taken so far, in MB."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1_000_000 if sys.platform == "darwin" else 1_000)


if __name__ == "__main__":
    main()
