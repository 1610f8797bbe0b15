"""
Find the tables of a PDF: rows whose cells begin or end at the same places and leave room.

Read column by column a table is nonsense, and its cells run into the prose below. Each row becomes
one line, its cells parted by " | ". Columns of prose look alike, but their lines are full and go
on in small letters. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from index.formats.documents.pieces import Piece, joined_piece, on_one_line

_FEWEST_ROWS, _FEWEST_CELLS = 2, 2
# Prose fills its column; few lines of a table do.
_FULL, _NEARLY_FULL = 0.85, 0.7
_SMALL, _LONG = 0.4, 18
# Lines of prose that do not fill their column: so many words, lines, and lines that go on.
_FEWEST_WORDS, _FEWEST_LINES, _GOES_ON = 3, 4, 0.25
_STOP = re.compile(r"[.!?:;][\"”’)\]]*\Z")
# So far apart two edges of one column are, in points.
_ALIGNED = 4.0
# Rows of one table are no further apart than this, in heights of a line.
_GAP = 4.0
_SEPARATOR = " | "


def with_table_rows(lines: Sequence[Piece]) -> list[Piece]:
    """Join the cells of each row of a table to one line; other lines stay as they are."""
    rows = _with_parts(_rows(lines))
    prose = _prose_places(rows)
    found: list[Piece] = []
    at = 0
    while at < len(rows):
        end = at + 1
        while end < len(rows) and _belongs(rows[at:end], rows[end]):
            end += 1
        run = rows[at:end]
        while run and len(run[-1]) < _FEWEST_CELLS:
            run = run[:-1]
        if _is_table(run) and not _is_read_down(run, prose):
            for row in run:
                found += _row(row, [other for other in run if other is not row])
        else:
            run = rows[at : at + 1]
            found += run[0]
        at += len(run)
    return found


def _rows(lines: Sequence[Piece]) -> list[list[Piece]]:
    """Sort lines into rows from top to bottom, each from left to right."""
    rows: list[list[Piece]] = []
    for line in sorted(lines, key=lambda p: (-p.bottom, p.left)):
        if rows and on_one_line(rows[-1][0], line):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda p: p.left) for row in rows]


def _with_parts(rows: Sequence[list[Piece]]) -> list[list[Piece]]:
    """Part the lines of a row where its parts stand in the columns of a row beside it."""
    parted = [[part for line in row for part in line.parts or (line,)] for row in rows]
    found = []
    for at, row in enumerate(rows):
        near = [i for i in range(max(0, at - 2), min(len(rows), at + 3)) if i != at]
        apart = len(parted[at]) > len(row) and any(
            _are_columns(parted[at], rows[i] if len(rows[i]) >= _FEWEST_CELLS else parted[i])
            for i in near
        )
        found.append(parted[at] if apart else row)
    return found


def _are_columns(cells: Sequence[Piece], row: Sequence[Piece]) -> bool:
    """Return whether cells stand in two columns of *row*, and one begins where its does."""
    inner = any(abs(a.left - b.left) < _ALIGNED for a in cells[1:] for b in row[1:])
    inner = inner or any(abs(a.right - b.right) < _ALIGNED for a in cells[:-1] for b in row[:-1])
    return inner and len(_in_columns(cells, row)) >= _FEWEST_CELLS


def _in_columns(cells: Sequence[Piece], row: Sequence[Piece]) -> set[int]:
    """Number the cells of *row* that have one of *cells* above or below them."""
    return {
        at for at, other in enumerate(row) if any(_is_in_column(cell, [other]) for cell in cells)
    }


def _belongs(run: Sequence[Sequence[Piece]], row: Sequence[Piece]) -> bool:
    """Return whether a row goes on with the table that *run* may be."""
    above = [one for one in run if len(one) >= _FEWEST_CELLS]
    near = run[-1][0].bottom - row[0].top < _GAP * row[0].height
    if len(run[0]) < _FEWEST_CELLS or not near:
        return False
    if len(row) < _FEWEST_CELLS:
        # The second line of a cell, or one of which the others are empty.
        return any(abs(row[0].left - cell.left) < _ALIGNED for cell in above[-1][1:])
    return len(_in_columns(row, above[-1])) >= _FEWEST_CELLS


def _is_in_column(cell: Piece, row: Sequence[Piece]) -> bool:
    """Return whether a cell begins, ends or has its middle where one of another row has."""
    return any(
        abs(cell.left - other.left) < _ALIGNED
        or abs(cell.right - other.right) < _ALIGNED
        or abs(cell.left + cell.right - other.left - other.right) < 2 * _ALIGNED
        for other in row
    )


def _is_table(run: Sequence[Sequence[Piece]]) -> bool:
    rows = [row for row in run if len(row) >= _FEWEST_CELLS]
    # Two lines of two columns may stand side by side by chance.
    if len(rows) < _FEWEST_ROWS or (len(rows) == _FEWEST_ROWS and len(rows[0]) == _FEWEST_CELLS):
        return False
    columns: dict[int, list[tuple[Piece, float]]] = {}
    for row in rows:
        for at, cell in enumerate(row):
            end = row[at + 1].left if at + 1 < len(row) else max(line[-1].right for line in rows)
            share = (cell.right - cell.left) / max(1.0, end - cell.left)
            columns.setdefault(at, []).append((cell, share))
    inner = (cells for at, cells in columns.items() if at + 1 < max(map(len, rows)))
    full = any(3 * sum(share > _FULL for _, share in cells) > len(cells) for cells in inner)
    return not full and not any(map(_is_prose, columns.values()))


def _prose_places(rows: Sequence[Sequence[Piece]]) -> list[float]:
    """
    Find where columns of prose begin that few of their lines fill: a short story in two columns.

    The lines that begin at one place are several words long, and some go on in small letters where
    the line above has not ended.
    """
    columns: list[list[Piece]] = []
    for row in rows:
        for cell in row:
            own = next((c for c in columns if abs(c[0].left - cell.left) < _ALIGNED), None)
            if own is None:
                columns.append([cell])
            else:
                own.append(cell)
    return [column[0].left for column in columns if _goes_on(column)]


def _goes_on(column: Sequence[Piece]) -> bool:
    """Return whether lines below each other read as one text."""
    lines = [line.text.strip() for line in column]
    on = sum(below[:1].islower() and not _STOP.search(above) for above, below in pairwise(lines))
    return len(lines) >= _FEWEST_LINES and on >= max(2, _GOES_ON * len(lines)) and _is_wordy(lines)


def _is_wordy(lines: Sequence[str]) -> bool:
    """Return whether most lines are as long as those of prose, not as the cells of a table."""
    words = median(len(line.split()) for line in lines)
    return median(map(len, lines)) >= _LONG and words >= _FEWEST_WORDS


def _is_read_down(run: Sequence[Sequence[Piece]], prose: Sequence[float]) -> bool:
    """Return whether every column of what may be a table is one of prose."""
    rows = [row for row in run if len(row) >= _FEWEST_CELLS]
    columns = [[row[at] for row in rows if at < len(row)] for at in range(max(map(len, rows)))]
    return all(
        _is_wordy([cell.text.strip() for cell in cells])
        and all(any(abs(cell.left - place) < _ALIGNED for place in prose) for cell in cells)
        for cells in columns
    )


def _is_prose(cells: Sequence[tuple[Piece, float]]) -> bool:
    """Return whether the lines of a column fill it, are long, and go on in small letters."""
    lines = [cell.text.strip() for cell, _ in cells]
    small = sum(line[:1].islower() for line in lines)
    filled = median(share for _, share in cells) > _NEARLY_FULL
    return filled and small > _SMALL * len(lines) and median(map(len, lines)) >= _LONG


def _row(cells: Sequence[Piece], others: Sequence[Sequence[Piece]]) -> list[Piece]:
    """Join the cells that stand in a column; a line of prose beside the table stays apart."""
    tables = [other for other in others if len(other) >= _FEWEST_CELLS]
    inside = [cell for cell in cells if any(_is_in_column(cell, other) for other in tables)]
    if not inside:
        return list(cells)
    row = inside[0]
    for cell in inside[1:]:
        row = joined_piece(row, cell, _SEPARATOR)
    return [row.as_row(), *(cell for cell in cells if cell not in inside)]
