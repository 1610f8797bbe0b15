"""
An embargo that a press release states in words: "EMBARGOED UNTIL 10:00 ON 14 FEBRUARY 2018".

Agencies state it in a field; ministries and companies write it above the text. Where the zone is
not named the moment is taken as late as it can be anywhere on earth, for a sentence shown too
early cannot be taken back. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from index.errors import ArticleError
from index.formats.parts.dates import still_to_come, zone_offset
from index.formats.parts.fields import first_date

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_LINE = re.compile(
    r"\W{0,4}(?:strictly |press release,? )?(?:under (?:strict )?embargo|"
    r"embargo(?:ed)?(?=\W{0,4}\Z|\s*:|"
    r"\s+[–-]|\s+(?:until|till|to|for (?:release|publication))\b|"
    rf"\s+(?:\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}|\d{{4}}-\d{{2}}|\d{{1,2}}[:.]\d{{2}}|"
    rf"{_MONTH} \d))|"
    r"[\[(]\s*embargo(?:ed)?\b[^\])\n]{0,80}[\])]|"
    r"(?:not (?:for|to be) (?:publication|published|released?|broadcast)|"
    r"do not (?:publish|release)|hold for (?:release|publication))\b"
    r"[^\n.]{0,40}\b(?:before|until|till|prior to)\b)[^\n]{0,200}",
    re.IGNORECASE,
)
# "For release on 12 January 2027": an embargo if the day is still to come.
_FROM = re.compile(
    r"\W{0,4}(?:(?:publishable|releasable|for (?:release|publication|use|broadcast)|release|"
    r"(?:may|can|must) (?:only |not )?be (?:published|released|used|broadcast)|to be (?:published|"
    r"released)|hold(?: for release)?|available for (?:use|publication))\W{0,3}"
    r"(?:date|time|only)?\W{0,3}(?:from|after|on|at|as of|before|until|not before|date|time)?\b)"
    r"[^\n.]{0,120}(?:\.m\.[^\n.]{0,80})?",
    re.IGNORECASE,
)
_NONE = re.compile(
    r"\b(?:no embargo|not embargoed|embargo (?:is )?(?:lifted|none|n/a|over))\b", re.I
)
_DAY = re.compile(
    r"\b(?:\d{1,2}(?:st|nd|rd|th)? (?:of )?[A-Z][a-z]{2,8}\.?,? \d{4}|"
    r"[A-Z][a-z]{2,8}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}|\d{4}-\d{2}-\d{2})\b",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"\b(\d{1,2})(?:[:.](\d{2})|(?<=\d\d)(\d{2})(?=\s*\(?[A-Z]))?\s*((?i:[ap]\.?m\.?))?"
    r"(?:\s*(?i:hrs|hours|h)\b)?"
    r"(?:\s*\(?(?!on\b|at\b|AM\b|PM\b)([A-Z]{2,5}(?:[+-]\d{1,2})?)\b\)?)?"
)
_WHEN = re.compile(r"\d|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\btomorrow\b", re.I)
_HEAD_LINES = 8
_LATEST = timedelta(hours=12)


def embargo_of(text: str, name: str) -> datetime | None:
    """Read an embargo as `stated_embargo` does; raises ArticleError naming *name*."""
    try:
        return stated_embargo(text)
    except ValueError as exc:
        raise ArticleError(f"{name}: embargoed, {exc}") from exc


def stated_embargo(text: str) -> datetime | None:
    """
    Read the embargo in the first lines of *text*; None without one.

    Raises:
        ValueError: for an embargo whose end cannot be read.
    """
    return _end_of([line.strip() for line in text.split("\n") if line.strip()][:_HEAD_LINES])


def embargo_above(lines: Sequence[str]) -> datetime | None:
    """
    Read the embargo in the lines above a text that may be a page's; None without one.

    "Under embargo, Cuba turned to sugar" is a headline: a line must name a day, or be in capitals.

    Raises:
        ValueError: for an embargo whose end cannot be read.
    """
    try:
        return _end_of([line for line in lines if _WHEN.search(line) or line.isupper()])
    except ValueError as exc:
        raise ValueError(f"embargoed, {exc}") from exc


def is_embargo(line: str) -> bool:
    """Return whether a line is nothing but an embargo, or says that there is none."""
    if _LINE.fullmatch(line) is not None or _NONE.search(line) is not None:
        return True
    day = _DAY.search(line) if _FROM.fullmatch(line) is not None else None
    moment = first_date(day[0]) if day else None
    return moment is not None and still_to_come(moment)


def _end_of(lines: Sequence[str]) -> datetime | None:
    """Read the first embargo among *lines*; ValueError if its end cannot be read."""
    line = next((one for one in lines if is_embargo(one) and not _NONE.search(one)), None)
    if line is None:
        return None
    day = _DAY.search(line)
    begin = first_date(day[0]) if day else None
    if day is None or begin is None:
        raise ValueError(f"it says {line[:80]!r}; add it when the embargo is lifted")
    rest = f"{line[: day.start()]} {line[day.end() :]}"
    clocks = [one for one in _CLOCK.finditer(rest) if one[2] or one[3] or one[4]]
    hour, minute, zone = 23, 59, None
    if clocks:
        hour_of, after_sign, after_hour, half, zone = clocks[0].groups()
        hour, minute = int(hour_of), int(after_sign or after_hour or 0)
        if half:
            hour = hour % 12 + (12 if half[0] in "pP" else 0)
    if hour > 23 or minute > 59:
        raise ValueError(f"it says {line[:80]!r}; add it when the embargo is lifted")
    local = begin.replace(hour=hour, minute=minute, tzinfo=UTC)
    try:
        return local - (zone_offset(zone) if zone else -_LATEST)
    except ValueError:
        return local + _LATEST
