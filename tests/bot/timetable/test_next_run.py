"""When a timetable is due, against a walk over every minute."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from bot.timetable import EVERY_DAY, WEEKDAYS, Timetable, is_zone, last_run, next_run, zone_names

MINUTE = timedelta(minutes=1)
# Forty zones: whole hours, halves and quarters, no change of the clock, changes in both
# hemispheres, by half an hour (Lord Howe), by two (Troll), around Ramadan, at midnight, and a day
# that an island left out.
ZONES = """
UTC Europe/London Europe/Berlin Europe/Dublin Europe/Lisbon Europe/Athens Europe/Moscow
Europe/Istanbul Europe/Chisinau Atlantic/Azores Atlantic/Reykjavik America/New_York
America/Chicago America/Denver America/Phoenix America/Los_Angeles America/Anchorage
America/St_Johns America/Havana America/Santiago America/Asuncion America/Sao_Paulo
America/Nuuk Africa/Cairo Africa/Casablanca Africa/Johannesburg Africa/Lagos Asia/Beirut
Asia/Jerusalem Asia/Gaza Asia/Tehran Asia/Kolkata Asia/Kathmandu Asia/Tokyo Asia/Shanghai
Australia/Sydney Australia/Lord_Howe Australia/Adelaide Pacific/Auckland Pacific/Chatham
Pacific/Apia Pacific/Kiritimati Antarctica/Troll
""".split()


def new_on_the_wall(zone: str, start: datetime, end: datetime) -> list[tuple[datetime, ...]]:
    """
    Walk over every minute and look at a clock on the wall.

    Returns:
        The minutes at which it shows what it has not shown before: that minute, what it had shown
        last, and what it shows now.
    """
    tz, found = ZoneInfo(zone), []
    # Two days are more than any clock is put back.
    at = start - timedelta(days=2)
    shown = at.astimezone(tz).replace(tzinfo=None)
    while at < end:
        at += MINUTE
        wall = at.astimezone(tz).replace(tzinfo=None)
        if wall > shown:
            found += [(at, shown, wall)] if at > start else []
            shown = wall
    return found


def walked(table: Timetable, clock: list[tuple[datetime, ...]]) -> list[datetime]:
    """The minutes of a walk at which *table* is due: the clock shows its time, or went over it."""
    due = []
    for at, shown, wall in clock:
        ordinary = wall - shown == MINUTE
        if ordinary and wall.hour * 60 + wall.minute != table.minute:
            continue
        day = shown.replace(hour=table.minute // 60, minute=table.minute % 60)
        wanted = [day + timedelta(days=count) for count in range((wall - shown).days + 2)]
        if any(w.weekday() in table.days and shown < w <= wall for w in wanted):
            due.append(at)
    return due


def runs(table: Timetable, start: datetime, end: datetime) -> list[datetime]:
    found, at = [], start
    while (at := next_run(table, at)) <= end:
        found.append(at)
    return found


def changes(zone: str, start: datetime, end: datetime) -> list[datetime]:
    """The hours in which the clock of a zone is put forward or back."""
    tz, found, at = ZoneInfo(zone), [], start
    while at < end:
        later = at + timedelta(hours=1)
        if at.astimezone(tz).utcoffset() != later.astimezone(tz).utcoffset():
            found.append(at)
        at = later
    return found


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Australia/Lord_Howe"])
def test_two_years_and_a_leap_day_are_as_a_walk_over_every_minute(zone):
    start, end = datetime(2027, 3, 1, 5, 17, tzinfo=UTC), datetime(2029, 3, 1, tzinfo=UTC)
    table = Timetable(EVERY_DAY, 2 * 60 + 15, zone)

    assert walked(table, new_on_the_wall(zone, start, end)) == runs(table, start, end)
    assert any(at.month == 2 and at.day == 29 for at in runs(table, start, end))


@pytest.mark.parametrize("zone", ZONES)
def test_around_each_change_of_the_clock_every_minute_of_the_day_is_due_once(zone):
    random = Random(zone)
    years = datetime(2026, 6, 1, tzinfo=UTC), datetime(2028, 12, 1, tzinfo=UTC)

    for change in changes(zone, *years):
        start, end = change - timedelta(hours=20), change + timedelta(hours=20)
        clock = new_on_the_wall(zone, start, end)
        local = change.astimezone(ZoneInfo(zone))
        near = {(local.hour * 60 + local.minute + n) % 1_440 for n in range(-70, 200, 10)}
        for minute in sorted(near | {0, 1_439, random.randrange(1_440)}):
            days = random.choice([EVERY_DAY, WEEKDAYS, (change.weekday(),), (5, 6)])
            table = Timetable(tuple(days), minute, zone)
            assert walked(table, clock) == runs(table, start, end), table


@pytest.mark.parametrize("zone", ZONES)
def test_ordinary_days_are_on_the_minute(zone):
    random = Random(zone)
    for _ in range(100):
        table = Timetable(
            tuple(sorted(random.sample(EVERY_DAY, random.randint(1, 7)))),
            random.randrange(1_440),
            zone,
        )
        after = datetime(2027, 1, 1, tzinfo=UTC) + timedelta(seconds=random.randrange(63_072_000))

        due = next_run(table, after)

        local = due.astimezone(ZoneInfo(zone))
        assert after < due <= after + timedelta(days=8)
        assert local.weekday() in table.days
        assert (0, 0) == (due.second, due.microsecond)
        if changes(zone, due - timedelta(days=1), due + timedelta(days=1)) == []:
            assert table.minute == local.hour * 60 + local.minute
        assert last_run(table, due + MINUTE) == due
        assert last_run(table, due) <= after


@pytest.mark.parametrize(
    ("zone", "day", "clock", "want"),
    [
        # Forward from 2:00 to 3:00: 2:30 is the next minute that there is.
        ("Europe/Berlin", "2027-03-28", "02:30", "2027-03-28T01:00"),
        ("Europe/Berlin", "2027-03-28", "02:00", "2027-03-28T01:00"),
        ("Europe/Berlin", "2027-03-28", "01:59", "2027-03-28T00:59"),
        # Back from 3:00 to 2:00: 2:30 comes twice, and the first counts.
        ("Europe/Berlin", "2027-10-31", "02:30", "2027-10-31T00:30"),
        ("America/New_York", "2027-11-07", "01:30", "2027-11-07T05:30"),
        ("Australia/Lord_Howe", "2027-10-03", "02:15", "2027-10-02T15:30"),
        ("UTC", "2028-02-29", "08:00", "2028-02-29T08:00"),
        # Samoa went over 30 December 2011.
        ("Pacific/Apia", "2011-12-30", "08:00", "2011-12-30T10:00"),
    ],
)
def test_what_a_clock_shows_twice_or_never_is_due_once(zone, day, clock, want):
    hour, minute = map(int, clock.split(":"))
    date = datetime.fromisoformat(day)
    table = Timetable((date.weekday(),), hour * 60 + minute, zone)
    due = datetime.fromisoformat(want).replace(tzinfo=UTC)

    assert due == next_run(table, due - timedelta(days=2))
    assert due + timedelta(days=5) < next_run(table, due)


def test_the_names_of_zones_are_those_of_places_first():
    assert is_zone("Europe/Berlin")
    assert not is_zone("Europe/Atlantis")
    assert not is_zone("../../etc/passwd")
    assert "Africa/Abidjan" == zone_names()[0]
