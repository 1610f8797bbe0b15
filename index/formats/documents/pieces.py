"""
Stretches of text with their places on a page, in points from the lower left corner, y upwards.
"""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Piece:
    """
    A stretch of text on one line; ``page`` counts from 1.

    ``parts``: what it was joined of, where wider gaps than a blank's are. ``row``: a table's.
    """

    text: str
    left: float
    bottom: float
    right: float
    top: float
    page: int
    parts: tuple[Piece, ...] = ()
    row: bool = False

    @property
    def height(self) -> float:
        """How high its letters are."""
        return self.top - self.bottom

    def as_row(self) -> Piece:
        """Give the same as a row of a table."""
        return replace(self, row=True)


def on_one_line(one: Piece, other: Piece) -> bool:
    """Return whether two stretches stand on one line."""
    shared = min(one.top, other.top) - max(one.bottom, other.bottom)
    return shared > 0.5 * min(one.height, other.height)


def joined_piece(one: Piece, other: Piece, blank: str) -> Piece:
    """Join two stretches, with what stands between them."""
    return Piece(
        f"{one.text}{blank}{other.text}", one.left, min(one.bottom, other.bottom),
        max(one.right, other.right), max(one.top, other.top), one.page,
    )  # fmt: skip
