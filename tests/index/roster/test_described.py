"""Who fits a description in other words than those in print."""

from __future__ import annotations

import pytest

from index.roster.described import described_keys, speakers_meant
from index.roster.directory import make_directory
from tests.index.question_builders import BRENNICK, TABLES, known, party

ON_RECORD = make_directory(
    [
        known("Ned Harlow", "Texas Gov."),
        known("Ada Quill", "the home secretary", party("united kingdom")),
        known("Otto Brand", "German Chancellor", party("germany")),
        known("Pia Lund", "Danish Prime Minister", party("denmark")),
        known("Rex Ammon", "Danish Deputy Prime Minister", party("denmark")),
        known("Carl Moss", "Brennick Energy chief executive", BRENNICK),
        known("Lena Fisk", "spokeswoman for Brennick Energy"),
        known("Ivo Stark", "county coroner"),
        known("Mona Reed", "Harbour High School Principal"),
        known("the coast guard", None),
        known("Pavel Sorin", "Kremlin spokesman", party("russia")),
        known("Vera Malin", "Russian foreign ministry spokeswoman", party("russia")),
        known("Ilya Gromov", "Russian President", party("russia")),
        known("Dan Rowe", "Texas Lt. Gov."),
        known("Lawrence Field", "Canada's minister of agriculture", party("canada")),
        known("Zbigniew Lis", "senior Polish archbishop"),
        known("Jim Hurst", "Lakeside Hospital’s IT director"),
        known("Karl Aumann", "The German foreign minister", party("germany")),
        known("Reza Tal", "Greater Tehran Police Commander", party("iran")),
        known("Max Vander", "Kelly’s attorney"),
        known("Betty Wang", "an economist at ANZ"),
        known("Binali Yıldırım", None, party("turkey")),
        known("Recep Tayyip Erdoğan", "The Turkish president", party("turkey")),
        known("International Committee of the Lantern", None),
        known("Nordic Federation of Red Cross Societies", None),
    ],
    TABLES,
)


def names_of(keys: frozenset[str]) -> set[str]:
    return {ON_RECORD.by_key[key].name for key in keys}


@pytest.mark.parametrize(
    ("phrase", "names"),
    [
        ("the Texas governor", {"Ned Harlow"}),
        ("british interior minister", {"Ada Quill"}),
        ("the danish premier", {"Pia Lund"}),
        ("Danish PM", {"Pia Lund"}),
        ("the number two of the Danish government", set()),
        ("the boss of Brennick Energy", {"Carl Moss"}),
        ("Brennick Energy's spokesman", {"Lena Fisk"}),
        ("the coroner", {"Ivo Stark"}),
        ("the school head", {"Mona Reed"}),
        ("Lantern committee", {"International Committee of the Lantern"}),
        ("the Red Cross", {"Nordic Federation of Red Cross Societies"}),
        ("Texas's number two", {"Dan Rowe"}),
        ("Putin's spokesman", {"Pavel Sorin"}),
        ("Gromov's press man", {"Pavel Sorin"}),
        ("Macron's spokesman", set()),
        ("Canada's farm minister", {"Lawrence Field"}),
        ("poland's top churchman", {"Zbigniew Lis"}),
        ("france's top churchman", set()),
        ("the hospital's IT boss", {"Jim Hurst"}),
        ("the German colleague at the foreign ministry", {"Karl Aumann"}),
        ("the german finance minister", set()),
        ("the city's police chief", {"Reza Tal"}),
        ("the chief constable", set()),
        ("Kelly", set()),
        ("Kelly's lawyer", {"Max Vander"}),
        ("Wang of ANZ", {"Betty Wang"}),
        ("the turkish premier", {"Binali Yıldırım"}),
        ("the turkish foreign minister", set()),
        ("the Oregon governor", set()),
        ("the french interior minister", set()),
        ("his wife", set()),
        ("", set()),
    ],
)
def test_a_description_fits_those_whose_words_meet_all_of_it(phrase, names):
    assert names == names_of(described_keys(phrase, ON_RECORD))


def test_an_ambassador_to_a_country_is_not_that_countrys():
    moved = make_directory([known("Fyodor Lan", "Russia’s ambassador to Norway", party("russia"))],
                           TABLES)  # fmt: skip

    assert frozenset() == speakers_meant("ambassador to Russia", moved)


def test_an_officer_of_another_state_is_not_this_state_s_by_where_he_sits():
    record = make_directory(
        [
            known("Fyodor Vale", "Russia’s ambassador to the United Nations", party("russia")),
            known("Paul Ren", "the US ambassador to Russia", party("united states")),
            known("Gleb Saz", "Russian Agriculture Minister", party("russia")),
        ],
        TABLES,
    )

    meant = speakers_meant("Russian ambassador", record, "russia")

    assert {"Fyodor Vale"} == {record.by_key[key].name for key in meant}


def test_a_name_comes_before_any_description():
    assert {"Ned Harlow"} == names_of(speakers_meant("Harlow", ON_RECORD))
