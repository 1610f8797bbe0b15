"""Articles through the whole line: what is refused, what is unchanged, what is stored."""

from __future__ import annotations

import pytest

from index.answers import answer as briefing
from index.core import open_index
from index.errors import ArticleError
from index.maintenance.rebuild import rebuild_index
from index.settings import load_index_settings
from index.types import Article

pytestmark = pytest.mark.model

TEXT = "“We will stay in the valley,” Mayor Ana Horvat said on Monday. It rained."


@pytest.fixture
def settings(tmp_path):
    return load_index_settings(data_dir=tmp_path / "data", max_characters=1_000)


@pytest.fixture
def engine(settings):
    index = open_index(settings)
    yield index
    index.close()


def outcomes(index, *articles):
    return [(o.id, o.status) for o in index.add(articles)]


def test_the_same_article_again_is_unchanged_and_a_new_text_replaces_it(engine):
    first, second = Article("a", "Valley", TEXT), Article("a", "Valley", TEXT.replace("stay", "go"))

    message = [outcomes(engine, first), outcomes(engine, first), outcomes(engine, second)]
    quotes = engine.answer("what did Ana Horvat say?").quotes

    assert [[("a", "indexed")], [("a", "unchanged")], [("a", "indexed")]] == message
    assert ["“We will go in the valley,” Mayor Ana Horvat said on Monday."] == [
        q.text for q in quotes
    ]


def test_of_two_articles_with_one_id_in_a_batch_the_last_is_kept(engine):
    outcomes(engine, Article("a", "", "It rained on Monday."), Article("a", "", TEXT))

    assert TEXT == engine.store.get("a").article.text


@pytest.mark.parametrize(
    ("article", "message"),
    [
        (Article("a", "", "word " * 400), "1,000"),
        (Article("a", "", " \n "), "no text"),
        (Article("", "", TEXT), "id"),
        (Article("a", "", "half a pair \ud800 here"), "surrogate"),
        (ArticleError("notes.pdf: not text"), "notes.pdf"),
    ],
)
def test_what_cannot_be_indexed_is_refused_with_its_reason_and_the_rest_goes_on(
    engine, article, message
):
    refused, indexed = engine.add([article, Article("good", "", TEXT)])

    assert ("refused", "indexed") == (refused.status, indexed.status)
    assert message in refused.error
    assert ["good"] == list(engine.store.ids())


def test_a_rebuilt_index_answers_the_same(engine, settings):
    outcomes(engine, Article("a", "Valley", TEXT))
    before = engine.answer("what did Ana Horvat say?").quotes

    read_again = []
    assert 1 == rebuild_index(settings, lambda *done: read_again.append(done))

    assert [("a", 2)] == read_again
    assert before == engine.answer("what did Ana Horvat say?").quotes
    assert [] == engine.verify()


def test_an_answer_read_while_another_article_comes_is_read_once(engine, monkeypatch):
    outcomes(engine, Article("a", "Valley", TEXT))
    answer, reads = briefing.answer, []

    def answer_during_a_write(*query, **more):
        reads.append(query)
        outcomes(engine, Article(f"b{len(reads)}", "Harbour", "“It rained,” Mayor Ivo Babić said."))
        return answer(*query, **more)

    monkeypatch.setattr(briefing, "answer", answer_during_a_write)

    assert engine.answer("what did Ana Horvat say?").quotes
    assert 1 == len(reads)


def test_an_answer_read_while_an_article_is_replaced_is_read_again(engine, monkeypatch):
    """The write comes between choosing the statements and fetching their article."""
    outcomes(engine, Article("a", "Valley", TEXT))
    others = Article("a", "Valley", "“They must go,” Mayor Ivo Babić said on Monday. It rained.")
    fetch, writes = engine.store.get_many, iter([others])

    def fetch_after_a_write(ids):
        for article in writes:
            assert [("a", "indexed")] == outcomes(engine, article)
        return fetch(ids)

    monkeypatch.setattr(engine.store, "get_many", fetch_after_a_write)

    assert () == engine.answer("what did Ana Horvat say?").quotes
