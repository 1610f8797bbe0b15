"""
What a text sets apart by its look: the questions of an interview, labels, signed quotations.

Without its type an interview is prose in which nobody knows who speaks. Places are found again in
the text that was taken, since lines were left out of it on the way. Pure; no I/O.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from lxml import etree

from index.errors import ArticleError
from index.formats.parts.cites import Quote, quote_marks, quotes_in
from index.formats.parts.fields import storable
from index.formats.parts.markup import BLOCKS, DROPPED, html_tree, local_name
from index.types import Mark

_BOLD = frozenset({"b", "strong", "h2", "h3", "h4", "h5", "h6"})
_SLANTED = frozenset({"em", "i"})
_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)|font-style\s*:\s*italic", re.IGNORECASE)
_QUESTION_CLASS = re.compile(r"(?:^|[\s_-])(?:question|interviewer)(?:$|[\s_-])", re.IGNORECASE)
_BLANKS = re.compile(r"\s+")
_ASKS = re.compile(r"\?[\"”’')\]]*\s*\Z")
_LABEL = re.compile(r"[^\W\d_][^:?!\n]{0,60}:\s*\Z")
_NAME = re.compile(r"[^\W\d_][^:?!.\n]{0,60}\Z")
_MAX_LINES, _LONGEST = 400, 600
# An interview asks more than once.
_FEWEST = 2


class Apart(NamedTuple):
    """What a text sets apart: beginnings of lines in bold, quotations with a name below them."""

    bold: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()


NOTHING_APART = Apart()


def set_apart(root: etree._Element) -> Apart:
    """Find what is set apart below *root*."""
    return Apart(tuple(bold_in(root)), tuple(quotes_in(root)))


def set_apart_in_html(source: str, name: str) -> Apart:
    """Find the same in a piece of HTML; nothing where it cannot be parsed."""
    if "<" not in source:
        return Apart()
    try:
        return set_apart(html_tree(f"<div>{storable(source)}</div>", name))
    except ArticleError:
        return Apart()


def marks_of(text: str, apart: Apart) -> tuple[Mark, ...]:
    """Find again, in the text that was taken, what was set apart; in reading order."""
    return tuple(sorted((*bold_marks(text, apart.bold), *quote_marks(text, apart.quotes))))


class BoldLines:
    """Collects the lines of a text piece by piece, and keeps what begins them in bold."""

    def __init__(self) -> None:
        """Begin with an empty line."""
        self.found: list[str] = []
        self._pieces: list[tuple[str, bool]] = []

    def add(self, text: str, *, bold: bool) -> None:
        """Add a piece of the line."""
        if text:
            self._pieces.append((text, bold))

    def end(self) -> None:
        """End the line: keep it if it is bold, or the question or label in bold before the rest."""
        pieces, self._pieces = self._pieces, []
        count = next(
            (at for at, (text, bold) in enumerate(pieces) if not bold and text.strip()), len(pieces)
        )
        bold = "".join(text for text, _ in pieces[:count]).strip()
        rest = "".join(text for text, _ in pieces[count:]).strip()
        if rest.startswith(":") and _NAME.match(bold):
            bold += ":"
        whole = not rest or _ASKS.search(bold) or _LABEL.fullmatch(bold)
        if bold and whole and len(bold) <= _LONGEST and len(self.found) < _MAX_LINES:
            self.found.append(_BLANKS.sub(" ", bold))


def bold_in(root: etree._Element) -> list[str]:
    """List what stands in bold or italics at the beginning of a line below *root*."""
    lines = BoldLines()
    depth = 0
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        tag = local_name(element)
        if tag in BLOCKS or tag == "br":
            lines.end()
        if event == "end":
            depth -= _is_bold(element, tag)
            if element is not root:
                lines.add(_BLANKS.sub(" ", element.tail or ""), bold=depth > 0)
            continue
        depth += _is_bold(element, tag)
        if tag and tag not in DROPPED:
            lines.add(_BLANKS.sub(" ", element.text or ""), bold=depth > 0)
        elif element is not root:
            walker.skip_subtree()
    lines.end()
    return lines.found


def bold_marks(text: str, found: Sequence[str]) -> tuple[Mark, ...]:
    """
    Find again what was set in bold, in the text that was taken.

    Args:
        text: the article's.
        found: lines and beginnings of lines, blanks squeezed.

    Returns:
        Marks in reading order; none where nothing in bold asks, as an interview does.
    """
    wanted = sorted(set(found), key=len, reverse=True)
    if len(wanted) < _FEWEST or not any(map(_ASKS.search, wanted)):
        return ()
    begun = re.compile("|".join(r"\s+".join(map(re.escape, one.split())) for one in wanted))
    marks = []
    for line in re.finditer(r"[^\n\r]+", text):
        start = line.end() - len(line[0].lstrip())
        match = begun.match(text, start, line.end())
        if match is None:
            continue
        whole = match.end() == line.start() + len(line[0].rstrip())
        if whole or _ASKS.search(match[0]) or _LABEL.fullmatch(match[0]):
            marks.append(Mark(match.start(), match.end(), "bold"))
    return tuple(marks)


def _is_bold(element: etree._Element, tag: str) -> bool:
    if not tag:
        return False
    if tag in _BOLD or tag in _SLANTED:
        return True
    styled = _STYLE.search(element.get("style") or "")
    return bool(styled or _QUESTION_CLASS.search(element.get("class") or ""))
