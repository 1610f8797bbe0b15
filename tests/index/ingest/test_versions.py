"""Versions that arrive in any order: the newest counts, the withdrawn stays away."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from index.ingest.indexing import Policy, index_articles
from index.ingest.versions import judge, judge_withdrawal, newest_of_each
from index.store.memory.store import MemoryStore
from index.types import Article, IndexedArticle, Sentence, Withdrawal

URL = "https://herald.example/strike"


def day(number):
    return datetime(2018, 2, number, 12, tzinfo=UTC)


@pytest.fixture
def store():
    made = MemoryStore(2)
    yield made
    made.close()


def put(store, article):
    sentences = (Sentence(0, 0, len(article.text)),)
    rows = np.array([[1, 0]], dtype=np.float32)
    store.put(IndexedArticle(article, sentences, (), day(20)), rows)


def standing(store, article, *, manual=False):
    verdict = judge(article, store, manual=manual)
    return verdict and verdict.standing


HELD = Article("a", "Strike", "It began.", url=URL, published_at=day(1), revised_at=day(5))


@pytest.mark.parametrize(
    ("article", "expected"),
    [
        (HELD, "unchanged"),
        (replace(HELD, text="It ended.", revised_at=day(6)), None),
        (replace(HELD, text="It ended."), None),
        (replace(HELD, text="It loomed.", revised_at=day(4)), "older"),
        (replace(HELD, text="It loomed.", revised_at=None), "older"),
        (replace(HELD, text="It ended.", revised_at=None, published_at=None), None),
        (replace(HELD, id="b", text="It ended.", revised_at=day(6)), None),
        (replace(HELD, id="b", text="It loomed.", revised_at=day(4)), "older"),
        (replace(HELD, id="b", url=URL + "?utm_source=mail"), "unchanged"),
        (replace(HELD, id="b", url=URL + "/2", revised_at=day(4)), None),
    ],
)
def test_a_version_is_weighed_against_the_one_with_its_id_or_address(store, article, expected):
    put(store, HELD)

    assert expected == standing(store, article)


@pytest.mark.parametrize("manual", [True, False])
def test_no_article_is_indexed_before_its_embargo_ends(store, manual):
    soon = datetime.now(UTC) + timedelta(minutes=1)

    assert "held" == standing(store, replace(HELD, embargoed_until=soon), manual=manual)
    assert standing(store, replace(HELD, embargoed_until=day(1)), manual=manual) is None


@pytest.mark.parametrize(
    ("article", "manual", "expected"),
    [
        (HELD, False, "withdrawn"),
        (HELD, True, None),
        (replace(HELD, id="b"), False, "withdrawn"),
        (replace(HELD, revised_at=day(7)), False, None),
        (replace(HELD, revised_at=None, published_at=None), False, "withdrawn"),
        (replace(HELD, id="b", url=None), False, None),
    ],
)
def test_a_withdrawn_article_comes_back_as_a_newer_version_or_by_hand(
    store, article, manual, expected
):
    put(store, HELD)
    store.withdraw(Withdrawal("a", "legal", day(6)))

    assert expected == standing(store, article, manual=manual)


def test_a_withdrawal_that_is_older_than_the_version_in_the_store_is_void(store):
    put(store, HELD)

    assert "older" == judge_withdrawal(Withdrawal("a", "legal", day(4)), store).standing
    assert judge_withdrawal(Withdrawal("a", "legal", day(6)), store) is None
    assert judge_withdrawal(Withdrawal("a", "legal"), store) is None
    assert judge_withdrawal(Withdrawal("b", "legal", day(4)), store) is None


def test_of_several_versions_that_come_together_the_newest_is_kept():
    older = replace(HELD, revised_at=day(4))
    undated = replace(HELD, revised_at=None, published_at=None)

    assert [HELD] == newest_of_each([HELD, older])
    assert [HELD] == newest_of_each([older, HELD])
    assert [undated] == newest_of_each([HELD, undated])


def outcomes(store, *items, **given):
    found = index_articles(items, store, None, None, Policy(max_characters=1_000, **given))
    return [(outcome.id, outcome.status) for outcome in found]


def test_an_article_under_embargo_is_handed_over_to_be_held(store):
    soon = replace(HELD, embargoed_until=datetime.now(UTC) + timedelta(minutes=1))
    held = []

    message = outcomes(store, soon, force=True, hold_until_embargo=held.append)

    assert ([("a", "held")], [soon], []) == (message, held, list(store.ids()))


def test_a_withdrawal_takes_its_article_out_unless_a_newer_version_is_there(store):
    put(store, HELD)

    message = outcomes(store, Withdrawal("a", "legal", day(4)), Withdrawal("a", "legal", day(6)))

    assert ([("a", "older"), ("a", "withdrawn")], []) == (message, list(store.ids()))
