"""One statement is one alert, whoever carries it and whenever it comes; the old is no news."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from index.alerts.alerting import Alerting
from index.alerts.changes import Changes
from index.alerts.recent import FirstSaid
from index.errors import StoreError
from index.types import Withdrawal
from tests.index.alerts.conftest import NOW, STAYS, article, texts

pytestmark = pytest.mark.model

OUTLETS = [f"Paper {number}" for number in range(7)]


def test_seven_outlets_with_one_statement_cause_one_alert(engine, book, add, watch):
    watch("Ana Horvat")
    alerting = Alerting(engine, book)
    found = []
    for number, outlet in enumerate(OUTLETS):
        add(article(f"a{number}", f"It rained on day {number}. {STAYS}", outlet))
        found += alerting.catch_up()

    assert [("Ana Horvat", STAYS)] == texts(found)
    [alert] = book.alerts()
    assert (OUTLETS[0], tuple(OUTLETS[1:])) == (alert.quotes[0].outlet, alert.also_in)


def test_what_is_known_is_known_after_a_restart(engine, book, add, watch):
    watch("Ana Horvat")
    add(article("a"))
    Alerting(engine, book).catch_up()

    add(article("b", outlet="Daily Buoy"))

    assert [] == Alerting(engine, book).catch_up()
    assert ("Daily Buoy",) == book.alerts()[0].also_in


def test_alerts_of_several_watches_for_one_statement_share_its_number(engine, book, add, watch):
    for text in ("Ana Horvat", "anyone on the ferry", "Ana Horvat, only direct"):
        watch(text)
    alerting = Alerting(engine, book)

    add(article("a"), article("b", outlet="Daily Buoy"))
    add(article("c", "“The ferry will not leave,” Mayor Ana Horvat said."))

    assert 6 == len(alerting.catch_up())
    of_a, of_c = (
        {alert.statement for alert in book.alerts() if alert.article == name} for name in "ac"
    )
    assert (1, 1) == (len(of_a), len(of_c))
    assert of_a != of_c


def test_what_stands_near_several_statements_of_an_article_is_read_once(engine, add, monkeypatch):
    more = "“The ferry stays until May,” Mayor Ana Horvat told reporters."
    add(article("a", f"{STAYS} {more}"), article("b", "“It rains,” said Ivo Babic."))
    add(article("c", f"{STAYS} {more}"))
    said = [(each,) for each in engine.answer("Ana Horvat", limit=9).quotes]
    own = [(replace(each, article_id="c"),) for (each,) in said]
    at = engine.store.get("a").indexed_at
    read = []
    get_many = type(engine.store).get_many
    monkeypatch.setattr(
        type(engine.store),
        "get_many",
        lambda self, names: read.extend(names) or get_many(self, names),
    )

    first = FirstSaid(engine.store)

    assert [at, at] == [first.find(quotes) for quotes in own[:2]]
    assert 1 == read.count("a")
    assert at == first.find(own[0])
    assert 1 == read.count("a")


def test_the_same_article_again_and_a_corrected_one_cause_no_other(engine, book, add, watch):
    watch("Ana Horvat")
    alerting = Alerting(engine, book)
    add(article("a"))
    assert 1 == len(alerting.catch_up())

    add(article("a"), force=True)
    add(article("a", f"{STAYS} It rained.", revised_at=NOW + timedelta(minutes=1)))
    add(Withdrawal("a", "legal", NOW + timedelta(minutes=2)))
    add(article("a", revised_at=NOW + timedelta(minutes=3)))

    assert [] == alerting.catch_up()
    assert ["new"] == [alert.state for alert in book.alerts()]


def test_the_first_look_at_a_feed_brings_what_is_old_and_causes_no_alert(engine, book, add, watch):
    watch("Ana Horvat")
    old = [
        article(
            f"old{days}",
            STAYS.replace("nine", str(days + 20)),
            published_at=NOW - timedelta(days=days, hours=2),
        )
        for days in range(2, 8)
    ]
    fresh = article("fresh", "“No boat will leave,” Mayor Ana Horvat said.")

    add(*old, fresh)

    assert ["fresh"] == [quotes[0].article_id for _, quotes in Alerting(engine, book).catch_up()]


def test_an_article_that_arrives_after_the_watch_is_news_for_two_days(engine, book, add, watch):
    kept = watch("Ana Horvat")
    made = kept.created_at
    texts_ = [STAYS.replace("nine", str(count)) for count in (21, 22, 23, 24)]
    add(article("minutes", texts_[0], published_at=made - timedelta(minutes=20)))
    add(article("hours", texts_[1], published_at=made - timedelta(hours=47)))
    add(article("ahead", texts_[2], published_at=made + timedelta(hours=5)))
    add(article("days", texts_[3], published_at=made - timedelta(hours=49)))

    found = {quotes[0].article_id for _, quotes in Alerting(engine, book).catch_up()}

    assert {"minutes", "hours", "ahead"} == found


def test_an_article_of_which_only_the_day_is_known_is_news_that_day(engine, book, add, watch):
    watch("Ana Horvat")
    today = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    add(article("today", published_at=today))
    add(article("before", STAYS.replace("nine", "ten"), published_at=today - timedelta(days=4)))

    found = Alerting(engine, book).catch_up()

    assert ["today"] == [quotes[0].article_id for _, quotes in found]


def test_what_the_index_held_in_other_words_of_the_paper_is_no_news(engine, book, add, watch):
    add(article("before", f"It was cold. {STAYS}", "Daily Buoy"))
    watch("Ana Horvat")

    add(
        article("copy"),
        article("other", STAYS.replace("nine", "ten")),
        article("denied", "“The ferry does not stay in port for nine days,” Ana Horvat said."),
    )

    found = {quotes[0].article_id for _, quotes in Alerting(engine, book).catch_up()}
    assert {"other", "denied"} == found


def test_hundreds_of_articles_at_once_are_each_looked_at_once(engine, book, add, watch):
    watch("Ana Horvat")
    add(*(article(f"a{n}", STAYS.replace("nine", f"{n + 20}")) for n in range(120)))
    alerting = Alerting(engine, book)

    assert 120 == len(alerting.catch_up())
    assert [] == alerting.catch_up()
    numbers = {alert.statement for alert in book.alerts()}
    assert 120 == len(numbers)


def test_a_heading_without_words_of_anybody_causes_no_alert(engine, book, add, watch):
    watch("anyone on the ferry")

    add(article("a", "The ferry stays in port. It is cold.", outlet="Post"))

    assert [] == Alerting(engine, book).catch_up()


def test_what_could_not_be_written_is_found_again(engine, book, add, watch, monkeypatch):
    watch("Ana Horvat")
    alerting = Alerting(engine, book)
    add(article("a"))
    real = Changes.done_with

    def failing(self, revision):
        raise StoreError("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(Changes, "done_with", failing)
        with pytest.raises(StoreError):
            alerting.catch_up()
    assert (real, []) == (Changes.done_with, book.alerts())

    assert [("Ana Horvat", STAYS)] == texts(alerting.catch_up())
