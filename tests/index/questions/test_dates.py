"""Dates in questions, asked on Tuesday 20 February 2018 at 15:00 UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.questions.dates import find_dates

NOW = datetime(2018, 2, 20, 15, tzinfo=UTC)
NONE = (None, None)


def days(text: str, newest: datetime | None = None) -> tuple[str | None, str | None]:
    when = find_dates(text, now=NOW, newest=newest)
    return tuple(end and end.strftime("%Y-%m-%d") for end in (when.since, when.until))


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("since Monday", ("2018-02-19", None)),
        ("since Tuesday", ("2018-02-13", None)),
        ("on Tuesday", ("2018-02-20", "2018-02-21")),
        ("since last Monday", ("2018-02-19", None)),
        ("after Monday", ("2018-02-20", None)),
        ("before Monday", (None, "2018-02-19")),
        ("until 12 Feb", (None, "2018-02-13")),
        ("before February 10th, 2018", (None, "2018-02-10")),
        ("since 7 Feb until 12 Feb", ("2018-02-07", "2018-02-13")),
        ("between 3 and 9 February", ("2018-02-03", "2018-02-10")),
        ("from 3 Feb to 9 Feb", ("2018-02-03", "2018-02-10")),
        ("between Monday and Wednesday", ("2018-02-12", "2018-02-15")),
        ("in January 2018", ("2018-01-01", "2018-02-01")),
        ("in january", ("2018-01-01", "2018-02-01")),
        ("in late January", ("2018-01-01", "2018-02-01")),
        ("in March", ("2017-03-01", "2017-04-01")),
        ("in 2017", ("2017-01-01", "2018-01-01")),
        ("on 2018-02-07", ("2018-02-07", "2018-02-08")),
        ("on 07/02/2018", ("2018-02-07", "2018-02-08")),
        ("yesterday", ("2018-02-19", "2018-02-20")),
        ("today", ("2018-02-20", "2018-02-21")),
        ("the day before yesterday", ("2018-02-18", "2018-02-19")),
        ("last week", ("2018-02-12", "2018-02-19")),
        ("this month", ("2018-02-01", "2018-03-01")),
        ("in the past week", ("2018-02-13", "2018-02-21")),
        ("past 3 days", ("2018-02-17", "2018-02-21")),
        ("3 days ago", ("2018-02-17", "2018-02-18")),
        ("over the weekend", ("2018-02-17", "2018-02-19")),
        ("since 29 February", ("2016-02-29", None)),
        ("yesterday's strike", NONE),
        ("the February 7 attack", NONE),
        ("in the 2016 election", NONE),
        ("Friday prayers", NONE),
        ("since the strike", NONE),
        ("what did May say", NONE),
        ("march on the town", NONE),
        ("on 31/31/2018", NONE),
        ("the sun", NONE),
    ],
)
def test_an_expression_means_these_days(text, want):
    assert want == days(text)


def test_what_is_no_date_stays_and_what_is_one_goes():
    when = find_dates("what did Russia say since Monday about the February 7 attack", now=NOW)

    assert "what did Russia say about the February 7 attack" == when.rest


def test_bare_months_and_weekdays_belong_to_the_time_of_an_old_index():
    newest = datetime(2016, 3, 2, 9, tzinfo=UTC)  # a Wednesday

    assert ("2015-12-01", "2016-01-01") == days("in December", newest)
    assert ("2016-02-29", None) == days("since Monday", newest)
    assert ("2016-03-05", "2016-03-06") == days("on 5 March", newest)
    assert ("2016-02-22", "2016-02-29") == days("last week", newest)
    assert ("2016-02-28", "2016-02-29") == days("3 days ago", newest)


def test_a_date_before_a_noun_belongs_to_the_topic():
    assert NONE == days("Turkey on the August 2016 flare-up")
    assert ("2016-08-01", "2016-09-01") == days("in August 2016 on the flare-up")


def test_relative_days_belong_to_the_asker_even_over_an_old_index():
    assert ("2018-02-19", "2018-02-20") == days("yesterday", datetime(2016, 3, 2, tzinfo=UTC))


def test_days_begin_at_the_askers_midnight_and_come_out_in_utc():
    now = datetime(2018, 2, 20, 1, tzinfo=timezone(timedelta(hours=3)))

    when = find_dates("today", now=now)

    assert datetime(2018, 2, 19, 21, tzinfo=UTC) == when.since


@given(st.text(alphabet="0123456789 /-.,"), st.sampled_from(["since", "between", "on", "past"]))
def test_no_number_is_too_strange(numbers, word):
    when = find_dates(f"{word} {numbers} Feb and 9999 years ago {numbers}", now=NOW)

    assert when.since is None or when.since.tzinfo is UTC
