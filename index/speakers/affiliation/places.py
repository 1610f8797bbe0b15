"""
Tell which country and region an article is about, and what a place's name stands for.

"The governor" of an article on Delaware is Delaware's, and its "state officials" are too. A
region with a government of its own is a party, and so is a town whose mayor speaks. No I/O.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from index.speakers.cast.cast import Cast
from index.speakers.gazetteer.lexicon import rows
from index.speakers.gazetteer.tables import phrase_key
from index.types import Party

_LEAD = 400


@lru_cache(maxsize=1)
def regions() -> dict[str, Party]:
    """Read the table of regions: name -> the party that its government is."""
    return {
        name: Party(phrase_key(name), name, "body")
        for _, names in rows("regions.tsv")
        for name in names.split("|")
    }


@lru_cache(maxsize=1)
def _names() -> re.Pattern[str]:
    """Match any region's name, the longest first."""
    names = sorted(regions(), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, names))})(?![\w-])")


def region_beginning(text: str) -> tuple[Party, int] | None:
    """Find the region whose name *text* begins with: its party, and where the name ends."""
    found = _names().match(text)
    return (regions()[found.group()], found.end()) if found else None


def home_region(cast: Cast) -> tuple[Party, str] | None:
    """
    Find the one region that an article is about, and how it is worded there.

    It is named in the headline or the first lines, and more often than all others together.
    """
    text = cast.article.text
    counts = Counter(m.group() for m in _names().finditer(text))
    if not counts:
        return None
    name, most = counts.most_common(1)[0]
    early = f"{cast.article.title}\n{text[:_LEAD]}"
    clear = 2 * most > counts.total() and (most > 2 or name in early)
    return (regions()[name], name) if clear else None


def place_party(name: str) -> Party:
    """Make the party of a place: a region of the table, or a town or county as named."""
    return regions().get(name) or Party(phrase_key(name), name, "body")
