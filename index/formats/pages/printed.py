"""
The byline and the date that a text prints above itself: "By Ana Petric", "Brussels, 3 March 2018".

Where no field states them they are all there is. Only lines count that hold nothing else, and the
dateline that begins a paragraph; a date within a headline or a sentence is what the text is about.
Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from index.formats.pages.bylines import is_person_names, person_line
from index.formats.parts.dates import believable
from index.formats.parts.fields import first_date

_HEAD_LINES, _LONGEST = 8, 120
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}\.?"
_DAY = (
    rf"(?P<day>\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{_MONTH},? \d{{4}}|"
    rf"{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}|\d{{4}}-\d{{2}}-\d{{2}})"
)
_WEEKDAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,? )?"
_TIME = r"(?:(?:,| at| \||\s[–—-])? ?\(?\d{1,2}[:.]\d{2} ?(?:[ap]\.?m\.?)? ?(?:[A-Z]{2,5})?\)?)?"
# "Brussels, 3 March 2018", "Date: Friday, May 4, 2018", "Plains Tribune | 2018-03-05 | 10:00".
_LINE = re.compile(
    rf"[*_]{{0,2}}(?P<before>[^\n]{{0,80}}?[,:|·–—(-]\s?|"
    rf"(?:(?:interview(?:ed)?|words|text|report) )?by [^\n.]{{3,60}}\.\s|"
    rf"(?:published|issued|released?|posted|updated|"
    rf"date|date of issue|release date)(?: on)?:?\s)?{_WEEKDAY}{_DAY}{_TIME}\W{{0,4}}",
    re.IGNORECASE,
)
# A time counts only with its zone.
_ZONED = re.compile(
    r"(?:,| at| \||\s[–—-])? ?\(?(?P<time>\d{1,2}[:.]\d{2} ?(?:[ap]\.?m\.?)? ?(?-i:[A-Z]{2,5}))\b",
    re.IGNORECASE,
)
# "BRUSSELS, March 3, 2018 (Example Wire) — The commission …", "Troy, 12 March 2018 – The plant …".
_DATELINE = re.compile(
    rf"(?P<before>[A-ZÀ-ÖØ-Þ][\w .,'’()/-]{{1,50}}?(?:,|\s[–—-])\s?){_WEEKDAY}{_DAY}"
    r"\s?(?:\([^()\n]{2,40}\)\s?)?[)]?\s?[–—:/-]{1,3}\s",
)
# What may stand before the date in such a line, and says that it is another date.
_OTHER = re.compile(
    r"\b(?:embargo\w*|until|till|founded|established|registered|since|deadline|due|expires?|born|"
    r"meeting|hearing|event|from|to|by(?! [A-Z])|before|after|effective|est)\b",
    re.IGNORECASE,
)
# "It opened on Monday, 9 November 2026." is what a text tells, "Issued on 9 November" is not.
_ON = re.compile(
    r"(?P<word>[\w’'-]+)\s+(?:on|of|since|from|to|until|till|before|after|between|by|for|in|dated)\s+"
    rf"(?:the |late |early )?{_WEEKDAY}\Z",
    re.IGNORECASE,
)
_ISSUES = re.compile(
    r"(?:issued|published|posted|updated|released?|dated?|statement|communiqu[ée]|note|notice|"
    r"press|news|media|bulletin|edition|issue|version)\Z",
    re.IGNORECASE,
)
_SMALL = re.compile(r"(?<!\S)[a-z][\w’'-]*")
_FEW_SMALL = 2
_VERB = re.compile(r"\b(?:is|are|was|were|has|have|will|said|says|the|of)\b")
_BY = re.compile(
    r"[*_]{0,2}(?:(?:interview(?:ed)?|words|text|report) )?By:? (?P<names>[^\n]{3,100})",
    re.IGNORECASE,
)
# "By March 3" and "By Friday" are no names, "By Mara Ellison" and "By May Weaver" are.
_TIME_WORD = re.compile(rf"(?:{_MONTH}(?:\s+\d|\Z)|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b)")
_BEHIND = re.compile(
    r"\s*(?:[|·–—/]|,(?= [^,]*\d{4})|\.(?= \d{1,2} \w+ \d{4})|\bin [A-Z]|\(|\d).*|[*_]+\Z"
)


def printed_date(text: str) -> datetime | None:
    """Read the date of publication in the first lines of *text*; None for none or for two."""
    days: set[datetime] = set()
    found: list[tuple[bool, datetime]] = []
    for line in _head(text):
        match = _LINE.fullmatch(line) if len(line) <= _LONGEST else _DATELINE.match(line)
        match = match or _DATELINE.match(line)
        if match is None:
            continue
        before = match["before"] or ""
        if tells_of_the_day(line[: match.end()], match.start("day")):
            continue
        day = match["day"].replace(" of ", " ")
        dated, time = believable(first_date(day)), _ZONED.match(line, match.end("day"))
        moment = believable(first_date(f"{day} {time['time']}")) if time else None
        if dated is not None and not _OTHER.search(before) and not _VERB.search(before):
            days.add(dated)
            found.append((moment is not None, moment or dated))
    # Late in the evening it is the next day elsewhere: the days are compared as they are written.
    return max(found)[1] if len(days) == 1 else None


def tells_of_the_day(line: str, at: int) -> bool:
    """Return whether a line tells what happened on the day at *at*, rather than dates a text."""
    before = _ON.search(line, 0, at)
    if before is not None and not _ISSUES.match(before["word"]):
        return True
    sentence = re.search(r"[.!?][\"”’)]*\s*\Z", line) is not None
    return sentence and len(_SMALL.findall(line, 0, at)) > _FEW_SMALL


def printed_byline(text: str) -> str | None:
    """Read the line "By Ana Petric" in the first lines of *text*; None without one."""
    for line in _head(text):
        match = _BY.fullmatch(line)
        names = person_line(_BEHIND.sub("", match["names"])) if match else None
        if names is not None and is_person_names(names) and not _TIME_WORD.match(names):
            return names
    return None


def _head(text: str) -> Sequence[str]:
    """Give the first lines, up to the paragraph in which the text begins."""
    return list(_until_prose(text))


def _until_prose(text: str) -> Iterator[str]:
    lines = (line.strip() for line in text.split("\n") if line.strip())
    for _, line in zip(range(_HEAD_LINES), lines, strict=False):
        yield line
        if len(line) > _LONGEST:
            return
