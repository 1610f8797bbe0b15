"""
Find what somebody is reported to have said by a noun: "Novak's claims that the port is shut".

The tagger was trained on verbs and finds few of these: a claim, an announcement, a warning, whose
it is, and what follows. Only nouns of saying count, only where the text names whose they are, and
not where a cue of the tagger stands already. Offsets are characters into the text. No I/O.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.attribution.tagger import CueFrame
from index.types import Span

_SAID = (
    r"claims?|statements?|assertions?|allegations?|suggestions?|characteri[sz]ations?"
    r"|announcements?|warnings?|accusations?|arguments?|remarks|comments?|insistence|denials?"
    r"|declarations?|complaints?"
)
_WANTED = (
    r"promises?|pledges?|vows?|demands?|calls?|requests?|appeals?|threats?|offers?|proposals?"
    r"|refusals?|orders?"
)
_LATER = r"(?:\s(?:on|last|this|earlier|late|late last)\s\w+|\s\w+day)?"
_LINK = rf"(?:(?P<said>{_SAID}){_LATER}\sthat|(?P<wanted>{_WANTED}){_LATER}\s(?:that|to|for))\s"
_CAPITALS = r"[A-Z][\w-]*(?:\s[A-Z][\w-]*){0,3}"
_WHO = rf"(?:(?:the\s(?:[a-z][\w-]*\s)?)?{_CAPITALS}|the\s[a-z]+)"
# "Novak's repeated claims that", "the government's promise on Friday to"
_POSSESSED = re.compile(rf"(?P<who>{_WHO})['’]s?\s(?:[a-z-]+\s){{0,2}}{_LINK}")
# "the announcement by Novak that", "the demands of the Polar opposition that"
_BY = re.compile(
    rf"\b(?:[Tt]he|[Aa]n?)\s(?:[a-z-]+\s){{0,2}}(?P<noun>(?!statement|comment|remark){_SAID}|{_WANTED})\s"
    rf"(?:(?:made|issued)\s)?(?:by|of)\s(?P<who>{_WHO}(?:\s(?!(?:is|was|are|were|has|had)\b)[a-z]+)?)\s(?:that|to)\s"
)
# "a US statement urging restraint"
_NATION = re.compile(
    rf"\b(?:[Tt]he|[Aa]n?)\s(?P<who>{_CAPITALS})\s(?P<noun>{_SAID}|{_WANTED})\s"
    r"(?:that\s|(?=(?:urging|saying|calling|stating|warning|demanding|accusing|denying)\s))"
)
_ISSUED = re.compile(
    rf"(?P<who>(?:[Tt]he\s(?:[\w’'-]+\s){{0,3}}?)?{_CAPITALS})\s(?:has\s|have\s|had\s)?"
    rf"(?P<noun>(?:issued|made|repeated)\san?\s(?:[a-z-]+\s)?(?:{_SAID}|{_WANTED}))\s(?:that|to|for)\s"
)
_ENDS = re.compile(
    r"(?<=[a-z]{2}[.!?])[”\"]?\s|[.!?]?[”\"](?=\s|$)|\n"
    r"|,\s(?:and|but|which|who|saying|while|though|although|adding|[A-Z]\w+ (?:said|told))\b"
)
_SHORTEST = 15
SURE = 0.6


def with_claims(text: str, frames: Sequence[CueFrame]) -> list[CueFrame]:
    """
    Add the frames of nouns of saying whose the text says they are.

    Args:
        text: the article's.
        frames: what the tagger found, in order of their cues.

    Returns:
        All frames, in order of their cues.
    """
    taken = sorted(span for frame in frames for span in frame.cue)
    found: list[CueFrame] = []
    for who, noun, start in _claims(text):
        if any(t.start < noun.end and who.start < t.end for t in taken):
            continue
        end = _end(text, start)
        if end - start >= _SHORTEST:
            found.append(CueFrame((who,), (noun,), (Span(start, end),), SURE))
            taken.append(noun)
    return sorted([*frames, *found], key=lambda frame: frame.cue[0])


def is_claim(text: str, source: Span, cue: Span) -> bool:
    """Return whether somebody's claim is told of by a noun, so that he does not speak here."""
    if not _NOUN.search(text[slice(*cue)]):
        return False
    if source.start > cue.start:
        return _MADE_BY.fullmatch(text, cue.end, source.start) is not None
    return re.match(r"['’]s?\s", text[source.end : source.end + 3]) is not None


_NOUN = re.compile(rf"(?:{_SAID}|{_WANTED})$")
_MADE_BY = re.compile(r"\s(?:(?:made|issued)\s)?(?:by|of)\s")


def _claims(text: str) -> Iterator[tuple[Span, Span, int]]:
    """Yield whose a claim is, the noun, and where what is claimed begins."""
    for pattern in (_POSSESSED, _BY, _NATION, _ISSUED):
        for match in pattern.finditer(text):
            groups = match.groupdict()
            name = next(g for g in ("noun", "said", "wanted") if groups.get(g))
            yield Span(*match.span("who")), Span(*match.span(name)), match.end()


def _end(text: str, start: int) -> int:
    """Find where what is claimed ends: with its sentence, its quotation, or a new clause."""
    stop = _ENDS.search(text[start:])
    return start + stop.start() if stop else len(text.rstrip())
