"""Named sets of outlets: read from a file, followed as it changes, usable wherever outlets are."""

from __future__ import annotations

import os

import pytest

from index.core import Index
from index.errors import SettingsError
from index.roster.outlet_sets import FILE, OutletSets, in_sets, read_outlet_sets
from index.types import Article, Defaults

SETS = 'wires = ["Northern Wire", "AFX"]\n"The Gulf papers" = ["Gulf Post"]\n'
OUTLETS = ("Northern Wire", "afx", "Gulf Post", "Harbour Post")


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "data").mkdir(exist_ok=True)
    (tmp_path / "data" / FILE).write_text(SETS)
    return tmp_path / "data"


@pytest.fixture
def record(engine, folder):
    lines = ("The ferry stays in port", "No ship is refused", "The nets are full", "The pier leaks")
    list(
        engine.add(
            Article(f"a{n}", "Ferry", f"“{line},” Mayor Ana Horvat told reporters.", outlet)
            for n, (line, outlet) in enumerate(zip(lines, OUTLETS, strict=True))
        )
    )
    return engine


def outlets(index: Index, question: str, defaults: Defaults | None = None) -> set[str]:
    return {quote.outlet for quote in index.answer(question, limit=9, defaults=defaults).quotes}


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("what did Ana Horvat say in the wires?", {"Northern Wire", "afx"}),
        ("what did Ana Horvat say across the Wires?", {"Northern Wire", "afx"}),
        ("what did Ana Horvat say, as reported by wires?", {"Northern Wire", "afx"}),
        ("what did Ana Horvat say according to the Gulf papers?", {"Gulf Post"}),
        ("what did Ana Horvat say in the Harbour Post?", {"Harbour Post"}),
        ("what did Ana Horvat say?", set(OUTLETS)),
    ],
)
def test_a_question_names_a_set_like_an_outlet(record, question, wanted):
    assert wanted == outlets(record, question)


def test_an_answer_says_which_set_was_looked_at(record):
    query = record.parse("what did Ana Horvat say in wires?")

    assert record.describe(query).endswith("in the wires")
    found = record.answer("what did Ana Horvat say on oranges in the wires?")
    assert "in the wires in 4 articles" in found.reason


def test_a_set_is_a_default_of_a_channel_and_is_offered_there(record):
    assert "the wires" in record.suggest("outlet", "wir")
    assert {"Northern Wire", "afx"} == outlets(
        record, "what did Ana Horvat say?", Defaults((), ("the wires",))
    )


def test_what_is_in_a_set_is_looked_up_when_it_is_asked(record, folder):
    query = record.parse("what did Ana Horvat say in the wires?")
    before = record.answer_query(query, limit=9)

    (folder / FILE).write_text('wires = ["Harbour Post"]')
    after = record.answer_query(query, limit=9)

    assert {"Northern Wire", "afx"} == {quote.outlet for quote in before.quotes}
    assert {"Harbour Post"} == {quote.outlet for quote in after.quotes}


def test_a_file_that_is_spoilt_changes_nothing_and_is_warned_of(folder, caplog):
    sets = OutletSets(folder)

    (folder / FILE).write_text("wires = [")
    found = sets.current()
    (folder / FILE).unlink()

    assert ("Northern Wire", "AFX") == found["the wires"]
    assert "the sets stay as they were" in caplog.text
    assert {} == sets.current()


@pytest.mark.parametrize(
    "text",
    [
        *("wires = [", "wires = 1", "wires = []", 'wires = "Reuters"', "wires = [1]"),
        *('wires = [""]', '"" = ["Reuters"]', '"the " = ["Reuters"]', '[wires]\na = ["b"]', "\x00"),
    ],
)
def test_a_file_that_lists_no_outlets_is_refused(tmp_path, text):
    (tmp_path / FILE).write_text(text)

    with pytest.raises(SettingsError, match="wires = "):
        read_outlet_sets(tmp_path / FILE)


def test_no_text_is_refused_and_a_mark_at_its_begin_is_none(tmp_path):
    (tmp_path / FILE).write_bytes(b"\xff\xfe")
    with pytest.raises(SettingsError):
        read_outlet_sets(tmp_path / FILE)

    (tmp_path / FILE).write_bytes(b"\xef\xbb\xbf" + SETS.encode())
    assert {"the wires", "the Gulf papers"} == set(read_outlet_sets(tmp_path / FILE))


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="everything can be read")
def test_a_file_that_cannot_be_read_is_refused(folder):
    (folder / FILE).chmod(0)

    with pytest.raises(SettingsError):
        OutletSets(folder)


def test_sets_stand_for_what_is_in_them():
    sets = {"the wires": ("A", "B"), "the Post": ("C",)}

    assert {"A", "B", "D"} == in_sets(["Wires", "D"], sets)
    assert {"C"} == in_sets(["The  post"], sets)
