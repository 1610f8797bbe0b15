"""Statements in order, however many there are, and how many were not shown."""

from __future__ import annotations

from itertools import islice

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.answers.search.candidates import Dated, Ranked, passages
from index.store import UNDATED, Candidate, Selection, SentenceColumns
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


def parts(*sentences, statement=0):
    """The sentences of a statement, the key of each being ten times its number."""
    return [Candidate(10 * at, "a", at, statement, part, None) for part, at in enumerate(sentences)]


def test_a_sentence_between_two_about_the_topic_is_no_hole_in_the_quotation():
    ranked = Ranked(parts(3, 4, 5, 6, 7), {40: 0.9, 60: 0.4})

    assert [((4, 5, 6), 0.9)] == [(each.sentences, each.score) for each in ranked]


@pytest.mark.parametrize(
    ("sentences", "count"), [((), 0), ((4,), 1), ((4, 5, 6), 1), ((4, 6), 2), ((1, 2, 4, 5, 9), 3)]
)
def test_a_statement_that_the_article_interrupts_counts_as_often_as_it_is_shown(sentences, count):
    assert passages(sentences) == count


def test_what_was_not_read_is_counted_by_passages_too():
    ranked = Ranked([*parts(3, 5), *parts(8, 9, statement=1)], {30: 0.9, 50: 0.9, 80: 0.1, 90: 0.1})
    keys, numbers = (np.array(each) for each in ((30, 50, 80, 90), (3, 5, 8, 9)))
    of, undated = np.array([0, 0, 1, 1]), np.full(4, UNDATED)

    assert ranked.count_excluding(()) == 3
    assert Dated(SentenceColumns(keys, numbers, of, undated), store_of()).count_excluding(()) == 3
