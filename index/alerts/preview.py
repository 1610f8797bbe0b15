"""What a watch would have sent lately, for whoever is about to keep it. Pure."""

from __future__ import annotations

from dataclasses import replace

from index.labels import OTHER_MATTER, group_quotes
from index.types import Briefing

LOOKED_AT = 140  # quotes of the last days, among which those are counted that would be sent


def as_alerts(found: Briefing) -> Briefing:
    """
    Leave out of an answer what is perhaps on another matter, and count the others.

    Args:
        found: the newest first, at least `LOOKED_AT` quotes where there are so many.

    Returns:
        The same with fewer quotes; ``total`` is estimated where not all statements are there.
    """
    groups = group_quotes(found.quotes)
    sure = [group for group in groups if not any(OTHER_MATTER in q.labels for q in group)]
    if len(sure) == len(groups):
        return found
    is_all = found.total <= len(groups)
    total = len(sure) if is_all else round(found.total * len(sure) / len(groups))
    quotes = tuple(quote for group in sure for quote in group)
    estimated = found.estimated or not is_all
    return replace(found, quotes=quotes, total=total, estimated=estimated)
