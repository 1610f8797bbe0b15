"""What every store owes: search by meaning, putting, replacing, removing. Numbers by hand."""

from __future__ import annotations

import numpy as np
import pytest

from index.errors import ArticleError, StoreError
from index.store import Selection
from index.types import (
    Article,
    Coverage,
    IndexedArticle,
    Sentence,
)
from tests.index.store.store_builders import (
    EAST,
    NORTH,
    NORTH_EAST,
    SOL,
    VIK,
    WEST,
    article,
    day,
    found,
    keys_of,
    matched,
    put,
    said,
    selected,
    speaker,
    vectors,
)


def test_search_scores_are_cosines_whatever_the_vector_length(store):
    put(store, "east", EAST)
    put(store, "north", NORTH)
    put(store, "both", NORTH_EAST)
    put(store, "west", WEST)

    expected = [("east", 1.0), ("both", 0.7071068), ("north", 0.0), ("west", -1.0)]
    assert expected == found(store, [2.0, 0.0])
    assert expected == found(store, [1e-30, 0.0])


def test_search_gives_the_k_nearest_and_all_when_k_is_larger(store):
    put(store, "a", EAST, NORTH)
    put(store, "b", WEST)

    assert [("a", 1.0)] == found(store, EAST, k=1)
    assert [("a", 1.0), ("a", 0.0), ("b", -1.0)] == found(store, EAST, k=10**9)
    assert [] == found(store, EAST, k=0)


def test_equal_scores_come_in_the_order_of_their_keys(store):
    for number in range(5):
        put(store, f"copy{number}", NORTH_EAST)

    rows = store.search(np.array([1.0, 0.3], np.float32), 3)

    assert [row.key for row in rows] == sorted(row.key for row in rows)
    assert ["copy0", "copy1", "copy2"] == [store.locate([row.key])[row.key][0] for row in rows]


def test_among_restricts_the_search_to_its_keys(store):
    put(store, "a", EAST)
    put(store, "b", NORTH)
    put(store, "c", WEST)
    among = keys_of(store, "b", "c")

    assert [("b", 0.0), ("c", -1.0)] == found(store, EAST, among=among)
    assert [("b", 0.0)] == found(store, EAST, k=1, among=among)


def test_among_nothing_finds_nothing_and_unknown_keys_are_ignored(store):
    put(store, "a", EAST)
    known = keys_of(store, "a")
    unknown = np.array([-1, 0, 10**12], np.int64)

    for among, expected in (
        (np.empty(0, np.int64), []),
        (unknown, []),
        (np.concatenate([known, unknown, known]), [("a", 1.0)]),
    ):
        assert expected == found(store, EAST, among=among)


def test_places_come_in_the_order_in_which_they_are_asked_for(store):
    put(store, "a", EAST, NORTH)
    put(store, "b", WEST)
    first, second, third = keys_of(store, "a", "b").tolist()

    found = store.locate([third, first, 10**12, second])

    assert [(third, ("b", 0)), (first, ("a", 0)), (second, ("a", 1))] == list(found.items())


def test_an_empty_store_finds_nothing(store):
    assert [] == store.search(np.array(EAST, np.float32), 5)
    assert [] == store.match("word", 5)
    assert [] == store.select(Selection())
    assert Coverage(0, 0, None, None) == store.coverage()


@pytest.mark.parametrize("vector", [[0.0, 0.0], [np.nan, 1.0], [np.inf, 1.0], [1.0], [1.0] * 3])
def test_a_query_vector_without_direction_or_of_another_length_is_refused(store, vector):
    with pytest.raises(StoreError, match="query vector"):
        store.search(np.array(vector, np.float32), 1)


# Putting, replacing, removing


def test_a_replaced_article_leaves_nothing_of_the_old_one(store):
    store.put(article("a", "old words", says=[said(VIK, (0, 3))]), vectors(EAST))
    (old,) = store.select(Selection())
    store.put(article("a", "new ones", "more", says=[said(SOL, (9, 13))]), vectors(NORTH, WEST))

    assert [("a", 0.0), ("a", -1.0)] == found(store, EAST)
    assert [] == matched(store, "old")
    assert [("a", 0)] == matched(store, "new")
    assert [("a", 0, 1)] == selected(store)
    assert ["sol"] == [s.key for s in store.speakers()]
    assert {} == store.locate([old.key])
    assert 2 == store.coverage().sentences


def test_a_removed_article_is_gone_everywhere(store):
    put(store, "a", EAST)
    put(store, "b", NORTH)

    assert store.remove("a")

    assert not store.remove("a")
    assert store.get("a") is store.vectors("a") is store.fingerprint("a") is None
    assert [("b", 0.0)] == found(store, EAST)
    assert [("b", 0)] == matched(store, "word0")
    assert ["b"] == list(store.ids())


def test_keys_are_never_given_again(store):
    put(store, "a", EAST, NORTH)
    first = keys_of(store, "a")
    store.remove("a")
    put(store, "a", EAST, NORTH)

    assert min(keys_of(store, "a")) > max(first)


def test_the_last_removal_moves_when_an_article_goes_or_is_replaced_but_not_when_one_comes(store):
    assert 0 == store.last_removal()
    store.put(article("a", "x"), vectors(EAST))
    store.put(article("b", "x"), vectors(EAST))
    assert 0 == store.last_removal()

    store.put(article("a", "y"), vectors(EAST))
    assert 3 == store.last_removal()
    store.remove("b")
    assert 4 == store.last_removal() == store.generation()


def test_generation_grows_with_every_put_and_removal(store):
    seen = [store.generation()]
    for change in (lambda: put(store, "a", EAST),) * 2 + (lambda: store.remove("a"),):
        change()
        seen.append(store.generation())
    store.remove("nobody")

    assert sorted(set(seen)) == seen
    assert seen[-1] == store.generation()


def test_scores_of_words_forget_what_was_removed(store):
    put(store, "kept", EAST, NORTH)
    before = store.match("word0", 5)[0].score
    for number in range(20):
        put(store, f"gone{number % 3}", EAST, EAST, EAST)
    for number in range(3):
        store.remove(f"gone{number}")

    assert before == pytest.approx(store.match("word0", 5)[0].score)


def test_a_fingerprint_changes_with_every_field_of_the_article(store):
    plain = {"id": "a", "title": "t", "text": "x", "outlet": "o", "url": "u"}
    plain["published_at"] = day(1)
    marks = []
    for change in (
        {},
        {"title": "tx"},
        {"text": "xy"},
        {"outlet": None},
        {"url": "o", "outlet": "u"},
        {"published_at": None},
        {"byline": "b"},
        {"note": "b"},
        {"rights": "b"},
        {"embargoed_until": day(1)},
        {"revised_at": day(1)},
        {"pages": (0, 1)},
    ):
        store.put(IndexedArticle(Article(**plain | change), (), (), day(1)), vectors())
        marks.append(store.fingerprint("a"))

    assert len(marks) == len(set(marks))
    store.put(IndexedArticle(Article(**plain), (Sentence(0, 0, 1),), (), day(2)), vectors(EAST))
    assert marks[0] == store.fingerprint("a")


def test_several_articles_come_in_one_reading(archive):
    items = archive.get_many(["c", "nobody", "a", "c"])

    assert ["c", "a"] == list(items)
    assert items["a"] == archive.get("a")
    assert {} == archive.get_many([])


def test_vectors_come_back_as_they_went_in_but_for_half_precision(store):
    rows = vectors(EAST, NORTH_EAST)
    store.put(article("a", "x", "y"), rows)
    stored = store.vectors("a")
    stored[:] = 0

    assert np.float32 == stored.dtype
    assert rows.astype(np.float16).tolist() == store.vectors("a").tolist()


@pytest.mark.parametrize(
    ("sentences", "rows", "error"),
    [
        ([Sentence(0, 0, 6)], [EAST], ArticleError),
        ([Sentence(0, 2, 2)], [EAST], ArticleError),
        ([Sentence(1, 0, 2)], [EAST], ArticleError),
        ([Sentence(0, 2, 4), Sentence(1, 0, 2)], [EAST, EAST], ArticleError),
        ([Sentence(0, 0, 5)], [], StoreError),
        ([Sentence(0, 0, 5)], [[3.0, 4.0]], StoreError),
        ([Sentence(0, 0, 5)], [[np.nan, 1.0]], StoreError),
    ],
)
def test_what_does_not_fit_together_is_refused_and_changes_nothing(store, sentences, rows, error):
    put(store, "a", NORTH)
    before = store.get("a")
    bad = IndexedArticle(Article("a", "t", "12345"), tuple(sentences), (), day(1))

    with pytest.raises(error):
        store.put(bad, vectors(*rows))

    assert before == store.get("a")
    assert [("a", 1.0)] == found(store, NORTH)


@pytest.mark.parametrize(
    "bad",
    [
        IndexedArticle(Article("a", "t", "\ud800"), (), (), day(1)),
        IndexedArticle(
            Article("a", "t", "x", None, None, day(1).replace(tzinfo=None)), (), (), day(1)
        ),
        IndexedArticle(Article("a", "t", "x"), (), (said(VIK, (0, 2)),), day(1)),
        IndexedArticle(Article("a", "t", "x"), (), (said(speaker("\udfff")),), day(1)),
    ],
)
def test_an_article_that_cannot_be_kept_is_refused_by_name(store, bad):
    with pytest.raises(ArticleError, match="article 'a'"):
        store.put(bad, vectors())

    assert [] == list(store.ids())


def test_a_closed_store_says_so_and_can_be_closed_again(store):
    put(store, "a", EAST)
    store.close()
    store.close()

    for use in (
        lambda: store.get("a"),
        lambda: found(store, EAST),
        lambda: matched(store, "word"),
        lambda: put(store, "b", EAST),
        lambda: store.select(Selection()),
        store.generation,
        store.last_removal,
    ):
        with pytest.raises(StoreError, match="closed"):
            use()


def test_a_sound_store_has_nothing_to_report(archive):
    archive.put(article("a", "other words"), vectors(NORTH))
    archive.remove("b")

    assert [] == archive.verify()
