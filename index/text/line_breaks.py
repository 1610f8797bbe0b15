"""
Tell line breaks within a sentence from those that part paragraphs.

Where lines were wrapped at will no width tells: a line without a stop goes on in the next that
begins in small letters, or if its last word opens a phrase ("of", "the"), and nothing ends while a
quotation is open. Offsets are characters into the text. Pure; no I/O.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from index.types import Span

_LINE_OR_BREAK = re.compile(r"[^\n\r]+|\r\n|\r|\n")
_STOP = re.compile(r"[.!?…:;]['\"”’»)\]]*\Z")
# A list's item, a turn, a quoted or indented line, a rule: it begins anew.
BEGINS = re.compile(
    r"\s|[-–—•*▪◦+]\s|\(?(?:\d{1,3}|[A-Za-z])[.)]\s|[>#|=\[_~]|---|\*\*\*|"
    r"Q[\s.:]|A(?:[.:]|\s{2,})|(?:[A-Z][\w.'’-]*[ ,]{0,2}){1,6}(?:\([^()]{1,60}\) ?)?:\s"
)
TABLE = re.compile(r"\S(?:[ \u00a0]{3,}|\t)\S|\|")
_SMALL = re.compile(r"[^\W\d_A-ZÀ-ÖØ-Þ]")
_SMALL_WORD = re.compile(r"(?<!\S)[a-z][\w’'-]*")
# No heading has a sentence or a quotation that ends within it.
_PROSE = re.compile(r"[.!?,][”\"’)]+ |[a-z]{3}[.!?] (?=[A-Z“\"])")
_MARKS = re.compile(r"[“„«”»\"]")
_OPENS = re.compile(r"[“„«\"‘]")
_CLOSING = "”»"
# A wrapped line has so many characters and words; a longer one is a paragraph.
_SHORTEST, _LONGEST, _FEWEST_WORDS = 16, 120, 3
# Words that no line ends with where its sentence does.
_NEVER_LAST = re.compile(
    r"\b(?:an?|the|of|to|on|in|by|with|from|for|and|or|but|that|than|as|at|into|between|his|her|its|their|"
    r"our|is|are|was|were|has|have|had|will|would|be|been|who|which|when|because|Mr|Mrs|Ms|Dr)\.?\Z"
)


def soft_breaks(text: str) -> list[Span]:
    """
    Find the line breaks of *text* that stand within a sentence or an open quotation.

    Returns:
        Spans in reading order, each a break with the blanks around it.
    """
    return [found for block in _blocks(text) for found in _soft(text, block)]


def without_soft_breaks(text: str) -> str:
    """Give *text* with blanks for each such break, as many as it has characters."""
    found = soft_breaks(text)
    if not found:
        return text
    pieces, at = [], 0
    for start, end in found:
        pieces += [text[at:start], " " * (end - start)]
        at = end
    return "".join([*pieces, text[at:]])


def _blocks(text: str) -> Iterator[list[Span]]:
    """Yield the lines that stand together, without a blank line between them."""
    block: list[Span] = []
    for found in _LINE_OR_BREAK.finditer(text):
        if found[0].strip():
            block.append(Span(*found.span()))
        elif block and block[-1].end != found.start():
            yield block
            block = []
    if block:
        yield block


def _soft(text: str, block: Sequence[Span]) -> Iterator[Span]:
    """Yield the soft breaks of one block."""
    lines = [text[slice(*line)].rstrip() for line in block]
    if len(lines) < 2 or all(_SMALL.match(line) for line in lines):
        return
    opened = _open_behind(lines)
    for at, (one, other) in enumerate(pairwise(lines)):
        if _may_go_on(one, other) and (opened[at] or _goes_on(one, other)):
            yield Span(block[at].start + len(one), block[at + 1].start)


def _may_go_on(line: str, following: str) -> bool:
    """Return whether a line is as long as wrapped ones, and the next begins nothing."""
    if max(len(line), len(following)) > _LONGEST:
        return False
    return not (BEGINS.match(following) or TABLE.search(line) or TABLE.search(following))


def _goes_on(line: str, following: str) -> bool:
    """Return whether a line without a stop goes on in the next."""
    if len(line.split()) < _FEWEST_WORDS or len(line) < _SHORTEST:
        return False
    if _STOP.search(line):
        return False
    small = _SMALL.match(following) or _NEVER_LAST.search(line)
    return bool(small or (_PROSE.search(line) and len(_SMALL_WORD.findall(line)) >= _FEWEST_WORDS))


def _open_behind(lines: Sequence[str]) -> list[bool]:
    """Return behind which lines a quotation is open that a later line of the block closes."""
    opened, found = False, []
    closing = [at for at, line in enumerate(lines) if re.search(r"[”»\"]", line)]
    for at, line in enumerate(lines):
        for mark in _MARKS.findall(line):
            opened = not opened if mark == '"' else mark not in _CLOSING
        closes = bisect_right(closing, at) < len(closing)
        reopens = at + 1 < len(lines) and _OPENS.match(lines[at + 1])
        found.append(opened and closes and not reopens)
    return found
