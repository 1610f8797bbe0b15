"""The benchmark of size: its questions, its picture, and what happens without its articles."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace

import numpy as np
import pytest

from index.errors import QuestionError
from index.store.memory.store import MemoryStore
from index.types import (
    Article,
    Attribution,
    IndexedArticle,
    Party,
    Sentence,
    Span,
    Speaker,
    Statement,
)
from tests.benchmarks import indexing, kinds, peers, scale
from tests.benchmarks.made import made_conversations
from tests.benchmarks.scale import plot

TEXT = "The harbour opens tomorrow morning."
VIK = Speaker("tor vik", "Tor Vik", None, (Party("norway", "Norway"),))


@pytest.fixture
def store():
    made, moment = Attribution((), (), (Span(0, len(TEXT)),)), datetime(2018, 2, 1, tzinfo=UTC)
    article = IndexedArticle(
        Article("a", "t", TEXT), (Sentence(0, 0, len(TEXT)),), (Statement(made, VIK),), moment
    )
    store = MemoryStore(2)
    store.put(article, np.array([[1.0, 0.0]], np.float32))
    yield store
    store.close()


def test_questions_are_the_same_each_time_and_of_every_shape(store):
    asked = list(made_conversations(store, 200))

    assert asked == list(made_conversations(store, 200))
    assert 200 == len(asked)
    texts = " ".join(turn for turns in asked for turn in turns)
    for part in ("Norway", "Tor Vik", "ministry", "Quillan Varro", "Who denied", "And what did"):
        assert part in texts
    assert {1, 2} == {len(turns) for turns in asked}


def test_questions_of_each_kind_are_made_and_timed(store):
    made = kinds.made_kinds(store, 5)

    assert made == kinds.made_kinds(store, 5)
    assert {5} == {len(talks) for talks in made.values()}
    assert ("What did Norway say?",) in made["party"]
    assert all(len(text) <= kinds.LONG for talks in made.values() for text, *_ in talks)
    assert kinds.LONG == len(made["very long, anyone"][0][0])
    assert made["quotation"][0][0] == f'Who said "{TEXT}"?'
    assert made["quotation, a little off"][0] != made["quotation"][0]


def test_only_the_last_question_of_a_conversation_is_timed(store):
    class Answering:
        def answer(self, text, previous=None):
            if text == "refused":
                raise QuestionError("not understood")
            assert previous == (None if text == "first" else "first")
            return SimpleNamespace(query=text)

    taken = kinds.times_of(
        Answering(), [("first",), ("first", "then"), ("first", "refused")], warm_up=1
    )

    assert [2] == [len(figure) for figure in taken]
    assert (2.0, 2.0, 2.9, 3.0, 4.0, 4.9) == pytest.approx(kinds.figures([(1.0, 3.0), (3.0, 5.0)]))
    assert (0.0,) * 6 == kinds.figures([])


def test_the_times_are_drawn_over_the_size(tmp_path):
    pytest.importorskip("matplotlib")
    names = ("party_p50", "party_p99", "anyone_p50", "anyone_p99", "arriving_p99")
    rows = [{"sentences": n, **dict.fromkeys(names, n / 1_000)} for n in (3_000.0, 30_000.0)]

    plot(rows, tmp_path / "scale.png")

    assert (tmp_path / "scale.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("benchmark", [indexing, peers, scale])
def test_without_the_articles_a_benchmark_is_skipped_with_the_file_that_is_missing(
    benchmark, tmp_path, monkeypatch, capsys
):
    missing = tmp_path / "articles.jsonl"
    monkeypatch.setattr("tests.benchmarks.ladder.ARTICLES", (missing, missing))
    monkeypatch.setattr("sys.argv", ["benchmark"])

    assert 0 == benchmark.main()
    assert f"skipped: no {missing}\n" == capsys.readouterr().out
