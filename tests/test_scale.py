"""The benchmark of size: its questions, its picture, and what happens without its articles."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest

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
from tests.benchmarks import indexing, peers, scale
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
