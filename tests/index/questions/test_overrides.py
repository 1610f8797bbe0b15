"""What was understood goes out as words and comes back corrected."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import QuestionError
from index.questions.overrides import FieldReader, Overrides, apply_overrides, as_typed
from index.roster.directory import make_directory
from tests.index.question_builders import NOW, OUTLETS, SPEAKERS, TABLES, parse, understood

READER = FieldReader(make_directory(SPEAKERS, TABLES), NOW, outlets=["the wires", *OUTLETS])
QUESTIONS = [
    "what did Russia say about the tank since Monday?",
    "Russia and Turkey on Idlib in January 2018",
    "what did Gromov and Weller say about Syria",
    "what did Russia not deny in the Daily Tern",
    "What did the Turkish foreign minister say?",
    "who said 'beyond doubt'?",
    "what was said in the past 5 hours",
    "what did Russia say, direct quotes only, officials only, no analysts",
]
FIELDS = sorted(Overrides.__slots__)


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_comes_back_as_it_went_out_changes_nothing(question):
    query = parse(question)

    assert query == apply_overrides(query, as_typed(query, TABLES), READER)


@pytest.mark.parametrize(
    ("field", "words", "want"),
    [
        ("party", "Turkey", {"party": "turkey"}),
        ("party", "Turkey and Ukraine", {"party": "turkey", "other_parties": ("ukraine",)}),
        ("party", "", {"party": None}),
        ("speaker", "gromov", {"speaker": "Ilya Gromov", "party": "russia"}),
        ("speaker", "Kremlin", {"party": "russia", "speaker": "the Kremlin"}),
        ("topic", "about the Kurds", {"topic": "the Kurds"}),
        ("topic", "bread for the noon bulletin", {"topic": "bread"}),
        ("topic", "", {"topic": None}),
        ("since", "2018-02-07", {"since": datetime(2018, 2, 7, tzinfo=UTC)}),
        ("until", "monday", {"until": datetime(2018, 2, 20, tzinfo=UTC)}),
        ("since", "", {"since": None}),
        ("outlet", "daily tern", {"outlet": "The Daily Tern"}),
        ("stance", "denials", {"stance": "denied", "negated": False}),
        ("stance", "not confirmed", {"stance": "confirmed", "negated": True}),
        ("stance", "", {"stance": None}),
        ("outlet", "wires", {"outlet": "the wires"}),
        (
            "outlet",
            "the wires or daily tern",
            {"outlet": "the wires", "other_outlets": ("The Daily Tern",)},
        ),
        ("outlet", "", {"outlet": None, "other_outlets": ()}),
        ("filters", "officials only", {"officials": True, "without": (), "direct": False}),
        ("filters", "not analysts", {"officials": False, "without": ("analysts",)}),
        (
            "filters",
            "officials only, no spokespeople or companies, direct quotes only",
            {"officials": True, "without": ("spokespeople", "companies"), "direct": True},
        ),
        ("filters", "", {"officials": False, "without": (), "direct": False}),
    ],
)
def test_a_field_is_read_as_in_a_question(field, words, want):
    query = parse("what did Russia say about the tank since Monday?")

    changed = apply_overrides(query, Overrides(**{field: words}), READER)

    assert want == {name: getattr(changed, name) for name in want}


def test_another_party_takes_the_first_ones_spokesman_with_it():
    query = parse("What did the Russian defence ministry say about the tank?")

    changed = apply_overrides(query, Overrides(party="Turkey"), READER)

    assert {"party": "turkey", "topic": "the tank"} == understood(changed)


def test_a_topic_turns_a_quotation_into_a_question():
    query = parse("who said 'beyond doubt'?")

    changed = apply_overrides(query, Overrides(topic="the tank"), READER)

    assert {"topic": "the tank", "anyone": True} == understood(changed)


def test_what_was_assumed_is_so_no_longer_when_somebody_says_it():
    query = replace(parse("what was said?"), party="turkey", assumed=("party", "newest"))

    assert ("newest",) == apply_overrides(query, Overrides(party="Russia"), READER).assumed
    assert ("party",) == apply_overrides(query, Overrides(since="monday"), READER).assumed


@pytest.mark.parametrize(
    ("field", "words", "known"),
    [
        ("party", "Atlantis", "United States"),
        ("since", "whenever", "2018-02-13"),
        ("until", "whenever", "yesterday"),
        ("outlet", "Morning Gull", "Harbour Post"),
        ("stance", "sung", "denied"),
        ("speaker", "anyone", "Anna Weller"),
        ("filters", "officials only about fish", "officials only, not analysts"),
        ("filters", "newest first", "direct quotes only"),
    ],
)
def test_a_field_that_cannot_be_read_is_named_with_words_that_can(field, words, known):
    with pytest.raises(QuestionError, match=f"{field} “{words}” is not known.*{known}"):
        apply_overrides(parse("what did Russia say?"), Overrides(**{field: words}), READER)


@settings(deadline=None)
@given(st.sampled_from(QUESTIONS), st.sampled_from(FIELDS), st.text(max_size=60))
def test_any_words_are_a_correction_or_refused(question, field, words):
    query = parse(question)

    try:
        changed = apply_overrides(query, Overrides(**{field: words}), READER)
    except QuestionError:
        return

    assert query.text == changed.text
