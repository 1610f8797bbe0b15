"""
Put the lines of a page in the order in which people read them.

A PDF holds pieces of text with places, in any order. Columns are found by the gap between them,
running heads by standing at the same place on most pages, paragraphs by indents and gaps.
Coordinates are points from the lower left corner, y upwards. No I/O, no state.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, product
from statistics import median

from index.formats.documents.hyphens import Hyphens
from index.formats.documents.pieces import Piece, joined_piece, on_one_line
from index.formats.documents.tables import with_table_rows
from index.formats.parts.cleaning import clean_text


@dataclass(frozen=True, slots=True)
class Paragraph:
    """
    Lines that belong together; ``size`` is the height of their letters.

    ``breaks``: where in the text a later page begins, and its number.
    """

    text: str
    page: int
    size: float
    breaks: tuple[tuple[int, int], ...] = ()


# Gaps in heights of a line: between columns; wider than a blank, as a table's may be.
_COLUMNS_APART, _PARTS_APART = 1.5, 0.5
_EDGE_LINES = 2
_NUMBER = re.compile(r"\d{1,6}")
_MAX_NUMBERS = 4
_PAGE_NUMBER = re.compile(
    r"\W*(?:page|p\.|seite)?\W*\d{1,4}\W*(?:(?:of|/|von)\W*\d{1,4})?\W*", re.I
)
_HYPHEN = re.compile(r"(\w)[-\u00ad‐]$")
_SENTENCE_END = re.compile(r"[.!?:;][\"”’')\]]*$")
_BULLET = re.compile(r"(?:[•▪–*·◦]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s")
# "MS. HOLM: Yes.", "Q. Why?": a turn of a hearing.
_TURN = re.compile(r"(?:[A-Z][A-Z.'’\-]+ ){0,4}[A-Z][A-Z.'’\-]+:\s|[QA][.:]?\s+[A-Z“\"]")
# A line of a release that no other goes on.
_ALONE = re.compile(
    r"(?:embargo(?:ed)?\b.{5,80}\d{4}|for immediate release|"
    r"(?:press|news|media) (?:release|statement))\W*",
    re.IGNORECASE,
)
# A line that leaves so much of its column empty ends by will.
_EARLY = 0.4
# Lines begin at one place if so many points apart; so many that do are a column's, if they begin
# behind so much of a line above them.
_GRAIN, _FEWEST_STARTS, _MIDDLE = 6, 4, 0.4
# A column is at least so wide, in parts of the page's text.
_MIN_COLUMN = 0.2


def lines_of(pieces: Sequence[Piece]) -> list[Piece]:
    """Join the pieces that stand on one line beside each other; a wide gap parts columns."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: (-p.bottom, p.left)):
        row = next((r for r in rows[-4:] if on_one_line(r[-1], piece)), None)
        if row is None:
            rows.append([piece])
        else:
            row.append(piece)
    found: list[Piece] = []
    for row in rows:
        row.sort(key=lambda p: p.left)
        parts = [row[0]]
        for piece in row[1:]:
            last = parts[-1]
            gap = piece.left - last.right
            if gap > _COLUMNS_APART * max(last.height, piece.height):
                found.append(_line(parts))
                parts = [piece]
            elif gap > _PARTS_APART * piece.height:
                parts.append(piece)
            else:
                parts[-1] = _line([last, piece])
        found.append(_line(parts))
    return [line for line in found if line.text.strip()]


def _line(parts: Sequence[Piece]) -> Piece:
    """Join the parts of a line; those far apart are remembered."""
    line = parts[0]
    for piece in parts[1:]:
        gap = piece.left - line.right
        blank = " " if gap > 0.12 * piece.height and not line.text.endswith(" ") else ""
        line = joined_piece(line, piece, blank)
    apart = any(b.left - a.right > _PARTS_APART * b.height for a, b in pairwise(parts))
    return replace(line, parts=tuple(parts)) if apart else line


def in_reading_order(lines: Sequence[Piece]) -> list[Piece]:
    """
    Sort the lines of one page: across where they are full width, else column by column.

    The page is cut at a gap that runs from top to bottom; what crosses it stands above or below.
    The cells of a table's row become one line.
    """
    lines = with_table_rows(lines)
    if len(lines) < 4:
        return sorted(lines, key=lambda p: (-p.top, p.left))
    gutter = _gutter(lines)
    if gutter is None:
        return sorted(lines, key=lambda p: (-round(p.bottom), p.left))
    found: list[Piece] = []
    band: list[Piece] = []
    for line in sorted(lines, key=lambda p: (-round(p.bottom), p.left)):
        if line.left < gutter < line.right:
            found += _columns(band, gutter)
            band = []
            found.append(line)
        else:
            band.append(line)
    return found + _columns(band, gutter)


def without_running_heads(pages: Sequence[list[Piece]]) -> list[list[Piece]]:
    """Leave out what stands first or last on most pages, and page numbers."""
    if len(pages) < 2:
        return [_without_number(page) for page in pages]
    seen: Counter[str] = Counter()
    for page in pages:
        ordered = sorted(page, key=lambda p: -p.bottom)
        edge = {*ordered[:_EDGE_LINES], *ordered[-_EDGE_LINES:]}
        seen.update({pattern for line in edge for pattern in _patterns(line)})
    least = max(2, (len(pages) + 1) // 2)
    running = {pattern for pattern, count in seen.items() if count >= least}
    kept = []
    for page in pages:
        ordered = sorted(page, key=lambda p: -p.bottom)
        edge = {*ordered[:_EDGE_LINES], *ordered[-_EDGE_LINES:]}
        heads = {line for line in edge if not running.isdisjoint(_patterns(line))}
        heads -= {line for line in heads if _touches(line, ordered, heads)}
        kept.append(_without_number([line for line in page if line not in heads]))
    # Where nothing else is on the pages, it is the text.
    return kept if any(kept) else [list(page) for page in pages]


def paragraphs_of(pages: Sequence[list[Piece]]) -> list[Paragraph]:
    """
    Join the lines of all pages, each page in reading order, to paragraphs.

    A word that a line's end parts is one word again; a paragraph may go on over a column or page.
    """
    found: list[Paragraph] = []
    lines: list[Piece] = []
    hyphens = Hyphens(line.text for page in pages for line in page)
    for page in pages:
        spacing, edges = _spacing(page), _edges(page)
        for line in page:
            ends = bool(lines) and (
                _is_broken(lines[-1], line, edges) or _begins(lines, line, spacing)
            )
            if ends and not _goes_on(lines[-1], line):
                found.append(_paragraph(lines, hyphens))
                lines = []
            lines.append(line)
    if lines:
        found.append(_paragraph(lines, hyphens))
    return [one for one in found if one.text]


def _edges(page: Sequence[Piece]) -> dict[int, float]:
    """
    Find how far the lines reach that begin at one place: the right edge of each column.

    A headline over two columns says nothing of the first.
    """
    starts = Counter(_place(line) for line in page)
    second = [place for place, count in starts.items() if count >= _FEWEST_STARTS]
    across: dict[int, float] = {}
    found: dict[int, float] = {}
    for line in page:
        middle = _place(line) + (line.right - line.left) * _MIDDLE / _GRAIN
        over = any(middle < place < line.right / _GRAIN for place in second)
        edges = across if over else found
        edges[_place(line)] = max(line.right, edges.get(_place(line), 0.0))
    return across | found


def _is_broken(last: Piece, line: Piece, edges: dict[int, float]) -> bool:
    """Return whether a line ends early by will, as a letterhead's: the next word had room."""
    if last.page != line.page or _place(last) != _place(line) or not line.text.strip():
        return False
    room = edges[_place(last)] - last.right
    word = line.text.split()[0]
    width = (line.right - line.left) * len(word) / len(line.text)
    return room > _EARLY * (edges[_place(last)] - last.left) and room > 2 * width


def _place(line: Piece) -> int:
    return round(line.left / _GRAIN)


def _begins(before: Sequence[Piece], line: Piece, spacing: float) -> bool:
    """Return whether a line begins a paragraph."""
    last = before[-1]
    if line.row or last.row or _ALONE.fullmatch(last.text.strip()):
        return True
    if abs(line.height - last.height) > 0.15 * max(line.height, last.height):
        return True
    ended = _SENTENCE_END.search(last.text.rstrip()) is not None
    if _BULLET.match(line.text.strip()) and (ended or _BULLET.match(before[0].text.strip())):
        return True
    if ended and _TURN.match(line.text.strip()):
        return True
    elsewhere = line.page != last.page or line.top > last.top + last.height
    if elsewhere:
        return ended and not line.text[:1].islower()
    if last.bottom - line.bottom > 1.35 * spacing:
        return True
    first = min(piece.left for piece in before)
    indented = line.left > first + 0.8 * line.height and len(before) > 1
    widest = max(piece.right for piece in before)
    return ended and (indented or last.right < widest - 4 * line.height)


def _goes_on(last: Piece, line: Piece) -> bool:
    """Return whether a line ends within a word whose rest begins the next line."""
    sizes = last.height, line.height
    alike = abs(sizes[0] - sizes[1]) <= 0.15 * max(sizes) and not (last.row or line.row)
    return alike and bool(_HYPHEN.search(last.text.rstrip())) and line.text.strip()[:1].islower()


def _paragraph(lines: Sequence[Piece], hyphens: Hyphens) -> Paragraph:
    text, page, breaks = "", lines[0].page, []
    for line in lines:
        piece = re.sub(r"\s+", " ", clean_text(line.text)).strip()
        parted = bool(_HYPHEN.search(text)) and piece[:1].islower()
        blank = " " if text and not parted else ""
        joined = parted and not hyphens.stays(text, piece)
        text = f"{text[:-1] if joined else text}{blank}"
        if line.page != page:
            page = line.page
            breaks.append((len(text), page))
        text += piece
    return Paragraph(text, lines[0].page, median(x.height for x in lines), tuple(breaks))


def _gutter(lines: Sequence[Piece]) -> float | None:
    """Find where the gap between two columns runs; None for a page of one."""
    left, right = min(x.left for x in lines), max(x.right for x in lines)
    width = right - left
    best, place = 0, None
    for edge in sorted({round(x.left, 0) for x in lines}):
        if not left + _MIN_COLUMN * width < edge < right - _MIN_COLUMN * width:
            continue
        at = edge - 2
        beside = [x for x in lines if x.left >= at]
        before = [x for x in lines if x.right <= at]
        crossing = len(lines) - len(beside) - len(before)
        starts = sum(1 for x in beside if abs(x.left - edge) < 3)
        if min(len(beside), len(before)) >= 3 and starts >= 3 and crossing * 2 < len(lines):
            score = starts + min(len(before), len(beside)) - crossing
            if score > best:
                best, place = score, at
    return place


def _columns(band: Sequence[Piece], gutter: float) -> list[Piece]:
    """Sort lines of two columns; each may have columns of its own."""
    first = [x for x in band if x.left < gutter]
    second = [x for x in band if x.left >= gutter]
    if not first or not second:
        return sorted(band, key=lambda p: (-round(p.bottom), p.left))
    return in_reading_order(first) + in_reading_order(second)


def _without_number(page: list[Piece]) -> list[Piece]:
    ordered = sorted(page, key=lambda p: -p.bottom)
    edge = {*ordered[:1], *ordered[-1:]}
    return [x for x in page if x not in edge or not _PAGE_NUMBER.fullmatch(x.text.strip())]


def _touches(line: Piece, page: Sequence[Piece], heads: set[Piece]) -> bool:
    """Return whether a line stands close to the text, as no running head does."""
    return any(
        abs(other.bottom - line.bottom) < 1.6 * line.height and other is not line
        for other in page
        if other not in heads
    )


def _patterns(line: Piece) -> set[str]:
    """
    Describe a line so that it equals itself on other pages.

    A number in it stands for itself, or counts with the pages; a line of the text whose numbers
    do neither is no running head.
    """
    numbers = list(_NUMBER.finditer(line.text))[:_MAX_NUMBERS]
    place = f"@{round(line.bottom / 4)}"
    found = {line.text.strip().casefold() + place}
    for chosen in product((False, True), repeat=len(numbers)):
        at, pieces = 0, []
        for counts, number in zip(chosen, numbers, strict=True):
            shown = f"#{int(number[0]) - line.page}" if counts else number[0]
            pieces += [line.text[at : number.start()], shown]
            at = number.end()
        found.add("".join([*pieces, line.text[at:]]).strip().casefold() + place)
    return found


def _spacing(page: Sequence[Piece]) -> float:
    """Measure the usual distance between two lines."""
    steps = [
        one.bottom - other.bottom
        for one, other in pairwise(page)
        if 0 < one.bottom - other.bottom < 4 * one.height
    ]
    return median(steps) if steps else 14.0
