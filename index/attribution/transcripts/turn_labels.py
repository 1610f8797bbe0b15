"""
The lines of a transcript that say who speaks: "ANNA COLE, ANCHOR:", "MR. PRICE:", "Q.", "HN:".

A line of a press release looks the same ("CONTACT:", "WHAT:"), so what stands before a colon is
only a candidate here; `transcripts` decides whether the text is a transcript at all. Offsets are
characters into the text. No I/O, no state.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto

from index.types import Span


class Kind(Enum):
    """What a label means: a name, who asks, who answers, or somebody who is not known."""

    NAMED = auto()
    ASKS = auto()
    ANSWERS = auto()
    UNKNOWN = auto()


@dataclass(frozen=True, slots=True)
class TurnLabel:
    """
    A label at the beginning of a line.

    ``name`` is the name in it, without role, title of the line or time; ``label`` all before the
    first word that is spoken; ``capitals``: it is written in capitals; ``alone``: it has a line
    of its own; ``weak``: it is a label only beside others, as "Q Why now?" and ">> Why now?" are.
    """

    label: Span
    name: Span
    kind: Kind
    capitals: bool
    alone: bool = False
    weak: bool = False


_LINE = re.compile(r"[^\n\r]+")
# What captions and stenographers put before a label.
_BEFORE = (
    r"[ \t]*(?:>>+ ?|[-–—] ?|[*_]{1,2})?"
    r"(?:[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?[\])]?[ \t]*)?"
)
_TIME = r"(?:[ \t]*[\[(]\d{1,2}:\d{2}(?::\d{2})?(?: ?[AaPp][Mm])?[\])])?"
_CAPITAL = r"[A-ZÀ-ÖØ-Þ](?:[A-ZÀ-ÖØ-Þ'’.\-]|(?<=Mc)[A-Z]|(?<=M)c(?=[A-Z]))*"
_TITLE = r"(?:(?:Mr|Ms|Mrs|Dr|Sen|Rep|Gov|Gen|Adm|Col|Lt|Sgt|Amb|Hon|Prof|Rev|Sir|Lord|Lady)\.? )?"
_ASIDE = r"(?: ?[(\[][^()\[\]\n]{1,60}[)\]])"
_CAPITALS = re.compile(
    rf"{_BEFORE}(?P<name>{_TITLE}{_CAPITAL}"
    rf"(?: (?:{_CAPITAL}|\d{{1,2}}|&|of|de|al|el|bin|van|von)){{0,6}})"
    rf"(?P<role>(?:{_ASIDE}|, ?[^:\n]{{2,140}}?)*){_TIME}[*_]{{0,2}}:[*_]{{0,2}}(?=\s|$)"
)
_WORD = r"(?:[A-ZÀ-ÖØ-Þ][\w.'’\-]*)"
_NUMBERED = r"(?:Unidentified )?(?:Speaker|Voice|Participant|Guest|Man|Woman|Person) \d{1,2}"
_MIXED = re.compile(
    rf"{_BEFORE}(?:Q\d{{1,4}} )?(?P<name>{_NUMBERED}|"
    rf"{_WORD}(?: (?:{_WORD}|of|de|al|el|bin|van|von|der|den|for|the|&)){{0,6}})"
    rf"(?P<role>(?:{_ASIDE}|, [^:\n.]{{2,80}})*){_TIME}[*_]{{0,2}}:[*_]{{0,2}}(?=\s|$)"
)
# Records of the US Congress have "Mr. BERG. Thank you", "The CHAIRMAN. Order".
_CONGRESS = re.compile(
    r"[ \t]*(?P<name>(?:(?:Mr|Mrs|Ms|Dr|Gen|Col|Adm|Hon)\.|The|Vice|Ranking|"
    r"(?i:chair(?:man|woman|person)?|senator|representative|secretary|ambassador|general|admiral|"
    r"director|governor|commissioner)) "
    r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'’-]{2,}(?: [A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'’-]+){0,3})(?P<role>)\."
    r"(?=\s+[A-Z“\"‘(\[])"
)
# "Q. When?", "Q    And then?", "Question: Who?"; a lone "A" opens sentences, "A." does not.
_SIGN = r"(?:[.:)]|[ \t]?[—–-]|(?=[ \t]{2,}|\t))"
_QUESTION = re.compile(
    rf"{_BEFORE}(?P<name>Q(?:uestion(?:er)?)?\d{{0,2}}|QUESTION(?:ER)?){_SIGN}(?=\s)"
)
_ANSWER = re.compile(rf"{_BEFORE}(?P<name>A(?:nswer)?\d{{0,2}}|ANSWER){_SIGN}(?=\s)")
# The White House has "Q Will he sign?", captions ">> Will he sign?".
_WEAK_LETTER = re.compile(
    rf"{_BEFORE}(?P<name>[QA])[ \u00a0](?=[A-ZÀ-ÖØ-Þ]|(?<=Q.)[“\"‘'(\[—–\-…])"
)
_WEAK_SIGN = re.compile(r"[ \t]*(?P<name>>>+)(?!\S*>)")
# Hansard has "Nils Berg (Harbour) (Con)" on a line of its own.
_ALONE = re.compile(
    rf"[ \t]*(?P<name>(?:The )?{_WORD}(?: (?:{_WORD}|of|for|and|the|de|al|van|von)){{1,9}})"
    r"(?P<role>(?: \([^()\n]{2,60}\)){1,3}):?[ \t]*"
)
_BARE = re.compile(
    rf"[ \t]*(?P<name>{_WORD}(?: (?:{_WORD}|de|al|van|von|der)){{1,4}}(?<![.:;,?!]))[ \t]*"
)
_IN_BRACKETS = re.compile(rf" ?\((?P<name>{_WORD}(?: (?:{_WORD}|de|al|van|von)){{1,4}})\)")
_ASKING = frozenset(
    "q question questioner interviewer reporter reporters journalist press media audience "
    "moderator caller host interview".split()
)
# "THE COURT:" is somebody, "THE TIME:" is not.
_OFFICES = frozenset(
    """
    accused ambassador bailiff chair chairman chairperson chairwoman chancellor clerk commissioner
    coroner court defendant director foreperson governor interpreter judge king lady magistrate
    mayor minister moderator operator pope president prince princess principal prosecutor queen
    officer registrar secretary senator speaker spokesman spokesperson spokeswoman translator
    witness
    """.split()
)
_RANKS = frozenset({"the", "deputy", "vice", "acting", "prime", "first", "foreign", "madam", "mr"})
_UNKNOWN = re.compile(
    r"(?:UNIDENTIFIED|UNKNOWN|UNNAMED)\b.*|(?:MALE|FEMALE)(?: VOICE| SPEAKER)?|SPEAKERS?(?: \d+)?|"
    r"(?:VOICE|PARTICIPANT|GUEST|MAN|WOMAN|PERSON) \d+|VOICES?|ALL|CROWD|"
    r"(?:ANNOUNCER|NARRATOR|OPERATOR|VOICE[- ]?OVER)",
    re.IGNORECASE,
)
# Before a colon these name a part of a text, nobody who speaks.
_NOBODY = frozenset(
    """
    about address advertisement also analysis and background breaking but by caption conclusion
    contact contacts copyright correction credit date dateline details editor editors email event
    example explainer exclusive fact facts fax file follow for from graphic headline how image
    images in info introduction key latest link location mandatory media more next no note notes
    now on opinion pdf phone photo photos picture place press quick read related release remember
    result results score see source sources subject summary tel telephone the time tip title to
    topic transcript tweet update updated updates video watch web website what when where which
    who why with written warning
    """.split()
)
# Speech ends at these; at a laugh it does not.
_STOP = re.compile(
    r"[ \t]*(?:"
    r"[(\[]\s*(?:(?:BEGIN|END|START)\b[^()\[\]]*|CROSSTALK|COMMERCIAL[^()\[\]]*|[^()\[\]]*BREAK|"
    r"OFF-?MIKE[^()\[\]]*|VIDEO[^()\[\]]*)[)\]][.\s]*|"
    r"END|###|-30-|\* \* \*|\*{3,}|"
    r"(?:copyright|©)\b.*|(?:follow|subscribe|sign up)\b.*|"
    r"(?:this|the) (?:interview|conversation|transcript|text|briefing)\b[^\n]{0,80}"
    r"\b(?:edited|condensed|transcribed|provided|shortened)\b.*|"
    r"(?:transcript(?:ion)? (?:by|provided)|interview(?:ed)? by|as told to|edited (?:by|for))\b.*)",
    re.IGNORECASE,
)
ASIDES = re.compile(
    r"[(\[]\s*(?:crosstalk|applause|laughter|laughs?|cheers?|cheering|inaudible|unintelligible|ph|"
    r"pause|silence|music|boo(?:s|ing)?|off[- ]?mi(?:ke|c(?:rophone)?)|interruption|"
    r"audience [a-z ]{1,30}|(?:laughter|applause) and (?:applause|laughter))[.!]?\s*[)\]]",
    re.IGNORECASE,
)


# What a record tells between speeches.
_STAGE = re.compile(
    r"[ \t*_]*(?:"
    r"(?:\[?\d{1,2} [A-Z][A-Za-z]{2,8}\.? \d{4} ?:? ?)?\[?Column \d+(?:[A-Z]{1,3})?\]?|"
    r"(?:Several|Some|Many|Other|Opposition|A number of) [Hh]on(?:\.|ourable) Members\b"
    r"[^.:?!\n]{0,60}[—–-]?|"
    r"(?:The )?(?:House|Committee|Council|Assembly|Senate|Commission|Board)(?: \w+)? "
    r"(?:divided|adjourned|rose|resumed|met|proceeded|voted)\b[^\n]{0,100}|"
    r"(?:The )?(?:[Ss]itting|[Mm]eeting|[Hh]earing|[Cc]onference|[Ss]ession)(?: was)? "
    r"(?:suspended|adjourned|resumed|closed|ended|concluded)\b[^\n]{0,60}|"
    r"On resuming\W*|(?:Adjourned|Recess)\b[^\n]{0,60}|"
    r"(?:Question|Motion|Amendment|Resolution|Bill|Clause)s?\b[^\n]{0,60}? "
    r"(?:put|agreed to|negatived|made|proposed|withdrawn|carried|lost|read a \w+ time)\b"
    r"[^\n]{0,60}|"
    r"(?:Ayes|Noes)\W{1,3}\d[^\n]{0,60}|"
    r"(?:(?:Mr|Mrs|Ms|Dr|Sir|The) )?(?:[A-Z][\w’'-]+ ?){1,4}"
    r"(?:withdrew|rose|left the (?:chamber|room|hall)|entered|was sworn|nodded)[.—–-]{1,2}|"
    r"[(\[](?:Whereupon|Proceedings|The (?:briefing|conference|meeting|hearing|interview))\b"
    r"[^()\[\]\n]{0,120}[)\]]|"
    r"[(\[](?![^\n]*\b(?:I|[Ww]e|[Mm]y)\b)[^()\[\]:\n]{1,80}[)\]])[ \t*_]*"
)
# Between two sentences a bracket in small letters, or in capitals, is a sound: "[waves crashing]".
_SOUND = re.compile(
    r"(?:(?<=[.!?…\"”’])[ \t]+|(?<![^\n\r])[ \t]*|(?<=:)[ \t]+)"
    r"(?P<sound>[(\[](?:[a-z][a-z ,’'-]{2,50}|[A-Z][A-Z ,’'-]{2,50}|"
    r"[A-Z][a-z ,’'-]{0,40}ing\b[\w ,’'-]{0,40}|[A-Z][a-z ,’'-]{2,40}s)[)\]])"
    r"(?=[ \t]*(?:[A-Z“\"‘'¡¿\d]|[\n\r]|\Z))"
)


def sounds_in(text: str, span: Span) -> Iterator[Span]:
    """Yield the sounds and asides in brackets that interrupt what is spoken, in order."""
    found = [Span(*one.span()) for one in ASIDES.finditer(text, *span)]
    found += [Span(*one.span("sound")) for one in _SOUND.finditer(text, *span)]
    reach = span.start
    for one in sorted(found):
        if one.start >= reach:
            yield one
            reach = one.end


def lines_of(text: str) -> Iterator[Span]:
    """Yield the lines that hold more than blanks."""
    for line in _LINE.finditer(text):
        if line.group().strip():
            yield Span(*line.span())


def is_stop(line: str) -> bool:
    """Return whether what is spoken ends at a line: an end of a clip, a break, several at once."""
    return _STOP.fullmatch(line) is not None


def is_aside(line: str) -> bool:
    """Return whether a line holds nothing but a sound: "[applause]"."""
    return not ASIDES.sub("", line).strip(" \t.*_") or _STAGE.fullmatch(line) is not None


def label_of(text: str, line: Span) -> TurnLabel | None:
    """Read the label at the beginning of a line; None without one."""
    for pattern, kind in ((_QUESTION, Kind.ASKS), (_ANSWER, Kind.ANSWERS)):
        if found := pattern.match(text, *line):
            return _made(found, kind, capitals=True, alone=False)
    for pattern, capitals in ((_CAPITALS, True), (_MIXED, False), (_CONGRESS, True)):
        found = pattern.match(text, *line)
        if found is None:
            continue
        words = re.findall(r"[^\W\d_]+", found["name"].lower())
        office = words[:1] == ["the"] and (found["role"] or words[-1] in _OFFICES | _ASKING)
        # "PRESS SECRETARY DANA KOLE:" is no press that asks.
        office = office or not _OFFICES.isdisjoint(words[1:2])
        if not words or len(found["name"]) > 80 or (words[0] in _NOBODY and not office):
            return None
        alone = not text[found.end() : line.end].strip()
        kind = Kind.UNKNOWN if _UNKNOWN.fullmatch(found["name"]) else Kind.NAMED
        if (words[0] in _ASKING and not office) or (words[-1] in _ASKING and len(words) < 3):
            kind = Kind.ASKS
        return _made(found, kind, capitals=capitals, alone=alone)
    if (found := _ALONE.fullmatch(text, *line)) is not None:
        return _made(found, Kind.NAMED, capitals=False, alone=True)
    return _weak(text, line)


def _weak(text: str, line: Span) -> TurnLabel | None:
    """Read what is a label only beside others: "Q" or "A" with a blank, a bare ">>"."""
    if (found := _WEAK_LETTER.match(text, *line)) is not None:
        kind = Kind.ASKS if found["name"] == "Q" else Kind.ANSWERS
    elif (found := _WEAK_SIGN.match(text, *line)) is not None:
        kind = Kind.UNKNOWN
    else:
        return None
    return replace(_made(found, kind, capitals=True, alone=False), weak=True)


def name_alone(text: str, line: Span) -> TurnLabel | None:
    """Read a line that is nothing but a name, as a debate's record has it before a speech."""
    found = _BARE.fullmatch(text, *line)
    return None if found is None else _made(found, Kind.NAMED, capitals=False, alone=True)


def _made(found: re.Match[str], kind: Kind, *, capitals: bool, alone: bool) -> TurnLabel:
    """Make a label; of "The Minister of Transport (Ann Holm)" the name is in the brackets."""
    name = Span(*found.span("name"))
    words = re.findall(r"[^\W\d_]+", found["name"].lower())
    office = found["name"][:4] == "The " or _OFFICES.issuperset({*words} - _RANKS)
    inner = _IN_BRACKETS.match(found.string, name.end) if office else None
    if inner is not None:
        name = Span(*inner.span("name"))
    return TurnLabel(Span(found.start("name"), found.end()), name, kind, capitals, alone)
