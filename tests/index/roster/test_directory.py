"""Whom a name or a role means, however many are on record."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.roster.directory import Directory, make_directory
from index.roster.lookup import speaker_keys
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


CHANGES = st.dictionaries(
    st.sampled_from([speaker.key for speaker in ON_RECORD] + ["messages on the"]),
    st.none() | st.tuples(
        st.sampled_from([None, "minister", "deputy foreign minister"]),
        st.lists(st.sampled_from([NORWAY, PERU, Party("peru", "Republic of Peru")]), max_size=2),
        st.integers(1, 9),
    ),
)  # fmt: skip


def contents(directory):
    """All that a directory tells, whatever the order it was put together in."""
    return (
        list(directory.speakers),
        {token: set(bucket) for token, bucket in directory.by_token.items()},
        {each: set(bucket) for each, bucket in directory.by_stem.items()},
        dict(directory.by_sound),
        dict(directory.nameless),
        dict(directory.on_record),
        set(directory.spellings),
    )


@given(st.lists(CHANGES, max_size=5))
def test_a_directory_brought_up_step_by_step_is_that_of_the_last_state(steps):
    directory, held = Directory(TABLES), {}
    directory.prepare()

    for step in steps:
        changed = {
            key: None if fields is None
            else KnownSpeaker(key, key.title(), fields[0], tuple(fields[1]), fields[2])
            for key, fields in step.items()
        }  # fmt: skip
        before, old = contents(directory), directory
        held = {k: v for k, v in {**held, **changed}.items() if v is not None}
        directory = directory.updated(changed)
        assert contents(make_directory(held.values(), TABLES)) == contents(directory)
        assert before == contents(old)


def test_a_change_looks_at_no_others(monkeypatch):
    directory = make_directory(ON_RECORD, TABLES)
    directory.prepare()
    seen = []
    monkeypatch.setattr(
        "index.roster.directory._stems", lambda speaker: seen.append(speaker.key) or ()
    )

    directory.updated({"mai can": None})

    assert ["mai can"] == seen


def test_of_two_parties_with_one_name_the_more_quoted_is_meant():
    town = Party("peru, indiana", "Peru", "people")
    mayor = KnownSpeaker("ed hale", "Ed Hale", "mayor", (town,), 1)

    directory = make_directory([*ON_RECORD, mayor], TABLES)
    assert PERU == directory.on_record["peru"]
    directory = directory.updated({"ed hale": mayor._replace(statements=3)})
    assert town == directory.on_record["peru"]
