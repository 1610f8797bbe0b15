"""
When something that comes again is due: on some days of the week, at a time in a time zone. Pure.

A time that a day lacks, because the clock is put forward over it, is due at the next minute that
there is; one that comes twice, because the clock is put back, is due when it comes first.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

EVERY_DAY = (0, 1, 2, 3, 4, 5, 6)
WEEKDAYS = EVERY_DAY[:5]
WEEKEND = EVERY_DAY[5:]

_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)
# A zone can lose or gain a whole day, and a week has seven.
_DAYS_LOOKED_AT = 10


@dataclass(frozen=True, slots=True)
class Timetable:
    """
    Days of the week (Monday is 0; at least one), the minute of the day, and the time zone's name.
    """

    days: tuple[int, ...]
    minute: int
    zone: str

    @property
    def clock(self) -> str:
        """The time of day: "08:00"."""
        return f"{self.minute // 60:02}:{self.minute % 60:02}"


def next_run(table: Timetable, after: datetime) -> datetime:
    """
    Find when *table* is due next.

    Args:
        table: with a known zone.
        after: aware; what is due at this very moment is over.

    Returns:
        A moment in UTC.
    """
    zone = ZoneInfo(table.zone)
    first = after.astimezone(zone).date() - _DAY
    runs = (
        _moment(day, table.minute, zone)
        for day in (first + count * _DAY for count in range(_DAYS_LOOKED_AT))
        if day.weekday() in table.days
    )
    return min(moment for moment in runs if moment > after)


def last_run(table: Timetable, before: datetime) -> datetime:
    """Find when *table* was due last before a moment; arguments and result as of `next_run`."""
    zone = ZoneInfo(table.zone)
    last = before.astimezone(zone).date() + _DAY
    runs = (
        _moment(day, table.minute, zone)
        for day in (last - count * _DAY for count in range(_DAYS_LOOKED_AT))
        if day.weekday() in table.days
    )
    return max(moment for moment in runs if moment < before)


def _moment(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """Find the first moment (UTC) of a day's minute, or of what comes instead of it."""
    wanted = datetime.combine(day, time(minute // 60, minute % 60))
    before, after = (wanted.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if after >= before:
        return before
    # The clock skips it, somewhere between these two: find the first minute behind.
    low, high = after, before
    while high - low > _MINUTE:
        middle = low + (high - low) // 2 // _MINUTE * _MINUTE
        if middle.astimezone(zone).replace(tzinfo=None) >= wanted:
            high = middle
        else:
            low = middle
    return high


@lru_cache(maxsize=1)
def zone_names() -> tuple[str, ...]:
    """List the names of the time zones, those of places first."""
    return tuple(sorted(available_timezones(), key=lambda name: ("/" not in name, name)))


def is_zone(name: str) -> bool:
    """Return whether there is a time zone of that name."""
    return name in zone_names()
