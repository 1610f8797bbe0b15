"""Who says what where in an article, looked at once while it stays the same."""

from __future__ import annotations

from index.answers.search.scoring.spoken import SpokenArticle, spoken_article
from tests.index.briefing_builders import article, said, store_of

GROMOV, WELLER = "Ilya Gromov", "Anna Weller"
ITEM = article("a", said(GROMOV, "One.", "Two."), said(None, "Three.", own_words=True),
               said(WELLER, "Four."), said(GROMOV, "Five."), said(None, "Six."))  # fmt: skip


def test_statements_are_listed_by_sentence_and_by_speaker():
    found = SpokenArticle(ITEM)

    assert [[0, 1], [3], [4], [5]] == found.parts
    assert {0: [0], 1: [0], 3: [1], 4: [2], 5: [3]} == found.carrying
    assert [[0, 1, 4], [3], [0, 1, 4], [5]] == [found.spoken_with(n) for n in range(4)]


def test_what_only_others_say_is_told_from_what_a_speaker_says():
    found = SpokenArticle(ITEM)

    assert [{3}, {0, 1, 4}, {3}, {0, 1, 3, 4}] == [found.spoken_by_others(n) for n in range(4)]


def test_a_sentence_that_two_say_is_each_ones_own():
    both = article("a", said(GROMOV, "One."), said(WELLER, "Two."))
    one, other = both.statements
    shared = [one, type(other)(one.attribution, other.speaker)]

    found = SpokenArticle(type(both)(both.article, both.sentences, shared, both.indexed_at))

    assert {0: [0, 1]} == found.carrying
    assert [set(), set()] == [found.spoken_by_others(n) for n in range(2)]


def test_an_article_is_looked_at_once_until_it_is_replaced():
    store = store_of(ITEM)
    before = spoken_article(store.get("a"))

    assert before is spoken_article(store.get("a"))

    corrected = article("a", said(WELLER, "One."))
    store.put(corrected, store.vectors("a")[:1])

    assert [[0]] == spoken_article(store.get("a")).parts
