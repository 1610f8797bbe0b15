"""
Dates and moments as people read them: Slack shows them in the reader's own time zone. Pure.

All have one form, "2018-02-07", the only one that Slack writes alike for everybody. What stands
where Slack cannot (older clients, notifications) is in UTC and says so.
"""

from __future__ import annotations

from datetime import UTC, datetime

from bot.types import Block


def written_day(at: datetime) -> str:
    """Write a date out: "2018-02-07"."""
    return at.astimezone(UTC).date().isoformat()


def written_moment(at: datetime) -> str:
    """Write a moment out: "2018-02-07 09:30 UTC"."""
    return f"{written_day(at)} {at.astimezone(UTC):%H:%M} UTC"


def day(at: datetime, *, timed: bool = False) -> Block:
    """
    Show the date of a moment: "2018-02-07"; *timed*, the moment.

    Midnight stands for "no time known": shifted into another zone it would show the day before.
    """
    if _is_day_only(at):
        return {"type": "text", "text": written_day(at)}
    if timed:
        return moment(at)
    return _date(at, "{date_num}", written_day(at))


def day_in_mrkdwn(at: datetime) -> str:
    """Show the date of a moment within our own words, where Slack reads mrkdwn."""
    if _is_day_only(at):
        return written_day(at)
    return f"<!date^{int(at.timestamp())}^{{date_num}}|{written_day(at)}>"


def moment(at: datetime) -> Block:
    """Show a moment as an element of rich text."""
    return _date(at, "{date_num} {time}", written_moment(at))


def moment_in_mrkdwn(at: datetime) -> str:
    """Show a moment within our own words, where Slack reads mrkdwn."""
    return f"<!date^{int(at.timestamp())}^{{date_num}} {{time}}|{written_moment(at)}>"


def _is_day_only(at: datetime) -> bool:
    """Return whether only the day is known, or Slack has no moment for it."""
    at = at.astimezone(UTC)
    return (at.hour, at.minute, at.second) == (0, 0, 0) or at.year < 1971


def _date(at: datetime, form: str, fallback: str) -> Block:
    return {"type": "date", "timestamp": int(at.timestamp()), "format": form, "fallback": fallback}
