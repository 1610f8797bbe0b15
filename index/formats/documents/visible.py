"""
Is a line of a PDF seen on its page?

Text can be white on white, behind a picture, off the sheet or drawn in no colour at all. So the
page is drawn, and a line counts where its place is not of one colour. The text that a scanner lays
over its picture is seen: the picture shows the letters.
"""

from __future__ import annotations

from typing import Any

# Pixels of a page that is drawn; a poster of more is taken as it is.
_MOST_PIXELS = 4_000_000
# Of 255 shades: less is the noise of a compressed picture.
_SEEN = 12
# Points; smaller letters are not read by anybody.
_LOWEST = 2.0


class DrawnPage:
    """A page as it is seen."""

    def __init__(self, page: Any) -> None:
        """Draw *page*, a page of pypdfium2."""
        width, height = page.get_size()
        self._pixels: Any = None
        if width * height <= _MOST_PIXELS:
            bitmap = page.render(scale=1, grayscale=True)
            self._pixels = bitmap.to_numpy()
            self._places = bitmap.get_posconv(page)

    def shows(self, left: float, bottom: float, right: float, top: float) -> bool:
        """
        Return whether anything is seen in a box of the page.

        Args:
            left, bottom, right, top: in points, in the page's own directions.
        """
        if self._pixels is None:
            return True
        if min(right - left, top - bottom) < _LOWEST:
            return False
        x, y = self._places.to_bitmap(left, top)
        x_end, y_end = self._places.to_bitmap(right, bottom)
        x, x_end = sorted((x, x_end))
        y, y_end = sorted((y, y_end))
        box = self._pixels[max(y, 0) : max(y_end + 1, 0), max(x, 0) : max(x_end + 1, 0)]
        return bool(box.size) and int(box.max()) - int(box.min()) >= _SEEN
