"""Where a party now says another thing: in the days of the report, against all it said before."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

from index.reports.gathering import changed_lines
from index.types import Briefing, Change, Coverage, Query
from tests.index.quote_builders import quote

COVERAGE = Coverage(1, 1, None, None)


def on(day: int):
    return datetime(2018, 2, day, tzinfo=UTC)


def said(text, day, party="Norland"):
    return quote(text, party=party, published_at=on(day))


@dataclass
class Differences:
    """An index that knows one difference a party, and notes what it is asked."""

    pairs: dict[str, Change]
    asked: list[Query] = field(default_factory=list)

    def changes(self, query, *, limit=3):
        self.asked.append(query)
        return tuple(each for key, each in self.pairs.items() if key == query.party)


def digest(*keys, **query):
    return Briefing(
        Query("ferry", topic="ferry", **query), (), COVERAGE, headings={k: k for k in keys}
    )


def test_each_party_is_compared_with_all_that_it_said_before():
    pair = Change(said("We leave.", 3), said("We stay.", 13))
    index = Differences({"norland": pair})

    found = changed_lines(index, digest("norland", "sudland", anyone=True, since=on(12)))

    assert {"Norland": (pair,)} == found
    assert [("norland", "ferry", None), ("sudland", "ferry", None)] == [
        (query.party, query.topic, query.since) for query in index.asked
    ]


def test_a_difference_that_is_older_than_the_report_is_not_in_it():
    pair = Change(said("We leave.", 3), said("We stay.", 11))

    assert {} == changed_lines(Differences({"norland": pair}), digest("norland", since=on(12)))


def test_of_several_people_nothing_is_compared():
    query = {"speaker": None, "other_speakers": ("ana horvat", "ivo babic")}

    index = Differences({})
    assert {} == changed_lines(index, digest("norland", **query))
    assert [] == index.asked
