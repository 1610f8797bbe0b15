"""Dates as people read them."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.messages.dates import day


def test_a_date_without_a_time_is_not_moved_into_another_zone():
    assert {"type": "text", "text": "7 Feb 2018"} == day(datetime(2018, 2, 7, tzinfo=UTC))
    assert "date" == day(datetime(2018, 2, 7, 9, 30, tzinfo=UTC))["type"]
