"""How people ask for what was said over time. Pure."""

from __future__ import annotations

import re

_OVER_TIME = re.compile(
    r"(?i)[\s,]+(?:over\s+(?:time|the\s+(?:months|years))|month\s+by\s+month|by\s+month)[\s?.!]*$"
)
_TIMELINE = re.compile(r"(?i)^\s*(?:a\s+|the\s+)?time\s?line\s+(?:of|for)\s+(?=\S)")


def over_time(text: str) -> str | None:
    """
    Return of whom *text* asks what was said over time; None if it asks no such thing.

    >>> over_time("Lavrov over time")
    'Lavrov'
    """
    found = _TIMELINE.sub("", _OVER_TIME.sub("", text)).strip()
    return found if found and found != text.strip() else None
