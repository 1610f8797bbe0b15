"""
Give quotations that a page sets apart to whoever it names below them (<cite>).

Such words bear no marks, so nothing else tells that they are anybody's. Offsets are characters
into the text. Pure; no I/O.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from index.types import Attribution, Mark, Span


def with_cited(found: Sequence[Attribution], marks: Sequence[Mark]) -> list[Attribution]:
    """
    Put the quotations that a page signs among the attributions that were found in it.

    Args:
        found: what was found in the text.
        marks: the article's; the name follows its quotation.
    """
    signed = [
        (Span(*one[:2]), Span(*name[:2]))
        for one, name in pairwise(m for m in marks if m.kind in ("quote", "cite"))
        if (one.kind, name.kind) == ("quote", "cite")
    ]
    if not signed:
        return list(found)
    whole = [Span(quote.start, name.end) for quote, name in signed]
    kept = [one for one in found if not any(_is_in_one(span, whole) for span in _spans(one))]
    made = [Attribution((name,), (), (quote,), "direct") for quote, name in signed]
    return sorted([*kept, *made], key=lambda one: (one.content or one.cue or one.source)[0])


def _spans(one: Attribution) -> tuple[Span, ...]:
    return (*one.source, *one.cue, *one.content)


def _is_in_one(span: Span, whole: Sequence[Span]) -> bool:
    """Return whether a span shares a character with a quotation or its name."""
    at = bisect_right(whole, span.start, key=lambda one: one.end)
    return at < len(whole) and whole[at].start < span.end
