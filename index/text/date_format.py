"""
Dates as people and programs read them. Pure.

A moment is worded in its own time zone; all that the index stores are in UTC.
"""

from __future__ import annotations

from datetime import datetime


def minute_utc(moment: datetime | None) -> str:
    """Word a moment of UTC: "2018-02-13 10:30 UTC"; "" for None."""
    return "" if moment is None else f"{moment:%Y-%m-%d %H:%M} UTC"


def short_day(moment: datetime) -> str:
    """Word a day within a sentence: "3 Feb 2018"."""
    return f"{moment.day} {moment:%b %Y}"


def iso_day(moment: datetime | None) -> str:
    """Word a day as it can be typed: "2018-02-13"; "" for None."""
    return "" if moment is None else f"{moment:%Y-%m-%d}"


def iso_moment(moment: datetime | None) -> str | None:
    """Word a moment for a program: "2018-02-13T10:30:00+00:00"."""
    return None if moment is None else moment.isoformat()


def midnight(moment: datetime) -> datetime:
    """Return the first moment of the day, in the time zone of *moment*."""
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)
