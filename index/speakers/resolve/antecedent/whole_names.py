"""
Widen what the tagger cut out of a longer name: "Mr" (Novak), "Gaza" of "the ministry in Gaza".

Offsets are characters into the text. No I/O.
"""

from __future__ import annotations

import re

from index.speakers.gazetteer.lexicon import words
from index.speakers.gazetteer.roles import role_class
from index.types import Span

_OFFICES = words("body name heads") | frozenset({"ministry", "embassy", "agency", "office"})
# "The harbour ministry in" Halvik, where the tagger takes the place alone.
_PHRASE_BEFORE = re.compile(
    r"(?:^|[\n.!?,;:“”\"]\s*|\b(?:but|and|while|as|that)\s)"
    r"(?P<head>(?:[Tt]he|[Aa]n?)\s(?:[\w’'-]+\s){1,6}(?:in|of|at|from)\s(?:the\s)?)$"
)
_VERB = re.compile(
    r"\b(?:is|was|were|are|has|had|have|will|would|said|says|told|to|who|which|that)\b"
)


def whole_name(text: str, span: Span) -> Span:
    """
    Widen a name that is only the end of a phrase, or begins with "Mr".

    Args:
        text: the article's.
        span: a source.

    Returns:
        The whole phrase; *span* itself where nothing was cut off.
    """
    if text[slice(*span)].rstrip(".") in ("Mr", "Mrs", "Ms", "Dr"):
        name = re.compile(r"\.?\s(?:[A-Z][\w’'-]*)(?:\s[A-Z][\w’'-]*)*").match(text, span.end)
        return Span(span.start, name.end()) if name else span
    words = text[slice(*span)]
    if not words[:1].isupper() or " " in words:
        return span
    lead = max(0, span.start - 90)
    found = _PHRASE_BEFORE.search(text[lead : span.start])
    if found is None or _VERB.search(found.group("head")):
        return span
    nouns = found.group("head").lower().split()
    known = any(role_class(word) or word in _OFFICES for word in nouns)
    return Span(lead + found.start("head"), span.end) if known else span
