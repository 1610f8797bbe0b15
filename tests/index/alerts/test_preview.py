"""The preview of a watch counts what would be sent."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.alerts.preview import as_alerts
from index.labels import OTHER_MATTER
from index.types import Briefing, Coverage, Query
from tests.index.alerts.test_book import quote

SURE = [quote(f"“Ferry {n} stays.”", f"a{n}") for n in range(3)]
UNSURE = [replace(quote(f"“Bus {n} stays.”", f"b{n}"), labels=(OTHER_MATTER,)) for n in range(3)]


def found(*quotes, total):
    return Briefing(Query("ferry"), quotes, Coverage(9, 99, None, None), total=total)


@pytest.mark.parametrize(
    ("quotes", "total", "counted", "estimated"),
    [
        (SURE, 3, 3, False),
        (SURE, 200, 200, False),
        ([*SURE, *UNSURE], 6, 3, False),
        ([*SURE, *UNSURE], 100, 50, True),
        (UNSURE, 3, 0, False),
    ],
)
def test_what_is_perhaps_on_another_matter_is_not_counted(quotes, total, counted, estimated):
    made = as_alerts(found(*quotes, total=total))

    assert (counted, estimated) == (made.total, made.estimated)
    assert tuple(each for each in quotes if each in SURE) == made.quotes
