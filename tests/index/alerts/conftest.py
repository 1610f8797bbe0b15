"""A book beside the tiny index, and what is put into both."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from index.alerts.alerting import last_number, watchable
from index.alerts.book import Book
from index.types import Article

NOW = datetime.now(UTC)
STAYS = "“The ferry stays in port for nine days,” Mayor Ana Horvat told reporters."


def article(name, text=STAYS, outlet="Harbour Post", **fields):
    fields.setdefault("published_at", NOW)
    return Article(name, f"Report {name}", text, outlet, f"https://p.example/{name}", **fields)


def texts(found):
    return [(kept.text, " ".join(quote.text for quote in quotes)) for kept, quotes in found]


@pytest.fixture
def book(tmp_path):
    made = Book(tmp_path / "data")
    yield made
    made.close()


@pytest.fixture
def add(engine):
    def added(*articles, **how):
        return [outcome.status for outcome in engine.add(articles, **how)]

    return added


@pytest.fixture
def watch(engine, book):
    def kept(text, **how):
        return book.add(text, watchable(engine.parse(text)), after=last_number(engine), **how)

    return kept
