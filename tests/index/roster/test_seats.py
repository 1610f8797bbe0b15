"""Whose words are meant by a seat of state: "the Kremlin", "Downing Street"."""

from __future__ import annotations

import pytest

from index.questions.subject import Subject, resolve_subject
from index.roster.described import speakers_meant
from index.roster.directory import make_directory
from index.roster.seats import seat_of
from tests.index.question_builders import TABLES, known, party

RUSSIA, KINGDOM, FRANCE = party("russia"), party("united kingdom"), party("france")
DIRECTORY = make_directory(
    [
        known("the Kremlin", None, RUSSIA),
        known("Vladimir Putin", None, RUSSIA),
        known("Vera Malin", "Russian President", RUSSIA),
        known("Pavel Sorin", "Kremlin spokesman", RUSSIA),
        known("Ada Berg", "the spokeswoman of President Vladimir Putin", RUSSIA),
        known("Oleg Stam", "a former Russian president", RUSSIA),
        known("Igor Lund", "president of the football union", RUSSIA),
        known("Ilya Gromov", "Russian Foreign Minister", RUSSIA),
        known("Nina Falk", "Foreign Ministry spokeswoman", RUSSIA),
        known("Russian officials", None, RUSSIA),
        known("Lena Hart", "prime minister", KINGDOM),
        known("the prime minister's spokesman", None, KINGDOM),
        known("Tom Ames", "deputy prime minister", KINGDOM),
        known("Luc Aubin", "the French president", FRANCE),
    ],
    TABLES,
)
KREMLIN = {"kremlin", "vladimir putin", "vera malin", "pavel sorin", "ada berg"}


def meant(phrase):
    return {key.removeprefix("the ") for key in speakers_meant(phrase, DIRECTORY)}


@pytest.mark.parametrize(
    ("phrase", "want"),
    [
        ("the Kremlin", Subject(("russia",), ("the Kremlin",))),
        ("kremlin", Subject(("russia",), ("the Kremlin",))),
        ("Downing Street", Subject(("united kingdom",), ("Downing Street",))),
        ("10 downing street", Subject(("united kingdom",), ("10 Downing Street",))),
        ("the Élysée", Subject(("france",), ("the Élysée",))),
        ("Moscow", Subject(("russia",))),
        ("the Kremlin and Downing Street", Subject(("russia", "united kingdom"))),
    ],
)
def test_a_seat_is_not_its_whole_state(phrase, want):
    assert want == resolve_subject(phrase, DIRECTORY)


def test_the_kremlins_words_are_of_those_who_sit_or_speak_there():
    assert meant("the Kremlin") == KREMLIN


def test_a_prime_ministers_seat_has_the_prime_ministers_people():
    assert meant("Downing Street") == {"lena hart", "prime minister spokesman"}


def test_what_only_names_a_seat_is_none():
    assert seat_of("Kremlin reception") is None
    assert seat_of("Kremlin spokesman Pavel Sorin") is None
