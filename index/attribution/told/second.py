"""
Part what somebody repeats of another's words from what he adds of his own.

'"Taxes are theft," Novak quoted. "No, they build schools."': the tagger reads both as one. Behind
"Novak quoted Lind as saying" the next quotation may be either's. Offsets are characters. No I/O.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.attribution.tagger import CueFrame
from index.types import Span

_REPEATS = re.compile(
    r"\b(?:repeat(?:s|ed|ing)?|mock(?:s|ed|ing)?|mimick?(?:s|ed|ing)?|imitat(?:es?|ed|ing)"
    r"|read(?:s|ing)?(?: (?:out|aloud|back)\b(?: loud)?)?|recit(?:es?|ed|ing)|parrot(?:s|ed|ing)?"
    r"|sneer(?:s|ed|ing)?|scoff(?:s|ed|ing)?|laugh(?:s|ed|ing)?|jeer(?:s|ed|ing)?"
    r"|quot(?:es?|ed|ing)|cit(?:es?|ed|ing)|chuckl(?:es?|ed|ing)|parod(?:ies|ied|ying))\b",
    re.I,
)
_SAYING = re.compile(r"\b(?:saying|telling|writing)\b")
_ENDS = re.compile(r"[.!?][”\"’']?\s")
_WORD = re.compile(r"[^\W_]+(?:['’.\-][^\W_]+)*")
_FEWEST = 2


def repeats(text: str, cue: Sequence[Span]) -> bool:
    """Return whether a cue is one of repeating what is quoted: "mocked", "read out"."""
    return any(_REPEATS.search(text, *span) for span in cue)


def without_seconds(
    text: str, frames: Sequence[CueFrame], quotations: Sequence[Span]
) -> list[CueFrame]:
    """
    Part the quotations of frames that repeat: a second mention, and what follows it.

    Args:
        text: the article's.
        frames: what was found so far, in order of their cues.
        quotations: the article's, marks included, in reading order.

    Returns:
        All frames, in order of their cues.
    """
    found: list[CueFrame] = []
    for frame in frames:
        if len(frame.content) < _FEWEST or not repeats(text, frame.cue):
            found.append(frame)
            continue
        cue = frame.cue[-1]
        later = tuple(
            s for s in frame.content if s.start > cue.end and _ENDS.search(text, cue.end, s.start)
        )
        kept = tuple(s for s in frame.content if s not in later)
        of_another = len(frame.cue) > 1 and any(_SAYING.search(text, *c) for c in frame.cue[1:])
        if not later or not kept or not (of_another or _known(text, kept, quotations)):
            found.append(frame)
            continue
        found.append(replace(frame, content=kept))
        if not of_another:
            found.append(replace(frame, content=later))
    return found


def _known(text: str, kept: Sequence[Span], quotations: Sequence[Span]) -> bool:
    """Return whether words were quoted before."""
    first = _words(text, kept[0])
    return any(q.end <= kept[0].start and _words(text, q) == first for q in quotations)


def _words(text: str, span: Span) -> list[str]:
    """List the words of a span, in small letters."""
    return [word.lower() for word in _WORD.findall(text, *span)]
