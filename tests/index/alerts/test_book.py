"""Watches and alerts on disk: who may change what, and how another process follows."""

from __future__ import annotations

from datetime import UTC, datetime

import apsw
import pytest

from index.alerts import book as books
from index.alerts.book import ALERTS, Book
from index.errors import QuestionError, StoreError
from index.types import Query, Quote

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
SLACK = "slack:T1:C2:U3"
ANA = Query("Ana Horvat", speaker="Ana Horvat")


def quote(text="“The ferry stays,” she said.", article="a", speaker="Ana Horvat", outlet="Post"):
    return Quote(
        article, 0, len(text), text, speaker, None, "croatia", "direct", (), None, None, (),
        outlet, NOW, None, 1.0,
    )  # fmt: skip


def record(book, watch, *quotes, statement=None):
    with book.changing() as changes:
        return changes.record(watch.number, quotes or (quote(),), NOW, statement)[0]


def test_another_process_follows_every_change_once_and_in_order(book, tmp_path):
    watch = book.add("Ana Horvat", ANA, after=0, owner=SLACK)
    first, second = record(book, watch), record(book, watch, quote("“It sails.”", "b"))
    follower = Book(tmp_path / "data")
    seen = follower.changed(0)
    assert ([first, second], []) == (
        [each.number for each in seen],
        follower.changed(seen[-1].change),
    )

    alert = book.alerts(article="a")[0]
    with book.changing() as changes:
        changes.carried_by(alert.number, "Buoy")
        changes.carried_by(alert.number, "Buoy")
    [seen] = follower.changed(seen[-1].change)
    assert (first, ("Buoy",), "new") == (seen.number, seen.also_in, seen.state)
    for state, reworded in (("corrected", "“It stays.”"), ("withdrawn", None), ("new", None)):
        with book.changing() as changes:
            changes.mark(seen, state, reworded)
        [now] = follower.changed(seen.change)
        assert (first, state, reworded) == (now.number, now.state, now.reworded)
        seen = now
    with book.changing() as changes:
        changes.mark(seen, "new")
    assert ([], seen.change) == (follower.changed(seen.change), follower.last_change())
    follower.close()


def test_changes_are_read_a_few_at_a_time(book):
    watch = book.add("Ana Horvat", ANA, after=0)
    numbers = [record(book, watch, quote(article=name)) for name in "abcde"]

    seen, at = [], 0
    while found := book.changed(at, limit=2):
        seen += [each.number for each in found]
        at = found[-1].change
    assert numbers == seen


def test_alerts_of_one_statement_share_its_number(book):
    one, other = (book.add(text, ANA, after=0) for text in ("one", "other"))
    number = record(book, one)
    record(book, other, statement=number)

    assert [number, number] == [alert.statement for alert in book.alerts()]
    assert {("Ana Horvat", "croatia")} == {(each.speaker, each.party) for each in book.alerts()}


@pytest.mark.parametrize(
    "change",
    [
        lambda book, number, owner: book.pause(number, True, owner=owner),
        lambda book, number, owner: book.edit(number, "x", ANA, after=1, owner=owner),
        lambda book, number, owner: book.exclude(number, speaker="Ana Horvat", owner=owner),
        lambda book, number, owner: book.remove(number, owner=owner),
    ],
)
def test_only_its_owner_changes_a_watch(book, change):
    watch = book.add("Ana Horvat", ANA, after=0, owner=SLACK)
    version = book.watches_version()

    assert [False, False] == [
        bool(change(book, watch.number, "")),
        bool(change(book, watch.number, f"{SLACK}x")),
    ]
    assert ([watch], version) == (book.watches(SLACK), book.watches_version())
    assert change(book, watch.number, SLACK)
    assert [watch] != book.watches(SLACK)
    assert version < book.watches_version()


def test_a_watch_is_kept_with_what_its_owner_chose(book):
    watch = book.add("Ana Horvat", ANA, after=4, owner=SLACK, silent_after=3)
    book.exclude(watch.number, speaker="Ivo Babic", owner=SLACK)
    book.exclude(watch.number, article="a", owner=SLACK)
    book.exclude(watch.number, article="a", owner=SLACK)

    kept = book.watch(watch.number)
    assert kept is not None
    assert (3, False, 4) == (kept.silent_after, kept.paused, kept.after)
    assert (("Ivo Babic",), ("a",)) == (kept.not_speakers, kept.not_articles)
    other = Query("ferry", topic="ferry")
    edited = book.edit(watch.number, "ferry", other, after=9, owner=SLACK)
    assert edited is not None
    assert ("ferry", other, 9) == (edited.text, edited.query, edited.after)
    assert ([edited], None) == (book.watches(), book.watch(99))


def test_what_was_looked_at_while_a_watch_rested_is_no_news_to_it(book):
    watch = book.add("Ana Horvat", ANA, after=4)
    book.pause(watch.number, True)
    with book.changing() as changes:
        changes.done_with(12)

    assert book.pause(watch.number, False)

    resumed = book.watch(watch.number)
    assert resumed is not None
    assert (False, 12) == (resumed.paused, resumed.after)


def test_one_owner_has_so_many_watches_at_most(book, monkeypatch):
    monkeypatch.setattr(books, "MOST_WATCHES", 2)
    for text in ("one", "two"):
        book.add(text, ANA, after=0, owner=SLACK)

    with pytest.raises(QuestionError, match="there are 2 watches already, which is the most"):
        book.add("three", ANA, after=0, owner=SLACK)
    book.add("three", ANA, after=0)
    assert ["one", "two", "three"] == [each.text for each in book.watches()]


def test_a_book_of_another_format_is_refused_by_name(book, tmp_path):
    book.close()
    with apsw.Connection(str(tmp_path / "data" / ALERTS)) as db:
        db.pragma("user_version", 1)

    with pytest.raises(StoreError, match="has format 1, this version of onrecord uses 3"):
        Book(tmp_path / "data")
