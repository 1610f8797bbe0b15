"""
Keep statements within headings and lists: what stands in another paragraph is not theirs.

The tagger reads a heading or a list's item above a statement as its beginning: 'Who pays "We do,"
he said' has two words that he did not say. Only a quotation mark carries speech across a border.
Offsets are characters into the text. Pure; no I/O.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.attribution.tagger import CueFrame
from index.types import Article, Attribution, Span

_LINE = re.compile(r"[^\n\r]+")
_STOPPED = re.compile(r"[.!…:;,”\"’'»)\]](?:\s*)\Z")
_ASKS = re.compile(r"[A-Z][^.!?\n\"“”]{2,90}\?\s*\Z")
_LISTS = re.compile(r":\s*\Z")
_BLANK = re.compile(r"\s*\Z")
_FEWEST = 3  # characters that a piece has at least


def within_borders(
    text: str, frames: Sequence[CueFrame], quotations: Sequence[Span]
) -> list[CueFrame]:
    """
    Cut from each content what stands beyond its paragraph and in no quotation.

    Args:
        text: the article's.
        frames: what the tagger found, in order of their cues.
        quotations: the article's, in reading order.

    Returns:
        The frames, without those of which nothing is left.
    """
    cut = [replace(frame, content=_within(text, frame, quotations)) for frame in frames]
    return [frame for frame in cut if frame.content]


def without_headline(article: Article, found: Sequence[Attribution]) -> list[Attribution]:
    """Leave out what the headline says above a text: the text says whose words they are."""
    line = _LINE.search(article.text)
    if line is None or _shown(line[0]) != _shown(article.title) or _STOPPED.search(line[0]):
        return list(found)
    if _BLANK.match(article.text, line.end()):
        return list(found)
    return [one for one in found if (one.cue or one.content)[0].start >= line.end()]


def _shown(line: str) -> str:
    return " ".join(line.split()).strip("#*_ ").casefold()


def _within(text: str, frame: CueFrame, quotations: Sequence[Span]) -> tuple[Span, ...]:
    """Cut the content of one frame."""
    first = min([frame.cue[0].start, *(span.start for span in frame.source)])
    home = Span(_line_start(text, first), _line_end(text, frame.cue[0].end))
    lists = _LISTS.search(text, home.start, home.end) is not None
    kept: list[Span] = []
    passed = False
    for span in sorted(frame.content):
        for piece in _lines(text, span):
            if piece.end <= home.start:
                kept += _quoted(piece, quotations)
                continue
            beyond = piece.start >= home.end and not lists
            passed = passed or (beyond and not _quoted(piece, quotations) and _heads(text, piece))
            kept += _quoted(piece, quotations) if passed else [piece]
    return tuple(_joined(text, kept, frame.content))


def _lines(text: str, span: Span) -> Iterator[Span]:
    """Part a span at line breaks."""
    for line in _LINE.finditer(text, *span):
        if line[0].strip():
            yield Span(*line.span())


def _joined(text: str, pieces: Sequence[Span], spans: Sequence[Span]) -> Iterator[Span]:
    """Put pieces together again that were one span, with nothing but blanks between them."""
    last: Span | None = None
    for piece in pieces:
        whole = last and any(s.start <= last.start and piece.end <= s.end for s in spans)
        if last and whole and not text[last.end : piece.start].strip():
            last = Span(last.start, piece.end)
            continue
        if last:
            yield last
        last = piece
    if last:
        yield last


def _quoted(piece: Span, quotations: Sequence[Span]) -> list[Span]:
    """Give the parts of a piece that stand in quotations."""
    at = bisect_right(quotations, piece.start, key=lambda one: one.end)
    found = []
    for one in quotations[at:]:
        if one.start >= piece.end:
            break
        start, end = max(one.start, piece.start), min(one.end, piece.end)
        if end - start >= _FEWEST:
            found.append(Span(start, end))
    return found


def _heads(text: str, piece: Span) -> bool:
    """Return whether the line of a piece is a heading: no stop, or a short question."""
    line = text[_line_start(text, piece.start) : _line_end(text, piece.start)].strip()
    if _ASKS.fullmatch(line):
        return True
    return line[:1].isupper() and not _STOPPED.search(line) and not line.endswith("?")


def _line_start(text: str, at: int) -> int:
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


def _line_end(text: str, at: int) -> int:
    ends = [end for end in (text.find("\n", at), text.find("\r", at)) if end >= 0]
    return min(ends, default=len(text))
