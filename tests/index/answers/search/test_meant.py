"""Whom a description means: somebody who spoke on the topic, or nobody."""

from __future__ import annotations

import pytest

from index.answers.answer import answer
from index.answers.search.meant import is_described, meant_by_description, voices_of
from index.labels import BY_DESCRIPTION
from index.roster.descriptions import is_description
from index.store import Selection
from index.types import Query
from tests.index.briefing_builders import article, said, session_of

LINES, PAPER = "Lantern Lines", "The New York Times"
ANSWER = "The harbour bridge stays closed to our boats."


def session():
    return session_of(
        article(
            "a",
            said(None, "The ferry operator Lantern Lines lost the harbour bridge."),
            said(LINES, ANSWER),
        ),
        article("b", said("Ilya Gromov", "Bread is dear.")),
    )


def asked(speaker: str, topic: str | None = "the harbour bridge") -> Query:
    return Query("?", speaker=speaker, topic=topic)


def test_a_description_that_nobody_bears_means_who_is_called_so_in_the_article():
    briefing = answer(asked("ferry operator"), session())

    assert [(LINES, ANSWER)] == [(quote.speaker, quote.text) for quote in briefing.quotes]
    assert BY_DESCRIPTION in briefing.quotes[0].labels


@pytest.mark.parametrize("name", ["Carney", "carney", "Ada Quill", "judge Quill", "grain prices"])
def test_a_name_is_never_bent_to_somebody_else(name):
    assert not is_described(asked(name))
    assert answer(asked(name), session()).abstained


@pytest.mark.parametrize("topic", ["the weather in the desert", "the price of bread"])
def test_a_description_of_somebody_who_does_not_speak_means_nobody(topic):
    query = asked("lawyers of the desert convent", topic)

    assert [] == meant_by_description(query, session(), Selection())


@pytest.mark.parametrize(("phrase", "meant"), [("ferry companies", set()), ("newspapers", {PAPER})])
def test_a_paper_is_meant_only_where_a_paper_is_asked_for(phrase, meant):
    carried = article("a", said(PAPER, "The harbour bridge stays closed to ferry companies."))

    voices, _ = voices_of(asked(phrase), session_of(carried))

    assert meant == {voice.name for voice in voices}


def test_an_expert_who_speaks_for_nobody_is_no_company():
    told = article("a", said("Ada Quill", "The harbour bridge was sound.", role="bridge expert"),
                   said(LINES, ANSWER))  # fmt: skip

    voices, _ = voices_of(asked("ferry companies"), session_of(told))

    assert {LINES} == {voice.name for voice in voices}


def test_who_is_meant_is_found_out_once_in_an_answer(monkeypatch):
    sought = []

    def noted(query, reading):
        sought.append((query.speaker, query.topic))
        return voices_of(query, reading)

    monkeypatch.setattr("index.answers.search.meant.voices_of", noted)
    query = asked("lawyers of the desert convent", "the price of bread")

    assert answer(query, session()).abstained
    assert [("lawyers of the desert convent", "the price of bread"),
            ("lawyers of the desert convent", None)] == sought  # fmt: skip


def test_without_a_topic_the_description_itself_finds_the_articles():
    voices, numbers = voices_of(asked("ferry operator", None), session())

    assert LINES == voices[int(numbers[:, 0].argmax())].name or LINES in {v.name for v in voices}
    assert len(voices) == len(numbers)


def test_several_who_are_asked_are_nobody_by_description():
    assert is_described(asked("ferry operator"))
    assert not is_described(Query("?", speaker="ferry operator", other_parties=("russia",)))


@pytest.mark.parametrize(
    ("phrase", "describes"),
    [("iPhone maker", True), ("soccer rebels", True), ("physicians in Oslo", True),
     ("labour watchdog's spokeswoman", True), ("regional governor", True),
     ("harbour workers", True), ("Ilya Gromov", False), ("gromov", False),
     ("grain prices", False), ("court papers", False),
     ("Weller about the company", False), ("Marlowe or her government", False), ("", False),
     ("bread", False), ("the harbour company that is closing", False)],
)  # fmt: skip
def test_a_description_has_a_head_that_people_are_called_by(phrase, describes):
    assert describes is is_description(phrase)


def test_who_belongs_to_somebody_is_not_himself_nor_of_another_office():
    spoken = session_of(
        article(
            "a",
            said("Nora Vance", "The harbour bridge stays closed, said Nora Vance."),
            said("Carl Moss", "The harbour bridge is no danger.", role="press secretary"),
            said("Ada Quill", "The harbour bridge is closed.", role="the mayor"),
        )
    )

    voices, _ = voices_of(asked("Vance's spokesman"), spoken)

    assert {"Carl Moss"} == {voice.name for voice in voices}


def test_those_against_somebody_are_not_his_own_forces():
    spoken = session_of(
        article(
            "a",
            said("the Vance forces", "The harbour bridge stays closed."),
            said("the harbour guild", "The harbour bridge must open."),
        )
    )

    voices, _ = voices_of(asked("Vance's opponents"), spoken)

    assert {"the harbour guild"} == {voice.name for voice in voices}


def two_lines():
    return session_of(
        article(
            "a",
            said(None, "The ferry operators Lantern Lines and Quay Lines lost the harbour bridge."),
            said(LINES, ANSWER),
            said("Quay Lines", "The harbour bridge is closed to our boats too."),
        ),
        article("b", said("Ilya Gromov", "Bread is dear.")),
    )


def test_where_it_may_be_this_one_or_that_a_guess_is_the_nearest_and_no_answer():
    briefing = answer(asked("ferry operator"), two_lines())

    assert briefing.abstained
    assert {quote.speaker for quote in briefing.nearest} <= {LINES, "Quay Lines"}
    assert all(BY_DESCRIPTION in quote.labels for quote in briefing.nearest)


def test_who_asks_for_several_is_shown_several():
    briefing = answer(asked("ferry operators"), two_lines())

    assert {LINES, "Quay Lines"} == {quote.speaker for quote in briefing.quotes}
