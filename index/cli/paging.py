"""Whether an answer shows all there is, or was cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.labels import CONTINUES

if TYPE_CHECKING:
    from index.core import Index
    from index.types import Briefing


def is_cut(index: Index, found: Briefing, limit: int, offset: int = 0) -> bool:
    """
    Return whether there is more behind a page of an answer.

    Args:
        index: that answered.
        found: the page.
        limit: quotes that it could show.
        offset: quotes on the pages before it.
    """
    size = min(limit, found.query.most or limit)
    if len(found.quotes) < size:
        return False
    if offset == 0 and not found.estimated and statements_in(found) < found.total:
        return True
    # The rest of a long statement, or copies that were not looked at, are not in the count.
    return bool(index.answer_query(found.query, limit=size, offset=offset + size).quotes)


def digest_is_cut(found: Briefing) -> bool:
    """Return whether there is more than a digest shows."""
    return not found.abstained and (found.estimated or statements_in(found) < found.total)


def statements_in(found: Briefing) -> int:
    """Count the statements that an answer shows."""
    return sum(CONTINUES not in quote.labels for quote in found.quotes)
