"""Statements in order, however many there are, and how many were not shown."""

from __future__ import annotations

from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.answers.search.candidates import Dated
from index.store import Selection
from tests.index.briefing_builders import article, said, store_of

TEXTS = ("We will stay.", "We will go.", "Nobody came.")


def dated(store):
    return Dated(store.select_columns(Selection()), store)


def test_the_newest_come_first_then_by_article_and_the_undated_last():
    store = store_of(
        article("c", said("Gromov", TEXTS[0]), day=1),
        article("b", said("Gromov", TEXTS[0]), said("Weller", TEXTS[1]), day=3),
        article("z", said("Gromov", TEXTS[0])),
        article("a", said("Gromov", TEXTS[0]), day=3),
    )

    assert [("a", 0), ("b", 0), ("b", 1), ("c", 0), ("z", 0)] == [
        (r.article_id, r.number) for r in dated(store)
    ]


@given(st.lists(st.none() | st.integers(1, 9), max_size=9), st.integers(1, 4))
def test_reading_a_few_at_a_time_changes_no_order(days, at_once):
    store = store_of(
        *(article(f"a{n}", said("Gromov", *TEXTS), day=day) for n, day in enumerate(days))
    )
    whole = list(dated(store))

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("index.answers.search.candidates._BATCH_SIZE", at_once)
        assert whole == list(dated(store))
    assert sorted(days, key=lambda day: -(day or 0)) == [
        day_of(store, reference.article_id) for reference in whole
    ]


def day_of(store, article_id):
    published = store.get(article_id).article.published_at
    return published.day if published else None


def test_only_what_is_asked_for_is_read(monkeypatch):
    store = store_of(*(article(f"a{n}", said("Gromov", TEXTS[0]), day=1 + n) for n in range(9)))
    monkeypatch.setattr("index.answers.search.candidates._BATCH_SIZE", 2)
    read, real = [], store.statements
    monkeypatch.setattr(
        store, "statements", lambda numbers: read.append(len(numbers)) or real(numbers)
    )

    assert ["a8", "a7", "a6"] == [r.article_id for r in islice(dated(store), 3)]
    assert [2, 2] == read


def test_what_was_not_shown_is_counted_and_what_shares_a_sentence_with_it_is_not():
    store = store_of(
        article("a", said("Gromov", *TEXTS), day=3),
        article("b", said("Gromov", TEXTS[0]), said("Gromov", TEXTS[1], TEXTS[2]), day=2),
        article("c", said("Gromov", TEXTS[0]), day=1),
    )
    listing = dated(store)
    list(listing)

    assert (4, 3, 2, 0) == (
        listing.count_excluding([]),
        listing.count_excluding([("a", 2)]),
        listing.count_excluding([("b", 1), ("c", 0)]),
        listing.count_excluding([("a", 0), ("b", 0), ("b", 1), ("c", 0)]),
    )


def test_two_statements_of_the_same_sentences_count_once(store_with_twice):
    assert 2 == dated(store_with_twice).count_excluding([])


@pytest.fixture
def store_with_twice():
    """One sentence that carries two statements, and another one."""
    first = article("a", said("Gromov", TEXTS[0]), said("Weller", TEXTS[1]), day=1)
    twice = (*first.statements, first.statements[0])
    return store_of(type(first)(first.article, first.sentences, twice, first.indexed_at))
