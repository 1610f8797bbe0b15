"""
Does what stands around a quoted passage turn it?

A draft that quotes the end of "I don't believe that we will lose" says the opposite of what was
said. Only words within the same statement are looked at.
"""

from __future__ import annotations

import re

from index.answers.search.duplicates import Match
from index.attribution.quotations import quotation_spans
from index.types import Span

_BEFORE = re.compile(
    r"\b(?:not|never|no\s+one|nobody|n[’']t\b.*?\b(?:say|think|believe|mean|accept|agree|claim)"
    r"|deny|denies|denied|doubt|if|unless|suppose|imagine|pretend|wrong|false|untrue|absurd|lie"
    r"|(?:some|they|people|critics|others|opponents)\s+(?:\w+\s+)?(?:say|claim|think|argue))\b"
    r"|n[’']t\s+(?:say|think|believe|mean|accept|agree|claim)",
    re.IGNORECASE | re.DOTALL,
)
_BEHIND = re.compile(r"[\s,;–—-]*(?:but|unless|except|only\s+if|provided|if)\b", re.IGNORECASE)
_NEXT = re.compile(
    r"(?:but|yet|however|still)\b[^.!?]*?(?:\bnot\b|n[’']t\b|\bnever\b|\bwrong\b|\bfalse\b)"
    r"|(?:that|this|it)\s+(?:is|was|would\s+be|[’']s)\s+(?:not|simply\s+not|false|wrong|untrue"
    r"|a\s+lie|nonsense|absurd)|not\s+(?:so|true|really|any\s*more)\b|nonsense\b",
    re.IGNORECASE,
)


def turned(found: Match, span: Span) -> str:
    """
    Find the words around *span* that turn what it says.

    Args:
        found: the statement that holds the passage.
        span: the passage, in its article's text.

    Returns:
        Those words; "" if there are none.
    """
    text, statement = found.item.article.text, found.statement
    if statement is None:
        return ""
    if statement.attribution.negated and statement.attribution.cue:
        cue = statement.attribution.cue[0]
        return text[cue.start : cue.end]
    held = _quotation_around(text, span)
    first = next((s for s in found.item.sentences if s.start <= span.start < s.end), None)
    last = next((s for s in found.item.sentences if s.start < span.end <= s.end), None)
    if held is None or first is None or last is None:
        return ""
    before = text[max(held.start, first.start) : span.start]
    if before.strip(" “\"'‘«„") and (match := _BEFORE.search(before)):
        return match.group()
    behind = text[span.end : min(held.end, last.end)]
    if match := _BEHIND.match(behind):
        return behind.strip(" ,;–—-")
    if any(character.isalnum() for character in text[span.end : min(held.end, last.end)]):
        return ""
    match = _NEXT.match(_goes_on(text, held, last.end))
    return match.group() if match else ""


def _goes_on(text: str, held: Span, end: int) -> str:
    """Cut out what the quotation says behind *end*: within its marks, or in the next ones."""
    if any(character.isalnum() for character in text[end : held.end]):
        return text[end : held.end].lstrip()
    _, opened, following = text[max(end, held.end) :].partition("\n")[0].partition("“")
    if not opened:
        _, _, following = text[max(end, held.end) :].partition("\n")[0].partition('"')
    return following


def _quotation_around(text: str, span: Span) -> Span | None:
    """Find the quotation of the article that holds *span*, with the paragraph alone in view."""
    begin = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    paragraph = text[begin : end if end >= 0 else len(text)]
    for quoted in quotation_spans(paragraph):
        if begin + quoted.start <= span.start and span.end <= begin + quoted.end:
            return Span(begin + quoted.start, begin + quoted.end)
    return None
