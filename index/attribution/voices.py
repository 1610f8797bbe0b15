"""
Give each quotation to one voice: the one whose cue stands beside it.

In “A,” said X. “B,” said Y. the tagger reads A, B and X once more for Y's cue. And whoever is
"quoted as saying" something says it, not the agency that quotes. Offsets are characters into the
text. No I/O.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.attribution.tagger import CueFrame
from index.types import Span

_QUOTES = re.compile(r"\b(?:quot(?:es?|ed|ing)|cit(?:es?|ed|ing)|report(?:s|ed|ing))\b", re.I)
_AS_SAYING = re.compile(
    r"(?P<who>[^“”\"]{2,90}?)\s+as\s+(?P<cue>saying|telling|warning|adding|writing|stating|having"
    r" (?:said|told|written))\b"
    r"(?:\s+on\s+[A-Z]\w+day)?(?::|,)?\s*(?:that\s+)?"
)
# '"…," Novak quoted Lind as telling him'
_LISTENER = re.compile(r"\s*(?:him|her|them|it|us|me|you|reporters|so)?(?: so)?\s*[.,;]?\s*$")
_QUOTATION = re.compile(r"[“\"][^“”\"\n]{3,}[”\"][\s,]*$")
_SAYING = re.compile(r"as (?:saying|telling)")
_OWNS = re.compile(r"['’]s?\s")
_SHORTEST = 2
_REACH = 400  # characters
MOST = 0.8
_NEW_SENTENCE = re.compile(r"\n|[.!?][”\"’')]*\s+[“\"‘'(]*[A-Z]")


def one_voice_each(
    text: str, frames: Sequence[CueFrame], quotations: Sequence[Span]
) -> list[CueFrame]:
    """
    Take out of each frame the quotations, and the sources, that are another frame's.

    Args:
        text: the article's.
        frames: what the tagger found, in order of their cues.
        quotations: the article's, in reading order.
    """
    owners = {q: i for q in quotations if (i := _beside(text, q, frames)) is not None}
    held: dict[Span, list[int]] = {}
    for i, frame in enumerate(frames):
        for q in quotations:
            if any(_meet(q, span) for span in frame.content):
                held.setdefault(q, []).append(i)
    for q, several in held.items():
        before = [i for i in several if frames[i].cue[0].start < q.start]
        if q not in owners and len(several) > 1 and before:
            owners[q] = before[-1]
    alone = [_alone(text, i, frame, owners) for i, frame in enumerate(frames)]
    return _apart(text, _owners_servants(text, alone))


def _owners_servants(text: str, frames: Sequence[CueFrame]) -> list[CueFrame]:
    """Give what was cut off at "Berg's" in "Responding, Berg's aide Ana Holm said" to the aide."""
    whole: dict[int, Span] = {}
    for span in (f.source[0] for f in frames if len(f.source) == 1):
        whole[span.start] = max(span, whole.get(span.start, span))
    found = []
    for frame in frames:
        longer = whole.get(frame.source[0].start) if len(frame.source) == 1 else None
        cut = longer is not None and _OWNS.match(text, frame.source[0].end, longer.end)
        found.append(replace(frame, source=(longer,)) if longer and cut else frame)
    return found


def _apart(text: str, frames: Sequence[CueFrame]) -> list[CueFrame]:
    """Take out of each frame what the cue of another frame reports in a sentence of its own."""
    found = []
    for frame in frames:
        others = [other for other in frames if other is not frame and other.source]
        own = tuple(
            span
            for span in frame.content
            if _in_one_sentence(text, span, frame.cue[0])
            or not any(_reports(text, other, span) for other in others)
        )
        found.append(replace(frame, content=own) if own else frame)
    return found


def _reports(text: str, frame: CueFrame, span: Span) -> bool:
    """Return whether a frame holds most of a span, and its cue stands in that sentence."""
    most = MOST * (span.end - span.start)
    held = any(min(s.end, span.end) - max(s.start, span.start) >= most for s in frame.content)
    return held and _in_one_sentence(text, span, frame.cue[0])


def _in_one_sentence(text: str, span: Span, cue: Span) -> bool:
    """Return whether no sentence ends between a span and a cue."""
    between = text[min(span.end, cue.end) : max(span.start, cue.start)]
    return _NEW_SENTENCE.search(between) is None


def _beside(text: str, quotation: Span, frames: Sequence[CueFrame]) -> int | None:
    """Find the frame whose cue or source follows a quotation, or whose cue leads up to it."""
    for i, frame in enumerate(frames):
        starts = [s.start for s in (*frame.cue, *frame.source) if s.start >= quotation.end]
        if starts and frame.cue[0].start >= quotation.end:
            first = min(starts)
            joined = re.fullmatch(r"[ \u00a0,]*", text[quotation.end : first]) is not None
            # A quotation that ends with a full stop is over; a new sentence follows.
            over = text[max(0, quotation.end - 2)] == "." and text[first : first + 1].isupper()
            if joined and not over and _together(text, frame, first):
                return i
    return None


def _together(text: str, frame: CueFrame, first: int) -> bool:
    """Return whether a cue stands in the words that begin at *first*, before a stop or a mark."""
    between = text[first : frame.cue[0].start]
    return len(between) < 120 and not re.search(r"[“”\"\n]|[.!?]\s", between)


def _alone(text: str, own: int, frame: CueFrame, owners: dict[Span, int]) -> CueFrame:
    """Cut a frame down to what is its own."""
    mine = [q for q, i in owners.items() if i == own]
    others = [q for q, i in owners.items() if i != own]
    if not others or not frame.content:
        return frame
    content = tuple(s for s in frame.content if not any(_meet(q, s) for q in others))
    if content == frame.content or not content:
        content = content or frame.content
    source = frame.source
    tagged = [q for q in mine if q.end <= frame.cue[0].start]
    if tagged and len(source) > 1:
        begin = max(q.end for q in tagged)
        following = [q.start for q in owners if q.start >= frame.cue[0].end]
        end = min(following, default=len(text))
        source = tuple(s for s in source if begin <= s.start < end)[:_SHORTEST] or source
    return replace(frame, source=source, content=content)


def _meet(quotation: Span, span: Span) -> bool:
    """Return whether a span of content is of a quotation."""
    return span.start < quotation.end and quotation.start < span.end


def said_by_the_quoted(text: str, frames: Sequence[CueFrame]) -> list[CueFrame]:
    """
    Make "the agency quoted Ann Corbin as saying" a statement of Ann Corbin's.

    The agency keeps its own where it reports all of it in one piece; she has hers beside it.
    """
    found: list[CueFrame] = []
    dropped: list[Span] = []
    for frame in frames:
        made = _turned(text, frame) if _QUOTES.search(text[slice(*frame.cue[0])]) else None
        if made is None:
            found.append(frame)
        elif len(frame.content) > 1 or made.content[0] < frame.cue[0]:
            found.append(made)
            dropped += made.cue[1:]
        else:
            found.append(frame)
            said = replace(made, cue=made.cue[1:])
            if not any(_meet(said.cue[0], other.cue[0]) for other in frames):
                found.append(said)
    kept = [
        f
        for f in found
        if len(f.cue) > 1
        or not (any(_meet(c, f.cue[0]) for c in dropped) or _said_already(text, f, found))
    ]
    return sorted(kept, key=lambda frame: frame.cue[0])


def _said_already(text: str, frame: CueFrame, frames: Sequence[CueFrame]) -> bool:
    """Return whether a "saying" without a source repeats "was quoted by Norway as saying"."""
    if frame.source or not _SAYING.fullmatch(
        text, max(0, frame.cue[0].start - 3), frame.cue[0].end
    ):
        return False
    return any(
        f.source
        and _QUOTES.search(text[slice(*f.cue[0])])
        and _meet(f.content[-1], frame.content[0])
        for f in frames
        if f is not frame and f.content and frame.content
    )


def _quoted_before(text: str, frame: CueFrame) -> list[Span]:
    """Find the quotation right before the source of a frame, which the tagger may leave out."""
    start = frame.source[0].start if frame.source else frame.cue[0].start
    begin = max(0, start - _REACH)
    found = _QUOTATION.search(text[begin:start])
    if found is None:
        return []
    words = found.group().rstrip(" ,\n")
    return [Span(begin + found.start(), begin + found.start() + len(words))]


def _turned(text: str, frame: CueFrame) -> CueFrame | None:
    """Turn a frame of an agency that quotes into one of whom it quotes; None if it quotes none."""
    cue = frame.cue[0]
    after = re.match(r"\s+as\s+(?:saying|telling)\b", text[cue.end : cue.end + 20])
    for at, span in enumerate(frame.content):
        found = _AS_SAYING.match(text, span.start, span.end)
        if found is None or span.start < cue.end or span.start - cue.end > _SHORTEST:
            continue
        # Behind "quoted Lind as saying." the next quotation may be either's.
        over = text[found.end() : found.end() + 1] in (".", "!", "?")
        rest = Span(found.end(), found.end() if over else span.end)
        if _LISTENER.fullmatch(text, *rest):
            rest = Span(rest.start, rest.start)
        left = [s for i, s in enumerate(frame.content) if i != at]
        left = left or _quoted_before(text, frame)
        content = sorted([*left, rest] if rest.end - rest.start > _SHORTEST else left)
        if content:
            said = Span(*found.span("cue"))
            return CueFrame((Span(*found.span("who")),), (cue, said), tuple(content), frame.score)
    by = frame.source and re.search(r"\bby\s+(?:the\s+)?$", text[cue.end : frame.source[0].start])
    first = frame.content[0] if frame.content else cue
    passive = by and len(frame.content) > 1 and not text[first.end : cue.start].strip(" ,")
    if passive and first.end <= cue.start and not after and text[first.start] not in "“\"‘'":
        return CueFrame((first,), frame.cue, frame.content[1:], frame.score)
    return None
