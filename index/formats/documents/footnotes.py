"""
Find the footnotes of a PDF: lines in smaller type at a page's foot, the first with a number.

What they say is not what the text says, and a sentence may go on over them to the next page.
Pure; no I/O.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median

from index.formats.documents.pieces import Piece

_SMALLER = 0.85
_MARK = re.compile(r"\s*(?:[\[(]?\d{1,3}[\])]?[.:]?\s|[*†‡§]\s?)\S")


def without_footnotes(pages: Sequence[list[Piece]]) -> tuple[list[list[Piece]], set[Piece]]:
    """Give the pages without footnotes, and the footnotes' lines."""
    letters = [line.height for page in pages for line in page for _ in range(len(line.text))]
    usual = median(letters) if letters else 0.0
    notes: set[Piece] = set()
    for page in pages:
        ordered = sorted(page, key=lambda p: p.bottom)
        small: list[Piece] = []
        for line in ordered:
            if line.height >= _SMALLER * usual:
                break
            small.append(line)
        marked = [at for at, line in enumerate(small) if _MARK.match(line.text)]
        if marked and len(small) < len(page):
            notes.update(small[: marked[-1] + 1])
    return [[line for line in page if line not in notes] for page in pages], notes
