"""
Days and times of a timetable as people write and read them. Pure.

"exports every weekday 8:00": what stands before the days and the time is what it is about. Only
words at the end count, and both are needed: "strikes on Monday" is a topic with a date.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from bot.timetable import EVERY_DAY, WEEKDAYS, WEEKEND, Timetable

_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SETS = {
    "daily": EVERY_DAY,
    "everyday": EVERY_DAY,
    "every day": EVERY_DAY,
    "every morning": EVERY_DAY,
    "each day": EVERY_DAY,
    "weekdays": WEEKDAYS,
    "every weekday": WEEKDAYS,
    "each weekday": WEEKDAYS,
    "on weekdays": WEEKDAYS,
    "every workday": WEEKDAYS,
    "weekends": WEEKEND,
    "every weekend": WEEKEND,
    "on weekends": WEEKEND,
}
_DAY = (
    r"(?:mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:r|rs|rsday)?|fri(?:day)?|sat(?:urday)?"
    r"|sun(?:day)?)s?"
)
_JOIN = r"\s*(?:,\s*(?:and\s+)?|\s+and\s+|\s*&\s*|/)\s*(?:on\s+)?"
_TO = r"\s*(?:-|–|\s+to\s+|\s+through\s+)\s*"
_DAYS = re.compile(
    rf"(?i)(?:^|[\s,])(?P<days>{'|'.join(sorted(_SETS, key=len, reverse=True))}"
    rf"|(?:(?:every|each|on)\s+)*{_DAY}{_TO}{_DAY}"
    rf"|(?:(?:every|each|on)\s+)*{_DAY}(?:{_JOIN}{_DAY})*)[,.]?$"
)
_TIME = re.compile(
    r"(?i)(?:^|[\s,])(?:at\s+)?(?P<hour>[01]?\d|2[0-4])[:.h](?P<minute>[0-5]\d)"
    r"\s*(?P<half>[ap]\.?m\.?)?(?:\s*(?:o['’]clock|hrs?|h))?[,.]?$"
)
_HOUR = re.compile(
    r"(?i)(?:^|[\s,])(?:at\s+(?P<at>[01]?\d|2[0-3])\s*(?P<half>[ap]\.?m\.?)?(?:\s*o['’]clock)?"
    r"|(?P<alone>1[0-2]|0?[1-9])\s*(?P<half2>[ap]\.?m\.?)|at\s+(?P<word>noon|midday|midnight))[,.]?$"
)
_RANGE = re.compile(rf"(?i)({_DAY}){_TO}({_DAY})$")
# Beyond doubt no date: what is said with these comes again.
_AGAIN = re.compile(r"(?i)^(?:daily|weekdays|weekends|every|each|on week|(?:on )?\w+days\b)")
_CHANNEL = re.compile(r"(?i)(?:^|\s)(?:in|to)\s+(?P<channel><#[A-Z0-9]+(?:\|[^>]*)?>|#[^\s#]+)\s*$")
_ID = re.compile(r"<#([A-Z0-9]+)")


class Written(NamedTuple):
    """
    What somebody wrote of a timetable.

    ``channel`` is an id, or a name that begins with "#", "" for none; ``days`` is empty and
    ``minute`` None where the text has none.
    """

    topic: str
    days: tuple[int, ...]
    minute: int | None
    channel: str

    @property
    def comes_again(self) -> bool:
        """Whether it says when: on which days, and at what time."""
        return bool(self.days) and self.minute is not None


def read(text: str) -> Written:
    """Read days, time and channel off the end of *text*; what is left is the topic."""
    rest, days, minute, channel = text.strip(), (), None, ""  # type: str, tuple[int, ...], int | None, str
    while True:
        if not channel and (found := _CHANNEL.search(rest)):
            named = _ID.match(found["channel"])
            channel = named[1] if named else found["channel"]
        elif minute is None and (found := _TIME.search(rest) or _HOUR.search(rest)):
            minute = _minute_of(found)
            if minute is None:
                break
        elif not days and (found := _DAYS.search(rest)):
            days = _days_of(found["days"])
        else:
            break
        rest = rest[: found.start()].rstrip(" ,;")
    return Written(rest, days, minute, channel)


def lacks_time(text: str) -> bool:
    """Return whether *text* surely says on which days something is to come, but not when."""
    written = read(text)
    if not written.days or written.minute is not None:
        return False
    found = _DAYS.search(_CHANNEL.sub("", text.strip()))
    return bool(found and _AGAIN.match(found["days"]))


def say(table: Timetable) -> str:
    """Word a timetable: "every weekday at 08:00 (Europe/Berlin)"."""
    return f"{say_days(table.days)} at {table.clock} ({table.zone.replace('_', ' ')})"


def say_days(days: tuple[int, ...]) -> str:
    """Word days: "every day", "every weekday", "on Mondays and Thursdays"."""
    named = {EVERY_DAY: "every day", WEEKDAYS: "every weekday", WEEKEND: "on weekends"}
    if tuple(sorted(days)) in named:
        return named[tuple(sorted(days))]
    names = [f"{_NAMES[day]}s" for day in sorted(days)]
    return f"on {' and '.join([', '.join(names[:-1]), names[-1]] if len(names) > 1 else names)}"


def _minute_of(found: re.Match[str]) -> int | None:
    """Read the minute of the day; None for a time that no day has."""
    given = found.groupdict()
    if word := given.get("word"):
        return 0 if word.lower() == "midnight" else 12 * 60
    hour = int(given.get("hour") or given.get("at") or given.get("alone") or 0)
    half = (given.get("half") or given.get("half2") or "").lower().replace(".", "")
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    minute = hour * 60 + int(given.get("minute") or 0)
    return minute if minute < 24 * 60 else None


def _days_of(text: str) -> tuple[int, ...]:
    plain = " ".join(text.lower().split())
    if plain in _SETS:
        return _SETS[plain]
    if found := _RANGE.search(plain):
        first, last = (_number(name) for name in found.groups())
        return tuple(sorted((first + count) % 7 for count in range((last - first) % 7 + 1)))
    return tuple(sorted({_number(name) for name in re.findall(_DAY, plain)}))


def _number(name: str) -> int:
    return next(at for at, day in enumerate(_NAMES) if day.lower().startswith(name[:3].lower()))
