"""
What somebody is on record with over time: counts by month, first and last, offices held.

Counts are of statements as articles have them: what six outlets carry counts six times.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from index.types import Coverage, Query, Quote


@dataclass(frozen=True, slots=True)
class Month:
    """A month (its first day, UTC), and how many statements were published in it."""

    month: date
    statements: int


@dataclass(frozen=True, slots=True)
class Held:
    """
    An office as articles word it, and for whom it speaks; ``party`` is None for nobody.

    ``since`` and ``until`` are the first and last day on which an article has it, None if
    unknown; ``wording`` stands in the article ``article_id``, one of the newest.
    """

    name: str
    role: str
    party: str | None
    since: date | None
    until: date | None
    wording: str
    article_id: str
    outlet: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Timeline:
    """
    What those whom *query* asks for said over time, months without a statement left out.

    ``undated`` statements are in no month. Where nothing is on record, ``reason`` says so.
    """

    query: Query
    coverage: Coverage
    months: tuple[Month, ...] = ()
    undated: int = 0
    first: Quote | None = None
    last: Quote | None = None
    held: tuple[Held, ...] = ()
    reason: str | None = None
    names: tuple[str, ...] = field(default=())

    @property
    def statements(self) -> int:
        """How many statements there are."""
        return sum(each.statements for each in self.months) + self.undated
