"""The comparison with peers says what was measured, and each system does what is timed."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.types import Article
from tests.benchmarks import peers_report as report
from tests.benchmarks.peers_asking import NEWS, article_on, turned
from tests.benchmarks.peers_systems import SYSTEMS, Place, place_of, rows_of

NEWSPRINT = st.text(alphabet="aA.!?“”‘’\"'|5 \n", max_size=120)
LIBRARIES = {"txtai": "txtai", "LlamaIndex": "llama_index"}
ROUNDS = [
    {"plain": {"rate": 20.0, "p50": 10.0}, "onrecord": {"rate": 10.0, "p50": 4.0}},
    {"plain": {"rate": 40.0, "p50": 10.0}, "onrecord": {"rate": 40.0, "p50": 9.0}},
    {"plain": {"rate": 100.0, "p50": 10.0}, "onrecord": {"rate": 30.0, "p50": 5.0}},
    {"onrecord": {"wrong": 2.1}},
]


def test_a_figure_is_the_median_of_the_rounds_that_have_it():
    assert 40.0 == report.median_of(ROUNDS, "plain", "rate")
    assert 2.1 == report.median_of(ROUNDS, "onrecord", "wrong")
    assert report.median_of(ROUNDS, "txtai", "rate") is None


def test_a_ratio_is_taken_within_each_round():
    # 10/20, 40/40, 30/100; the medians' ratio would be 30/40.
    assert 0.5 == report.ratio_of(ROUNDS, ("onrecord", "rate"), ("plain", "rate"))


def test_the_table_shows_what_was_measured_and_a_dash_where_it_was_not():
    lines = report.table(ROUNDS, ["plain", "onrecord"]).splitlines()

    assert [
        ["", "plain", "onrecord"],
        ["indexing, sentences a second", "40", "30 (0.50)"],
        ["a warm question, p50, ms", "10.0", "5.0 (0.50)"],
        ["said by somebody else, of the first 10, %", "–", "2.1"],
    ] == [
        [cell.strip() for cell in line.strip("|").split("|")] for line in lines if "--" not in line
    ]


def test_a_goal_that_is_missed_is_called_so():
    assert [
        "indexing, beside plain: 0.50 (MISSED, at least 0.65)",
        "a warm question, beside plain: 0.50 (held, at most 0.8)",
    ] == report.goals(ROUNDS)


def test_another_system_is_first_in_each_round():
    assert ["abc", "bca", "cab", "abc"] == ["".join(turned("abc", n)) for n in range(4)]


@given(NEWSPRINT, NEWSPRINT)
def test_a_peer_is_given_each_sentence_verbatim_with_its_place(name, text):
    for row in rows_of([Article(name, "", text)]):
        place = place_of(row.key)

        assert name == place.doc
        assert row.text == text[place.start : place.end]


def test_the_picture_is_drawn(tmp_path):
    pytest.importorskip("matplotlib")

    report.plot(ROUNDS, ["plain", "onrecord"], tmp_path / "peers.png")

    assert b"\x89PNG" == (tmp_path / "peers.png").read_bytes()[:4]


@pytest.mark.model
# What the peers' libraries warn of is theirs.
@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("name", SYSTEMS)
def test_a_system_finds_what_was_indexed_and_what_was_added(tmp_path: Path, name):
    if name in LIBRARIES and find_spec(LIBRARIES[name]) is None:
        pytest.skip('not installed; pip install -e ".[bench]"')
    (old, old_question), (new, new_question) = (
        article_on(news, f"fresh|{number}") for number, news in enumerate(NEWS[:2])
    )
    said = old["text"].split("Tuesday. ")[1].split(" It rained")[0]
    start = old["text"].index(said)

    system = SYSTEMS[name](1)
    count = system.build(tmp_path, [Article(**old)])
    system.open(tmp_path)

    assert 3 == count
    assert Place("fresh|0", start, start + len(said)) == system.ask(old_question, 5)[0]
    system.add(Article(**new))
    assert "fresh|1" == system.ask(new_question, 5)[0].doc
