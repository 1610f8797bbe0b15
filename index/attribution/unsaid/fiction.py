"""
Recognise fiction: what a character says in a film, novel, play or game, nobody said.

A character with an office ("the president, played by Tom Hardy") is nobody who holds it. Who made
the thing ("the film's director") speaks for himself. Offsets are characters into the text. Pure;
no I/O.
"""

from __future__ import annotations

import re

from index.attribution.unsaid.clauses import led_by
from index.types import Attribution

_REACH = 160  # characters of a clause that are looked at
_STOP = re.compile(r"[.!?;:“”\"\n]")
_PLACED = (
    r"(?:the|an?|his|her|its|their|one|this|that|another|(?:[A-Z][\w.-]+ ){0,2}[A-Z][\w.-]+['’]s?)"
    r"\s(?:[\w’'-]+ ){0,3}?"
)
_WRITTEN = (
    r"(?:(?:stage )?play|novels?|novella|sketch|satire|parody|spoof|comedy|musical|skit|cartoon"
    r"|comic(?: strip| book)?|dreams?|nightmare|short story|thriller|fable|fairy tale|farce|romcom"
    r"|whodunnit|graphic novel|role-playing game|video ?game|computer game|board game|fan fiction"
    r"|(?:imaginary|fictional|fictitious|satirical|imagined|mock) [\w-]+)"
)
_SHOT = (
    r"(?:film|movie|series|miniseries|mini-series|episode|biopic|drama|opera|screenplay|sitcom"
    r"|soap|telenovela|anime)"
)
# "In the film industry" tells of no film.
_ENDS = (
    r"(?=\W|\Z)(?!\s(?:industry|business|house|club|world|studio|festival|awards?|scene|set|crew"
    r"|company|rights|star|director|maker|premiere|release|trailer|case|hall|singer|fan|critic)s?\b)"
)
_FICTION = re.compile(rf"\b(?:in|from|of) {_PLACED}{_WRITTEN}{_ENDS}", re.IGNORECASE)
_SCREEN = re.compile(rf"\b(?:in|from) {_PLACED}{_SHOT}{_ENDS}", re.IGNORECASE)
# 'In the game "Total Front"': a match has no name of its own.
_GAME = re.compile(r"\b[Ii]n (?:the|a) (?:[\w-]+ ){0,2}?game (?:called |named )?X{3,}")
# "A novel in which the president" (says)
_IN_WHICH = re.compile(
    rf"\b(?:{_WRITTEN}|film|movie|biopic|sitcom|miniseries|opera|screenplay)\b"
    r"[^.;:]{0,60}?\s(?:in which|where|wherein)\s"
    r"(?:[\w’'.,-]+\s+){0,8}?\Z",
    re.IGNORECASE,
)
_PLAYED = re.compile(
    r",?\s\(?(?:(?:as|who is|who was|is|was)\s)?(?:played|portrayed|voiced|acted|embodied"
    r"|impersonated|dubbed)"
    r"\s(?:\w+ly\s|(?:in|on|for) [^,.;:]{1,40}?\s)?by\b",
    re.IGNORECASE,
)
_IN_ROLE = re.compile(
    r"\b(?:in character|in the (?:role|part|guise) of|playing the part of)\b", re.I
)
_OFFICE = (
    r"(?:president|prime minister|[a-z]+ minister|minister|chancellor|king|queen|prince|princess"
    r"|premier|senator|governor|mayor|general|pope|sheriff|emperor|empress|ambassador|secretary of"
    r" state|detective|spy|judge|hero|heroine|villain|protagonist|antagonist|character|narrator"
    r"|dictator|leader|boss|chief|spokes\w+|admiral|colonel|tsar|sultan)"
)
_CHARACTER = re.compile(
    r"\b(?:fictional|fictitious|imaginary|make-believe|on-?screen)\s(?:[\w-]+\s){0,3}?"
    r"|\b(?:film|movie|novel|play|book|show|series|game|drama|sketch|comedy|satire|story|opera"
    rf"|musical|sitcom|thriller|cartoon|comic|parody|episode)['’]s\s(?:[\w-]+\s){{0,3}}?{_OFFICE}\b"
    r"(?!\s(?:writer|actor|actress|designer|director))"
    r"|\b(?:his|her|their|its|the|an?|one|['’]s)\s(?:[a-z-]+\s)?character\b(?!\s\w+or\b)"
    r"|\b(?:protagonist|antagonist|antihero|anti-hero|heroine)\b"
    rf"|\b(?:hero|villain|narrator|{_OFFICE})\s(?:of|in|from)\s{_PLACED}(?:{_WRITTEN}|{_SHOT})\b",
    re.IGNORECASE,
)
# "A novel by Ute Kern" (says)
_WORK = re.compile(
    rf"(?:an?|the|her|his|this)\s(?:[\w-]+\s){{0,2}}?{_WRITTEN}(?:\s(?:by|of|about)\b|\Z)", re.I
)
_SHOWN = re.compile(r"documentary|documentaries|footage|interview", re.IGNORECASE)
_TITLE = re.compile(r"[“\"](?=[A-Z0-9])([^“”\"\n.!?:]{1,50})[”\"](?=[,\s])")
_LITTLE = re.compile(
    r"(?:of|the|a|an|and|in|on|to|for|at|by|from|with|is|or|de|la)\Z", re.IGNORECASE
)
_ENDED = re.compile(r"[.!?]\s|\n")
# "Gertrude (Wilma Best)" in a review
_ACTED_BY = re.compile(
    r"(?:The\s)?[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)?\s\((?:[A-Z][\w.’'-]*\s){1,3}[A-Z][\w’'-]+\)?"
)
_STAGED = re.compile(
    r"\b(?:playhouse|theat(?:re|er)|stage|staging|play|plays|musical|opera|film|movie|drama|sitcom"
    r"|series|episode|cast|curtain(?:-up)?|Hamlet|Shakespeare)\b"
)


def is_fiction(text: str, made: Attribution) -> bool:
    """
    Return whether a report tells what is said in a film, a book, a play or a dream.

    Args:
        text: the article's.
        made: one of its attributions, with a source and a cue.
    """
    if is_character(text, made):
        return True
    start = min(span.start for span in (*made.source, *made.cue))
    end = max(made.cue[-1].end, *(span.end for span in made.source))
    before = _before(text, start)
    cue = " ".join(text[slice(*span)] for span in made.cue)
    after = _STOP.split(_named(text[end : end + _REACH]))[0]
    told = f"{cue}{after}"
    if _FICTION.search(before) or _FICTION.search(told) or _GAME.search(before):
        return True
    screen = _IN_WHICH.search(before) or _SCREEN.search(before) or _SCREEN.search(told)
    return bool(screen and not _SHOWN.search(text))


def is_character(text: str, made: Attribution) -> bool:
    """Return whether a source is somebody in a story: "the film's president", "played by"."""
    if not made.source or not made.cue:
        return False
    source = text[made.source[0].start : made.source[-1].end]
    if _ENDED.search(source):
        source = text[slice(*made.source[-1])]
    if _ACTED_BY.fullmatch(source.strip(" ,")) and _STAGED.search(text):
        return True
    near = made.source[-1]
    behind = text[near.end : made.cue[0].start] if near.end <= made.cue[0].start else ""
    behind = behind or re.split(r"[.!?:;“”\"\n]", text[near.end :][:_REACH])[0]
    played = text[made.source[0].start : max(near.end, made.cue[0].start)]
    if (
        _CHARACTER.search(source)
        or _WORK.match(source)
        or _PLAYED.search(played[-_REACH:])
        or _PLAYED.match(behind)
    ):
        return True
    return bool(_IN_ROLE.search(behind) or _IN_ROLE.search(led_by(text, near.start)))


def as_character(text: str, made: Attribution, words: str) -> str | None:
    """
    Cut a source down to the character that it names by an office alone; None for no character.

    Args:
        text: the article's.
        made: one of its attributions.
        words: how its source is worded.
    """
    if not made.source or not made.cue or not is_fiction(text, made):
        return None
    acted = _ACTED_BY.fullmatch(words.strip(" ,"))
    words = words.split(" (")[0] if acted else words
    return _PLAYED.split(words)[0].strip(" ,(") or None


def _before(text: str, start: int) -> str:
    """Return the clause before *start*; a work's name in quotation marks breaks none."""
    return _STOP.split(_named(text[max(0, start - _REACH) : start]))[-1]


def _named(part: str) -> str:
    """Put letters for the names of works in quotation marks, so that they end no clause."""
    return _TITLE.sub(_letters, part)


def _letters(match: re.Match[str]) -> str:
    """Replace a name in quotation marks by letters; what is said in lower case stays."""
    large = all(word[:1].isupper() or _LITTLE.match(word) for word in match[1].split())
    return "X" * len(match[0]) if large else match[0]
