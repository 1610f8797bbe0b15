"""
Put together what the tagger parts of one source, and tell it from what is another's.

Offsets are characters of the text given. No I/O.
"""

from __future__ import annotations

import re
from itertools import pairwise

from index.types import Attribution, Span

_JOINED = re.compile(r",?\s*(?:(?:and|as well as|along with|&)\s+)?")
_BETWEEN = r"\s+(?:the\s+|an?\s+)?"


def rejoined(text: str, attribution: Attribution) -> list[Span]:
    """Join the words of one name that the tagger parted: "the Centers for", "Ice Control"."""
    spans: list[Span] = []
    for span in attribution.source:
        gap = text[spans[-1].end : span.start] if spans else ""
        # "Mudslides" "forecasters" say: the first is another's.
        if gap == " " and not re.fullmatch(r"[a-z]+", text[slice(*spans[-1])]):
            span = Span(spans.pop().start, span.end)
        elif gap.isspace() and "\n\n" in gap and span.start < _cue_start(attribution):
            spans.clear()
        elif gap == " ":
            spans.pop()
        spans.append(span)
    cue = attribution.cue[0] if attribution.cue else None
    if spans and cue is not None and spans[-1].end == cue.start - 1:
        # "Ice Rights" "First found"
        more = re.match(r"(?:[A-Z][a-z]+ )+(?=[a-z])", text[cue.start : cue.end])
        if more is not None and text[spans[-1].end] == " ":
            spans[-1] = Span(spans[-1].start, cue.start + more.end() - 1)
    return spans


def _cue_start(attribution: Attribution) -> int:
    """Return where the first cue of an attribution stands; behind everything for none."""
    return attribution.cue[0].start if attribution.cue else attribution.source[-1].end + 1


def nearest_first(text: str, attribution: Attribution, source: list[Span]) -> list[Span]:
    """
    Put the part of a source that stands nearest to its cue first.

    Parts that a comma or "and" joins are one source; what else stands between two parts it to
    two, of which the farther is another's: "Congress to vote: Senator Anna Novak promises".
    """
    if len(source) < 2 or not attribution.cue:
        return source
    gaps = [text[a.end : b.start] for a, b in pairwise(source)]
    if all(_JOINED.fullmatch(gap) for gap in gaps):
        return source
    cue = attribution.cue[0]
    after = [span for span in source if re.fullmatch(_BETWEEN, text[cue.end : span.start])]
    named = after and text[after[0].start].isupper()
    if named and text[slice(*cue)].lower() == "according to":
        return [after[0], *(span for span in source if span != after[0])]
    behind = [span for span in source if span.end <= cue.start]
    if after and all(_is_over(text, span, attribution) for span in behind):
        # "Novak spoke." "We lost," said the driver: Novak's sentence is another.
        return [after[0], *(span for span in source if span != after[0])]
    near = behind[-1] if behind else source[0]
    apart = re.search(r"[.!?][”\"]?\s|\n", text[near.end : cue.start])
    if apart and re.match(r"according|per\b", text[slice(*cue)], re.I):
        near = next((span for span in source if span.start >= cue.end), near)
    return [near, *(span for span in source if span != near)]


def _is_over(text: str, span: Span, attribution: Attribution) -> bool:
    """Return whether the sentence of *span* ends before what is reported begins."""
    begins = min((c.start for c in attribution.content), default=attribution.cue[0].start)
    between = text[span.end : min(begins, attribution.cue[0].start)]
    return re.search(r"[a-z\d)”\"][.!?][”\"]?\s", between) is not None
