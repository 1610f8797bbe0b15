"""A digest of news: what came in since, and what no article had before."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from index.alerts.alerting import last_number
from index.types import Article, News, Query, Withdrawal

pytestmark = pytest.mark.model

NOW = datetime(2026, 3, 4, 8, tzinfo=UTC)
SINCE = NOW - timedelta(days=1)
STAYS = "“The ferry stays in port for nine days,” Mayor Ana Horvat told reporters."
SAILS = "“The ferry sails on Friday at noon,” Mayor Ana Horvat said."
ALL = Query("", anyone=True)


def article(name, text=STAYS, hours=1.0, outlet="Harbour Post", **fields):
    at = NOW - timedelta(hours=hours)
    return Article(name, f"Report {name}", text, outlet, f"https://p.example/{name}", at, **fields)


@pytest.fixture
def add(engine):
    def added(*articles):
        assert all(outcome.status in ("indexed", "updated") for outcome in engine.add(articles))

    return added


@pytest.fixture
def news(engine):
    """What a digest shows of that which came in since some revision."""

    def shown(after, *, before=(), topic=ALL):
        window = News(after, last_number(engine), frozenset(before))
        found = engine.digest(topic, since=SINCE, now=NOW, news=window)
        return [(quote.article_id, quote.text, quote.also_in) for quote in found.quotes]

    return shown


def test_only_what_came_in_since_is_shown(engine, add, news):
    add(article("a"))
    after = last_number(engine)
    add(article("b", SAILS))

    assert [("b", SAILS, ())] == news(after)
    assert {STAYS, SAILS} == {text for _, text, _ in news(0)}
    assert [] == news(last_number(engine))


def test_what_comes_in_after_the_last_revision_is_the_next_ones(engine, add):
    add(article("a"))
    window = News(0, last_number(engine))
    add(article("b", SAILS))

    found = engine.digest(ALL, since=SINCE, now=NOW, news=window)

    assert [STAYS] == [quote.text for quote in found.quotes]
    assert 1 == found.total


def test_words_that_another_outlet_had_before_are_no_news(engine, add, news):
    add(article("a", hours=30))
    after = last_number(engine)
    add(article("b", f"It rained. {STAYS}", outlet="Daily Buoy"))

    assert [] == news(after)
    assert [("a", STAYS, ("Daily Buoy",))] == news(0)


def test_what_was_published_before_and_came_in_late_is_news(engine, add, news):
    add(article("a", hours=40), article("b", SAILS, hours=24 * 4))

    assert [("a", STAYS, ())] == news(0)


def test_an_article_that_is_changed_brings_only_what_was_not_shown(engine, add, news):
    add(article("a"))
    after = last_number(engine)
    add(article("a", f"{STAYS} {SAILS}", hours=0.5))

    assert [("a", SAILS, ())] == news(after, before=[("a", STAYS)])


def test_what_was_withdrawn_is_no_news(engine, add, news):
    add(article("a"), article("b", SAILS))
    list(engine.add([Withdrawal("a", "legal", NOW)]))

    assert [("b", SAILS, ())] == news(0)


def test_a_digest_says_since_when_and_a_topic_names_parties_or_a_matter(engine, add):
    add(article("a"), article("b", "“We pay,” Russian minister Ivo Babic said of the ferry."))
    window = News(0, last_number(engine))

    found = engine.digest("the ferry", since=SINCE, now=NOW, news=window)
    assert SINCE == found.query.since
    assert "the ferry" == (found.query.text)

    by_russia = engine.digest("Russia", since=SINCE, now=NOW, news=window)
    assert ["Ivo Babic"] == [quote.speaker for quote in by_russia.quotes]
    assert ("russia", None) == (by_russia.query.party, by_russia.query.topic)
    assert ("ferry strikes", True) == _asked(engine.read_topic("ferry strikes"))
    assert (None, True) == _asked(engine.read_topic(""))


def _asked(query):
    return query.topic, query.anyone
