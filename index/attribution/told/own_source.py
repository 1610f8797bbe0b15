"""
Leave words to the source of their own sentence, not to whom the sentence before is about.

In 'Novak smiled. “We burned it,” a rebel had boasted' the tagger reads "smiled" as a cue too, and
in 'Novak said: “…” Citing Lenin, Berg said: “…”' it takes both for the source of "citing". A line
"- Novak: …" is Novak's and not the line above it. Offsets are characters into the text. No I/O.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.attribution.tagger import CueFrame
from index.types import Span

_ENDS = re.compile(r"[.!?][”\"’')]*\s+(?=[“\"‘'(]*[A-Z0-9])|\n")
_CITES = re.compile(
    r"(?:Quoting|Citing|Paraphrasing|Repeating|Echoing|Invoking|Recalling|Referring to|Reading"
    r"|Mocking|Mimicking)\b"
)
_PRONOUN = re.compile(r"(?:s?he|they|it|who|we|i|his|her|their|its)\W*", re.I)
# "said Earl Tibbets, 70", "muttered a man behind Novak"
_SOMEBODY = re.compile(r"(?:an?|one|another)\s[a-z]|[A-Z][\w’'-]+\s(?:[\w.’'-]+\s)??[A-Z][\w’'-]+")
_NAMES = re.compile(r"[A-Z][\w’'-]+")
_LABEL_LINE = re.compile(r"[-–—*•]\s*[A-Z][^\n:]{0,60}:\s*\S")
_AFTER_TAG = re.compile(r"[ ,]*")
_REJECTS = (
    r"(?:reject(?:s|ed)?|den(?:y|ies|ied)|dismiss(?:es|ed)?|disput(?:es?|ed)|contest(?:s|ed)?"
    r"|refut(?:es?|ed)|rebut(?:s|ted)?|ridicul(?:es?|ed)|derid(?:es?|ed)|scorn(?:s|ed)?"
    r"|mock(?:s|ed)?|condemn(?:s|ed)?|challeng(?:es?|ed)|question(?:s|ed)?|doubt(?:s|ed)?"
    r"|(?:call|brand|label|term)(?:s|ed|led)?\s(?:[a-z]+\s){0,2}?[a-z]+"
    r"|(?:sign|releas|publish|issu|support|confirm|endors|welcom|repeat|shar)(?:e?s|ed)?)"
)
# "According to a Norwegian claim that Novak rejected, the ship was sunk."
_REJECTED = re.compile(
    r"\b(?:(?P<whole>According to )|(?=[Aa]n? |[Tt]he ))"
    r"(?P<who>(?:[Aa]n?|[Tt]he|one|some|this)\s(?:[\w’'-]+\s){0,4}?(?:claim|report|rumou?r|allegation|account|statement|accusation|assertion|story|suggestion|charge|version"
    r"|document|letter|estimate|study|figure)s?),?\s(?:that|which)\s(?P<clause>[^,.;:\n“”\"]{3,120}?"
    rf"\s(?:has\s|have\s|had\s|later\s|promptly\s)*{_REJECTS}(?:\s(?:as|on)\s[\w\s]{{2,30}}?)?)[,.;](?:\s|$)"
)
# "Novak, asked by Lind whether he would come, said he would"
_ASKED_BY = re.compile(
    r",\s(?:(?:when|if|while|being|after being)\s)?(?:asked|pressed|questioned|urged|told|warned"
    r"|challenged|quizzed|accused|prompted|reminded)\s(?:[a-z]+\s){0,3}?by\s"
    r"(?P<by>[^,.;:\n“”\"]{2,80}?)(?=,|\s(?:whether|if|about|on|why|how|what|when|who|where|to|that"
    r"|of|over|for)\s)[^,.;:\n“”\"]{0,160},\s"
)
_REACH = 400  # characters
_AHEAD = 3


def in_own_sentence(text: str, frames: Sequence[CueFrame]) -> list[CueFrame]:
    """
    Take from each frame the sources, and the words, that stand in another's sentence.

    Args:
        text: the article's.
        frames: what was found so far, in order of their cues.

    Returns:
        The frames that keep words, in order of their cues.
    """
    frames = _rejected(text, frames)
    tagged = [f for f in frames if _is_tag(text, f)]
    found = []
    for frame in frames:
        own = _below_label(text, _cited(text, _near(text, frame), frames))
        own = _without_asker(text, own)
        taken = [f for f in tagged if f is not frame and _led_in(text, own, f)]
        content = tuple(s for s in own.content if not any(_holds(f, s) for f in taken))
        if content:
            found.append(replace(own, content=content))
    return found


def _begin(text: str, at: int) -> int:
    """Find where the sentence around a place begins."""
    lead = max(0, at - _REACH)
    ends = [lead + m.end() for m in _ENDS.finditer(text[lead : at + _AHEAD])]
    return max((end for end in ends if end <= at), default=lead)


def _near(text: str, frame: CueFrame) -> CueFrame:
    """Leave a cue's source to somebody in its own sentence, unless that is the one before."""
    cue = frame.cue[0]
    begin = _begin(text, cue.start)
    own = tuple(s for s in frame.source if s.start >= begin)
    before = [s for s in frame.source if s.start < begin]
    if not own or not before:
        return frame
    behind = [s for s in own if s.start >= cue.end and not text[cue.end : s.start].strip()]
    if not behind or not _SOMEBODY.match(text, *behind[0]):
        return frame
    names = set(_NAMES.findall(text[slice(*behind[0])]))
    indefinite = text[behind[0].start].islower()
    if not indefinite and any(names & set(_NAMES.findall(text[slice(*s)])) for s in before):
        return frame
    return replace(frame, source=own)


def _cited(text: str, frame: CueFrame, frames: Sequence[CueFrame]) -> CueFrame:
    """Give "Citing Lenin, Berg said" to Berg alone, whoever spoke in the sentence before."""
    cue = frame.cue[0]
    begin = _begin(text, cue.start)
    if cue.start != begin or not _CITES.match(text, cue.start):
        return frame
    if all(s.start >= begin for s in frame.source):
        return frame
    stop = _ENDS.search(text, cue.end)
    end = stop.start() if stop else len(text)
    own = tuple(s for s in frame.source if s.start >= begin)
    others = (f.source for f in frames if f is not frame and f.cue[0].start > cue.end)
    next_one = next((s for s in others if s and cue.end <= s[0].start < end), ())
    return replace(frame, source=next_one or own)


def _is_tag(text: str, frame: CueFrame) -> bool:
    """Return whether a frame's source and cue follow its quotation: "“…,” a rebel boasted"."""
    if not frame.source or _PRONOUN.fullmatch(text, *frame.source[-1]):
        return False
    first = min(frame.source[-1].start, frame.cue[0].start)
    return any(
        text[s.end - 1] in "”\"’'" and s.end <= first and _AFTER_TAG.fullmatch(text, s.end, first)
        for s in frame.content
    )


def _led_in(text: str, frame: CueFrame, tag: CueFrame) -> bool:
    """Return whether a frame's sentence is over before a quotation that has a tag of its own."""
    shared = [s for s in frame.content if _holds(tag, s)]
    if not shared or not frame.source:
        return False
    begin = _begin(text, shared[0].start)
    around = (*frame.source, *frame.cue)
    return max(s.end for s in around) <= begin and tag.cue[0].start >= shared[0].end


def _holds(frame: CueFrame, span: Span) -> bool:
    """Return whether a frame reports a span."""
    return any(s.start < span.end and span.start < s.end for s in frame.content)


def _below_label(text: str, frame: CueFrame) -> CueFrame:
    """Take from a line "- Novak: …" the lines above it."""
    cue = frame.cue[0]
    line = text.rfind("\n", 0, max(s.start for s in (cue, *frame.source))) + 1
    if not _LABEL_LINE.match(text, line):
        return frame
    if cue.start < line and not text[cue.start : cue.end].strip(" -–—*•:"):
        return frame
    return replace(frame, content=tuple(s for s in frame.content if s.start >= line))


def _rejected(text: str, frames: Sequence[CueFrame]) -> list[CueFrame]:
    """Take from whoever rejects a claim what is claimed: "a claim that Novak rejected, …"."""
    found = list(frames)
    for match in _REJECTED.finditer(text):
        stop = _ENDS.search(text, match.end())
        rest = Span(match.end(), stop.start() if stop else len(text.rstrip(" \n.!?")))
        whole = match.group("whole") and rest.start < rest.end and text[match.end() - 2] == ","
        who = Span(*match.span("who"))
        kept = []
        for frame in found:
            cue = frame.cue[0].start
            if whole and match.start() <= cue < who.start:
                frame = replace(frame, source=(who,), content=(rest,))
            elif who.start <= cue < (match.end() if whole else who.end):
                continue
            kept.append(frame)
        found = kept
    return found


def _without_asker(text: str, frame: CueFrame) -> CueFrame:
    """Part who asks from who answers: "Novak, asked by Lind whether it was so, said it was"."""
    cue = frame.cue[0]
    lead = _begin(text, cue.start)
    for aside in _ASKED_BY.finditer(text, lead, cue.end + _REACH):
        before = tuple(s for s in frame.source if s.end <= aside.start() + 1)
        if not before:
            continue
        if cue.start == aside.end():
            return replace(frame, source=before)
        if aside.start() < cue.start < aside.start("by"):
            return replace(frame, source=(Span(*aside.span("by")),))
    return frame
