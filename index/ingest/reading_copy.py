"""
A copy of an article for reading: lines that were wrapped are whole, accents are parts of letters.

The stored text stays as it came, so what was found in the copy is moved to its places there.
Pure; no I/O.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace

from index.text.line_breaks import without_soft_breaks
from index.types import Article, Attribution, IndexedArticle, Mark, Sentence, Span

# A letter with the accents behind it, as some systems write "é".
_PARTED_LETTER = re.compile("[^\u0300-\u036f][\u0300-\u036f]+")


class ReadingCopy:
    """
    An article to read in place of another.

    ``article`` has the text to read; `moved` gives what was found in it the places of the other.
    """

    def __init__(self, article: Article) -> None:
        """Make the copy; where nothing needs it, it is the article itself."""
        self._given = article
        text, self._places = _composed(without_soft_breaks(article.text))
        self.article = article
        if text != article.text:
            marks = tuple(
                Mark(self._copied(one.start), self._copied(one.end), one.kind)
                for one in article.marks
            )
            title = unicodedata.normalize("NFC", article.title)
            self.article = replace(article, text=text, title=title, marks=marks)

    def _copied(self, place: int) -> int:
        """Give the place in the copy of a place in the given text."""
        return place if self._places is None else bisect_left(self._places, place)

    def moved(self, item: IndexedArticle) -> IndexedArticle:
        """Give what was found in the copy as what was found in the article."""
        if self._places is None:
            return replace(item, article=self._given)
        places = self._places
        return replace(
            item,
            article=self._given,
            sentences=tuple(
                Sentence(s.index, places[s.start], places[s.end]) for s in item.sentences
            ),
            statements=tuple(
                replace(one, attribution=_moved(one.attribution, places)) for one in item.statements
            ),
            introductions=tuple(
                replace(one, span=_span(one.span, places)) for one in item.introductions
            ),
        )


def _composed(text: str) -> tuple[str, Sequence[int] | None]:
    """Join letters and their accents; with the place of each character, None if all stay."""
    if unicodedata.is_normalized("NFC", text):
        return text, None
    pieces, places, at = [], list[int](), 0
    for found in _PARTED_LETTER.finditer(text):
        whole = unicodedata.normalize("NFC", found[0])
        pieces += [text[at : found.start()], whole]
        places += [*range(at, found.start()), *(found.start() for _ in whole)]
        at = found.end()
    pieces.append(text[at:])
    places += range(at, len(text) + 1)
    return "".join(pieces), places


def _span(span: Span, places: Sequence[int]) -> Span:
    return Span(places[span.start], places[span.end])


def _spans(spans: Iterable[Span], places: Sequence[int]) -> tuple[Span, ...]:
    return tuple(_span(span, places) for span in spans)


def _moved(one: Attribution, places: Sequence[int]) -> Attribution:
    return replace(
        one,
        source=_spans(one.source, places),
        cue=_spans(one.cue, places),
        content=_spans(one.content, places),
    )
