"""
Who speaks in the passive: "Demir was quoted as saying", "described as “a menace” by the mayor".

The tagger takes the subject of a passive for content ("Demir is said to be ill"), which is right
for most, and loses who follows "by". Offsets are characters into the text. No I/O.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from index.attribution.tagger import CueFrame
from index.types import Span

_WORD = re.compile(r"[^\W_]+(?:['’.,&\-][^\W_]+)*")
_QUOTED_AS = re.compile(
    r"\b(?:quoted|cited)\b[^.]{0,60}\bas (?:saying|telling)\b"
    r"|\b(?:reported|said|understood) to have (?:said|told|written|added|warned|replied)\b",
    re.IGNORECASE,
)
_PASSIVE = re.compile(r"\b(?:is|was|were|are|been|being)\s+(?:\w+ly\s+)?\w+(?:ed|en|d)\b")
# "… as “a menace” by the harbour board"
_BY = re.compile(
    r"[”\"’']\s+by\s+(?P<who>(?:(?:the|an?|his|her|their|its)\s)?[\w’'.-]+(?:\s[\w’'.-]+){0,7})$"
)
# What a content cut off: "by the Harbour" (Board).
_REST = re.compile(r"(?:\s[A-Z][\w’'-]*)+")
# "was told by police", "Novak, asked by police"
_TOLD_BY = re.compile(r"\s+by\s+(?:the\s+|an?\s+)?$")
MAX_SUBJECT_WORDS = 12


def active(text: str, frame: CueFrame, edges: Mapping[int, Span]) -> CueFrame:
    """
    Give a passive its source: "Demir was quoted as saying that …", or so behind a quotation.

    Args:
        text: the article's.
        frame: as the tagger found it.
        edges: the article's quotations by their first and their last place.

    Returns:
        The frame, with the source that its passive names.
    """
    cue = frame.cue[0]
    asked_by = any(_TOLD_BY.fullmatch(text, cue.end, max(cue.end, s.start)) for s in frame.source)
    if asked_by or _PASSIVE.search(text, cue.start, cue.end):
        frame = _with_agent(text, frame)
    if frame.source or not _QUOTED_AS.search(text, cue.start, cue.end):
        return frame
    content = [part for span in frame.content for part in _behind_quotation(span, edges)]
    subject = max((span for span in content if span.end <= cue.start), default=cue)
    short = 0 < len(_WORD.findall(text, subject.start, subject.end)) <= MAX_SUBJECT_WORDS
    if len(content) < 2 or not short or text[subject.end : cue.start].strip(" ,"):
        return frame
    said = tuple(span for span in content if span != subject)
    return CueFrame((subject,), frame.cue, said, frame.score)


def _behind_quotation(span: Span, edges: Mapping[int, Span]) -> tuple[Span, ...]:
    """Part a quotation from the words of *span* that follow it."""
    quotation = edges.get(span.start)
    if quotation is None or quotation.start != span.start or quotation.end >= span.end:
        return (span,)
    return quotation, Span(quotation.end, span.end)


def _with_agent(text: str, frame: CueFrame) -> CueFrame:
    """Find who follows "by": in a content behind its quotation, or among several sources."""
    cue = frame.cue[0]
    agents = [
        span
        for span in frame.source
        if span.start >= cue.end and _TOLD_BY.fullmatch(text, cue.end, span.start)
    ]
    if agents and len(frame.source) > 1:
        named = tuple(span for span in frame.source if span >= agents[0])
        return CueFrame(named, frame.cue, frame.content, frame.score)
    last = frame.content[-1] if frame.content else cue
    found = None if frame.source else _BY.search(text, last.start, last.end)
    if found is None:
        return frame
    said = Span(last.start, found.start() + 1)
    rest = _REST.match(text, found.end("who"))
    who = Span(found.start("who"), rest.end() if rest else found.end("who"))
    return CueFrame((who,), frame.cue, (*frame.content[:-1], said), frame.score)
