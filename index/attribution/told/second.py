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
# 'a miner cried: "' within what another is taken to say
_CRIED = re.compile(
    r"(?P<who>(?:(?:an?|the|his|her|one|another)\s(?:[a-z-]+\s){1,4}?|(?:[A-Z][\w’'-]+\s){1,3}))"
    r"(?P<cue>cried|shouted|said|yelled|called(?: out)?|replied|added|screamed|answered|whispered"
    r"|muttered|told (?:him|her|them|reporters))[:,]\s+$"
)
_WHAT = re.compile(
    r"what\s(?P<who>[^“”\"]{3,60}?)\s(?:had\s|has\s)?(?P<cue>written|wrote|said|shouted|told"
    r" (?:him|her))"
    r"(?: to (?:him|her|them))?[:,]\s+"
)
_QUOTING = re.compile(
    r"[^.!?;:“”\"\n]{0,40}?,?\s(?:quoting|repeating|reading|mimicking|imitating|mocking|reciting)\b"
)
_SAYING = re.compile(r"\b(?:saying|telling|writing)\b")
_ENDS = re.compile(r"[.!?][”\"’']?\s")
_WORD = re.compile(r"[^\W_]+(?:['’.\-][^\W_]+)*")
_FEWEST = 2
_REACH = 80  # characters


def repeats(text: str, cue: Sequence[Span]) -> bool:
    """Return whether a cue is one of repeating: "mocked", "read out", "said, quoting Novak"."""
    if any(_REPEATS.search(text, *span) for span in cue):
        return True
    return bool(cue) and _QUOTING.match(text, cue[-1].end) is not None


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
        if repeats(text, frame.cue) and (inner := _written_by(text, frame)) is not None:
            found.append(inner)
            continue
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


def _written_by(text: str, frame: CueFrame) -> CueFrame | None:
    """Make the frame of "Novak read out what a student had written: “…”": the student's."""
    for span in frame.content:
        what = _WHAT.match(text, *span)
        if what is not None and span.end - what.end() > _FEWEST:
            who, cue = (Span(*what.span(group)) for group in ("who", "cue"))
            return CueFrame((who,), (*frame.cue, cue), (Span(what.end(), span.end),), frame.score)
    return None


def each_cry(text: str, frames: Sequence[CueFrame], quotations: Sequence[Span]) -> list[CueFrame]:
    """
    Give a quotation to who cries it right before, where a frame has taken both in.

    Args:
        text: the article's.
        frames: what was found so far, in order of their cues.
        quotations: the article's, marks included, in reading order.

    Returns:
        All frames, in order of their cues.
    """
    found = list(frames)
    for quotation in quotations:
        lead = max(0, quotation.start - _REACH)
        cry = _CRIED.search(text[lead : quotation.start])
        if cry is None:
            continue
        cue = Span(lead + cry.start("cue"), lead + cry.end("cue"))
        holders = [
            i
            for i, f in enumerate(found)
            if f.cue[0].start > quotation.end
            and f.content
            and f.content[0].start <= cue.start
            and any(s.start < quotation.end and quotation.start < s.end for s in f.content)
        ]
        if not holders or any(
            c.start < cue.end and cue.start < c.end for f in found for c in f.cue
        ):
            continue
        who = Span(lead + cry.start("who"), lead + len(cry.string[: cry.end("who")].rstrip()))
        found.append(CueFrame((who,), (cue,), (quotation,), found[holders[0]].score))
        for i in holders:
            rest = tuple(
                Span(max(s.start, quotation.end), s.end)
                for s in found[i].content
                if s.end > quotation.end
            )
            found[i] = replace(found[i], content=rest or found[i].content)
    return sorted(found, key=lambda frame: frame.cue[0])


def _known(text: str, kept: Sequence[Span], quotations: Sequence[Span]) -> bool:
    """Return whether words were quoted before."""
    first = _words(text, kept[0])
    return any(q.end <= kept[0].start and _words(text, q) == first for q in quotations)


def _words(text: str, span: Span) -> list[str]:
    """List the words of a span, in small letters."""
    return [word.lower() for word in _WORD.findall(text, *span)]
