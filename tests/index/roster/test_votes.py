from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.roster.votes import decide, near, tenures_for
from index.store import Tenure, Vote
from index.types import Party, Span

NORLAND, SUDLAND = Party("norland", "Norland"), Party("sudland", "Sudland")
HARBOUR_POLICE = Party("harbour police", "Harbour Police", "body")


def vote(on, *parties, outlets=1, certain=False):
    """A vote on the first-of-March-th day *on* of March 2018, or without a day."""
    day = None if on is None else date(2018, 3, on)
    return Vote("ana lind", parties, day, outlets, certain, f"a{on}", Span(0, 8))


def spoken_for(votes, on):
    """The key of the party for whom Ana Lind speaks on that day; None where it is open."""
    day = None if on is None else date(2018, 3, on)
    vote = next((s.vote for s in decide(votes) if s.holds_on(day)), None)
    return vote.parties[0].key if vote and vote.parties else None


def test_one_reading_may_be_of_chance_and_two_are_not():
    assert () == decide([vote(1, NORLAND)])
    assert "norland" == spoken_for([vote(1, NORLAND), vote(2, NORLAND)], 5)
    assert "norland" == spoken_for([vote(1, NORLAND, outlets=2)], 5)


def test_one_reading_of_an_office_beyond_doubt_is_enough():
    assert "norland" == spoken_for([vote(1, NORLAND, certain=True)], 5)


@pytest.mark.parametrize(
    ("on", "expected"),
    [(1, "norland"), (10, "norland"), (11, None), (12, "sudland"), (20, "sudland")],
)
def test_after_a_change_of_office_the_nearest_vote_counts(on, expected):
    votes = [vote(1, NORLAND, outlets=9), vote(21, SUDLAND, certain=True)]

    assert expected == spoken_for(votes, on)


def test_an_office_that_ended_is_over_from_then_on():
    votes = [vote(1, NORLAND, outlets=9), vote(3, certain=True)]

    assert "norland" == spoken_for(votes, 1)
    assert None is spoken_for(votes, 4)


def test_outlets_that_disagree_on_a_day_leave_it_open():
    level = [vote(1, NORLAND, outlets=2), vote(1, SUDLAND, outlets=2)]

    assert () == decide(level)
    assert "norland" == spoken_for([*level, vote(1, NORLAND, certain=True)], 1)


def test_a_level_day_between_two_that_agree_stays_open():
    votes = [vote(1, NORLAND, certain=True), vote(2, NORLAND, outlets=2),
             vote(2, SUDLAND, outlets=2), vote(3, NORLAND, certain=True)]  # fmt: skip

    assert ["norland", None, "norland"] == [spoken_for(votes, on) for on in (1, 2, 3)]


def test_an_agency_and_its_country_are_one_side():
    votes = [vote(1, HARBOUR_POLICE, NORLAND), vote(1, NORLAND)]

    assert "harbour police" == spoken_for(votes, 1)


def test_without_a_date_all_votes_must_agree():
    agreed = [vote(1, NORLAND), vote(9, NORLAND)]

    assert "norland" == spoken_for(agreed, None)
    assert None is spoken_for([*agreed, vote(5, SUDLAND, certain=True)], None)


def test_votes_without_a_day_count_where_there_are_no_others():
    undated = [vote(None, NORLAND, outlets=2)]

    assert "norland" == spoken_for(undated, 5)
    assert "sudland" == spoken_for([*undated, vote(5, SUDLAND, certain=True)], 5)


def test_nobody_holds_an_office_for_ever():
    (stretch,) = decide([vote(1, NORLAND, certain=True)])

    assert (date(2016, 3, 1), date(2020, 2, 29)) == (stretch.since, stretch.until)


def test_a_surname_counts_only_near_the_days_on_which_its_holder_is_written_about():
    votes = [vote(1, NORLAND, certain=True)]

    (stretch,) = near(decide(votes), votes)

    assert (date(2017, 12, 1), date(2018, 5, 30)) == (stretch.since, stretch.until)
    assert not stretch.holds_on(None)


def test_terms_are_the_stretches_of_the_party_asked_for():
    votes = [vote(1, NORLAND, certain=True), vote(5, SUDLAND, certain=True)]

    found = tenures_for("sudland", "ana lind", decide(votes))

    since, until = datetime(2018, 3, 4, tzinfo=UTC), datetime(2020, 3, 4, tzinfo=UTC)
    assert {Tenure("ana lind", since, until, False)} == found


VOTES = st.builds(
    vote,
    st.one_of(st.none(), st.integers(1, 28)),
    st.sampled_from([NORLAND, SUDLAND, HARBOUR_POLICE]),
    outlets=st.integers(1, 3),
    certain=st.booleans(),
)


@given(st.lists(VOTES, max_size=8), st.integers(1, 28))
def test_the_order_of_votes_does_not_matter_and_no_day_has_two_verdicts(votes, on):
    stretches = decide(votes)

    assert len([s for s in stretches if s.holds_on(date(2018, 3, on))]) <= 1
    assert spoken_for(votes, on) == spoken_for(votes[::-1], on)
