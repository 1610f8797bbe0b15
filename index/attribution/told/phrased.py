"""
Give words about somebody to whose words they are: 'Mint, in the words of one critic, "lies"'.

The tagger takes the subject of such a sentence for its speaker. Only a cue that names another's
words counts: "Mint said, in the words of the song" is Mint's. Offsets are characters into the
text. No I/O.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from index.attribution.tagger import CueFrame
from index.types import Span

_WHO = (
    r"(?P<who>(?:(?:an?|one|the|some|several|his|her|its|their|another|many)\s"
    r"(?:[\w’'-]+\s){0,5}?[\w’'-]+|[A-Z][\w.’'-]*(?:\s(?:of\s)?[A-Z][\w.’'-]*){0,4}))"
)
_PATTERNS = (
    re.compile(
        r"\b(?:in the (?:[a-z]+ )?(?:words?|phrase|phrasing|formulation|view|opinion|eyes|telling"
        r"|estimation|judge?ment|verdict|description|reading) of|to (?:quote|cite|(?:borrow|use)"
        r" (?:a|the) (?:phrase|words?|line) (?:of|from))|as (?:described|portrayed|characteri[sz]ed"
        rf"|depicted|summed up|put) by)\s{_WHO}(?=\s*[,“\"‘'—–(])"
    ),
    re.compile(
        rf"\bas\s{_WHO}\s(?:(?:once|has|had|later|memorably|recently)\s)*(?:put|puts|phrased"
        r"|described|describes|called|calls|worded|summed up|(?:said|says|wrote|writes) of)"
        r"\s(?:it|him|her|them|this|that)\b"
    ),
    re.compile(
        rf"\bwhat\s{_WHO}\s(?:(?:once|has|had|later)\s)*(?:called|calls|dubbed|termed|labell?ed"
        r"|described as|describes as)\b"
    ),
)
_REACH = 120  # characters


def phrased(text: str, frame: CueFrame) -> CueFrame:
    """Give a frame to the one whose words its cue says they are."""
    if not frame.cue or not frame.content:
        return frame
    for whole, who in _phrases(text, frame):
        if not any(cue.start < whole.end and whole.start < cue.end for cue in frame.cue):
            continue
        if frame.source and all(s.start < who.end and who.start < s.end for s in frame.source):
            continue
        content = tuple(_behind(text, span, whole) for span in frame.content)
        kept = tuple(span for span in content if span.start < span.end)
        if kept:
            named_last = who.end == whole.end
            cue = (Span(whole.start, who.start - 1),) if named_last else frame.cue
            return replace(frame, source=(who,), cue=cue, content=kept)
    return frame


def _phrases(text: str, frame: CueFrame) -> Iterator[tuple[Span, Span]]:
    """Find the phrases around a cue that say whose words follow: the whole, and who."""
    start = max(0, frame.cue[0].start - _REACH)
    for pattern in _PATTERNS:
        for found in pattern.finditer(text, start, frame.cue[-1].end + _REACH):
            yield Span(*found.span()), Span(*found.span("who"))


def _behind(text: str, span: Span, whole: Span) -> Span:
    """Cut from a content what the phrase itself has of it."""
    if not (span.start < whole.end and whole.start < span.end):
        return span
    start = whole.end
    while start < span.end and text[start] in " ,—–-":
        start += 1
    return Span(start, span.end)
