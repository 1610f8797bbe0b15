"""
The quotations that no cue accounts for: kept, with a speaker only if a name is set beside them.

Quotation marks around a word, a title or a nickname are no statement. Offsets are characters
into the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.types import Attribution, Span

_WORD = re.compile(r"[^\W_]+(?:['’.,&\-][^\W_]+)*")
_OPENING = "“\"‘'«„`"
_CLOSING = "”\"’'»"
_ENDS = re.compile(r"[.!?…,;]['’”\"»)]*$")
_NAME = r"(?P<name>[^\W\d_][\w.'’\-]*(?:[ \u00a0][^\W\d_a-z][\w.'’\-]*){0,4})"
_SIGNED = re.compile(rf"[ \u00a0]*(?P<cue>[—–―]|--?)[ \u00a0]*{_NAME}[ \u00a0.]*(?=\r|\n|$)")
# "— Opposition leader Katrin Foss", "— Katrin Foss, leader of the opposition"
_CAPITALS = r"(?:[^\W\d_a-z][\w.’'\-]*[ \u00a0]){1,3}[^\W\d_a-z][\w’'\-]*"
_SIGNED_WITH_ROLE = re.compile(
    r"[ \u00a0]*(?P<cue>[—–―]|--?)[ \u00a0]*"
    rf"(?P<name>(?:[^\W\d_][\w.’'&\-]*[ \u00a0]){{0,6}}?{_CAPITALS})"
    r"(?P<role>,[ \u00a0][^\n.!?:;“”\"]{3,80})?[ \u00a0.]*(?=\r|\n|$)"
)
_PROSE = re.compile(
    r"\b(?:is|was|are|were|be|said|says|say|that|this|these|it|he|she|they|we|you|i|but|so|then|who"
    r"|which|when|while|where|why|how|what|has|had|have|as|by|about|made|not|will|would|could|if"
    r"|because|before|after|told|asked|wrote|thus|yet|just|only|even|or)\b",
    re.IGNORECASE,
)
_LABELLED = re.compile(rf"[ \u00a0]*{_NAME}(?P<cue>:)[ \u00a0]*")
# '…," wrote Horvat on her page'
_INVERTED = re.compile(
    r"[ \u00a0]*(?P<cue>(?:said|says|wrote|writes|added|adds|tweeted|posted|replied|explained"
    r"|warned|declared|insisted|argued|recalled|complained))[ \u00a0]+"
    r"(?P<name>[^\W\d_a-z][\w’'&\-]*(?:[ \u00a0][^\W\d_a-z][\w’'&\-]*){0,4})"
    r"(?=[.,;]|[ \u00a0]+(?:on|in|at|to|after|during|as)\b)"
)
_DAY = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day$")
MIN_STATEMENT_WORDS = 4


def find_unattributed(
    text: str, quotations: Sequence[Span], taken: Sequence[Span]
) -> list[Attribution]:
    """
    Keep the quotations that are statements and that no attribution accounts for.

    Args:
        text: the article's.
        quotations: its quotations, marks included.
        taken: the spans of all attributions found so far.
    """
    covered = bytearray(len(text) + 1)
    for span in taken:
        covered[span.start : span.end] = b"\1" * (span.end - span.start)
    found = []
    for quotation in quotations:
        if not any(covered[quotation.start : quotation.end]) and _is_statement(text, quotation):
            source, cue = signature(text, quotation)
            found.append(Attribution(source, cue, (quotation,), kind="direct", confidence=0.5))
    return found


def signature(text: str, quotation: Span) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """
    Read a name set beside a quotation: “…” — Ana Horvat, or Horvat: “…”, or “…,” wrote Horvat.

    Beside a mark only where the name fills the rest of the line: prose after a dash is no
    signature.
    """
    verb = _INVERTED.match(text, quotation.end)
    if verb and not _DAY.match(verb.group("name")):
        return (Span(*verb.span("name")),), (Span(*verb.span("cue")),)
    after = _SIGNED.match(text, quotation.end) or _signed_with_role(text, quotation)
    if after:
        return (Span(*after.span("name")),), (Span(*after.span("cue")),)
    line = text.rfind("\n", 0, quotation.start) + 1
    before = _LABELLED.fullmatch(text, line, quotation.start)
    if before:
        return (Span(*before.span("name")),), (Span(*before.span("cue")),)
    return (), ()


def _signed_with_role(text: str, quotation: Span) -> re.Match[str] | None:
    """Match a signature of an office and a name, which fills the rest of the line; not prose."""
    found = _SIGNED_WITH_ROLE.match(text, quotation.end)
    return None if found is None or _PROSE.search(found["name"]) else found


def _is_statement(text: str, quotation: Span) -> bool:
    """
    Return whether a quotation is a statement and not a scare quote, a title or a nickname.

    A statement is a sentence of its own: it opens one, begins with a capital, has some words,
    and ends with a stop; and not every long word is capitalised, as in a title.
    """
    inner = text[quotation.start : quotation.end].strip(_OPENING + _CLOSING + " ")
    words = _WORD.findall(inner)
    if len(words) < MIN_STATEMENT_WORDS or not inner[:1].isupper():
        return False
    lead = text[max(0, quotation.start - 3) : quotation.start].rstrip(" ")
    opens = not lead or lead[-1] in '.!?\n:…”"'
    after = text[quotation.end : quotation.end + 1]
    ends = bool(_ENDS.search(text[quotation.start : quotation.end])) or after in (".", "!", "?")
    long_words = [w for w in words[1:] if len(w) > 3]
    titled = bool(long_words) and all(w[:1].isupper() for w in long_words)
    return opens and ends and not titled
