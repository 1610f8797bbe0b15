"""
Give each block quotation to whoever leads it in: "she wrote:" and a paragraph without marks.

The tagger runs on behind its end, where the reporter goes on, and takes the verbs in it for cues of
others. Offsets are characters into the text. Pure; no I/O.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from index.attribution.quotations import OPENS
from index.attribution.tagger import CueFrame
from index.types import Span

_FARTHEST = 1500
# What an owner says besides, in the paragraph that leads in, has so many characters at least.
_FEW = 25


def own_blocks(text: str, frames: Sequence[CueFrame], quotations: Sequence[Span]) -> list[CueFrame]:
    """
    Give each block quotation to whoever leads it in, whole and alone.

    Args:
        text: the article's.
        frames: what the tagger found.
        quotations: the article's; those without a mark are block quotations.

    Returns:
        The frames in order of their cues, without those whose cue a block quotation holds.
    """
    ordered = sorted(frames, key=lambda frame: frame.cue[0])
    cues = [frame.cue[0].start for frame in ordered]
    led: dict[int, Span] = {}
    for block in quotations:
        if not OPENS.match(text, block.start):
            lead = _paragraph_before(text, block.start)
            last = bisect_left(cues, lead.end) - 1
            if last >= 0 and cues[last] >= lead.start:
                led[last] = block
    blocks = list(led.values())
    apart = [
        replace(frame, content=_content(frame, blocks, led.get(at)))
        for at, frame in enumerate(ordered)
        if not _in_one(frame.cue[0], blocks)
    ]
    return [frame for frame in apart if frame.content]


def _paragraph_before(text: str, at: int) -> Span:
    """Find the paragraph that ends before the one beginning at *at*."""
    first = max(0, at - _FARTHEST)
    end = first + len(text[first:at].rstrip())
    return Span(text.rfind("\n", first, end) + 1, end)


def _in_one(span: Span, blocks: Sequence[Span]) -> bool:
    """Return whether a span shares a character with a block quotation."""
    at = bisect_right(blocks, span.start, key=lambda block: block.end)
    return at < len(blocks) and blocks[at].start < span.end


def _content(frame: CueFrame, blocks: Sequence[Span], own: Span | None) -> tuple[Span, ...]:
    """Leave the block quotations out of a content; its *own* is in it whole."""
    left = [span for span in frame.content if not _in_one(span, blocks)]
    if own is None:
        return tuple(left)
    return (*(s for s in left if s.end <= own.start and s.end - s.start >= _FEW), own)
