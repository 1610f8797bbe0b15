"""
PDF (.pdf): press releases, statements and reports that hold their text.

The text is what the pages show in reading order, without running heads, with words whole that a
line's end parted. A page without text is a scan: nobody's words can be read from it, so the file
is refused by the page's number. Of a report the pages are kept apart in the link ("#page=3").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from index.errors import ArticleError
from index.formats.documents.footnotes import without_footnotes, without_marks, without_numbers
from index.formats.documents.line_numbers import without_line_numbers
from index.formats.documents.pdf_head import (
    DATE,
    HEAD,
    HISTORY,
    dated_by_heads,
    issuer_of,
    title_of,
)
from index.formats.documents.pdf_layout import (
    Paragraph,
    in_reading_order,
    lines_of,
    paragraphs_of,
    without_running_heads,
)
from index.formats.documents.pieces import Piece
from index.formats.documents.visible import DrawnPage
from index.formats.pages.printed import printed_byline, printed_date, tells_of_the_day
from index.formats.parts.cleaning import clean_file
from index.formats.parts.dates import believable
from index.formats.parts.embargo import embargo_of
from index.formats.parts.fields import (
    first_date,
    first_words,
    id_from_name,
    storable,
    title_from_name,
)
from index.formats.parts.omissions import omissions
from index.types import Article

SUFFIXES: tuple[str, ...] = (".pdf",)
MIME_TYPES: tuple[str, ...] = ("application/pdf",)
SANDBOXED = True

MAX_PAGES = 600
_SEPARATOR = "\n\n"
_FEWEST_LETTERS = 3
# The length of a paragraph that is of the text; of its dateline.
_LONG, _DATELINE = 120, 60
# What pdfium gives for a hyphen at a line's end.
_LINE_HYPHEN = re.compile(r"[\x02\ufffe]\s*")
_WAY_OUT = "save the article's text as .txt"


def parse(data: bytes, name: str, charset: str | None = None) -> Iterator[Article]:
    """Read one article; raises ArticleError for a file that is locked, damaged or a scan."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as exc:
        locked = "password" in str(exc).lower()
        reason = "is locked by a password" if locked else "is damaged"
        raise ArticleError(f"{name}: the PDF {reason}; {_WAY_OUT}") from exc
    try:
        try:
            read = _read(document, name)
        except pypdfium2.PdfiumError as exc:
            raise ArticleError(f"{name}: the PDF is damaged; {_WAY_OUT}") from exc
        article = clean_file(read, name)
        # What was repaired only now may have moved the places of the pages.
        yield article if article.text == read.text else replace(article, pages=())
    finally:
        document.close()


def _read(document: Any, name: str) -> Article:
    if len(document) > MAX_PAGES:
        raise ArticleError(
            f"{name}: the PDF has {len(document)} pages, the limit is {MAX_PAGES}; split it"
        )
    hidden: list[str] = []
    pages = [_lines(document, number, hidden) for number in range(1, len(document) + 1)]
    empty = [number for number, page in enumerate(pages, start=1) if not _has_text(page)]
    if empty and (len(empty) == len(pages) or _has_picture(document, empty[0])):
        raise ArticleError(
            f"{name}: no text on page {empty[0]} of {len(pages)}, it is a scan; {_WAY_OUT}"
        )
    pages = [without_line_numbers(page) for page in pages]
    bodies = without_running_heads(pages)
    bodies, footnotes = without_footnotes(bodies)
    paragraphs = paragraphs_of(
        [in_reading_order(page) for page in without_numbers(bodies, footnotes)]
    )
    text = _SEPARATOR.join(one.text for one in paragraphs)
    if not text.strip():
        raise ArticleError(f"{name}: no text on page 1 of {len(pages)}; {_WAY_OUT}")
    facts = {key: str(value) for key, value in document.get_metadata_dict().items() if value}
    heads = [line.text for line in pages[0] if line not in bodies[0]]
    byline = printed_byline(text)
    return Article(
        id=id_from_name(name),
        title=title_of(facts, paragraphs) or first_words(text) or title_from_name(name),
        text=storable(text),
        embargoed_until=embargo_of(text, name),
        outlet=issuer_of(facts, paragraphs, heads, byline),
        published_at=_date(paragraphs) or printed_date(text) or dated_by_heads(heads),
        byline=byline,
        pages=_page_starts(paragraphs, len(pages)),
        left_out=omissions(
            [
                *(("hidden", line) for line in hidden),
                *(
                    ("footnote" if line in footnotes else "running head", line.text)
                    for page, body in zip(pages, bodies, strict=True)
                    for line in page
                    if line not in body
                ),
            ]
        ),
    )


def _page_starts(paragraphs: list[Paragraph], count: int) -> tuple[int, ...]:
    """Find where in the text each page begins; a page without text begins where the next does."""
    starts: dict[int, int] = {}
    at = 0
    for one in paragraphs:
        for offset, page in ((0, one.page), *one.breaks):
            starts.setdefault(page, at + offset)
        at += len(one.text) + len(_SEPARATOR)
    found: list[int] = []
    for page in range(count, 0, -1):
        found.append(starts.get(page, found[-1] if found else at - len(_SEPARATOR)))
    return tuple(reversed(found))


def _lines(document: Any, number: int, hidden: list[str]) -> list[Piece]:
    """Read the lines of one page that are seen there; the others go to *hidden*."""
    page = document[number - 1]
    text = page.get_textpage()
    try:
        pieces, drawn = [], DrawnPage(page)
        for index in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(index)
            low, high = _font_box(text, left, bottom, right, top)
            written = text.get_text_bounded(left, bottom, right, top).strip("\r\n")
            if written.strip() and right > left and top > bottom:
                line = re.sub(r"[\r\n]+", " ", _LINE_HYPHEN.sub("-", written))
                line = unicodedata.normalize("NFC", line)
                if not _has_word(line) or drawn.shows(left, bottom, right, top):
                    pieces.append(Piece(line, left, low, right, high, number))
                else:
                    hidden.append(line)
        return lines_of(without_marks(pieces))
    finally:
        text.close()
        page.close()


def _has_word(line: str) -> bool:
    return any(letter.isalnum() for letter in line)


def _font_box(text: Any, left: float, bottom: float, right: float, top: float) -> Any:
    """Measure the box of the font, not of the letters: lines of one size are of one height."""
    for part in (0.5, 0.3, 0.7, 0.1):
        at = text.get_index(left + part * (right - left), (bottom + top) / 2, 3, 3)
        if at is not None:
            _, low, _, high = text.get_charbox(at, loose=True)
            return low, high
    return bottom, top


def _has_text(page: list[Piece]) -> bool:
    return sum(letter.isalpha() for line in page for letter in line.text) >= _FEWEST_LETTERS


def _has_picture(document: Any, number: int) -> bool:
    """Return whether a page without text shows a picture, as a scan does."""
    page = document[number - 1]
    try:
        return any(True for _ in page.get_objects(filter=[3], max_depth=3))
    finally:
        page.close()


def _date(paragraphs: list[Paragraph]) -> datetime | None:
    """
    Read the date that stands alone above the text, or in the dateline that begins it.

    When the file was made says nothing: an old statement is exported again.
    """
    for one in [one for one in paragraphs if one.page == 1][:HEAD]:
        long = len(one.text) > _LONG
        if HISTORY.search(one.text) and not long:
            continue
        found = DATE.search(one.text, 0, _DATELINE if long else len(one.text))
        if found is not None and tells_of_the_day(one.text, found.start()):
            found = None
        if found is not None and (long or len(one.text) < _LONG):
            return believable(first_date(found[0]))
        if long:
            return None
    return None
