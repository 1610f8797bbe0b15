"""
Find the footnotes of a PDF: lines in smaller type at a page's foot, the first with a number.

What they say is not what the text says, and a sentence may go on over them to the next page. Their
marks in the text are raised numbers.
Pure; no I/O.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from index.formats.documents.pieces import Piece

_SMALLER = 0.85
_RAISED = re.compile(r"[\[(]?\d{1,2}[\])]?[,.]?|[*†‡§]{1,2}")
# "3 km²" and "10⁶" are no notes.
_EXPONENT_BEFORE = re.compile(r"(?:\d|\b(?:[kcm]?m|ft|mi|yd))\s*\Z")
# Of the height of the line: how small such a mark is, how far it is raised; how near in points.
_MARK_SIZE, _MARK_RAISED, _MARK_NEAR = 0.8, 0.12, 3.0
_NUMBERED = re.compile(r"\s*[\[(]?(\d{1,2})\b")
_MARK = re.compile(r"\s*(?:[\[(]?\d{1,3}[\])]?[.:]?\s|[*†‡§]\s?)\S")


def without_marks(pieces: Sequence[Piece]) -> list[Piece]:
    """Leave out the raised marks of notes, which would be glued to words: "losses1"."""
    return [piece for piece in pieces if not _is_mark(piece, pieces)]


def _is_mark(piece: Piece, pieces: Sequence[Piece]) -> bool:
    if _RAISED.fullmatch(piece.text.strip()) is None:
        return False
    beside = [
        other
        for other in pieces
        if other is not piece
        and -_MARK_NEAR < piece.left - other.right < _MARK_NEAR
        and piece.height < _MARK_SIZE * other.height
        and other.bottom + _MARK_RAISED * other.height < piece.bottom < other.top
    ]
    return any(_EXPONENT_BEFORE.search(other.text) is None for other in beside)


def without_numbers(pages: Sequence[list[Piece]], notes: set[Piece]) -> list[list[Piece]]:
    """Take the numbers of *notes* off the ends of sentences: "the office said.1"."""
    numbers = {found[1] for note in notes if (found := _NUMBERED.match(note.text))}
    if not numbers:
        return list(pages)
    glued = re.compile(rf"(?<=[a-z][.!?”\"’])(?:{'|'.join(sorted(numbers))})(?=\s|\Z)")
    return [[replace(line, text=glued.sub("", line.text)) for line in page] for page in pages]


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
