"""
Line numbers of a PDF: hearings, depositions and bills count the lines of each page at the margin.

A number that got among the words would be read as one of them, so a page's numbers go where they
count on and stand before most of its lines. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from index.formats.documents.pieces import Piece

_NUMBERED = re.compile(r"\s*(?P<number>\d{1,2})(?:\s+(?P<rest>\S.*?))?\s*")
_FEWEST = 5
_COUNTING = 0.8
_SHARE = 0.6
# So far apart the numbers of one margin begin at most, in heights of a line: 9 and 10.
_MARGIN = 1.5


def without_line_numbers(page: Sequence[Piece]) -> list[Piece]:
    """Take the line numbers off a page's lines; a page without them stays as it is."""
    found = {line: match for line in page if (match := _NUMBERED.fullmatch(line.text))}
    if len(found) < _FEWEST:
        return list(page)
    margin = min(line.left for line in found)
    numbered = {
        line: match for line, match in found.items() if line.left - margin < _MARGIN * line.height
    }
    ordered = sorted(numbered, key=lambda line: -line.bottom)
    steps = [
        int(numbered[one]["number"]) + 1 == int(numbered[other]["number"])
        for one, other in pairwise(ordered)
    ]
    worded = [line for line in page if line not in found or found[line]["rest"]]
    few = len(numbered) < max(_FEWEST, _SHARE * len(worded))
    if few or sum(steps) < _COUNTING * len(steps):
        return list(page)
    kept = []
    for line in page:
        match = numbered.get(line)
        if match is None:
            kept.append(line)
        elif match["rest"]:
            kept.append(replace(line, text=match["rest"], parts=()))
    return kept
