"""
Pair the quotation marks of one article.

Newspapers reopen a long quotation at every paragraph but close it once, so a plain stack
mis-pairs them; an apostrophe looks like a closing single mark. Offsets are characters into
the text. No I/O, no state; linear time.
"""

from __future__ import annotations

import re

from index.types import Span

_PARAGRAPH = re.compile(r"[^\r\n]+")
_DOUBLE = re.compile(r"“|”|„|«|»|\"|``|''")
_OPENS = re.compile(r"\s*[“\"„«]|\s*``")
_SINGLE_OPEN = re.compile(r"(?:^|(?<=[\s(\[—–\-,:;]))[‘'](?=\w)")
_SINGLE_CLOSE = re.compile(r"(?<=[\w.,?!…])[’'](?=$|[\s.,;:?!)\]—–])")


def quotation_spans(text: str) -> list[Span]:
    """
    Find the outermost quotations of *text*, marks included, in reading order.

    A mark that is never closed in its paragraph runs to the paragraph's end if it opens it, or
    if the next paragraph opens with a mark again; any other unclosed mark is ignored. Single
    marks count only outside double ones.

    Returns:
        Spans that neither overlap nor cross a paragraph.
    """
    spans: list[Span] = []
    paragraphs = [p for p in _PARAGRAPH.finditer(text) if p.group().strip()]
    reopened = [bool(_OPENS.match(p.group())) for p in paragraphs[1:]]
    for paragraph, runs_on in zip(paragraphs, [*reopened, False], strict=False):
        start, piece = paragraph.start(), paragraph.group()
        double = _double_quotations(piece, runs_on)
        spans += [Span(start + a, start + b) for a, b in _with_single(piece, double)]
    return spans


def _double_quotations(piece: str, runs_on: bool) -> list[tuple[int, int]]:
    """Pair the double marks of one paragraph; *runs_on* if the next one opens with a mark."""
    pairs: list[tuple[int, int]] = []
    opened: int | None = None
    for mark in _DOUBLE.finditer(piece):
        sign = mark.group()
        if opened is None:
            if sign not in ("”", "»", "''"):
                opened = mark.start()
        elif sign in ('"', "”", "»", "''"):
            pairs.append((opened, mark.end()))
            opened = None
    if opened is not None and (runs_on or not piece[:opened].strip()):
        pairs.append((opened, len(piece)))
    return pairs


def _with_single(piece: str, double: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Add the single-marked quotations that lie outside the *double* ones."""
    taken = sorted(double)
    closers = [m.end() for m in _SINGLE_CLOSE.finditer(piece)]
    pairs: list[tuple[int, int]] = []
    reach = d = c = 0
    for mark in _SINGLE_OPEN.finditer(piece):
        begin = mark.start()
        while d < len(taken) and taken[d][1] <= begin:
            d += 1
        if begin < reach or (d < len(taken) and taken[d][0] <= begin):
            continue
        while c < len(closers) and closers[c] <= begin + 1:
            c += 1
        if c == len(closers):
            break
        end = closers[c]
        if d < len(taken) and taken[d][0] < end:
            continue
        pairs.append((begin, end))
        reach = end
    return sorted(taken + pairs)
