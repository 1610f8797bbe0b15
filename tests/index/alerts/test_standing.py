"""A statement is on record while one article holds it; a correction of it is no other statement."""

from __future__ import annotations

from datetime import timedelta

import apsw
import pytest

from index.alerts.alerting import Alerting
from index.alerts.book import ALERTS, Book
from index.alerts.standing import standing
from index.types import Withdrawal
from tests.index.alerts.conftest import NOW, STAYS, article, texts

pytestmark = pytest.mark.model

TEN = STAYS.replace("nine", "ten")
LATER = NOW + timedelta(minutes=1)


@pytest.fixture
def alerting(engine, book, watch):
    watch("Ana Horvat")
    return Alerting(engine, book)


def now(engine, book):
    """The state of the only alert, where its words stand, and which outlets have them too."""
    [alert] = book.alerts()
    stands = standing(alert, engine)
    return alert.state, [quote.outlet for quote in stands.words], stands.also_in


def test_what_another_outlet_still_carries_is_not_withdrawn(engine, book, add, alerting):
    add(article("a"), article("b", f"It rained. {STAYS}", "Daily Buoy"))
    add(article("c", outlet="Evening Tide"))
    alerting.catch_up()

    add(Withdrawal("a", "legal", LATER))
    alerting.catch_up()

    assert ("new", ["Daily Buoy"], ("Evening Tide",)) == now(engine, book)
    add(Withdrawal("b", "legal", LATER), Withdrawal("c", "legal", LATER))
    alerting.catch_up()
    assert ("withdrawn", [], ()) == now(engine, book)


def test_an_outlet_that_takes_its_copy_back_is_no_longer_named(engine, book, add, alerting):
    add(article("a"), article("b", outlet="Daily Buoy"), article("c", outlet="Evening Tide"))
    alerting.catch_up()
    before = book.last_change()

    add(Withdrawal("b", "legal", LATER))
    alerting.catch_up()

    assert ("new", ["Harbour Post"], ("Evening Tide",)) == now(engine, book)
    assert ("Evening Tide",) == book.alerts()[0].also_in
    assert before < book.last_change()
    add(article("b", outlet="Daily Buoy", revised_at=LATER + timedelta(minutes=1)))
    alerting.catch_up()
    assert {"Daily Buoy", "Evening Tide"} == {*now(engine, book)[2]}


def test_a_withdrawn_statement_that_another_outlet_brings_is_on_record_again(
    engine, book, add, alerting
):
    add(article("a"))
    alerting.catch_up()
    add(Withdrawal("a", "legal", LATER))
    alerting.catch_up()

    add(article("b", outlet="Daily Buoy"))

    assert [] == alerting.catch_up()
    assert ("new", ["Daily Buoy"], ()) == now(engine, book)


def test_a_correction_is_one_also_where_others_carry_the_old_words(engine, book, add, alerting):
    add(article("a"), article("b", outlet="Daily Buoy"))
    alerting.catch_up()

    add(article("a", TEN, revised_at=LATER))

    assert [] == alerting.catch_up()
    [alert] = book.alerts()
    stands = standing(alert, engine)
    assert ("corrected", TEN, False) == (alert.state, alert.reworded, stands.said)
    assert ([TEN], ("Daily Buoy",)) == ([quote.text for quote in stands.now], stands.also_in)


def test_copies_of_a_correction_are_the_alert_that_is_known_also_after_a_restart(
    engine, book, add, alerting
):
    add(article("a"))
    alerting.catch_up()
    add(article("a", TEN, revised_at=LATER))
    alerting.catch_up()

    add(article("b", TEN, "Daily Buoy"))
    assert [] == alerting.catch_up()
    add(article("c", TEN, "Evening Tide"))

    assert [] == Alerting(engine, book).catch_up()
    # No other outlet has the words that were found.
    assert ("corrected", ()) == (book.alerts()[0].state, standing(book.alerts()[0], engine).also_in)


def test_what_a_corrected_article_says_besides_is_news(engine, book, add, alerting):
    other = "“The harbour costs forty million,” Mayor Ana Horvat said."
    add(article("a"))
    alerting.catch_up()

    add(article("a", f"{TEN} It rained. {other}", revised_at=LATER))

    assert [other] == [text for _, text in texts(alerting.catch_up())]


def test_another_statement_of_the_article_is_no_correction(engine, book, add, alerting):
    ships = STAYS.replace("ferry", "tug boat").replace("nine", "six")
    add(article("a", f"{STAYS} It rained. {ships}"))
    assert 2 == len(alerting.catch_up())

    add(article("a", ships, revised_at=LATER))
    alerting.catch_up()

    found = {alert.quotes[0].text: (alert.state, alert.reworded) for alert in book.alerts()}
    assert {STAYS: ("corrected", None), ships: ("new", None)} == found


def test_a_correction_gives_the_sentences_that_were_changed(engine, book, add, alerting):
    said = "“The ferry stays in port for nine days. The crew gets paid,” Mayor Ana Horvat said."
    add(article("a", said))
    alerting.catch_up()

    add(article("a", said.replace("gets", "does not get"), revised_at=LATER))

    assert [] == alerting.catch_up()
    [alert] = book.alerts()
    assert "The crew does not get paid,” Mayor Ana Horvat said." == alert.reworded
    assert 2 == len(standing(alert, engine).words)


def test_a_watch_that_a_correction_concerns_first_shares_the_statement(
    engine, book, add, alerting, watch
):
    add(article("a", "“The ferry stays in port,” Mayor Ana Horvat said on Monday."))
    alerting.catch_up()
    watch("anyone on the bakery")

    add(article("a", "“The bakery stays in port,” Mayor Ana Horvat said on Monday.",
                revised_at=LATER))  # fmt: skip

    assert ["anyone on the bakery"] == [kept.text for kept, _ in alerting.catch_up()]
    assert 1 == len({alert.statement for alert in book.alerts()})
    assert {"corrected", "new"} == {alert.state for alert in book.alerts()}


def test_a_book_without_carriers_is_brought_up(book, tmp_path, add, alerting):
    add(article("a"))
    alerting.catch_up()
    book.close()
    with apsw.Connection(str(tmp_path / "data" / ALERTS)) as db:
        db.execute("DROP TABLE carriers")
        db.pragma("user_version", 2)

    opened = Book(tmp_path / "data")

    assert [()] == [alert.carriers for alert in opened.alerts()]
    opened.close()
