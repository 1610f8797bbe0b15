"""The article this project began with: scrambled by its publisher, full of traps."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.core import open_index
from index.settings import load_index_settings
from index.sources.folder import read_paths

SEED = Path(__file__).parents[3] / "shared" / "bench" / "seed"

pytestmark = [
    pytest.mark.model,
    pytest.mark.skipif(not SEED.exists(), reason="the seed article is not beside this checkout"),
]

RUSSIA = (
    ("Russian Defence Ministry", "the incident on February 7"),
    ("Lavrov", "Kurdish participation"),
    ("Russia's military", "had nothing to do with the attack"),
    ("Peskov", "needed to be verified"),
    ("Russian officials", "no Russian forces were involved"),
)
OTHERS = ("Leviev", "Yavlinsky", "Mattis", "former associates", "Barmin", "investigative team")
ORPHANS = ("We don't have data", "I advise you to contact", "always responded to our calls")


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    index = open_index(load_index_settings(data_dir=tmp_path_factory.mktemp("seed")))
    assert ["indexed"] == [o.status for o in index.add(read_paths([str(SEED)]))]
    yield index
    index.close()


def test_russia_said_what_its_side_said_and_nothing_else(engine):
    quotes = engine.answer("What did Russia say?", limit=50).quotes

    for speaker, words in RUSSIA:
        assert [speaker] == [speaker for q in quotes if words in q.text and speaker in q.speaker]
    assert [] == [q.speaker for q in quotes if any(name in q.speaker for name in OTHERS)]
    assert {"Russia"} == {q.party for q in quotes}


def test_a_spokesman_and_another_outlet_are_labelled(engine):
    labels = {q.text: q.labels for q in engine.answer("What did Russia say?", limit=50).quotes}

    assert [True] == ["via spokesperson" in v for k, v in labels.items() if "verified" in k]
    assert [True] == [
        "reported by another outlet" in v for k, v in labels.items() if "New York Times" in k
    ]


@pytest.mark.parametrize("words", ORPHANS)
def test_an_orphan_quotation_has_no_speaker(engine, words):
    quotes = engine.answer(f"who said '{words}'?", limit=5).quotes

    assert [None] == [q.speaker for q in quotes if words in q.text]
    assert [True] == ["unattributed in source" in q.labels for q in quotes if words in q.text]


def test_iran_said_nothing(engine):
    briefing = engine.answer("what did Iran say?")

    assert (True, ()) == (briefing.abstained, briefing.quotes)


def test_denials_are_found_that_do_not_say_deny(engine):
    quotes = engine.answer("did russia deny it?", limit=50).quotes

    texts = [q.text for q in quotes]
    assert all("denied in substance" in q.labels for q in quotes)
    assert [True, True] == [
        any(words in text for text in texts)
        for words in ("had nothing to do with the attack", "no Russian forces were involved")
    ]


def test_mattis_spoke_of_contractors(engine):
    quotes = engine.answer("what did Mattis say about contractors?", limit=50).quotes

    assert [("Mattis", True)] == [
        (q.speaker, "knew of no Russian contractors killed" in q.text) for q in quotes
    ]


def test_beyond_doubt_was_said_by_the_investigators(engine):
    quotes = engine.answer("who said 'beyond doubt'?", limit=5).quotes

    assert ["The investigative team"] == [q.speaker for q in quotes]


def test_the_us_said_what_hit_the_tank(engine):
    quotes = engine.answer("what did the US say about the T-72?", limit=50).quotes

    assert [True] == ["MQ-9 Reaper drone" in q.text for q in quotes]


def test_a_follow_up_keeps_the_topic(engine):
    first = engine.answer("what did the US say about the T-72?", limit=50)

    second = engine.answer("and Russia?", previous=first.query, limit=50)

    assert ("russia", "the T-72") == (second.query.party, second.query.topic)
    assert [] == [q.text for q in second.quotes if q.party != "Russia"]
