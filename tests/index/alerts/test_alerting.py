"""What is said on a watch from its making on is kept: once, and marked when it is taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from index.alerts.alerting import Alerting, last_number, watchable
from index.alerts.book import Book
from index.alerts.watchman import Watchman
from index.errors import QuestionError, StoreError
from index.types import Query, Withdrawal
from tests.index.alerts.conftest import NOW, STAYS, article, texts

pytestmark = pytest.mark.model


def test_what_is_said_from_then_on_is_found_and_what_was_said_before_is_not(
    engine, book, add, watch
):
    add(article("before", "“We sail on Monday,” Mayor Ana Horvat said."))
    watch("what does Ana Horvat say?")
    alerting = Alerting(engine, book)
    assert [] == alerting.catch_up()

    add(article("a"), article("b", "“It rains,” said Ivo Babic, a fisherman."))

    assert [("what does Ana Horvat say?", STAYS)] == texts(alerting.catch_up())
    assert [] == alerting.catch_up()
    [alert] = book.alerts()
    assert ("a", "new", ()) == (alert.article, alert.state, alert.also_in)
    [quote] = alert.quotes
    assert ("Ana Horvat", STAYS) == (quote.speaker, quote.text)


def test_a_watch_on_a_set_of_outlets_follows_the_set(engine, book, add, watch, tmp_path):
    sets = tmp_path / "data" / "sets.toml"
    sets.write_text('wires = ["AFX", "Northern Wire"]')
    watch("Ana Horvat in the wires")
    alerting = Alerting(engine, book)
    lines = [f"“Boat {n} stays in port tonight,” Mayor Ana Horvat said." for n in range(3)]

    add(article("a", lines[0], "Harbour Post"), article("b", lines[1], "afx"))
    found = texts(alerting.catch_up())
    sets.write_text('wires = ["Harbour Post"]')
    add(article("c", lines[2], "Harbour Post"))

    assert [("Ana Horvat in the wires", lines[1])] == found
    assert [("Ana Horvat in the wires", lines[2])] == texts(alerting.catch_up())


def test_what_was_indexed_before_the_first_watch_is_not_looked_at(
    engine, book, add, watch, monkeypatch
):
    looked_at = []
    look = Alerting._look
    monkeypatch.setattr(
        Alerting, "_look", lambda self, *each: looked_at.append(each[0].number) or look(self, *each)
    )
    add(*(article(f"f{n}", f"“Boat {n} sails,” Mayor Ana Horvat said.") for n in range(3)))
    watch("Ana Horvat")
    last = last_number(engine)

    assert [] == Alerting(engine, book).catch_up()
    assert ([], last) == (looked_at, book.progress())

    add(article("a"))
    assert [("Ana Horvat", STAYS)] == texts(Alerting(engine, book).catch_up())
    watch("Ivo Babic")
    engine.remove("a")
    add(article("b"))
    Alerting(engine, book).catch_up()
    # What was found may be taken back, whenever the watches were made.
    assert [last + 1, last + 2, last + 3] == looked_at


def test_the_same_words_elsewhere_are_the_alert_that_is_known(engine, book, add, watch):
    watch("Ana Horvat")
    alerting = Alerting(engine, book)
    add(article("a"))
    alerting.catch_up()

    add(
        article("b", outlet="Daily Buoy"),
        article("c", f"It rained. {STAYS}", outlet="Evening Tide"),
        article("d", STAYS.replace("nine", "ten"), outlet="Night Watch"),
    )

    assert [STAYS.replace("nine", "ten")] == [text for _, text in texts(alerting.catch_up())]
    first = book.alerts()[-1]
    assert ("a", {"Daily Buoy", "Evening Tide"}) == (first.article, set(first.also_in))


def test_what_was_published_long_ago_is_no_news(engine, book, add, watch):
    watch("Ana Horvat")

    add(article("old", published_at=NOW - timedelta(days=3)), article("undated", published_at=None))

    found = Alerting(engine, book).catch_up()
    assert [("Ana Horvat", STAYS)] == texts(found)
    assert "undated" == found[0][1][0].article_id


def test_an_embargoed_statement_is_found_when_it_is_published(engine, book, add, watch):
    watch("Ana Horvat")
    held = article("a", embargoed_until=NOW + timedelta(hours=1))
    waiting = []
    add(held, hold=waiting.append)
    alerting = Alerting(engine, book)
    assert ([], ["a"]) == (alerting.catch_up(), [each.id for each in waiting])

    add(replace(held, embargoed_until=None))

    assert 1 == len(alerting.catch_up())


def test_a_correction_and_a_withdrawal_mark_the_alert_and_cause_no_other(engine, book, add, watch):
    watch("Ana Horvat")
    alerting = Alerting(engine, book)
    add(article("a"), article("b", "“No boat will leave,” Mayor Ana Horvat said."))
    assert 2 == len(alerting.catch_up())

    other = STAYS.replace("in port", "in the port")
    add(article("a", other, note="Corrected.", revised_at=NOW + timedelta(minutes=1)))
    add(Withdrawal("b", "legal", NOW + timedelta(minutes=1)))

    assert [] == alerting.catch_up()
    states = {alert.article: (alert.state, alert.reworded) for alert in book.alerts()}
    assert {"a": ("corrected", other), "b": ("withdrawn", None)} == states


def test_a_new_number_in_a_corrected_article_corrects_the_alert_that_was_sent(
    engine, book, add, watch
):
    watch("Ana Horvat")
    alerting = Alerting(engine, book)
    add(article("a"))
    alerting.catch_up()
    ten = STAYS.replace("nine", "ten")

    add(article("a", ten, revised_at=NOW + timedelta(minutes=1)))

    assert [] == alerting.catch_up()
    assert [("corrected", ten)] == [(each.state, each.reworded) for each in book.alerts()]


def test_one_statement_is_found_by_each_watch_that_it_concerns(engine, book, add, watch):
    for text in ("Ana Horvat", "Ana Horvat, only direct", "Ivo Babic"):
        watch(text)

    add(article("a"))

    found = Alerting(engine, book).catch_up()
    assert ["Ana Horvat", "Ana Horvat, only direct"] == [text for text, _ in texts(found)]


def test_a_kill_between_finding_and_noting_loses_and_doubles_nothing(
    engine, book, add, watch, monkeypatch
):
    watch("Ana Horvat")
    add(article("a"), article("b", "“No boat will leave,” Mayor Ana Horvat said."))
    real = Book.changing
    calls = []

    def failing(self):
        calls.append(1)
        if len(calls) == 2:
            raise StoreError("the disk is full")
        return real(self)

    with monkeypatch.context() as patched:
        patched.setattr(Book, "changing", failing)
        with pytest.raises(StoreError):
            Alerting(engine, book).catch_up()
    assert 1 == len(book.alerts())

    assert 1 == len(Alerting(engine, book).catch_up())
    assert 2 == len(book.alerts())


def test_a_watch_is_removed_by_its_owner_with_its_alerts(engine, book, add, watch):
    kept = watch("Ana Horvat")
    theirs = book.add("Ivo Babic", Query("Ivo Babic", speaker="Ivo Babic"), after=0, owner="T1/U1")
    add(article("a"))
    Alerting(engine, book).catch_up()

    assert [False, False] == [book.remove(theirs.number), book.remove(99)]
    assert book.remove(kept.number)
    assert ([theirs], []) == (book.watches(), book.alerts())


def test_a_paused_watch_rests_and_what_was_said_meanwhile_stays_unsaid(engine, book, add, watch):
    kept = watch("Ana Horvat")
    book.pause(kept.number, True)
    add(article("a"))
    assert [] == Alerting(engine, book).catch_up()

    book.pause(kept.number, False)
    add(article("b", "“No boat will leave,” Mayor Ana Horvat said."))

    [(_, [quote])] = Alerting(engine, book).catch_up()
    assert "b" == quote.article_id


def test_whom_and_what_its_owner_does_not_want_a_watch_leaves_out(engine, book, add, watch):
    kept = watch("anyone on the ferry")
    book.exclude(kept.number, speaker="Ana Horvat")
    book.exclude(kept.number, article="b")

    add(
        article("a"),
        article("b", "“The ferry will leave,” said Ivo Babic, a fisherman."),
        article("c", "“The ferry is late,” said Ivo Babic, a fisherman."),
    )

    assert ["c"] == [quotes[0].article_id for _, quotes in Alerting(engine, book).catch_up()]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("who said “the ferry stays in port”?", "instead of a quotation"),
        ("what did Ana Horvat say yesterday?", "leave the dates out"),
        ("what did anyone say?", "that would be every statement there is"),
    ],
)
def test_what_only_the_past_can_answer_is_no_watch(engine, add, text, reason):
    add(article("a"))

    with pytest.raises(QuestionError, match=reason):
        watchable(engine.parse(text))


def test_the_number_of_the_last_revision_is_found(engine, add):
    for number in range(6):
        assert number == last_number(engine)
        add(article(f"a{number}", STAYS.replace("nine", f"{number + 20}")))


def test_the_indexer_goes_on_where_the_watches_cannot_be_read(
    engine, book, add, watch, tmp_path, monkeypatch, caplog
):
    watch("Ana Horvat")
    watchman = Watchman(engine, tmp_path / "data")
    add(article("a"))

    def broken(self):
        raise StoreError("alerts.sqlite3 is damaged")

    with monkeypatch.context() as patched:
        patched.setattr(Book, "watches", broken)
        watchman.look()
    assert "could not be looked at: alerts.sqlite3 is damaged" in caplog.text

    caplog.set_level("INFO")
    watchman.look()
    watchman.close()
    assert f"alert on 'Ana Horvat': Ana Horvat: {STAYS}" in caplog.text


def test_while_nothing_waits_the_watches_are_prepared(engine, book, add, watch, tmp_path, caplog):
    add(article("a"))
    for text in ("Ana Horvat on the ferry", "anyone on the ferry"):
        watch(text)
    watchman = Watchman(engine, tmp_path / "data")
    prepared = []
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("index.alerts.watchman._PATIENCE", 60.0)
        patched.setattr(Alerting, "prepare", lambda self: prepared.append(1) or len(prepared) < 3)
        watchman.idle()
    assert 3 == len(prepared)

    def broken(self):
        raise StoreError("alerts.sqlite3 is damaged")

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Alerting, "prepare", broken)
        watchman.idle()
    watchman.close()
    assert "could not be prepared: alerts.sqlite3 is damaged" in caplog.text


def test_without_a_watch_no_file_is_made(engine, add, tmp_path):
    watchman = Watchman(engine, tmp_path / "data")
    add(article("a"))

    watchman.look()
    watchman.close()

    assert not (tmp_path / "data" / "alerts.sqlite3").exists()
