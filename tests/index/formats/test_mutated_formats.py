from __future__ import annotations

import json

import pytest

from tests.faults.mutate_formats import CORPUS, Tally, bombs, check, held, outcome, run

OUTCOMES = json.loads((CORPUS.parent / "corpus.json").read_text("utf-8"))


def test_two_hundred_mutated_files_break_no_promise():
    tally = run(200, seed=7)

    assert 200 == tally.files
    assert ([], [], [], []) == (tally.broken, tally.slow, tally.unclear, tally.lost)
    assert tally.articles
    assert tally.refused


@pytest.mark.parametrize("path", sorted(CORPUS.iterdir()), ids=lambda path: path.name)
def test_an_input_of_the_corpus_ends_as_it_did(path):
    tally = Tally()

    items = check(tally, path.name, path.read_bytes())

    assert ([], [], [], []) == (tally.broken, tally.slow, tally.unclear, tally.lost)
    assert OUTCOMES[path.name] == outcome(path.name, items)


def test_the_tally_counts_every_kind_of_failure():
    assert 4 == Tally(broken=["a"], slow=["b"], unclear=["c"], lost=["d"]).failures


@pytest.mark.parametrize(("name", "data"), list(bombs()), ids=[name for name, _ in bombs()])
def test_a_bomb_is_refused_or_read_whole(name, data):
    assert held(name, data)
