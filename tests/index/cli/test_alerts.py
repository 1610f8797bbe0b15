"""`onrecord alerts`: what is printed of watches, and one plain sentence for what is none."""

from __future__ import annotations

import json
import re
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from index.alerts.alerting import Alerting
from index.alerts.book import Book
from index.cli.main import main
from index.core import open_index
from index.settings import load_index_settings
from index.types import Article, Withdrawal

pytestmark = pytest.mark.model

NOW = datetime.now(UTC)
LISTED = "`onrecord alerts list` shows those there are"


def article(number, text=None):
    text = text or f"“The ferry stays in port for {number} days,” Mayor Ana Horvat told reporters."
    return Article(f"a{number}", f"Report {number}", text, "Harbour Post", published_at=NOW)


@pytest.fixture
def onrecord(tmp_path, capsys, monkeypatch):
    """Run `onrecord alerts` on an index of three articles; gives (exit code, stdout, stderr)."""
    monkeypatch.chdir(tmp_path)
    settings = load_index_settings(data_dir=tmp_path / "data")
    with closing(open_index(settings)) as index:
        list(index.add([article(number) for number in (21, 22, 23)]))

    def run(*words):
        code = main(["--data-dir", str(settings.data_dir), "alerts", *words])
        out = capsys.readouterr()
        return code, out.out, out.err

    return run


def test_a_watch_is_added_listed_read_and_removed(onrecord, tmp_path):
    code, out, _ = onrecord("add", "Ana", "Horvat", "--silent-after", "3")
    assert 0 == code
    assert "watch 1: Statements by Ana Horvat" in out
    assert "in the last 7 days this would have sent 3 alerts; the latest:" in out
    listed = onrecord("list")[1]
    assert re.fullmatch(
        r"1: Ana Horvat · no alert yet · feed /feeds/1\.atom\?token=[0-9a-f]{32,}\n", listed
    )
    settings = load_index_settings(data_dir=tmp_path / "data")
    with closing(open_index(settings)) as index, closing(Book(settings.data_dir)) as book:
        assert 3 == book.watches()[0].silent_after
        list(index.add([article(24)]))
        assert 1 == len(Alerting(index, book).catch_up())

    assert "in port for 24 days" in onrecord("read", "1")[1]
    assert "1: Ana Horvat · last alert" in onrecord()[1]
    assert (0, "watch 1 is removed\n", "") == onrecord("remove", "1")
    assert (1, "", f"onrecord: there is no watch 1; {LISTED}\n") == onrecord("remove", "1")


def test_a_test_keeps_nothing_and_shows_the_latest(onrecord):
    code, out, _ = onrecord("test", "anyone on the ferry", "--days", "1")

    assert 0 == code
    assert "in the last day this would have sent 3 alerts; the latest:" in out
    assert "Ana Horvat" in out
    assert "no watch is set yet" in onrecord("list")[2]


def test_all_is_printed_as_json_too(onrecord):
    record = json.loads(onrecord("test", "Ana Horvat", "--json")[1])
    assert ("Ana Horvat", "Statements by Ana Horvat", 7, 3, False, None) == tuple(
        record[name] for name in ("text", "understood", "days", "alerts", "many", "note")
    )
    assert 3 == len(record["latest"])
    record = json.loads(onrecord("add", "Ana Horvat", "--json")[1])
    assert (1, "Ana Horvat", False, None) == tuple(
        record[name] for name in ("id", "text", "paused", "silent_after")
    )
    assert {"id": 1, "removed": True} == json.loads(onrecord("remove", "1", "--json")[1])


def test_more_than_twenty_a_day_are_warned_of_with_the_choice_of_a_digest(onrecord, tmp_path):
    with closing(open_index(load_index_settings(data_dir=tmp_path / "data"))) as index:
        list(index.add([article(number) for number in range(30, 50)]))

    _, out, _ = onrecord("test", "Ana Horvat", "--days", "1")

    assert "more than 20 alerts a day" in out
    assert "choose a digest instead (`onrecord brief TOPIC --since yesterday`)" in out
    assert "this would have sent 23 alerts" in out
    assert "more than 20" not in onrecord("test", "Ana Horvat", "--days", "7")[1]


def test_a_watch_on_somebody_nobody_knows_says_so(onrecord):
    code, out, _ = onrecord("add", "Zork Blimp")

    assert 0 == code
    assert "so far: No statement by Zork Blimp in 3 articles" in out
    assert "this would have sent 0 alerts" in out


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("what did anyone say?", "that would be every statement there is; name who speaks"),
        ("the of", "nobody and nothing to look for in “the of”"),
        ("x" * 5_000, "a watch has 500 characters at most; this has 5,000"),
        ("what did Ana Horvat say yesterday?", "leave the dates out"),
        ("who said “the ferry stays”?", "instead of a quotation"),
    ],
)
def test_what_is_no_watch_is_one_plain_sentence(onrecord, text, reason):
    for action in ("add", "test"):
        code, out, err = onrecord(action, text)

        assert (1, "", 1) == (code, out, err.count("\n"))
        assert reason in err


def test_the_same_watch_is_not_added_twice(onrecord):
    onrecord("add", "Ana Horvat")

    code, out, err = onrecord("add", "what does Ana Horvat say?")

    assert (1, "") == (code, out)
    assert "onrecord: watch 1 looks for the same; nothing was added\n" == err


def test_the_addresses_of_the_feeds_are_made_new_by_a_word(onrecord):
    assert 1 == onrecord("new-addresses")[0]
    onrecord("add", "Ana", "Horvat")
    before = onrecord("list")[1]

    assert 0 == onrecord("new-addresses")[0]

    assert "/feeds/1.atom?token=" in before
    assert before != onrecord("list")[1]


def test_what_was_found_is_read_with_its_place_and_with_what_became_of_it(onrecord, tmp_path):
    onrecord("add", "Ana", "Horvat")
    found = replace(article(24), url="https://p.example/24")
    other = replace(article(24), id="b", outlet="Daily Buoy", url="https://b.example/24")
    settings = load_index_settings(data_dir=tmp_path / "data")

    def add(*articles):
        with closing(open_index(settings)) as index, closing(Book(settings.data_dir)) as book:
            list(index.add(articles))
            Alerting(index, book).catch_up()
        return onrecord("read", "1")[1], json.loads(onrecord("read", "1", "--json")[1])

    text, record = add(found, other)
    assert "  — Ana Horvat, Mayor [direct]" in text.replace("mayor", "Mayor")
    assert f"  Harbour Post · {NOW:%Y-%m-%d %H:%M} UTC · also in Daily Buoy" in text
    assert "https://p.example/24" in text
    assert ("new", []) == (record["state"], record["now"])

    later = NOW + timedelta(minutes=1)
    text, record = add(Withdrawal("a24", "legal", later))
    assert "· no longer in Harbour Post\n" in text
    assert "https://b.example/24" in text
    assert ("moved", ["Daily Buoy"]) == (record["state"], [q["outlet"] for q in record["now"]])

    text, record = add(Withdrawal("b", "legal", later))
    assert re.search(r"· withdrawn 20\d\d-\d\d-\d\d \d\d:\d\d UTC\n", text)
    assert ("withdrawn", []) == (record["state"], record["now"])


def test_a_corrected_statement_is_read_in_both_wordings(onrecord, tmp_path):
    onrecord("add", "Ana", "Horvat")
    settings = load_index_settings(data_dir=tmp_path / "data")
    with closing(open_index(settings)) as index, closing(Book(settings.data_dir)) as book:
        list(index.add([article(24)]))
        Alerting(index, book).catch_up()
        new = replace(article(24), text=article(25).text, revised_at=NOW + timedelta(minutes=1))
        list(index.add([new]))

    # Also before the indexer has looked at its watches.
    text = onrecord("read", "1")[1]
    assert re.search(r"· corrected 20\d\d-.* UTC\n  “The ferry stays in port for 24 days", text)
    assert "  now: “The ferry stays in port for 25 days" in text
