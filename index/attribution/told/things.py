"""
Give words that stand on a thing to the thing: "“We go,” read a sign held by a man beside Novak".

A banner, a tombstone or a T-shirt has no mouth. The tagger takes whoever is named beside it for
its source, and a quotation it knows no source for would go on with whoever spoke last. A paper (a
letter, a statement) is no such thing: it has an author. Offsets are characters. No I/O.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.attribution.tagger import CueFrame
from index.types import Span

_WORN = (
    r"(?:[tT]-?|tee[ -]|sweat)?shirts?|hood(?:ie|y|ies)|tattoos?|(?:baseball )?caps?|hats?|badges?"
    r"|armbands?|jackets?|jerseys?|masks?|sash(?:es)?|buttons?"
)
_THING = (
    r"(?:(?:road|street|neon|protest|picket|wooden|hand-?(?:made|written|painted)|cardboard) )?"
    r"(?:signs?|signboards?|placards?|banners?|graffit[io]|murals?|(?:tomb|head|grave)stones?"
    r"|screens?|billboards?|posters?|inscriptions?|plaques?|slogans?|(?:bumper )?stickers?|flags?"
    r"|scoreboards?|tickers?|chyrons?|captions?|scrawls?|wreaths?|balloons?|coffins?|effig(?:y|ies)"
    r"|walls?|blackboards?|whiteboards?|mugs?|doormats?|marquees?|sandwich boards?|monuments?"
    r"|statues?|puppets?|teleprompters?|subtitles?|cakes?|robots?|dolls?|parrots?|sandcastles?|hoardings?|letterings?|epitaphs?|cartoons?|paintings?|stencils?"
    rf"|{_WORN})"
)
_DETERMINER = (
    r"(?:[Aa]n?|[Tt]he|[Oo]ne|[Aa]nother|[Ss]ome|[Ss]everal|[Tt]wo|[Tt]hree|[Mm]any|[Hh]is|[Hh]er"
    r"|[Tt]heir|[Ee]ach|[Ee]very)"
)
# Behind one of these a thing is held or stood by, and somebody else may speak.
_NO_ADJECTIVE = (
    r"(?!(?:an?|the|with|in|on|at|by|of|for|to|from|and|or|who|whose|behind|beside|near|under"
    r"|before|above|over|front|holding|carrying|waving|wearing|raising|his|her|their|its)\b)"
)
_WORDS = rf"(?:{_NO_ADJECTIVE}[\w-]+(?:['’]s?)?\s+){{0,3}}?"
_HEAD = (
    rf"(?:{_DETERMINER}\s+{_WORDS}{_THING}|(?:[Gg]raffiti|[Ss]logans|[Ss]igns|[Bb]anners"
    rf"|[Pp]lacards|[Ss]tickers|[Pp]osters))"
)
# What may follow a thing and does not make it another noun: "the banner maker".
_GOES_ON = (
    r"(?:held|carried|worn|waved|hung|hanging|draped|displayed|behind|beside|near|next|above|over"
    r"|on|at|in|outside|inside|of|depicting|showing|portraying|that|which|left|pinned|painted"
    r"|daubed|scrawled|sprayed|spray-painted|seen|put|posted|erected|unfurled|strung|projected"
    r"|facing|opposite|around|across|along|from|by|with|bearing|for|to|towering|looming|below"
    r"|beneath|under|mocking|attacking|honou?ring|taught|raised|stuck|taped|tied|glued|nailed|mounted"
    r"|placed|standing|set|marking|directed|addressed|aimed|shown|printed|commissioned)\b"
)
# What a ministry had printed is its own.
_ON_IT = re.compile(
    rf"{_HEAD}(?!\s+(?:[a-z]+ )?(?:by|from)\b)(?=\s+{_GOES_ON}|\s*[.,;:!?\n)]|\s*$)"
)
_WORDING = (
    r"(?:(?:the\s+)?(?:[a-z]+\s+)?(?:words?|message|slogan|writing|text|letter(?:s|ing)|inscription)"
    r"\s+(?:[a-z-]+\s+)?(?:on|across|over|of)\s+)?"
)
# '…," said a banner', '…," in red letters read the sign'
_BEHIND = re.compile(
    r"[,.]?\s+(?:[a-z]+ly\s+)?(?P<cue>[a-z]{3,}(?:\s+out)?)\s+"
    rf"{_WORDING}(?P<who>{_HEAD})(?=\s+{_GOES_ON}|\s*[.,;:!?\n)]|\s*$)"
)
# 'A banner behind Novak said: "'
_AHEAD = re.compile(
    rf"(?:^|[.!?;,:”\"]\s+|\b(?:and|but|while|as|where|when)\s+){_WORDING}(?P<who>{_HEAD})"
    rf"(?:\s+{_GOES_ON}[^.!?;:“”\"\n]{{0,90}}?|)\s+"
    r"(?P<cue>read|reads|said|says|proclaimed|proclaims|declared|declares|flashed|flashes|warned"
    r"|warns|announced|ran|demanded|demands|urged|spelled out|shouted|screamed|carried the words"
    r"|bore the (?:words|slogan|message))[,:]?\s+(?:that\s+)?$"
)
# 'beside a man whose sign read "', 'near a wall with the words "'
_HELD = re.compile(
    rf"\b(?:beside|near|next to|behind|in front of|under|beneath|below|above|opposite|facing|past"
    r"|by|around|surrounded by|with|at|where|whose)\s[^.!?;:“”\"\n]{0,80}?"
    rf"(?P<who>(?:(?<=whose )|{_DETERMINER}\s+){_WORDS}{_THING}"
    rf"|graffiti)(?:\s+{_GOES_ON}[^.!?;:,“”\"\n]{{0,40}}?)?\s+"
    r"(?P<cue>reading|saying|proclaiming|declaring|read|said|proclaimed|declared|with the (?:words"
    r"|slogan|message|inscription)|bearing the (?:words|slogan|message)|emblazoned with|that"
    r" (?:said"
    r"|read|says|reads)|which (?:said|read))[,:]?\s+$"
)
# '…" was daubed on a wall beside Novak'
_WRITTEN = re.compile(
    r"\s+(?:was|is|were|had been|stood|appeared|ran|blared)?\s*(?:[a-z]+ly\s+)?(?P<cue>daubed"
    r"|scrawled|sprayed|spray-painted|painted|written|printed|emblazoned|chalked|carved|etched"
    r"|engraved|projected|tattooed|inscribed|stencilled|embroidered"
    r"|stitched)\s+(?:in\s[a-z ]{3,30}\s)?"
    r"(?:on|across|over|in|into|onto|above|along|upon)\s"
)
# 'a sash that says "', wherever it stands
_BEARS = re.compile(
    rf"(?P<who>{_DETERMINER}\s+{_WORDS}{_THING}|graffiti)(?:\s+{_GOES_ON}[^.!?;:,“”\"\n]{{0,40}}?)?\s+"
    r"(?:that|which)\s+(?P<cue>said|says|read|reads|proclaims|proclaimed)[,:]?\s+$"
)
_REACH = 180  # characters
_BARE = re.compile(
    rf"(?:(?:[A-Z][\w-]+\s){{0,2}}[\w-]+['’]s?\s+(?:[a-z-]+\s+){{0,2}}(?:{_WORN})|{_HEAD})"
)
# Who holds up a sign says what is on it, and so do many who do.
_HOLDS = re.compile(
    r"\s*,?\s*(?:who\s+)?(?:(?:was|were|also|proudly|silently)\s+)*(?:held|holds|holding|carried"
    r"|carrying|waved|waving|wore|wears|wearing|raised|raising|unfurled|unfurling|displayed|hung)\b"
    r"[^.,;“”\"]*$"
)


def is_thing(words: str) -> bool:
    """Return whether *words* name nothing but a thing that bears words: "a placard"."""
    return _BARE.fullmatch(words.strip(" ,")) is not None


def thing_alone(text: str, span: Span) -> Span | None:
    """Cut a source down to the thing that it begins with; None if it begins otherwise."""
    found = _ON_IT.match(text, *span)
    return Span(*found.span()) if found is not None else None


def on_things(text: str, frames: Sequence[CueFrame], quotations: Sequence[Span]) -> list[CueFrame]:
    """
    Give each quotation that stands on a thing to it, and to nobody beside it.

    Args:
        text: the article's.
        frames: what was found so far, in order of their cues.
        quotations: the article's, marks included.

    Returns:
        All frames, in order of their cues.
    """
    found = list(frames)
    for quotation in quotations:
        on = _thing_of(text, quotation)
        if on is None or (on.source and _is_holder(text, quotation, on, found)):
            continue
        found = [left for frame in found if (left := _without(text, frame, quotation, on))]
        found.append(on)
    return sorted(found, key=lambda frame: frame.cue[0])


def _thing_of(text: str, quotation: Span) -> CueFrame | None:
    """Make the frame of a quotation on a thing; None if it stands on none."""
    behind = _BEHIND.match(text, quotation.end)
    if behind is not None and not re.match(r"(?:and|as|but|in|on|with|from)\b", behind["cue"]):
        return _frame(behind, quotation, 0)
    written = _WRITTEN.match(text, quotation.end)
    if written is not None:
        return CueFrame((), (Span(*written.span("cue")),), (quotation,), 1.0)
    start = max(0, quotation.start - _REACH, text.rfind("\n", 0, quotation.start) + 1)
    lead = text[start : quotation.start]
    for pattern in (_AHEAD, _HELD, _BEARS):
        ahead = list(pattern.finditer(lead))
        if ahead:
            return _frame(ahead[-1], quotation, start)
    return None


def _frame(found: re.Match[str], quotation: Span, by: int) -> CueFrame:
    """Make the frame of a thing found beside a quotation."""
    who, cue = (Span(by + found.start(g), by + found.end(g)) for g in ("who", "cue"))
    return CueFrame((who,), (cue,), (quotation,), 1.0)


def _is_holder(text: str, quotation: Span, on: CueFrame, frames: Sequence[CueFrame]) -> bool:
    """Return whether a quotation has for its source who holds the thing up."""
    return any(
        span.end <= on.source[0].start and _HOLDS.match(text, span.end, on.source[0].start)
        for frame in frames
        if any(_meet(quotation, part) for part in frame.content)
        for span in frame.source[:1]
    )


def _without(text: str, frame: CueFrame, quotation: Span, on: CueFrame) -> CueFrame | None:
    """Take a quotation on a thing out of a frame, and the frame away if its cue is the thing's."""
    if any(_meet(on.cue[0], cue) for cue in frame.cue):
        return None
    content = tuple(span for span in frame.content if not _meet(quotation, span))
    if content == frame.content:
        return frame
    inner = frame.cue[0].start >= quotation.start and frame.cue[0].end <= quotation.end
    around = any(s.start < quotation.start and quotation.end < s.end for s in frame.content)
    return frame if inner or around else replace(frame, content=content) if content else None


def _meet(one: Span, other: Span) -> bool:
    """Return whether two spans share a character."""
    return one.start < other.end and other.start < one.end
