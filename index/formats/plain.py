"""
Plain text (.txt): the text is the whole file, but for what `clean` repairs and wrapped lines.

A headline is recognised, not cut off: the first line is the title if it is short, does not end
like a sentence, and a blank line follows. Otherwise the file's name serves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.formats.pages.printed import printed_byline, printed_date
from index.formats.parts.cleaning import clean_file
from index.formats.parts.decoding import decode
from index.formats.parts.embargo import embargo_of
from index.formats.parts.fields import id_from_name, one_line, title_from_name
from index.formats.parts.wrapping import rejoined
from index.types import Article

SUFFIXES: tuple[str, ...] = (".txt", ".text")
MIME_TYPES: tuple[str, ...] = ("text/plain",)
SANDBOXED = False

_HEADLINE = re.compile(r"\s*(?P<line>\S[^\r\n]{0,199})(?:\r\n|\r|\n)[ \t]*(?:\r\n|\r|\n)")
_SENTENCE_END = re.compile(r"[.:;,]['\"”’)\]]*\s*$")


def parse(data: bytes, name: str, charset: str | None = None) -> Iterator[Article]:
    """Read one article; raises ArticleError for what is not text."""
    text = decode(data, name, charset)
    headline = _HEADLINE.match(text)
    if headline and not _SENTENCE_END.search(headline["line"]):
        title = one_line(headline["line"])
    else:
        title = title_from_name(name)
    article = Article(
        id=id_from_name(name),
        title=title,
        text=rejoined(text),
        published_at=printed_date(text),
        byline=printed_byline(text),
        embargoed_until=embargo_of(text, name),
    )
    yield clean_file(article, name)
