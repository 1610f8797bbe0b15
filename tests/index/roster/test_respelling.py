"""Roles with typing errors: what is bent to a role, and what never is."""

from __future__ import annotations

import pytest

from index.questions.subject import resolve_subject
from index.roster.directory import Directory, make_directory
from index.roster.respelling import respelt
from tests.index.question_builders import TABLES, known, party

DIRECTORY = make_directory(
    [
        known("South Africa", None, party("south africa")),
        known("Osman's office", None),
        known("John Mayer", "the singer"),
    ],
    TABLES,
)


@pytest.mark.parametrize(
    ("phrase", "meant"),
    [
        ("EU ambasador", "EU ambassador"),
        ("russian presidnt", "russian president"),
        ("Ukranian premier", "Ukrainian premier"),
        ("south africas foreign minister", "south africa's foreign minister"),
        ("russias president", "russia's president"),
    ],
)
def test_a_slip_in_a_partys_role_is_put_right(phrase, meant):
    assert meant == respelt(phrase, DIRECTORY)


@pytest.mark.parametrize(
    "phrase",
    ["EU ambassador", "John Mayer", "russian Mayer", "united states president", "union presidnt"],
)
def test_what_is_no_slip_or_no_partys_stays(phrase):
    assert respelt(phrase, DIRECTORY) is None


@pytest.mark.parametrize("phrase", ["opposition leader in South Africa", "the club's head office"])
def test_a_role_is_not_bent_to_a_country_or_a_body_at_its_end(phrase):
    found = resolve_subject(phrase, DIRECTORY)

    assert (phrase.removeprefix("the "),) == found.speakers
    assert not found.parties


@pytest.mark.parametrize(
    ("typed", "printed", "meant"),
    [
        ("Delphi", {}, "india"),
        ("Delphi", {"delphi": 3, "delhi": 40}, None),
        ("Delphi", {"delphi": 3, "delhi": 61}, "india"),
        ("Kovalski", {}, "Anna Kovalska"),
        ("Kovalski", {"kovalski": 1, "kovalska": 9}, None),
        ("Jan Kovalski", {"kovalski": 1}, None),
    ],
)
def test_a_word_that_the_articles_hold_is_no_slip_for_another(typed, printed, meant):
    directory = Directory(TABLES, printed=lambda word: printed.get(word.lower(), 0))
    kovalska = known("Anna Kovalska", "mayor")
    found = resolve_subject(typed, directory.updated({kovalska.key: kovalska}))

    assert (*found.parties, *found.speakers) == (meant or typed,)
