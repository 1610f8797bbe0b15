"""
Dates as people and programs read them, and days in the time zones of askers. Pure.

A moment is worded in its own time zone; all that the index stores are in UTC. An article of which
only the day is known has that day's midnight in UTC, and belongs to that day in every zone: it
may not be shifted into the zone of whoever asks.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone, tzinfo


def minute_utc(moment: datetime | None) -> str:
    """Word a moment of UTC: "2018-02-13 10:30 UTC"; "" for None."""
    return "" if moment is None else f"{moment:%Y-%m-%d %H:%M} UTC"


def short_day(moment: datetime) -> str:
    """Word a day within a sentence: "2018-02-03", which no reader takes for March."""
    return f"{moment:%Y-%m-%d}"


def iso_day(moment: datetime | None) -> str:
    """Word a day as it can be typed: "2018-02-13"; "" for None."""
    return "" if moment is None else f"{moment:%Y-%m-%d}"


def iso_moment(moment: datetime | None) -> str | None:
    """Word a moment for a program: "2018-02-13T10:30:00+00:00"."""
    return None if moment is None else moment.isoformat()


def midnight(moment: datetime) -> datetime:
    """Return the first moment of the day, in the time zone of *moment*."""
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


def is_day_only(published: datetime) -> bool:
    """Return whether of *published* only the day is known: it is midnight in UTC to the second."""
    return published == midnight(published.astimezone(UTC))


def as_seen_in(published: datetime, zone: tzinfo | None) -> datetime:
    """Shift *published* into *zone*; one of which only the day is known begins that day there."""
    return published.replace(tzinfo=zone) if is_day_only(published) else published.astimezone(zone)


def as_day(moment: datetime) -> datetime:
    """Give *moment* as articles of which only the day is known are dated: its clock, in UTC."""
    return moment.replace(tzinfo=UTC)


def fixed(moment: datetime) -> datetime:
    """
    Replace the zone of *moment* by its offset, in whole minutes; its clock stays.

    Kept as JSON a zone becomes an offset anyway; and Python compares two moments of one zone by
    their clocks, which may show an hour twice.
    """
    minutes = round((moment.utcoffset() or timedelta()) / timedelta(minutes=1))
    return moment.replace(tzinfo=timezone(timedelta(minutes=minutes)), fold=0)
