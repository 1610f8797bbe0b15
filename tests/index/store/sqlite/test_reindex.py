"""Reading an index again while others use it, for the same model or for another one."""

from __future__ import annotations

import numpy as np
import pytest

from index.database import database
from index.errors import StoreError
from index.store.sqlite.reindex import reindex
from index.store.sqlite.store import SNAPSHOT
from tests.faults.made import one_by_one
from tests.index.store.store_builders import DIM, EAST, NORTH, article, nearest, put, vectors


def by_words(stored):
    """Read an article as one whose every word is a sentence."""
    return article(stored.id, *stored.text.split(), published_at=stored.published_at)


def north(texts):
    return vectors(*[NORTH] * len(texts))


def axes(texts):
    return np.eye(3, dtype=np.float32)[: len(texts)]


@pytest.fixture
def store(on_disk):
    """Two articles of two words in one sentence, eastwards."""
    made = on_disk()
    for name in "ab":
        made.put(article(name, f"{name} word"), vectors(EAST))
    return made


def test_every_article_is_read_again_and_its_history_stays(store, tmp_path):
    nearest(store, EAST)
    history = store.revisions(0)

    assert 2 == reindex(tmp_path, "tiny", DIM, one_by_one(by_words, north), north)

    assert [("a", 0), ("a", 1), ("b", 0), ("b", 1)] == nearest(store, NORTH)
    assert history == store.revisions(0)
    assert [] == store.verify()


def test_others_add_and_remove_while_an_article_is_being_read(
    store, on_disk, tmp_path, monkeypatch
):
    monkeypatch.setattr(database, "PATIENCE_MS", 200)
    other = on_disk()

    def analyse(stored):
        if stored.id == "a":
            put(other, "c", EAST)
            other.put(article("b", "b new"), vectors(EAST))
            other.remove("a")
        return by_words(stored)

    assert 0 == reindex(tmp_path, "tiny", DIM, one_by_one(analyse, north), north)

    assert [("c", 0), ("b", 0)] == nearest(store, EAST)
    assert [] == store.verify()


def test_what_fails_half_way_leaves_each_article_as_it_was_or_as_read_again(store, tmp_path):
    def analyse(stored):
        if stored.id == "b":
            raise ValueError(stored.id)
        return by_words(stored)

    with pytest.raises(ValueError, match="b"):
        reindex(tmp_path, "tiny", DIM, one_by_one(analyse, north), north)

    assert [("b", 0), ("a", 0), ("a", 1)] == nearest(store, EAST)
    assert [] == store.verify()


def test_another_model_refuses_those_with_the_old_one_and_their_snapshot(store, on_disk, tmp_path):
    store.rebuild_projection()
    before = (tmp_path / SNAPSHOT).read_bytes()

    assert 2 == reindex(tmp_path, "new", 3, one_by_one(by_words, axes), axes)

    message = "store holds vectors of 'new', settings name 'tiny'"
    with pytest.raises(StoreError, match=message):
        nearest(store, EAST)
    with pytest.raises(StoreError, match=message):
        put(store, "c", EAST)
    (tmp_path / SNAPSHOT).write_bytes(before)
    new = on_disk("new", 3)
    assert [("a", 1), ("b", 1), ("a", 0), ("b", 0)] == nearest(new, [0.0, 1.0, 0.0])
    assert [] == new.verify()


def test_vectors_that_were_just_made_of_the_old_sentences_come_with_their_articles(store, tmp_path):
    lent = []

    def read(articles):
        for stored, known in articles:
            lent.append({text: row.tolist() for text, row in known.items()})
            item = by_words(stored)
            yield item, axes(item.sentences)

    assert 2 == reindex(tmp_path, "new", 3, read, axes)
    assert 2 == reindex(tmp_path, "new", 3, read, axes)

    first = [1, 0, 0]
    assert [{"a word": first}, {"b word": first}, {}, {}] == lent


def test_articles_that_are_read_ahead_and_go_meanwhile_stay_away(store, tmp_path):
    def read(articles):
        ahead = [stored for stored, _ in articles]
        store.remove("a")
        for stored in ahead:
            item = by_words(stored)
            yield item, north(item.sentences)

    assert 1 == reindex(tmp_path, "tiny", DIM, read, north)
    assert [("b", 0), ("b", 1)] == nearest(store, NORTH)


def test_the_old_model_answers_and_adds_until_all_vectors_are_there(store, tmp_path):
    asked = []

    def embed(texts):
        asked.append(nearest(store, EAST))
        if len(asked) == 2:
            put(store, "c", EAST)
        return axes(texts)

    with pytest.raises(KeyboardInterrupt):
        reindex(tmp_path, "new", 3, one_by_one(stop, embed), embed)

    assert [["a", "b"], ["a", "b"], ["a", "b", "c"]] == [[n for n, _ in each] for each in asked]


def stop(stored):
    raise KeyboardInterrupt


def test_vectors_that_lie_aside_after_a_kill_are_used_by_the_next_run(store, on_disk, tmp_path):
    made = []

    def embed(texts):
        made.extend(texts)
        if len(made) == 2:
            raise KeyboardInterrupt
        return axes(texts)

    with pytest.raises(KeyboardInterrupt):
        reindex(tmp_path, "new", 3, one_by_one(by_words, embed), embed)
    assert [("a", 0), ("b", 0)] == nearest(store, EAST)
    assert [] == store.verify()

    with pytest.raises(KeyboardInterrupt):
        reindex(tmp_path, "new", 3, one_by_one(stop, embed), embed)

    assert ["a word", "b word", "b word"] == made
    assert [("a", 0), ("b", 0)] == nearest(on_disk("new", 3), [1.0, 0.0, 0.0])


def test_vectors_aside_of_a_third_model_are_thrown_away(store, on_disk, tmp_path):
    def one(texts):
        if texts == ["b word"]:
            raise KeyboardInterrupt
        return axes(texts)

    with pytest.raises(KeyboardInterrupt):
        reindex(tmp_path, "third", 3, one_by_one(by_words, one), one)

    assert 2 == reindex(tmp_path, "tiny", DIM, one_by_one(by_words, north), north)

    with store._database.reading() as db:
        assert db.execute("SELECT 1 FROM sqlite_schema WHERE name = 'next_vectors'").get is None
    assert [] == store.verify()


def test_wrong_counts_are_mended(store, tmp_path):
    with store._database.writing() as db:
        db.execute("UPDATE meta SET value = 7 WHERE name = 'articles'")
        db.execute("DELETE FROM meta WHERE name = 'sentences'")

    reindex(tmp_path, "tiny", DIM, one_by_one(by_words, north), north)

    assert (2, 4) == (store.coverage().articles, store.coverage().sentences)
    assert [] == store.verify()
