"""
Read a draft: its quotations, whom it names for each, and what it reports without marks.

A draft is read as an article is; what it says on record of others is what is to be checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from index.attribution.quotations import quotation_spans
from index.ingest.analysis import analyse
from index.speakers import Tables
from index.types import Article, IndexedArticle, Span, Speaker, Statement

# Fewer words between marks are a name or an irony, unless somebody is said to have used them.
_FEWEST = 3
_MOST = 200
_WORD = re.compile(r"[^\W_]+")
_MARKS = " \t\"“”„«»`'‘’"
_BLOCK = re.compile(r"(?m)^>[^\n]*(?:\n>[^\n]*)*")


class Passage(NamedTuple):
    """Words of a draft, ``draft[start:end]``, and whom it names for them."""

    span: Span
    text: str
    speaker: Speaker | None


class Draft(NamedTuple):
    """What a draft quotes, and what it reports."""

    quotations: tuple[Passage, ...]
    reports: tuple[Passage, ...]


def read_draft(text: str, tables: Tables) -> Draft:
    """
    Find what *text* quotes and reports, in reading order.

    Args:
        text: the draft.
        tables: the parties.

    Raises:
        AttributionError: if the weights of the tagger cannot be loaded.
    """
    [item] = analyse([Article(id="draft", title="", text=text)], tables)
    spans = sorted({*quotation_spans(text), *_blocks(text)})
    quotations = tuple(_quotations(text, spans, item.statements))
    return Draft(quotations, tuple(_reports(item, spans)))


def _blocks(text: str) -> Iterator[Span]:
    """Find what Markdown sets apart as a quotation, unless it has marks of its own."""
    for match in _BLOCK.finditer(text):
        if not any(mark in match.group() for mark in '"“„«'):
            yield Span(match.start(), match.end())


def _quotations(
    text: str, spans: Sequence[Span], statements: Sequence[Statement]
) -> Iterator[Passage]:
    for marked in spans:
        whole = without_marks(text, marked)
        by = _statement_at(whole, statements)
        speaker = by.speaker if by else None
        for inner in _pieces(text, whole):
            words = len(_WORD.findall(text[inner.start : inner.end]))
            if words >= _FEWEST or (words and speaker is not None):
                yield Passage(inner, text[inner.start : inner.end], speaker)


def _pieces(text: str, whole: Span) -> Iterator[Span]:
    """Cut a very long quotation after so many words; what is compared costs their square."""
    words = list(_WORD.finditer(text, whole.start, whole.end))
    for first in range(0, max(len(words), 1), _MOST):
        begin = words[first].start() if first else whole.start
        last = first + _MOST
        yield Span(begin, words[last - 1].end() if last < len(words) else whole.end)


def without_marks(text: str, marked: Span) -> Span:
    """Take the marks of a quotation, and the comma before the last, off its span."""
    start, end = marked
    while start < end and text[start] in _MARKS + ">":
        start += 1
    while start < end and text[end - 1] in _MARKS + ",\n":
        end -= 1
    return Span(start, end)


def _statement_at(span: Span, statements: Sequence[Statement]) -> Statement | None:
    """Find the statement that holds most of *span*: with a speaker before one without."""
    held = [(_shared(span, one), one.speaker is not None, -at) for at, one in enumerate(statements)]
    shared, _, at = max(held, default=(0, False, 0))
    return statements[-at] if 2 * shared > span.end - span.start else None


def _shared(span: Span, statement: Statement) -> int:
    parts = statement.attribution.content
    return sum(max(0, min(p.end, span.end) - max(p.start, span.start)) for p in parts)


def _reports(item: IndexedArticle, quoted: Sequence[Span]) -> Iterator[Passage]:
    """Find what the draft reports of somebody with a name, without any quotation in it."""
    text = item.article.text
    for one in item.statements:
        parts = one.attribution.content
        if one.speaker is None or one.attribution.kind != "indirect" or not parts:
            continue
        if not any(q.start < p.end and p.start < q.end for q in quoted for p in parts):
            span = Span(parts[0].start, parts[-1].end)
            yield Passage(span, text[span.start : span.end], one.speaker)
