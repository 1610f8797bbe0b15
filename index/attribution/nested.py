"""
Statements carried by another outlet: "Officials said the gate was open, the Daily Tern reported."

The tagger was trained on one layer of attribution, so it reads the outer one and passes over
"Officials said". Read alone, the carried words are an ordinary sentence: they are read once more,
and what they say of themselves is added. Only reporting cues are looked into; a person who tells
what another said remains the one on record.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from index.attribution.cues import classify_cue
from index.attribution.tagger import CueFrame
from index.types import Span

_REPORTING = frozenset({"according", "according to", "report", "cite", "quote", "write"})
_MIN_CHARACTERS = 20


class FrameFinder(Protocol):
    """What the tagger offers."""

    def find_frames(self, texts: Sequence[str]) -> list[list[CueFrame]]:
        """Find the frames of each text."""


def with_nested(
    texts: Sequence[str], frames: Sequence[list[CueFrame]], tagger: FrameFinder
) -> list[list[CueFrame]]:
    """
    Add the frames that stand within the content of a reporting frame.

    Args:
        texts: n articles.
        frames: n lists, what the tagger found in them.

    Returns:
        n lists, each with the nested frames behind the others.
    """
    jobs = [
        (i, frame.content[0])
        for i, found in enumerate(frames)
        for frame in found
        if _carries(texts[i], frame)
    ]
    inner = tagger.find_frames([texts[i][s.start : s.end] for i, s in jobs])
    result = [list(found) for found in frames]
    for (i, content), found in zip(jobs, inner, strict=True):
        known = [span for frame in result[i] for span in frame.cue]
        for frame in found:
            moved = _moved(frame, content.start)
            if moved.source and moved.content and not _met(moved.cue, known):
                result[i].append(moved)
    return result


def _carries(text: str, frame: CueFrame) -> bool:
    """Return whether a frame's cue reports what another said; quoted words have one speaker."""
    cue, content = frame.cue[0], frame.content[0]
    if content.end - content.start < _MIN_CHARACTERS or text[content.start] in "“\"‘'":
        return False
    return classify_cue(text[cue.start : cue.end]).lemma in _REPORTING


def _moved(frame: CueFrame, by: int) -> CueFrame:
    """Move a frame from its content's offsets to the article's."""

    def shifted(spans: tuple[Span, ...]) -> tuple[Span, ...]:
        return tuple(Span(s.start + by, s.end + by) for s in spans)

    return CueFrame(shifted(frame.source), shifted(frame.cue), shifted(frame.content), frame.score)


def _met(cue: Sequence[Span], known: Sequence[Span]) -> bool:
    """Return whether a cue overlaps a known one."""
    return any(c.start < k.end and k.start < c.end for c in cue for k in known)
