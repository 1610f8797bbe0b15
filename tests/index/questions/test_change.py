"""What a message below an answer changes of its question: restrictions, days, whom it asks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.query import Query
from index.questions.thread.change import as_follow_up, is_order, is_pointing
from index.questions.thread.conversation import is_follow_up, message_kind
from index.roster.directory import make_directory
from tests.index.question_builders import SPEAKERS, TABLES, known, parse

DIRECTORY = make_directory([*SPEAKERS, known("Sergei Lavrov", "Russian Foreign Minister")], TABLES)


@pytest.fixture
def before():
    return parse("what did Russia say about the tank since Monday?")


@pytest.mark.parametrize(
    ("text", "dropped"),
    [
        ("drop the dates", "since"), ("without the dates", "since"), ("no dates", "since"),
        ("ignore the date", "since"), ("remove the since", "since"), ("forget the dates", "since"),
        ("drop the tank", "topic"), ("without the tank", "topic"), ("forget the topic", "topic"),
        ("try without the tank", "topic"), ("on anything", "topic"), ("in general?", "topic"),
        ("everything they said", "topic"), ("any other topic?", "topic"),
    ],
)  # fmt: skip
def test_a_restriction_can_be_dropped(before, text, dropped):
    query = parse(text, before)

    assert getattr(before, dropped) is not None
    assert replace(before, text=text, **{dropped: None}) == replace(query, inherited=())
    assert is_follow_up(text, DIRECTORY, previous=before)


def test_the_kind_of_statement_can_be_dropped():
    before = parse("what did Russia deny about the tank?")

    query = parse("drop the denials", before)

    assert ("denied", None) == (before.stance, query.stance)
    assert before.topic == query.topic


def test_who_was_asked_can_be_dropped(before):
    query = parse("forget the speaker", before)

    assert (None, True, before.topic) == (query.party, query.anyone, query.topic)


@pytest.mark.parametrize(
    ("text", "same_as"),
    [
        ("same but last week", "and last week"), ("same for Turkey", "and Turkey"),
        ("same question for Turkey", "and Turkey"), ("same thing but Turkey", "and Turkey"),
        ("the same, newest first", "newest first"), ("same, but about grain", "and about grain"),
        ("the same without the dates", "without the dates"), ("try Turkey instead", "and Turkey"),
        ("Turkey instead", "and Turkey"), ("instead of Russia, Turkey", "and Turkey"),
        ("replace Russia with Turkey", "and Turkey"), ("make it Turkey", "and Turkey"),
        ("change the date to March", "and in March"), ("in April instead", "and in April"),
        ("make it April", "and in April"), ("2017?", "and in 2017?"),
        ("Turkey only", "only Turkey"),
        ("full quote of Gromov?", "and Gromov, direct quotes only"),
        ("Gromov's whole quote", "and Gromov, direct quotes only"),
    ],
)  # fmt: skip
def test_one_thing_can_be_put_in_the_place_of_another(before, text, same_as):
    assert replace(parse(same_as, before), text="") == replace(parse(text, before), text="")
    assert is_follow_up(text, DIRECTORY, previous=before)


@pytest.mark.parametrize(
    "text",
    ["same-sex marriage", "who bought wheat instead of rye", "the same minister", "make peace",
     "the exchange of prisoners", "try harder", "make it quick", "who did the same"],
)  # fmt: skip
def test_what_only_looks_like_a_change_is_left(text):
    assert text == as_follow_up(text)


@pytest.mark.parametrize(
    "text", ["they contradicted themselves?", "did they contradict themselves?",
             "any contradictions?", "has Russia always said that?", "are they consistent?"]
)  # fmt: skip
def test_a_contradiction_is_asked_of_those_asked_before(before, text):
    query = parse(text, before)

    assert query.changes
    assert (before.party, before.topic) == (query.party, query.topic)
    assert is_follow_up(text, DIRECTORY, previous=before)


@pytest.mark.parametrize("text", ["and the other side?", "who contradicted them?"])
def test_the_other_side_is_everybody_else(before, text):
    query = parse(text, before)

    assert query.anyone
    assert "russia" in query.besides
    assert before.topic == query.topic


@pytest.mark.parametrize("text", ["compare with Turkey", "vs Turkey?", "add Turkey", "with Turkey"])
def test_somebody_else_can_be_asked_as_well(before, text):
    query = parse(text, before)

    assert (before.party, ("turkey",)) == (query.party, query.other_parties)
    assert (before.topic, before.since) == (query.topic, query.since)


def test_a_person_is_compared_with_a_party():
    before = parse("what did Gromov say about the tank?")

    query = parse("compare with Turkey", before)

    assert ("turkey", None) == (query.party, query.speaker)
    assert (before.speaker,) == query.other_speakers


def test_he_can_be_left_out_but_not_one_of_several_ministers():
    before = parse("what did Gromov say about the tank?")

    assert (before.speaker,) == parse("not him", before).besides
    assert () == parse("not the minister", before).besides
    assert "pointer" == message_kind("not the minister")


@pytest.mark.parametrize(
    "text", ["undo", "go back", "scratch that", "he contradicted", "wider", "make it quick",
             "that was a lie", "change it"]
)  # fmt: skip
def test_what_is_no_question_names_no_matter(text):
    assert is_order(text)
    assert "order" == message_kind(text)
    assert not is_follow_up(text, DIRECTORY, previous=Query("", topic="the tank"))


@pytest.mark.parametrize(
    "text", ["the tank", "grain", "that drone strike", "change of mind", "back taxes",
             "the set of demands", "we need something on wheat"]
)  # fmt: skip
def test_what_may_be_a_matter_is_looked_for(text):
    assert not is_order(text)


@pytest.mark.parametrize("text", ["the second quote", "number 2", "what about that one",
                                  "no, the other one", "the other minister"])  # fmt: skip
def test_who_points_at_one_of_several_is_not_answered_with_another(text):
    assert is_pointing(text)
