"""How dates are worded."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from index.text.date_format import iso_day, iso_moment, midnight, minute_utc, short_day

MOMENT = datetime(2018, 2, 3, 4, 5, 6, 7, tzinfo=UTC)


def test_each_wording_of_a_moment_is_as_it_is_printed():
    assert "2018-02-03 04:05 UTC" == minute_utc(MOMENT)
    assert "2018-02-03" == short_day(MOMENT)
    assert "2018-02-03" == iso_day(MOMENT)
    assert "2018-02-03T04:05:06.000007+00:00" == iso_moment(MOMENT)


def test_what_has_no_date_is_worded_as_nothing():
    assert ("", "", None) == (minute_utc(None), iso_day(None), iso_moment(None))


def test_midnight_is_that_of_the_moment_s_own_time_zone():
    east = timezone(timedelta(hours=3))

    assert datetime(2018, 2, 3, tzinfo=east) == midnight(MOMENT.astimezone(east))
