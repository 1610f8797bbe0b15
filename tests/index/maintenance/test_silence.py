"""What has fallen silent is said: a feed, all articles, a watch that asked for it."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from index.alerts.book import Book
from index.arrivals.feeds.state import FeedHealth, FeedStates
from index.maintenance.doctor import _watches
from index.maintenance.silence import silences
from index.queue import Queue
from index.settings import load_index_settings
from index.types import Article, Query

NOW = datetime.now(UTC)
ANA = Query("Ana Horvat", speaker="Ana Horvat")
FEED = "https://one.example/feed"


@pytest.fixture
def book(tmp_path):
    with closing(Book(tmp_path / "data")) as made:
        yield made


@pytest.fixture
def settings(tmp_path, engine, monkeypatch):
    monkeypatch.setenv("INDEX_FEEDS", FEED)
    list(engine.add([Article("a", "Report", "“It stays,” said Mayor Ana Horvat.")]))
    return load_index_settings(data_dir=tmp_path / "data")


def lines(engine, book, settings, **later):
    found = silences(engine, book, datetime.now(UTC) + timedelta(**later), settings)
    return [(each.kind, each.text.partition(", since")[0]) for each in found]


@pytest.mark.model
def test_no_article_for_a_day_is_said_where_some_should_come(engine, book, settings, monkeypatch):
    assert [] == lines(engine, book, settings, hours=23)
    assert [("articles", "no article has come in for 30 hours")] == lines(
        engine, book, settings, hours=30, minutes=1
    )
    never = settings.model_copy(update={"silent_after": 0.0})
    assert [] == lines(engine, book, never, days=9)
    by_hand = settings.model_copy(update={"feeds": ()})
    assert [] == lines(engine, book, by_hand, days=9)


@pytest.mark.model
def test_a_feed_that_died_is_said(engine, book, settings):
    with closing(Queue(settings.data_dir)) as queue:
        states = FeedStates(queue.database)
        states.keep(FeedHealth(FEED, looked_at=NOW, errors=2, fault="HTTP 500"))
        assert [] == lines(engine, book, settings)
        states.keep(FeedHealth(FEED, looked_at=NOW, errors=3, fault="HTTP 500"))
        failed = [("feed", f"the last 3 looks at the feed {FEED} failed: HTTP 500")]
        assert failed == lines(engine, book, settings)
        states.keep(FeedHealth(FEED, looked_at=NOW, gone=True))
        assert [("feed", f"the feed {FEED} is gone for good")] == lines(engine, book, settings)


@pytest.mark.model
def test_a_watch_that_finds_nothing_is_said_if_asked_for(engine, book, settings):
    asked = book.add("Ana Horvat", ANA, after=0, owner="slack:T:C:U", silent_after=3)
    book.add("Ivo Babic", ANA, after=0)
    never = settings.model_copy(update={"silent_after": 0.0})

    assert [] == lines(engine, book, never, days=2)
    [found] = silences(engine, book, datetime.now(UTC) + timedelta(days=3, hours=1), never)
    assert ("watch", "nothing on “Ana Horvat” for 3 days") == (found.kind, found.text)
    assert (asked.number, "slack:T:C:U") == (found.watch, found.owner)
    book.pause(asked.number, True, owner="slack:T:C:U")
    assert [] == lines(engine, book, never, days=9)


@pytest.mark.model
def test_doctor_says_what_has_fallen_silent(engine, book, settings, monkeypatch):
    book.add("Ana Horvat", ANA, after=0, silent_after=1)
    with book.database.writing() as db:
        db.execute("UPDATE watches SET created_at = created_at - 3 * 86400000000")

    monkeypatch.setattr("index.core.open_index", lambda settings, create: engine)

    found = [(each.level, each.found.partition(", since")[0]) for each in _watches(settings)]

    assert [("warn", "nothing on “Ana Horvat” for 3 days")] == found
