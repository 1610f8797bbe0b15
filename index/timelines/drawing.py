"""Draw what somebody said over time as lines of text, for screens that have no pictures. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from index.timelines import Timeline

WIDEST = 40  # characters of a bar
MOST_MONTHS = 60  # in a row; over more, years are counted


def bars(found: Timeline, widest: int = WIDEST, most: int = MOST_MONTHS) -> Iterator[str]:
    """
    Draw a line for each month from the first to the last, for each year where there are many.

    Months without a statement share a line where they are more than two in a row; the longest bar
    has *widest* characters, and over more than *most* months years are counted.
    """
    counts = {each.month: each.statements for each in found.months}
    if not counts:
        return
    first, last = min(counts), max(counts)
    form, step = "%Y-%m", 1
    if (last.year - first.year) * 12 + last.month - first.month >= most:
        form, step, counts = "%Y", 12, _by_year(counts)
    longest, empty = max(counts.values()), list[str]()
    moment = min(counts)
    while moment <= last:
        name, n = moment.strftime(form), counts.get(moment, 0)
        moment = _later(moment, step)
        if not n:
            empty.append(name)
            continue
        yield from _empty(empty)
        empty = []
        yield f"{name}  {'█' * max(1, round(widest * n / longest))} {n}"


def _empty(names: list[str]) -> Iterator[str]:
    if len(names) > 2:
        names = [f"{names[0]} to {names[-1]}"]
    yield from (f"{name}  0" for name in names)


def _by_year(counts: dict[date, int]) -> dict[date, int]:
    years = dict[date, int]()
    for month, n in counts.items():
        year = month.replace(month=1)
        years[year] = years.get(year, 0) + n
    return years


def _later(month: date, months: int) -> date:
    number = month.year * 12 + month.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)
