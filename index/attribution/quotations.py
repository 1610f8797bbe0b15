"""
Pair the quotation marks of one article.

Newspapers reopen a long quotation at every paragraph but close it once, so a plain stack
mis-pairs them; an apostrophe looks like a closing single mark. Offsets are characters into
the text. No I/O, no state; linear time.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from index.types import Span

_PARAGRAPH = re.compile(r"[^\r\n]+")
_DOUBLE = re.compile(r"“|”|„|«|»|\"|``|''")
_OPENS = re.compile(r"\s*[“\"„«]|\s*``")
# What may open a quotation with marks; a block quotation has none.
OPENS = re.compile(r"\s*[“\"„«‘']|\s*``")
_LEADS_IN = re.compile(
    r"\b(?P<cue>said|says|wrote|writes|told|replied|replies|answered|answers|posted|posts|tweeted"
    r"|added|adds|continued|continues|explained|stated|states|declared|announced|read|reads"
    r"|concluded|commented|insisted|warned|responded|message|letter|statement|e-?mail|post|tweet)\b"
    r"[^.!?:“”\"]{0,120}:\s*$"
)
_LONGEST_LEAD, _SHORTEST_BLOCK, _LONGEST_BLOCK = 200, 3, 1500
_SINGLE_OPEN = re.compile(r"(?:^|(?<=[\s(\[—–\-,:;]))[‘'](?=\w)")
_STOPS = '.,?!…"”'
_OPENING, _CLOSING, _EITHER = 1, -1, 0
# So many spaces at most stand between two sentences.
_SPACES = 8
_OPENERS = "([—–‘'"
_CLOSERS = ".,;:?!)]—–’'"
# So far behind an inner quotation the outer one may close.
_FARTHEST = 400
_SINGLE_CLOSE = re.compile(r"(?<=[\w.,?!…\"”])[’'](?=$|[\s.,;:?!)\]—–])")


def quotation_spans(text: str) -> list[Span]:
    """
    Find the outermost quotations of *text*, marks included, in reading order.

    A paragraph behind one that ends with "she wrote:" is a block quotation, without marks.

    A mark that is never closed in its paragraph runs to the paragraph's end if it opens it, or
    if the next paragraph opens with a mark again; any other unclosed mark is ignored. Single
    marks count only outside double ones.

    Returns:
        Spans that neither overlap nor cross a paragraph.
    """
    spans: list[Span] = []
    led = False
    paragraphs = [p for p in _PARAGRAPH.finditer(text) if p.group().strip()]
    reopened = [bool(_OPENS.match(p.group())) for p in paragraphs[1:]]
    for paragraph, runs_on in zip(paragraphs, [*reopened, False], strict=False):
        start, piece = paragraph.start(), paragraph.group()
        led_in, led = led, _leads_in(piece)
        if led_in and not led and _is_block(piece):
            spans.append(Span(start, start + len(piece.rstrip())))
            continue
        double = _double_quotations(piece, runs_on)
        spans += [Span(start + a, start + b) for a, b in _with_single(piece, double)]
    return spans


def _leads_in(paragraph: str) -> bool:
    """Return whether a paragraph announces the words that follow it."""
    return bool(_LEADS_IN.search(paragraph[-_LONGEST_LEAD:]))


def _is_block(paragraph: str) -> bool:
    """Return whether a paragraph behind a lead can be quoted: sentences without a mark before."""
    return (
        not OPENS.match(paragraph)
        and paragraph[:1].isalnum()
        and paragraph.rstrip()[-1:] in (".", "!", "?", "…")
        and len(paragraph) <= _LONGEST_BLOCK
        and len(paragraph.split()) >= _SHORTEST_BLOCK
    )


def _double_quotations(piece: str, runs_on: bool) -> list[tuple[int, int]]:
    """Pair the double marks of one paragraph; *runs_on* if the next one opens with a mark."""
    pairs: list[tuple[int, int]] = []
    opened: int | None = None
    inner = 0
    closed = 0
    for mark in _DOUBLE.finditer(piece):
        side = _side(piece, mark)
        if opened is None:
            if side != _CLOSING:
                opened, inner, closed = mark.start(), 0, 0
        elif side == _OPENING:
            # Behind a stop the same quotation opens again, as at a paragraph's head.
            inner += mark.group() == '"' and not _behind_stop(piece, mark.start())
        elif inner:
            inner, closed = inner - 1, mark.end()
        else:
            pairs.append((opened, mark.end()))
            opened = None
    if opened is not None and closed:
        pairs.append((opened, closed))
    elif opened is not None and (runs_on or not piece[:opened].strip()):
        pairs.append((opened, len(piece)))
    return pairs


def _behind_stop(piece: str, at: int) -> bool:
    """Return whether the words before a place end a sentence."""
    return piece[max(0, at - _SPACES) : at].rstrip()[-1:] in (*_STOPS, "")


def _side(piece: str, mark: re.Match[str]) -> int:
    """Return whether a mark opens or closes; a plain one by the space around it, if that tells."""
    sign = mark.group()
    if sign != '"':
        return _CLOSING if sign in ("”", "»", "''") else _OPENING
    before = piece[max(0, mark.start() - 1) : mark.start()]
    after = piece[mark.end() : mark.end() + 1]
    if not before or before.isspace() or before in _OPENERS:
        return _OPENING if after and not after.isspace() else _EITHER
    return _CLOSING if not after or after.isspace() or after in _CLOSERS else _EITHER


def _with_single(piece: str, double: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """
    Add the single-marked quotations that lie outside the *double* ones, or around them.

    'He said "no" once.' is one quotation, and the double marks stand in it. Only a mark behind a
    stop closes such a one: the '90s band "Gulls" won its fans' hearts.
    """
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
            end = _around(piece, closers, taken, d)
        if end:
            pairs.append((begin, end))
            reach = end
    inner = [pair for pair in taken if not _holds(pairs, pair)]
    return sorted(inner + pairs)


def _around(piece: str, closers: list[int], double: list[tuple[int, int]], first: int) -> int:
    """Find where a single mark closes behind the *first* double quotation; 0 if it does not."""
    behind = double[first][1]
    at = bisect_right(closers, behind)
    if at == len(closers):
        return 0
    end = closers[at]
    last = bisect_left(double, (end, 0)) - 1
    closes = piece[end - 2] in _STOPS and end - behind <= _FARTHEST and double[last][1] <= end
    return end if closes else 0


def _holds(pairs: list[tuple[int, int]], inner: tuple[int, int]) -> bool:
    """Return whether one of *pairs*, in order and apart, holds *inner*."""
    at = bisect_right(pairs, inner) - 1
    return at >= 0 and inner[1] <= pairs[at][1]
