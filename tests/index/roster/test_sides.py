"""Sides, joint offices, initials and namesakes: whom a phrase means, and whom it does not."""

from __future__ import annotations

import pytest

from index.questions.subject import Subject, resolve_subject
from index.roster.directory import make_directory
from index.roster.lookup import speaker_keys
from index.types import Party
from tests.index.question_builders import TABLES, known, party

CAMPAIGN = Party("marlowe campaign", "Marlowe campaign", "group")
ATHLETES = Party(
    "delmar interschool athletic association", "Delmar Interschool Athletic Association", "body"
)
JETS = Party("hurst & harlow", "Hurst & Harlow", "company")
OPPOSITION = Party("syrian opposition", "Syrian opposition", "group")
ON_RECORD = make_directory(
    [
        known("Ned Harlow", "President", party("united states")),
        known("Judith Marlowe", "Senator", party("united states")),
        known("Steve Chung", "Marlowe campaign spokesman", CAMPAIGN),
        known("Bashar al-Hadid", "the Syrian president", party("syria")),
        known("Many opposition groups", None, OPPOSITION),
        known("Donna Pole", "executive director", ATHLETES),
        known("Rob Vale", "head of vaccines", JETS),
        known("Vera Malin", "Russian President", party("russia")),
        known("Melih Tan", "Turkish President", party("turkey")),
        known("Begum", None),
        known("Shamima Begum", None),
        known("Parsi", None),
        known("Moscow", None),
        known("Marcus Thompson", "coach", statements=9),
        known("Ty Thompson", "Lakeside school principal"),
        known("A witness for the Harbour Office", "second witness"),
        known("a Turkish judge", None),
    ],
    TABLES,
)


@pytest.mark.parametrize(
    ("phrase", "parties", "speakers"),
    [
        ("the Harlow team", ("united states",), ()),
        ("Harlow's people", ("united states",), ()),
        ("Marlowe's camp", ("marlowe campaign",), ()),
        ("Hadid's opponents", ("syrian opposition",), ()),
        ("Assad's foes", ("syrian opposition",), ()),
        ("DIAA", ("delmar interschool athletic association",), ()),
        ("diaa", ("delmar interschool athletic association",), ()),
        ("h&h", ("hurst & harlow",), ()),
        ("the russian and turkish presidents", (), ("russian president", "turkish president")),
        ("principal thompson", (), ("Ty Thompson",)),
        ("coach thompson", (), ("Marcus Thompson",)),
        ("Asma Begum", (), ("Asma Begum",)),
        ("trita parsi", (), ("Parsi",)),
    ],
)
def test_a_phrase_means_these(phrase, parties, speakers):
    assert Subject(parties, speakers) == resolve_subject(phrase, ON_RECORD)


@pytest.mark.parametrize("phrase", ["HH", "the IT", "Rowe's camp", "Harlow's opponents"])
def test_a_phrase_that_means_nobody_on_record_means_no_party(phrase):
    assert () == resolve_subject(phrase, ON_RECORD).parties


def test_a_sentence_that_ends_in_a_role_is_no_role():
    assert () == resolve_subject("Ankara ring the embassy", ON_RECORD).parties


def test_half_a_sentence_is_no_name_though_it_ends_in_one():
    assert () == resolve_subject("the alliance expect moscow", ON_RECORD).parties
    assert "Moscow" not in resolve_subject("the alliance expect moscow", ON_RECORD).speakers


@pytest.mark.parametrize("role", ["State Department witness", "Russian judge"])
def test_a_role_of_one_party_is_not_held_by_another_ones_people(role):
    assert frozenset() == speaker_keys(role, ON_RECORD)


def test_a_role_of_a_party_is_held_by_its_people():
    assert {"a turkish judge"} == speaker_keys("Turkish judges", ON_RECORD)
