"""When an alert may be shown: quiet hours and digests, in the reader's zone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.alerts.timing import due_at
from bot.types import WatchOptions

QUIET = WatchOptions(quiet_from="22:00", quiet_to="07:00")
DAY = WatchOptions(quiet_from="12:00", quiet_to="13:30")
DIGEST = WatchOptions(digest_at="08:00")


@pytest.mark.parametrize(
    ("options", "zone", "now", "due"),
    [
        (WatchOptions(), "Europe/Paris", "2026-01-10T23:00", "2026-01-10T23:00"),
        (QUIET, "Europe/Paris", "2026-01-10T20:59", "2026-01-10T20:59"),
        (QUIET, "Europe/Paris", "2026-01-10T21:00", "2026-01-11T06:00"),
        (QUIET, "Europe/Paris", "2026-01-11T05:59", "2026-01-11T06:00"),
        (QUIET, "Europe/Paris", "2026-01-11T06:00", "2026-01-11T06:00"),
        (DAY, "Asia/Kolkata", "2026-01-10T06:31", "2026-01-10T08:00"),
        (DAY, "Asia/Kolkata", "2026-01-10T08:00", "2026-01-10T08:00"),
        (DIGEST, "America/New_York", "2026-01-10T12:59", "2026-01-10T13:00"),
        (DIGEST, "America/New_York", "2026-01-10T13:00", "2026-01-11T13:00"),
        # The night in which the clocks go forward, and the one in which they go back.
        (QUIET, "Europe/Paris", "2026-03-28T23:00", "2026-03-29T05:00"),
        (QUIET, "Europe/Paris", "2026-10-24T22:00", "2026-10-25T06:00"),
        (WatchOptions(digest_at="02:30"), "Europe/Paris", "2026-03-28T23:00", "2026-03-29T01:30"),
        (DIGEST, "UTC", "2028-02-29T08:00", "2028-03-01T08:00"),
        (DIGEST, "Pacific/Kiritimati", "2026-01-10T18:30", "2026-01-11T18:00"),
    ],
)
def test_an_alert_waits_for_the_end_of_the_quiet_hours_or_the_digest(options, zone, now, due):
    at = datetime.fromisoformat(now).replace(tzinfo=UTC)

    assert due == f"{due_at(options, at, ZoneInfo(zone)):%Y-%m-%dT%H:%M}"


@pytest.mark.parametrize("zone", ["Europe/Paris", "America/Sao_Paulo", "Australia/Lord_Howe"])
def test_no_alert_is_due_in_the_quiet_hours_of_any_day_of_a_year(zone):
    reader = ZoneInfo(zone)
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    for hours in range(0, 366 * 24, 5):
        now = moment + timedelta(hours=hours)
        due = due_at(QUIET, now, reader)
        assert now <= due <= now + timedelta(hours=11)
        assert 7 <= due.astimezone(reader).hour < 22
