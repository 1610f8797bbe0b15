"""Bodies meant by a part of their name or by what they are; and words that mean none."""

from __future__ import annotations

import pytest

from index.questions.subject import Subject, is_quotable, resolve_subject
from index.roster.directory import make_directory
from index.types import Party
from tests.index.question_builders import TABLES, known

HASTINGS = Party("port hastings", "Port Hastings", "group")
SKATING = Party("norwegian skating federation", "Norwegian Skating Federation", "group")
SKIING = Party("norwegian ski federation", "Norwegian Ski Federation", "group")
WATER = Party("polar water", "Polar Water", "company")
FOODS = Party("brennick mills", "Brennick Mills", "company")
LABOUR = TABLES.parties["labour party"]
ON_RECORD = make_directory(
    [
        known("Ada Holm", "spokeswoman", HASTINGS),
        known("Ole Lund", "chairman", SKATING),
        known("Siri Vik", "chairwoman", SKIING),
        known("Max Rohr", "CEO", WATER),
        known("Ida Berg", "CEO", FOODS),
        known("Ned Hale", "leader", LABOUR),
        known("Rose", None),
        known("Andrew Green", "chairman"),
        known("Don Mattis", "coach"),
    ],
    TABLES,
)


@pytest.mark.parametrize(
    ("phrase", "subject"),
    [
        ("hastings", Subject(("port hastings",), described=True)),
        ("brennick", Subject(("brennick mills",))),
        ("norwegian skating body", Subject(("norwegian skating federation",), described=True)),
        ("the norwegian ski association", Subject(("norwegian ski federation",), described=True)),
    ],
)
def test_a_part_of_a_name_or_what_a_body_is_means_the_one_on_record(phrase, subject):
    assert subject == resolve_subject(phrase, ON_RECORD)


@pytest.mark.parametrize(
    "phrase",
    [
        "water",  # a word as well as the end of a firm's name
        "federation",  # two bodies are one
        "norwegian body",  # says too little
        "norwegian skating club",  # another kind of body
        "swedish skating body",  # another nation's
    ],
)
def test_what_may_mean_another_means_no_body_on_record(phrase):
    found = resolve_subject(phrase, ON_RECORD)

    assert () == found.parties


def test_the_end_of_a_name_counts_only_where_somebody_must_be_named():
    assert is_quotable("hastings", ON_RECORD)
    assert not is_quotable("hastings", ON_RECORD, described=False)


@pytest.mark.parametrize(
    ("phrase", "speaker"),
    [("pete rose", "Rose"), ("rose", "Rose"), ("mattis like rose", "mattis like rose")],
)
def test_a_surname_alone_on_record_is_no_longer_phrases_end(phrase, speaker):
    assert (speaker,) == resolve_subject(phrase, ON_RECORD).speakers


@pytest.mark.parametrize("phrase", ["the work and pensions department", "man u board"])
def test_departments_and_boards_can_be_asked(phrase):
    assert is_quotable(phrase, ON_RECORD)


def test_a_club_is_no_man():
    assert ("manchester united",) == resolve_subject("man u board", ON_RECORD).parties


@pytest.mark.parametrize(
    ("phrase", "key"),
    [
        ("labour", "labour party"),
        ("the republicans in the senate", "republican party"),
        ("greens", "green party"),  # nobody of the surname Green
        ("the tories", "conservative party"),
    ],
)
def test_small_letters_can_mean_a_party_where_somebody_must_be_named(phrase, key):
    assert (key,) == resolve_subject(phrase, ON_RECORD).parties


def test_small_letters_are_words_where_nobody_need_be_named():
    assert not is_quotable("labour", ON_RECORD, described=False)
    assert () == resolve_subject("amnesty", ON_RECORD).parties


@pytest.mark.parametrize("phrase", ["charities", "consumer groups", "civil servants", "mps"])
def test_kinds_of_people_and_bodies_in_the_plural_can_be_asked(phrase):
    assert is_quotable(phrase, ON_RECORD)
