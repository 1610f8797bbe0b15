"""
Frames of the tagger -> attributions, and the quotations that no frame accounts for.

A newspaper quotation may run on after its cue, over sentences and reopened paragraphs; what
stands inside one pair of marks has one speaker. Quotation marks around a word or a title are no
statement. A quotation for which the article names nobody stays without a source: a guess would
put words in a mouth.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

from index.attribution.blocks import own_blocks
from index.attribution.cues import CueReading, classify_cue
from index.attribution.denials import denies
from index.attribution.quotations import quotation_spans
from index.attribution.statements.borders import within_borders
from index.attribution.tagger import CueFrame
from index.attribution.told.inner import with_inner
from index.attribution.told.own_source import in_own_sentence
from index.attribution.told.passives import active
from index.attribution.told.phrased import phrased
from index.attribution.told.second import each_cry, without_seconds
from index.attribution.told.things import on_things
from index.attribution.told.turned import (
    clause_before,
    turned,
    without_addressee,
    without_governed,
)
from index.attribution.told.unnamed import is_no_report
from index.attribution.unattributed import find_unattributed
from index.attribution.voices import one_voice_each, said_by_the_quoted
from index.text.sentences import split_sentences
from index.types import Attribution, Kind, Span

_WORD = re.compile(r"[^\W_]+(?:['’.,&\-][^\W_]+)*")
_OPENING = "“\"‘'«„`"
_CLOSING = "”\"’'»"
_PAIRS = {"“": "”", '"': '"', "‘": "’", "'": "'", "«": "»", "„": "”"}
_SCRAPS = frozenset("a an the of to in on at by for from with and or but".split())
_SUBJECT = re.compile(
    r"\s+(?P<who>(?:the|an?|his|her|their|its|[^\W\d_a-z])[^.!?;:“”\"\n]{1,100}?)(?=[.!?;:\n]|$)"
)
_TO_EDITORS = re.compile(r"(?:(?:attn|attention|note to) )?(?:eds|editors)\s?:", re.IGNORECASE)
DIRECT = 0.6


def link(text: str, frames: Sequence[CueFrame]) -> list[Attribution]:
    """
    Turn the frames of one article into its attributions.

    Args:
        text: the article's text; all spans are offsets into it.
        frames: what the tagger found, in order of their cues.

    Returns:
        Attributions in reading order of their contents; none with an empty content.
    """
    quotations = quotation_spans(text)
    inside = _inside(text, quotations)
    edges = {edge: q for q in quotations for edge in q}
    found = []
    frames = [f for f in frames if not (_is_to_editors(text, f) or is_no_report(text, f))]
    frames = within_borders(text, own_blocks(text, frames, quotations), quotations)
    frames = with_inner(text, one_voice_each(text, said_by_the_quoted(text, frames), quotations))
    frames = in_own_sentence(text, frames)
    frames = [without_governed(text, without_addressee(text, frame)) for frame in frames]
    frames = [clause_before(text, turned(text, phrased(text, frame))) for frame in frames]
    frames = [_inverted(text, active(text, frame, edges)) for frame in frames]
    frames = each_cry(text, frames, quotations)
    for frame in without_seconds(text, on_things(text, frames, quotations), quotations):
        content = _without_scraps(text, _one_style(text, _content(text, frame.content, edges)))
        content = _spoken_for(text, frame, content)
        if content:
            found.append((frame, content))
    contents = [list(content) for _, content in found]
    _carry_on(text, [frame for frame, _ in found], contents, quotations)
    cues = [frame.cue[0] for frame, _ in found]
    linked = [
        _attribution(text, frame, tuple(content), inside, carries=_hold(content, cues))
        for (frame, _), content in zip(found, contents, strict=True)
    ]
    taken = [span for a in linked for span in (*a.content, *a.source, *a.cue)]
    linked += find_unattributed(text, quotations, taken)
    return sorted(linked, key=lambda a: (a.content[0], a.cue))


def _is_to_editors(text: str, frame: CueFrame) -> bool:
    """Return whether a note is addressed to those who were taken for its speaker: "EDS: …"."""
    return any(_TO_EDITORS.match(text, one.start) for one in frame.source)


def _inverted(text: str, frame: CueFrame) -> CueFrame:
    """
    Give '"…," replied his counterpart, Lena Braun.' the source that follows its cue.

    Behind a quotation and its verb stands who spoke; a source in an earlier sentence would put
    the words in the mouth of whom they answer.
    """
    cue, begin = frame.cue[0], frame.content[0].start
    if (
        text[max(0, cue.start - 3) : cue.start].rstrip()[-1:] not in tuple(_CLOSING)
        or " " in text[cue.start : cue.end]
    ):
        return frame
    if any(span.end > begin for span in frame.source):
        return frame
    follows = _SUBJECT.match(text, cue.end)
    if follows is None:
        return frame
    return CueFrame((Span(*follows.span("who")),), frame.cue, frame.content, frame.score)


def _inside(text: str, quotations: Sequence[Span]) -> bytearray:
    """Mark every character inside a quotation with 1."""
    marks = bytearray(len(text))
    for span in quotations:
        marks[span.start : span.end] = b"\1" * (span.end - span.start)
    return marks


def _content(text: str, spans: Sequence[Span], edges: Mapping[int, Span]) -> tuple[Span, ...]:
    """Trim blanks, take in the quotation mark at an edge, join what only blanks separate."""
    tidy: list[Span] = []
    for span in spans:
        start, end = span
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        start, end = _with_marks(start, end, edges)
        end = _without_tail(text, start, end, edges)
        if start >= end or not _WORD.search(text, start, end):
            continue
        if tidy and not text[tidy[-1].end : start].strip(" "):
            tidy[-1] = Span(tidy[-1].start, max(end, tidy[-1].end))
        else:
            tidy.append(Span(start, end))
    return tuple(tidy)


def _without_scraps(text: str, content: tuple[Span, ...]) -> tuple[Span, ...]:
    """Drop a lone "the" or "of" from the content: it would bring its whole sentence along."""
    whole = tuple(span for span in content if text[slice(*span)].lower() not in _SCRAPS)
    return whole or content


def _one_style(text: str, content: tuple[Span, ...]) -> tuple[Span, ...]:
    """
    Leave out a quotation whose marks differ from those of the quotation before it.

    A newspaper sets one kind of mark, so 'this' followed by "that" has been put together from
    two reports, and who spoke the second is not known.
    """
    marks = [text[span.start] for span in content]
    first = next((mark for mark in marks if mark in _PAIRS), "")
    return tuple(
        span
        for span, mark in zip(content, marks, strict=True)
        if mark == first or mark not in _PAIRS
    )


def _spoken_for(text: str, frame: CueFrame, content: tuple[Span, ...]) -> tuple[Span, ...]:
    """
    Leave out a quotation that stands in a paragraph of its own with nobody named.

    A reader may guess that the speaker of the paragraph before goes on; the article does not say
    so. Only a quotation left open there, to be reopened here, has the same speaker for certain.
    """
    near = [*frame.cue, *frame.source]

    def alone(span: Span) -> bool:
        return text[span.start] in _OPENING and not any(
            "\n" not in text[min(span.start, n.start) : max(span.end, n.end)] for n in near
        )

    named = [span for span in content if not alone(span)]
    kept: list[Span] = []
    for span in content:
        stray = bool(kept) or (bool(named) and span < named[0] and not _left_open(text, span))
        if not (stray and alone(span)) or (kept and _left_open(text, kept[-1])):
            kept.append(span)
    return tuple(kept)


def _left_open(text: str, span: Span) -> bool:
    """Return whether a quotation opens with a mark and does not close with its partner."""
    return text[span.start] in _PAIRS and not _balanced(text, span)


def _without_tail(text: str, start: int, end: int, edges: Mapping[int, Span]) -> int:
    """Cut off the first words of a new sentence behind a quotation that ended with a stop."""
    quotation = edges.get(start)
    if quotation is None or quotation.start != start or not quotation.end < end:
        return end
    stopped = text[quotation.end - 2] in ".!?"
    return quotation.end if stopped and len(_WORD.findall(text, quotation.end, end)) <= 3 else end


def _with_marks(start: int, end: int, edges: Mapping[int, Span]) -> tuple[int, int]:
    """Move an edge that stands just inside a quotation's mark out over that mark."""
    opened = edges.get(start - 1)
    if opened is not None and opened.start == start - 1 and end > start:
        start = opened.start
    closed = edges.get(end + 1)
    if closed is not None and closed.end == end + 1 and start < end:
        end = closed.end
    return start, end


def _carry_on(
    text: str, frames: Sequence[CueFrame], contents: list[list[Span]], quotations: Sequence[Span]
) -> None:
    """
    Let a content that fills its quotation's opening run on to the quotation's end.

    The window of the tagger can end within a long quotation, and a reopened paragraph has no
    cue of its own: both belong to whoever opened it. Nothing runs over another frame.
    """
    taken = sorted(
        {s.start for f in frames for s in (*f.source, *f.cue)}
        | {s.start for c in contents for s in c}
    )
    starts = [quotation.start for quotation in quotations]
    for content in contents:
        at = bisect_right(starts, content[-1].start + 1) - 1
        if at < 0 or content[-1].start - starts[at] > 1:
            continue
        here = quotations[at]
        if content[-1].end < here.end and _free(taken, content[-1].end, here.end):
            content[-1] = Span(content[-1].start, here.end)
        while content[-1].end == here.end and not _balanced(text, here):
            at += 1
            if at == len(quotations) or not _next_paragraph(text, here.end, starts[at]):
                break
            here = quotations[at]
            if not _free(taken, here.start, here.end):
                break
            content.append(here)


def _next_paragraph(text: str, end: int, start: int) -> bool:
    """Return whether nothing but a paragraph break lies between two offsets."""
    gap = text[end:start]
    return "\n" in gap and not gap.strip()


def _balanced(text: str, quotation: Span) -> bool:
    """Return whether a quotation ends with the mark that its opening mark asks for, if any."""
    closing = _PAIRS.get(text[quotation.start], text[quotation.end - 1])
    return quotation.end - quotation.start > 1 and text[quotation.end - 1] == closing


def _free(taken: Sequence[int], start: int, end: int) -> bool:
    """Return whether no taken span begins between two offsets."""
    at = bisect_left(taken, start)
    return at == len(taken) or taken[at] >= end


def _hold(content: Sequence[Span], cues: Sequence[Span]) -> bool:
    """Return whether a content holds the cue of another attribution."""
    return any(span.start <= cue.start < span.end for span in content for cue in cues)


def _attribution(
    text: str, frame: CueFrame, content: tuple[Span, ...], inside: bytearray, *, carries: bool
) -> Attribution:
    """Classify one linked frame; who carries what another said denies nothing by it."""
    first, last = frame.cue[0], frame.cue[-1]
    reading = classify_cue(
        " ".join(text[s.start : s.end] for s in frame.cue),
        before=text[max(0, first.start - 120) : first.start],
        after=text[last.end : last.end + 40],
    )
    source = _trimmed(text, _within_sentence(text, frame))
    denied = not carries and _denies(text, source, content, reading)
    return Attribution(
        source=source,
        # A colon or a dash can be all the cue there is ("Minister: no talks").
        cue=_trimmed(text, frame.cue) or frame.cue,
        content=content,
        kind=kind_of(text, content, inside),
        cue_class="denied" if denied else reading.cue_class,
        negated=reading.negated,
        thought=reading.thought,
        confidence=round(frame.score, 4),
    )


def _denies(
    text: str, source: Sequence[Span], content: Sequence[Span], reading: CueReading
) -> bool:
    """Return whether what was merely said is a denial: "said it had nothing to do with it"."""
    if reading.cue_class != "said" or reading.negated or reading.thought:
        return False
    said, named = (" ".join(text[s.start : s.end] for s in spans) for spans in (content, source))
    return denies(said, named)


def _within_sentence(text: str, frame: CueFrame) -> tuple[Span, ...]:
    """Cut a source that runs over the end of a sentence down to the part nearest to its cue."""
    cut = []
    for span in frame.source:
        parts = split_sentences(text[span.start : span.end])
        near = parts[-1 if span.start < frame.cue[0].start else 0] if parts else None
        start, end = (span.start + near.start, span.start + near.end) if near else span
        while 0 < start < len(text) and text[start - 1 : start + 1].isalnum():
            start -= 1
        while end < len(text) and text[end - 1 : end + 1].replace("-", "x").isalnum():
            end += 1
        cut.append(Span(start, end))
    return tuple(cut)


def _trimmed(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Strip blanks and stray punctuation off the edges; what is empty then is left out."""
    tidy = []
    for start, end in spans:
        while start < end and text[start] in " \t\r\n,;:":
            start += 1
        while end > start and text[end - 1] in " \t\r\n,;:":
            end -= 1
        if start < end:
            tidy.append(Span(start, end))
    return tuple(tidy)


def kind_of(text: str, content: Sequence[Span], inside: bytearray) -> Kind:
    """
    Return direct, mixed or indirect, by the share of words inside quotation marks.

    Args:
        text: the article's.
        content: what was reported.
        inside: for each character of *text*, 1 inside a quotation.
    """
    words = [m.start() for span in content for m in _WORD.finditer(text, span.start, span.end)]
    share = sum(inside[at] for at in words) / len(words) if words else 0.0
    if share >= DIRECT:
        return "direct"
    return "mixed" if share > 0 else "indirect"
