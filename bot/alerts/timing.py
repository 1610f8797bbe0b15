"""
When an alert may be shown: not in the quiet hours, and in a digest only at its time.

The times of a watch are those of the zone in which whoever made it reads; a time that a change of
the clocks leaves out is the moment after it.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta, tzinfo

from bot.types import WatchOptions


def due_at(options: WatchOptions, now: datetime, zone: tzinfo) -> datetime:
    """
    Find the first moment from *now* on at which what a watch has found may be shown.

    Args:
        options: of the watch.
        now: any aware moment.
        zone: where whoever made the watch reads.

    Returns:
        In UTC.
    """
    if options.digest_at:
        return _next(now, clock_time(options.digest_at), zone)
    begins, ends = options.quiet_from, options.quiet_to
    if not begins or not ends or begins == ends:
        return now.astimezone(UTC)
    local = now.astimezone(zone).time().replace(tzinfo=None)
    first, last = clock_time(begins), clock_time(ends)
    quiet = first <= local < last if first < last else local >= first or local < last
    return _next(now, last, zone) if quiet else now.astimezone(UTC)


def clock_time(text: str) -> time:
    """Read "08:30"."""
    return time.fromisoformat(text)


def _next(now: datetime, at: time, zone: tzinfo) -> datetime:
    """Find the first moment after *now* at which the clocks of *zone* show *at*."""
    local = now.astimezone(zone)
    for days in range(3):
        day = local.date() + timedelta(days=days)
        found = datetime.combine(day, at, zone).astimezone(UTC)
        if found > now:
            return found
    raise AssertionError("a day has no more than 25 hours")
