"""Gather what an export holds: the quotes of an answer, and when each article came in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from index.cli.paging import statements_in
from index.types import Briefing, Coverage, Quote

if TYPE_CHECKING:
    from index.core import Index

MOST = 1_000  # quotes in a file


@dataclass(frozen=True, slots=True)
class Export:
    """
    What a file holds.

    ``question`` is as typed, ``understood`` what it was taken for. ``note`` says whether these are
    all quotes, or where they were cut; for an abstention, why there is none. ``retrieved`` has for
    each article id when the article was indexed; that and ``made_at`` are aware.
    """

    question: str
    understood: str
    made_at: datetime
    quotes: tuple[Quote, ...]
    coverage: Coverage
    note: str
    abstained: bool = False
    retrieved: Mapping[str, datetime] = field(default_factory=dict)


def export_of(
    index: Index, found: Briefing, question: str, *, cut: bool, now: datetime, offset: int = 0
) -> Export:
    """
    Gather an export.

    Args:
        index: that answered.
        found: the answer.
        question: as typed.
        cut: whether there is more than the answer shows.
        now: aware.
        offset: quotes that stand before these.

    Raises:
        StoreError: if the store cannot be read.
    """
    articles = index.store.get_many(sorted({quote.article_id for quote in found.quotes}))
    return Export(
        question.strip(),
        index.describe(found.query),
        now,
        found.quotes,
        found.coverage,
        _note(found, cut, offset),
        found.abstained,
        {name: item.indexed_at for name, item in articles.items()},
    )


def misunderstood(question: str, reason: str, coverage: Coverage, now: datetime) -> Export:
    """Lay out the export of a question that could not be understood: an abstention."""
    return Export(question.strip(), "", now, (), coverage, reason, abstained=True)


def _note(found: Briefing, cut: bool, offset: int) -> str:
    if found.abstained:
        return found.reason or "nothing on record"
    shown, parts = statements_in(found), list[str]()
    if offset:
        parts.append(f"after the first {offset:,} quotes")
    if cut:
        parts.append(f"cut at {len(found.quotes):,} quotes")
    of = f" of {found.total:,}" if parts and not found.estimated else ""
    return f"{', '.join(parts) or 'all'}: {_counted(shown, of)}"


def _counted(number: int, of: str = "") -> str:
    return f"{number:,}{of} {'statement' if number == 1 and not of else 'statements'}"
