"""
What a channel follows by default: used where a question names nobody, or no outlet.

"Who said …?" and "anyone" do name somebody: everybody. Such a question stays open.
"""

from __future__ import annotations

import re
from dataclasses import replace

from index.types import Defaults, Query

_EVERYBODY = re.compile(r"(?i)\b(?:who|whom|whose|(?:any|every|some|no)\s?(?:one|body))\b")


def with_defaults(query: Query, defaults: Defaults) -> Query:
    """
    Fill in whom and where *query* asks, each only where it names none.

    Args:
        query: as it was understood.
        defaults: party keys, outlets and the kind of statements; what is empty fills in nothing.

    Returns:
        The query, which names in ``assumed`` what was filled in.
    """
    voices = (query.party, query.speaker, query.quotation, *query.other_parties)
    named = any(voices) or bool(query.other_speakers) or _EVERYBODY.search(query.text)
    if defaults.parties and not named:
        first, *others = defaults.parties
        query = replace(query, party=first, other_parties=tuple(others), anyone=False)
        query = replace(query, assumed=(*query.assumed, "party"))
    if defaults.outlets and query.outlet is None:
        here, *elsewhere = defaults.outlets
        query = replace(query, outlet=here, other_outlets=tuple(elsewhere))
        query = replace(query, assumed=(*query.assumed, "outlet"))
    chosen = replace(
        query,
        direct=query.direct or defaults.direct,
        officials=query.officials or defaults.officials,
        order=query.order if query.order != "best" else defaults.order,
    )
    return chosen if chosen == query else replace(chosen, assumed=(*query.assumed, "form"))
