"""
Find the days that a question restricts itself to: "since Monday", "in January 2018".

Two traps. A date inside a topic is no filter ("the February 7 attack", "yesterday's strike"),
so an expression that could be either needs its preposition. And an index may be old: months,
weekdays, "last week" and "3 days ago" then count from its newest article, not from today; only
"today" and "yesterday" are the asker's. Days begin
at midnight in the time zone of *now*; ranges are half open and come out in that zone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from dateutil.relativedelta import relativedelta

from index.text.date_format import as_seen_in, fixed, midnight

OLD = timedelta(days=30)

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NUMBERS = {
    word: value
    for value, names in enumerate(
        ("", "a an one", "two couple", "three few", "four", "five", "six", "seven", "eight")
    )
    for word in names.split()
} | {"nine": 9, "ten": 10, "twelve": 12}

_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = (
    r"(?P<weekday>mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs?(?:day)?)?|fri(?:day)?"
    r"|sat(?:urday)?|sun(?:day)?)"
)
_COUNT = r"(?P<count>\d{1,3}|a couple of|" + "|".join(_NUMBERS) + r")"
_UNIT = r"(?P<unit>hour|day|week|month|year)s?"
_ORDINAL = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"

Range = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Clock:
    """What time it is for the asker, and around which time the articles were written."""

    now: datetime
    around: datetime

    @property
    def old(self) -> bool:
        """Whether the articles are so old that a bare month means their time."""
        return self.around != self.now


@dataclass(frozen=True, slots=True)
class When:
    """A question's days where the asker is (*until* exclusive), and its text without them."""

    since: datetime | None
    until: datetime | None
    rest: str


def find_dates(text: str, *, now: datetime, newest: datetime | None = None) -> When:
    """
    Find what *text* says about dates, and remove it.

    Args:
        text: a question.
        now: aware; its time zone is the one in which days begin.
        newest: when the newest article was published; where that is more than 30 days ago, all
            but "today", "yesterday" and whole dates counts from it.

    Returns:
        Both ends None if nothing in the text is a date; *rest* is then *text* unchanged.
    """
    old = newest is not None and now - newest > OLD
    clock = Clock(now, as_seen_in(newest, now.tzinfo) if newest is not None and old else now)
    since: datetime | None = None
    until: datetime | None = None
    rest = text
    for pattern, read in _PHRASES:
        match = pattern.search(rest)
        found = read(match, clock) if match else None
        if match is None or found is None or _is_of_topic(match, rest):
            continue
        since, until = found[0] or since, found[1] or until
        rest = f"{rest[: match.start()].rstrip()} {rest[match.end() :].lstrip()}".strip()
    return When(since and fixed(since), until and fixed(until), rest)


# A noun behind a date, to which it belongs.
_NOUN = re.compile(r"\s+(?!(?:about|on|regarding|over|in|to|when|that|by|from|and|of)\b)[a-z]")
_OWN_THE = re.compile(r"(?i)\w+\s+the\s+(?!last|past|previous|current|week|month|year|day)")


def _is_of_topic(match: re.Match[str], text: str) -> bool:
    """Return whether a date belongs to the noun behind it: "on the August 2022 flare-up"."""
    return bool(_OWN_THE.match(match[0]) and _NOUN.match(text[match.end() :]))


def _placed(make: Callable[[int], datetime], clock: Clock) -> datetime | None:
    """Choose the year of a date without one: the last past, or the nearest to old articles."""
    made = []
    for year in range(clock.around.year - 4, clock.around.year + 2):
        try:
            made.append(make(year))
        except ValueError:  # 29 February
            continue
    if clock.old:
        return min(made, key=lambda day: abs(day - clock.around), default=None)
    return max((day for day in made if day <= clock.now), default=None)


def _read_day(match: re.Match[str], clock: Clock) -> Range | None:
    """Read "7 Feb", "February 7, 2018", "2018-02-07", "07/02/2018" (the day first)."""
    day, year = int(match["day"]), match["year"]
    if not (number := _month_number(match["month"])):
        return None
    today = midnight(clock.now)
    try:
        if year:
            start: datetime | None = today.replace(int(year), number, day)
        else:
            start = _placed(lambda y: today.replace(y, number, day), clock)
    except ValueError:
        return None
    return (start, start + timedelta(days=1)) if start else None


def _month_number(name: str) -> int:
    """Turn "Feb", "february" or "02" into 2; 0 if it is no month."""
    if name.isdigit():
        return int(name) if 1 <= int(name) <= 12 else 0
    return _MONTHS.index(name[:3].lower()) + 1


def _read_month(match: re.Match[str], clock: Clock) -> Range | None:
    number, year = _month_number(match["month"]), match.groupdict().get("year")
    first = midnight(clock.now).replace(day=1)
    if year:
        start: datetime | None = first.replace(int(year), number)
    else:
        start = _placed(lambda y: first.replace(y, number), clock)
    return (start, start + relativedelta(months=1)) if start else None


def _read_year(match: re.Match[str], clock: Clock) -> Range:
    start = midnight(clock.now).replace(int(match["year"]), 1, 1)
    return start, start + relativedelta(years=1)


def _read_weekday(match: re.Match[str], clock: Clock) -> Range:
    """Read "Monday": the last one, today included unless "last" or "since" stands before it."""
    back = (clock.around.weekday() - _DAYS.index(match["weekday"][:3].lower())) % 7
    if back == 0 and re.match(r"(?i)(?:since\s+)?last|since", match[0]):
        back = 7
    start = midnight(clock.around) - timedelta(days=back)
    return start, start + timedelta(days=1)


def _read_named(match: re.Match[str], clock: Clock) -> Range:
    """Read "today", "yesterday", "the day before yesterday", "last night", "this morning"."""
    name = match["named"].lower()
    back = 2 if name.startswith("the day") else int(name in ("yesterday", "last night"))
    start = midnight(clock.now) - timedelta(days=back)
    return start, start + timedelta(days=1)


def _read_period(match: re.Match[str], clock: Clock) -> Range:
    """Read "this week", "last month" (whole ones of the calendar), "past year" (up to now)."""
    which, unit = match["which"].lower(), match["period"].lower()
    today = midnight(clock.around)
    if unit == "weekend":
        saturday = today - timedelta(days=(today.weekday() - 5) % 7)
        return saturday, saturday + timedelta(days=2)
    step = relativedelta(**{f"{unit}s": 1})  # type: ignore[arg-type]
    if which == "past":
        return today - step, today + timedelta(days=1)
    starts = {"week": timedelta(days=today.weekday()), "month": timedelta(days=today.day - 1)}
    start = today.replace(month=1, day=1) if unit == "year" else today - starts[unit]
    return (start, start + step) if which in ("this", "current") else (start - step, start)


def _read_count(match: re.Match[str], clock: Clock) -> Range | None:
    """Read "past 3 days" (up to now) and "3 days ago" (that day)."""
    word = match["count"].lower()
    count = int(word) if word.isdigit() else _NUMBERS["couple" if "couple" in word else word]
    unit = match["unit"].lower()
    try:
        start = clock.around - relativedelta(**{f"{unit}s": count})  # type: ignore[arg-type]
    except (ValueError, OverflowError):
        return None
    tomorrow = midnight(clock.around) + timedelta(days=1)
    if unit == "hour":
        return start, tomorrow
    start = midnight(start)
    return start, (start + timedelta(days=1) if match[0].lower().endswith("ago") else tomorrow)


_Reader = Callable[[re.Match[str], Clock], Range | None]
# Those that are dates whatever stands before them; then those that need a preposition.
_STRONG: tuple[tuple[str, _Reader], ...] = (
    (_YEAR + r"-(?P<month>\d\d)-(?P<day>\d\d)", _read_day),
    (r"(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.]" + _YEAR, _read_day),
    (_ORDINAL + r"\s+(?:of\s+)?" + _MONTH + rf"(?:,?\s+{_YEAR})?", _read_day),
    (_MONTH + r"\s+" + _ORDINAL + rf"(?:,?\s+{_YEAR})?", _read_day),
    (_MONTH + r",?\s+" + _YEAR, _read_month),
    (
        r"(?P<named>today|tonight|yesterday|the day before yesterday|last night|this morning"
        r"|this afternoon|this evening)",
        _read_named,
    ),
    (
        r"(?P<which>last|past|previous|this|current)\s+(?P<period>week(?:end)?|month|year)",
        _read_period,
    ),
    (r"(?:last|past|previous)\s+" + _COUNT + r"\s+" + _UNIT, _read_count),
    (_COUNT + r"\s+" + _UNIT + r"\s+ago", _read_count),
    (r"last\s+" + _WEEKDAY, _read_weekday),
    (r"last\s+" + _MONTH, _read_month),
)
_WEAK: tuple[tuple[str, _Reader], ...] = (
    (_MONTH, _read_month),
    (_WEEKDAY, _read_weekday),
    (_YEAR, _read_year),
)
# A possessive ("yesterday's strike") or a compound ("Monday-night") is no date of publication.
_END = r"(?![\w'’]|-\w)"
_EXPRESSION = re.compile(r"(?:the\s+)?(?:weekend|week|month|year)", re.I)
_Phrase = Callable[[re.Match[str], Clock], tuple[datetime | None, datetime | None] | None]


def _read_expression(text: str, clock: Clock, before: str = "") -> Range | None:
    """Read one whole expression; *before* is the preposition in front of it."""
    bare = re.sub(r"(?i)^(?:the|early|late|mid)[\s-]+(?!day before)", "", text.strip())
    for pattern, read in (*_STRONG, *_WEAK):
        match = re.fullmatch(pattern, bare, re.I)
        if match is None:
            continue
        if read is _read_weekday and before == "since":
            match = re.fullmatch(rf"since {pattern}", f"since {bare}", re.I) or match
        return read(match, clock)
    if _EXPRESSION.fullmatch(bare):
        return _read_expression(f"{'last' if 'end' in bare.lower() else 'this'} {bare}", clock)
    return None


def _unnamed(pattern: str) -> str:
    return re.sub(r"\?P<\w+>", "?:", pattern)


_ANY_STRONG = "|".join(_unnamed(pattern) for pattern, _ in _STRONG)
_STRONG_DAY = rf"(?:the\s+)?(?:(?:early|late|mid)[\s-]+)?(?:{_ANY_STRONG})"
_ANY_WEAK = "|".join(_unnamed(pattern) for pattern, _ in _WEAK)
_ANY = rf"(?:{_STRONG_DAY}|(?:(?:early|late|mid)[\s-]+)?(?:{_ANY_WEAK}))"
_BARE_DAY = r"\d{1,2}(?:st|nd|rd|th)?"


def _read_between(match: re.Match[str], clock: Clock) -> tuple[datetime, datetime] | None:
    first, second = match["first"], match["second"]
    if re.fullmatch(_BARE_DAY, first):  # "from 7 to 9 February" borrows the month
        first += re.sub(rf"^{_BARE_DAY}", "", second)
    begin, end = _read_expression(first, clock), _read_expression(second, clock)
    if begin is None or end is None:
        return None
    if begin[0] > end[0] and re.fullmatch(_WEEKDAY, first, re.I):
        return begin[0] - timedelta(days=7), end[1]
    return min(begin[0], end[0]), max(begin[1], end[1])


def _read_since(match: re.Match[str], clock: Clock) -> tuple[datetime, None] | None:
    word = match["word"].lower()
    found = _read_expression(match["date"], clock, "since")
    if found is None:
        return None
    return (found[1] if word == "after" else found[0]), None


def _read_until(match: re.Match[str], clock: Clock) -> tuple[None, datetime] | None:
    found = _read_expression(match["date"], clock)
    if found is None:
        return None
    return None, (found[0] if match["word"].lower().endswith("before") else found[1])


def _read_within(match: re.Match[str], clock: Clock) -> Range | None:
    groups = match.groupdict()
    named = groups["date"] or groups.get("month") or groups.get("weekday") or ""
    return _read_expression(named, clock)


def _phrase(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'’-]){pattern}{_END}", re.I)


# In this order: what was understood is removed before the next is tried.
_PHRASES: tuple[tuple[re.Pattern[str], _Phrase], ...] = (
    (
        _phrase(
            rf"(?:between|from)\s+(?P<first>{_ANY}|{_BARE_DAY})"
            rf"\s*(?:and|to|until|till|through|-|–)\s*(?P<second>{_ANY})"
        ),
        _read_between,
    ),
    (_phrase(rf"(?P<word>since|from|after|as of|starting)\s+(?P<date>{_ANY})"), _read_since),
    (
        _phrase(
            r"(?P<word>until|till|til|up to|(?<!the day )before)\s+"
            rf"(?P<date>{_ANY}|the\s+(?:week|month|year))"
        ),
        _read_until,
    ),
    (
        _phrase(
            rf"(?:(?:on|in|during|within|over|for|at)\s+(?P<date>{_STRONG_DAY}|the\s+weekend)"
            rf"|(?:in|during)\s+(?P<month>(?:(?:early|late|mid)[\s-]+)?(?:{_unnamed(_MONTH)}|{_unnamed(_YEAR)}))"
            rf"|on\s+(?P<weekday>{_unnamed(_WEEKDAY)}))"
        ),
        _read_within,
    ),
    (
        # Without a preposition only where no noun follows that it could belong to.
        re.compile(
            rf"(?<![\w'’-])(?<!\bthe\s)(?<!\bof\s)(?P<date>(?:the\s+(?=last|past|previous))?"
            rf"(?:{_ANY_STRONG}|{_unnamed(_WEEKDAY)}))"
            r"(?=[\s?!.,]*$|[\s,]+(?:about|on|regarding|over|in|to|when|that)\b)",
            re.I,
        ),
        _read_within,
    ),
)
