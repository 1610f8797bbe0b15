"""Articles ahead of the store: in order, few at a time, and a bad one alone."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Event

import numpy as np
import pytest

from index.attribution import tagger
from index.errors import AttributionError
from index.ingest import indexing
from index.ingest.indexing import BATCH_SIZE, Policy, index_articles
from index.ingest.pipeline import PREFETCH, Pipeline
from index.ingest.vector_cache import CachingEmbedder
from index.speakers import load_tables
from index.store.memory.store import MemoryStore
from index.text.sentences import split_sentences
from index.types import Article, IndexedArticle, Sentence, Withdrawal

NOW = datetime(2026, 1, 2, tzinfo=UTC)


class Counting:
    """An embedder that notes what it is given; its vectors tell the texts apart."""

    name, dim = "counting", 4

    def __init__(self):
        self.seen = []

    def embed_query(self, text):
        return self.embed_passages([text])[0]

    def embed_passages(self, texts):
        self.seen += texts
        rows = np.array([np.bincount([ord(c) % 4 for c in t + "abcd"], minlength=4) for t in texts])
        rows = rows.reshape(-1, 4).astype(np.float32)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def article(name, text="The harbour is open today, the mayor said to the town.", **more):
    return Article(name, "", text, **more)


@pytest.fixture
def store():
    return MemoryStore(4)


@pytest.fixture
def read(monkeypatch):
    """What the models were given, batch by batch; an article named "bad" is beyond them."""
    batches = []

    def analyse(articles, tables, desk=None):
        batches.append([a.id for a in articles])
        if "bad" in batches[-1]:
            raise ValueError("no such wind")
        if "broken" in batches[-1]:
            raise AttributionError("the weights are gone")
        return [_whole(a) for a in articles]

    monkeypatch.setattr(indexing, "analyse", analyse)
    return batches


def _whole(a):
    sentences = tuple(Sentence(s.index, s.start, s.end) for s in split_sentences(a.text))
    return IndexedArticle(a, sentences, (), NOW)


def message(articles, store, embedder=None, **more):
    policy = Policy(max_characters=1_000, **more)
    made = index_articles(articles, store, embedder or Counting(), load_tables(), policy)
    return [(o.id, o.status) for o in made]


def test_outcomes_come_in_the_order_of_the_input_whatever_they_are(store, read):
    given = [article("a"), article("x" * 600), article("b"), Withdrawal("a", "legal"), article("c")]

    assert [
        ("a", "indexed"),
        ("x" * 600, "refused"),
        ("b", "indexed"),
        ("a", "withdrawn"),
        ("c", "indexed"),
    ] == message(given, store)
    assert ["b", "c"] == list(store.ids())


def test_an_article_that_the_models_cannot_read_fails_alone(store, read):
    outcomes = message([article("a"), article("bad"), article("b")], store)

    assert [("a", "indexed"), ("bad", "failed"), ("b", "indexed")] == outcomes
    assert ["a", "b"] == list(store.ids())


def test_a_model_that_is_broken_ends_the_work(store, read):
    with pytest.raises(AttributionError, match="weights are gone"):
        message([article("broken")], store)


def test_an_endless_stream_is_read_ahead_by_a_few_batches_only(store, read):
    taken = []

    def endless():
        while True:
            taken.append(article(f"n{len(taken)}"))
            yield taken[-1]

    outcomes = index_articles(endless(), store, Counting(), load_tables(), Policy(1_000))

    for number in range(3 * BATCH_SIZE):
        assert f"n{number}" == next(outcomes).id
        assert len(taken) <= number + 1 + (PREFETCH + 1) * BATCH_SIZE
        assert f"n{number}" in store.ids()
    outcomes.close()


@pytest.mark.parametrize("more", [{}, {"url": "https://tern.example/a"}])
def test_another_version_far_behind_is_judged_against_the_one_before_it(store, read, more):
    """The second is read while the first is still under way."""
    filling = [article(f"f{n}") for n in range(BATCH_SIZE - 1)]
    first = article("a", published_at=NOW, **more)
    older = article("b" if more else "a", published_at=NOW.replace(year=2020), **more)

    outcomes = message([first, *filling, older], store)

    assert "older" == outcomes[-1][1]
    assert first == store.get("a").article


def test_a_slow_source_keeps_nobody_waiting(store, read, monkeypatch):
    """What has been read is stored before the next item is asked for."""
    monkeypatch.setattr(indexing, "SLOW", -1.0)
    taken = []

    def dripping():
        for number in range(3):
            taken.append(number)
            yield article(f"n{number}")

    outcomes = index_articles(dripping(), store, Counting(), load_tables(), Policy(1_000))

    for number in range(3):
        assert f"n{number}" == next(outcomes).id
        assert [*range(number + 1)] == taken


@pytest.mark.parametrize("newer_first", [True, False])
def test_of_two_ids_with_one_address_the_newer_is_kept(store, read, newer_first):
    url = "https://tern.example/a"
    both = [
        article("a", published_at=NOW, url=url),
        article("b", published_at=NOW.replace(year=2020), url=url),
    ]

    message(both if newer_first else both[::-1], store)

    assert ["a"] == list(store.ids())


def test_a_sentence_is_embedded_once_in_a_run(store, read):
    embedder = Counting()

    message(
        [article("a"), article("b"), *(article(f"c{n}") for n in range(BATCH_SIZE))],
        store,
        embedder,
    )

    assert len(set(embedder.seen)) == len(embedder.seen)


def test_only_the_changed_sentences_of_a_revised_article_are_embedded(store, read):
    old = "The harbour is open today, he said. The ferry sails at noon from the old quay."
    message([article("a", old)], store)
    before, embedder = store.vectors("a"), Counting()

    message([article("a", old.replace("noon", "nine"))], store, embedder)

    assert ["The ferry sails at nine from the old quay."] == embedder.seen
    assert np.array_equal(before[0], store.vectors("a")[0])


def test_again_embeds_everything_again(store, read):
    message([article("a")], store)
    embedder = Counting()

    message([article("a")], store, embedder, force=True)

    assert [article("a").text] == embedder.seen


def test_a_sentence_that_is_being_embedded_is_not_embedded_beside_that():
    second = Event()

    class Meeting(Counting):
        def embed_passages(self, texts):
            if self.seen:
                second.set()
            found = super().embed_passages(texts)
            second.wait(0.3)
            return found

    embedder = Meeting()
    remembering = CachingEmbedder(embedder)
    with ThreadPoolExecutor(2) as pool:
        rows = list(pool.map(lambda _: remembering.embed(["It is so."], {}), range(2)))

    assert ["It is so."] == embedder.seen
    assert np.allclose(*rows, atol=1e-3)


def test_the_tagger_is_loaded_once_however_many_threads_ask(monkeypatch):
    loaded = []

    def load():
        loaded.append(1)
        Event().wait(0.1)

    tagger._loaded.cache_clear()
    monkeypatch.setattr(tagger, "Tagger", load)
    try:
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda _: tagger.shipped_tagger(), range(4)))
    finally:
        tagger._loaded.cache_clear()

    assert [1] == loaded


# Reading without a store, as `rebuild` does


def read_through(articles, size=2, embedder=None):
    """Read *articles*, none of which has vectors yet; gives what comes out, one after the other."""
    embed = CachingEmbedder(embedder or Counting()).embed
    with Pipeline(lambda batch: indexing.analyse(batch, None), embed) as pipeline:
        yield from pipeline.read(articles, size)


def test_articles_come_out_in_order_with_their_own_vectors(read):
    names = [f"a{n}" for n in range(7)]
    given = [article(name, f"{name * (1 + n)} is here.") for n, name in enumerate(names)]

    found = list(read_through((a, {}) for a in given))

    assert names == [item.article.id for item, _ in found]
    for item, rows in found:
        assert np.allclose(Counting().embed_passages([item.article.text]), rows)


def test_only_a_few_articles_are_taken_ahead(read):
    taken = []

    def coming():
        for n in range(20):
            taken.append(n)
            yield article(f"a{n}"), {}

    reading = read_through(coming())
    next(reading)

    assert 2 * (1 + PREFETCH) >= len(taken)
    reading.close()


def test_an_article_that_cannot_be_read_ends_the_reading_after_those_before_it(read):
    given = [(article(name), {}) for name in ("a", "b", "bad", "c")]

    reading = read_through(given)

    assert ["a", "b"] == [next(reading)[0].article.id for _ in range(2)]
    with pytest.raises(ValueError, match="no such wind"):
        next(reading)


@pytest.mark.parametrize("good", [0, 1, 3, 6])
def test_a_source_that_fails_does_so_after_what_it_gave_before(read, good):
    def coming():
        for n in range(good):
            yield article(f"a{n}"), {}
        raise OSError("the disk is gone")

    found = []
    with pytest.raises(OSError, match="the disk is gone"):
        found.extend(item.article.id for item, _ in read_through(coming()))
    assert [f"a{n}" for n in range(good)] == found


def test_a_sentence_with_a_vector_is_not_embedded(read):
    embedder, text = Counting(), "The harbour is open today, the mayor said to the town."
    known = {text: np.array([1, 0, 0, 0], np.float32)}

    ((_, rows),) = read_through([(article("a", text), known)], embedder=embedder)

    assert ([], [[1, 0, 0, 0]]) == (embedder.seen, rows.tolist())
