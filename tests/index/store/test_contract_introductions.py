"""What every store owes: titles, the votes that they add up to, and whom others may assign."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from index.errors import ArticleError
from index.store import Tenure, Vote
from index.types import Evidence, Introduction, Span, Speaker
from tests.index.store.store_builders import (
    EAST,
    NORLAND,
    SUDLAND,
    UNION,
    article,
    day,
    said,
    selected,
    vectors,
)

ANA = Speaker("ana lind", "Ana Lind")
LIND = Speaker("lind", "Lind")
SHIPPED = replace(ANA, parties=(SUDLAND,), evidence=(Evidence("Ana Lind", "shipped"),))
OWNED = replace(ANA, parties=(UNION,), evidence=(Evidence("Ana Lind", "article"),))


def title(key, *parties, span=(0, 8), certain=False):
    return Introduction(key, key.title(), "minister", parties, Span(*span), certain)


def put(store, name, *titles, says=None, on=1, outlet=None):
    published_at = None if on is None else day(on)
    says = [] if says is None else [said(says, (0, 9))]
    item = article(name, "aaaaaaaaa", says=says, published_at=published_at, outlet=outlet)
    store.put(replace(item, introductions=titles), vectors(EAST))


def test_titles_come_back_whole_and_in_their_order(store):
    titles = (title("bo vik", SUDLAND, UNION, span=(4, 9), certain=True), title("ana lind"))
    put(store, "a", *titles)

    assert titles == store.get("a").introductions


def test_a_title_outside_the_text_is_refused(store):
    with pytest.raises(ArticleError, match="'Ana Lind' has the span"):
        put(store, "a", title("ana lind", span=(0, 99)))


def test_an_outlet_has_one_vote_a_day_and_the_surest_wording_is_shown(store):
    put(store, "a", title("ana lind", NORLAND), outlet="Post")
    put(store, "b", title("ana lind", NORLAND, span=(2, 8), certain=True), outlet="post")
    put(store, "c", title("ana lind", NORLAND), outlet="Herald")
    put(store, "d", title("ana lind", NORLAND), outlet="Post", on=2)
    put(store, "e", title("ana lind"), title("bo vik", NORLAND), on=None)

    assert [
        Vote("ana lind", (), None, 1, False, "e", Span(0, 8)),
        Vote("ana lind", (NORLAND,), date(2018, 2, 1), 2, True, "b", Span(2, 8)),
        Vote("ana lind", (NORLAND,), date(2018, 2, 2), 1, False, "d", Span(0, 8)),
    ] == store.votes({"ana lind"})


def test_articles_without_an_outlet_count_as_one_each(store):
    put(store, "a", title("ana lind", NORLAND))
    put(store, "b", title("ana lind", NORLAND))

    assert [2] == [vote.outlets for vote in store.votes(["ana lind"])]


def test_a_removed_article_takes_its_votes_along(store):
    put(store, "a", title("ana lind", NORLAND), says=ANA)
    store.remove("a")

    assert ([], []) == (store.votes({"ana lind"}), store.introduced_as("norland"))
    assert [] == store.introduced_with_surname({"lind"})


@pytest.mark.parametrize(
    ("speaker", "expected"),
    [(ANA, ["ana lind"]), (LIND, ["ana lind"]), (SHIPPED, ["ana lind"]), (OWNED, [])],
)
def test_introduced_as_lists_those_whose_own_article_may_not_tell(store, speaker, expected):
    put(store, "a", title("ana lind", UNION, NORLAND))
    put(store, "b", says=speaker)

    assert expected == store.introduced_as("norland")
    assert [] == store.introduced_as("sudland")


def test_those_introduced_with_a_surname_are_listed(store):
    put(store, "a", title("ana lind", NORLAND), title("ole lind"), title("lind", NORLAND))
    put(store, "b", title("lind berg", NORLAND), title("ana lind"))

    assert ["ana lind", "lind", "ole lind"] == store.introduced_with_surname({"lind", "vik"})


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        (Tenure("ana lind", None, None), ["bare", "shipped"]),
        (Tenure("ana lind", None, None, True), ["bare", "shipped", "undated"]),
        (Tenure("ana lind", day(2), None), ["shipped"]),
        (Tenure("ana lind", day(1), day(2)), ["bare"]),
        (Tenure("lind", None, None, True), []),
    ],
)
def test_a_term_selects_what_the_article_itself_leaves_open(store, term, expected):
    put(store, "bare", says=ANA, on=1)
    put(store, "shipped", says=SHIPPED, on=2)
    put(store, "owned", says=OWNED, on=2)
    put(store, "contradicted", title("ana lind"), says=ANA, on=2)
    put(store, "undated", says=ANA, on=None)

    found = selected(store, learned=frozenset({term}))

    assert expected == sorted({name for name, *_ in found})


def test_a_term_adds_to_the_parties_asked_for(store):
    put(store, "bare", says=ANA)
    put(store, "owned", says=OWNED)
    learned = frozenset({Tenure("ana lind", None, None)})

    found = selected(store, parties=frozenset({"harbour union"}), learned=learned)

    assert ["bare", "owned"] == sorted({name for name, *_ in found})
