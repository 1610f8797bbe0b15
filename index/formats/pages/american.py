"""
Dates in digits on American pages: "3/4/2026" is the fourth of March there, not the third of April.

Who guesses the date of a page reads the day first. Pure but for the tree it reads.
"""

from __future__ import annotations

import re
from datetime import datetime

from lxml.html import HtmlElement

_DIGITS = re.compile(
    r"(?<![\d/.-])(?P<first>\d{1,2})(?P<sign>[/.-])(?P<second>\d{1,2})(?P=sign)"
    r"(?P<year>\d{4}|\d{2})(?![\d/-])"
    r"(?:,?\s{1,3}(?:at\s)?\d{1,2}:\d{2}(?::\d{2})?\s?(?:[AaPp]\.?[Mm]\.?)?\s?"
    r"\(?(?P<zone>[ECMP][SD]?T|AK[SD]T|HST)\b)?"
)
_LANGUAGE = re.compile(r"en[-_]us\b", re.IGNORECASE)
_STATED = "//html/@lang | //meta[@property='og:locale' or @name='language']/@content"
_WRITTEN = "//meta/@content | //time/@datetime"
_MOST = 200_000


def month_first(guessed: datetime | None, tree: HtmlElement) -> datetime | None:
    """
    Read a date that was guessed from digits as Americans write it, on a page of theirs.

    Args:
        guessed: with the day read first; None for none.
        tree: the page. It is American by its language or locale, or a date by the zone behind it.

    Returns:
        *guessed*, its day and month changed about where the page writes it in digits.
    """
    if guessed is None or guessed.day > 12:
        return guessed
    american = any(_LANGUAGE.match(str(one).strip()) for one in tree.xpath(_STATED))
    written = "\n".join([*map(str, tree.xpath(_WRITTEN)), *map(str, tree.itertext())])[:_MOST]
    day_first = (guessed.day, guessed.month, guessed.year % 100)
    for found in _DIGITS.finditer(written):
        read = (int(found["first"]), int(found["second"]), int(found["year"]) % 100)
        if read == day_first and (american or found["zone"]):
            return guessed.replace(day=guessed.month, month=guessed.day)
    return guessed
