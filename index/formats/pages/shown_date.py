"""
The date of publication that a page shows to people, where its markup states none.

A line of its own that is a date, "Published 13 February 2018, 09:30 CET" before a bare one. Where
several bare ones differ nothing says which is the article's. Pure but for the tree it reads.
"""

from __future__ import annotations

import re
from datetime import datetime

from lxml.html import HtmlElement

from index.formats.pages.bylines import is_elsewhere
from index.formats.parts.dates import believable
from index.formats.parts.fields import first_date
from index.formats.parts.markup import line_of

_TAGS = ("p", "div", "span", "time", "dd", "li", "small", "em", "h4", "h5", "h6")
_LEAD = re.compile(
    r"(?:(?:first )?(?:published|posted|issued|released?)(?: date)?|date)(?: on)?\s?:?\s+", re.I
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_LONGEST, _MAX_SEEN = 60, 3_000


def shown_date(tree: HtmlElement) -> datetime | None:
    """Read the date that a page shows; None for none, or for several that differ."""
    bare: set[datetime] = set()
    for element in list(tree.iter(*_TAGS))[:_MAX_SEEN]:
        if len(element) > 4:
            continue
        line = line_of(element).strip(" .|·–—")
        if len(line) > _LONGEST or not _YEAR.search(line) or is_elsewhere(element):
            continue
        lead = _LEAD.match(line)
        found = believable(first_date(line[lead.end() :].replace(" | ", " ") if lead else line))
        if found is not None and lead:
            return found
        if found is not None:
            bare.add(found)
    # "13 February 2018" and "13 February 2018 09:30" are one.
    return max(bare) if len({one.date() for one in bare}) == 1 else None
