"""A channel's defaults stand in only for what a question leaves open."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.questions.overrides import with_defaults
from index.types import Defaults, Query

CHANNEL = Defaults(parties=("russia", "turkey"), outlets=("Daily Tern", "Harbour Post"))
OPEN = Query("the tank", topic="the tank", anyone=True)


def test_an_open_question_asks_the_channels_parties_in_its_outlets():
    query = with_defaults(OPEN, CHANNEL)

    assert ("russia", ("turkey",), False) == (query.party, query.other_parties, query.anyone)
    assert ("Daily Tern", ("Harbour Post",)) == (query.outlet, query.other_outlets)


@pytest.mark.parametrize(
    "named",
    [
        replace(OPEN, party="iran", anyone=False),
        replace(OPEN, speaker="Ilya Gromov", anyone=False),
        replace(OPEN, text="who denied it?"),
        replace(OPEN, text="has anyone said so?"),
        replace(OPEN, text="every one on the tank"),
        replace(OPEN, text="“beyond doubt”", quotation="beyond doubt"),
    ],
)
def test_a_question_that_names_somebody_or_everybody_keeps_them(named):
    query = with_defaults(named, CHANNEL)

    assert (named.party, named.speaker) == (query.party, query.speaker)
    assert () == query.other_parties


def test_a_question_with_an_outlet_keeps_it():
    query = with_defaults(replace(OPEN, outlet="Quayside Times"), CHANNEL)

    assert ("Quayside Times", ()) == (query.outlet, query.other_outlets)


def test_any_before_another_noun_names_nobody():
    assert "russia" == with_defaults(replace(OPEN, text="any news on the tank"), CHANNEL).party


def test_no_defaults_change_nothing():
    assert OPEN == with_defaults(OPEN, Defaults())
