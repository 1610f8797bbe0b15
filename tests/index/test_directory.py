"""Whom a name or a role means, however many are on record."""

from __future__ import annotations

import pytest

from index.directory import make_directory, speaker_keys
from index.speakers import load_tables
from index.store import KnownSpeaker
from index.types import Party

TABLES = load_tables(None)
NORWAY, PERU = Party("norway", "Norway"), Party("peru", "Peru")
ON_RECORD = [
    KnownSpeaker("ana bravo", "Ana Bravo", "Foreign Minister", (NORWAY,), 9),
    KnownSpeaker("ola bravo", "Ola Bravo", None, (), 3),
    KnownSpeaker("bravo", "Bravo", None, (), 2),
    KnownSpeaker("tor vik", "Tor Vik", "deputy foreign minister", (NORWAY,), 2),
    KnownSpeaker("foreign minister", "the foreign minister", None, (PERU,), 2),
    KnownSpeaker("harbour workers", "harbour workers", None, (), 1),
    KnownSpeaker("workers on strike", "workers on strike", None, (), 1),
    KnownSpeaker("mai can", "Mai Can", None, (), 1),
]


@pytest.mark.parametrize(
    ("name", "party", "expected"),
    [
        ("Ana Bravo", None, {"ana bravo", "bravo"}),
        ("Bravo", None, {"ana bravo", "bravo"}),
        ("Ola Bravo", None, {"ola bravo"}),
        ("M. Can", None, {"mai can"}),
        ("foreign minister", None, {"ana bravo", "foreign minister"}),
        ("foreign minister", "peru", {"foreign minister"}),
        ("workers", None, {"harbour workers", "workers on strike"}),
        ("dock workers", None, set()),
        ("Quist", None, set()),
    ],
)
def test_a_name_or_a_role_means_those_on_record_who_bear_it(name, party, expected):
    directory = make_directory(ON_RECORD, TABLES)

    assert expected == speaker_keys(name, directory, party=party)
