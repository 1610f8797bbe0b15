"""Dates in questions, asked on Tuesday 20 February 2018 at 15:00 UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.questions.dates import find_dates

NOW = datetime(2018, 2, 20, 15, tzinfo=UTC)
ZONES = (
    *("Pacific/Honolulu", "America/Los_Angeles", "America/New_York", "America/St_Johns"),
    *("America/Santiago", "UTC", "Europe/Vienna", "Africa/Cairo"),
    *("Asia/Kathmandu", "Asia/Tokyo", "Australia/Lord_Howe", "Pacific/Auckland"),
)
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


def test_days_begin_at_the_askers_midnight():
    now = datetime(2018, 2, 20, 1, tzinfo=timezone(timedelta(hours=3)))

    when = find_dates("today", now=now)

    assert datetime(2018, 2, 19, 21, tzinfo=UTC) == when.since


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("yesterday", "2026-03-29", "2026-03-30"),
        ("on 29 March", "2026-03-29", "2026-03-30"),
        ("in November 2025", "2025-11-01", "2025-12-01"),
        ("on 15 December 2020", "2020-12-15", "2020-12-16"),
        ("since 1 November 2020", "2020-11-01", None),
        ("last week", "2026-03-23", "2026-03-30"),
        ("on Sunday", "2026-03-29", "2026-03-30"),
        ("in 2025", "2025-01-01", "2026-01-01"),
    ],
)
def test_days_are_those_of_the_askers_calendar_in_every_zone(zone, text, since, until):
    """The days around it: the clock was put forward in Europe on 29 March, elsewhere before."""
    now = datetime(2026, 3, 30, 9, 30, tzinfo=ZoneInfo(zone))

    when = find_dates(text, now=now)

    assert (since, until) == tuple(at and f"{at:%Y-%m-%d}" for at in (when.since, when.until))
    assert {0} == {at.hour + at.minute for at in (when.since, when.until) if at}


@pytest.mark.parametrize("zone", ZONES)
def test_a_day_on_which_the_clock_is_changed_begins_and_ends_at_midnight(zone):
    where = ZoneInfo(zone)
    first = datetime(2026, 1, 1, tzinfo=where)
    for day in (first + timedelta(days=n) for n in range(365)):
        if day.utcoffset() == (day + timedelta(days=1)).utcoffset():
            continue

        when = find_dates("yesterday", now=day.replace(hour=15) + timedelta(days=1))

        assert (day.date(), day.date() + timedelta(days=1)) == (
            when.since.date(),
            when.until.date(),
        )
        assert when.until - when.since != timedelta(hours=24)


@pytest.mark.parametrize("zone", ZONES)
def test_old_articles_of_which_only_the_day_is_known_count_from_that_day(zone):
    newest = datetime(2016, 3, 2, tzinfo=UTC)

    when = find_dates(
        "3 days ago", now=datetime(2018, 2, 20, 15, tzinfo=ZoneInfo(zone)), newest=newest
    )

    assert "2016-02-28" == f"{when.since:%Y-%m-%d}"


@given(st.text(alphabet="0123456789 /-.,"), st.sampled_from(["since", "between", "on", "past"]))
def test_no_number_is_too_strange(numbers, word):
    when = find_dates(f"{word} {numbers} Feb and 9999 years ago {numbers}", now=NOW)

    assert when.since is None or when.since.utcoffset() == timedelta(0)
