"""
Gather what a report holds: a digest, and where a party now says another thing than before.

The digest looks at the days asked for; an earlier statement may be older than these.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from index.core import Index
from index.labels import group_quotes
from index.types import Briefing, Change, Query, Quote

# A party's first differences are those that can be pointed at; more bury them.
_CHANGES = 2
# Parties that are looked at for them, in the order of the report.
_COMPARED = 12
OTHERS = "Others"


class Changing(Protocol):
    """Whoever knows where statements differ: the index."""

    def changes(self, query: Query, *, limit: int = 3) -> tuple[Change, ...]:
        """Find where later statements of those whom *query* names differ from earlier ones."""


@dataclass(frozen=True, slots=True)
class Section:
    """What one party said, and where that differs from what it said earlier."""

    heading: str
    statements: tuple[tuple[Quote, ...], ...]
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """
    What a document holds.

    ``topic`` is as typed, "" for all there is; ``understood`` says what it was taken for;
    ``made_at`` is aware.
    """

    topic: str
    understood: str
    made_at: datetime
    sections: tuple[Section, ...]
    briefing: Briefing


def gather(
    index: Index, topic: str, *, since: datetime | None, now: datetime, limit: int
) -> Report:
    """
    Gather who said what, by party.

    Args:
        index: the articles.
        topic: a few words, or names of parties; "" for everything.
        since: only what was published from then on.
        now: aware; relative dates count from it.
        limit: the maximum number of quotes.

    Raises:
        StoreError: if the store cannot be read.
    """
    briefing = index.digest(topic, since=since, limit=limit, now=now)
    changed = changed_lines(index, briefing)
    sections = tuple(
        Section(name, tuple(map(tuple, group)), changed.get(name, ()))
        for name, group in by_party(briefing.quotes)
    )
    return Report(topic.strip(), index.describe(briefing.query), now, sections, briefing)


def by_party(quotes: Sequence[Quote]) -> list[tuple[str, list[list[Quote]]]]:
    """Group the statements of a digest by party, in its order."""
    found: dict[str, list[list[Quote]]] = {}
    for group in group_quotes(quotes):
        found.setdefault(group[0].party or OTHERS, []).append(group)
    return list(found.items())


def changed_lines(index: Changing, briefing: Briefing) -> Mapping[str, tuple[Change, ...]]:
    """
    Find where what a digest's parties say now differs from what they said earlier.

    Args:
        index: knows what they said earlier.
        briefing: a digest.

    Returns:
        By party, as its quotes name it, pairs whose later statement is of the digest's days; a
        party without any is left out.
    """
    query = briefing.query
    everything = replace(query, since=None, until=None)
    if query.speaker or query.other_speakers:
        asked = [everything] if query.speaker else []
    else:
        asked = [
            replace(everything, party=key, other_parties=(), anyone=False)
            for key in list(briefing.headings)[:_COMPARED]
        ]
    found: dict[str, tuple[Change, ...]] = {}
    for each in asked:
        for change in index.changes(each, limit=_CHANGES):
            name = change.later.party
            if name is not None and _is_of(change.later, query):
                found[name] = (*found.get(name, ()), change)
    return found


def _is_of(quote: Quote, query: Query) -> bool:
    """Return whether *quote* was published in the days that *query* asks for."""
    at = quote.published_at
    if at is None:
        return query.since is None and query.until is None
    return (query.since is None or at >= query.since) and (query.until is None or at < query.until)
