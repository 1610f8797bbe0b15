"""Dates as people read them."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.messages.dates import day, day_in_mrkdwn


def test_a_date_without_a_time_is_not_moved_into_another_zone():
    at = datetime(2018, 2, 7, tzinfo=UTC)

    assert {"type": "text", "text": "2018-02-07"} == day(at)
    assert "2018-02-07" == day_in_mrkdwn(at)


def test_the_day_of_a_moment_is_the_readers_and_reads_like_one_without_a_time():
    shown = day(datetime(2018, 2, 7, 9, 30, tzinfo=UTC))

    assert ("date", "{date_num}", "2018-02-07") == (
        shown["type"],
        shown["format"],
        shown["fallback"],
    )
