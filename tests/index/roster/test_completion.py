"""Names for those who type."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from index.roster.completion import complete, most_quoted, names_of
from index.store import KnownSpeaker
from tests.index.briefing_builders import article, said, session_of

NAMES = ("Sergei Lavrov", "Laval", "Melda Okumuş", "Olav Berg")


def test_a_name_that_begins_so_comes_before_one_with_such_a_word():
    assert ("Laval", "Sergei Lavrov") == complete(NAMES, "lav", 9)


def test_case_diacritics_and_blanks_do_not_count():
    assert ("Melda Okumuş",) == complete(NAMES, "  MELDA  okumus ", 9)


def test_an_empty_prefix_lists_the_likeliest():
    assert NAMES[:2] == complete(NAMES, "", 2)


@given(st.lists(st.text(max_size=9)), st.text(max_size=4), st.integers(-1, 4))
def test_suggestions_are_names_on_record_each_once(names, prefix, limit):
    found = complete(names, prefix, limit)

    assert len(found) == len(set(found)) <= max(limit, 0)
    assert set(found) <= set(names)


def test_names_are_those_on_record():
    store = session_of(
        article("a", said("Ilya Gromov", "One."), said("Pavel Sorin", "Two.")),
        article("b", said("Anna Weller", "Three."), outlet="Daily Tern"),
    ).store

    assert ["Russia", "United States"] == names_of("party", store, ())
    assert ["Daily Tern", "Harbour Post"] == names_of("outlet", store, ())
    assert ["Ilya Gromov"] == names_of("speaker", store, store.speakers())[1:2]


def test_descriptions_come_behind_names():
    names = ("the study", "people", "Mohammed bin Salman", "People at the stop", "al-Sadik", "WHO")
    speakers = [KnownSpeaker("", name, None, (), 1) for name in names]

    assert [
        "Mohammed bin Salman", "al-Sadik", "WHO", "the study", "people", "People at the stop"
    ] == names_of("speaker", None, speakers)  # fmt: skip


def test_who_is_quoted_most_is_counted_from_a_day_on():
    store = session_of(
        article("a", said("Ilya Gromov", "One."), said("Pavel Sorin", "Two."), day=5),
        article("b", said("Anna Weller", "Three."), day=9),
        article("c", said("Defne Okumus", "Four.")),
    ).store

    quoted = [most_quoted(store, datetime(2018, 2, day, tzinfo=UTC), 3) for day in (5, 6, 10)]

    keys = [[party.key for party in parties] for parties in quoted]
    assert [["russia", "united states"], ["united states"], []] == keys
