"""
Plain text (.txt): the text is the whole file, but for what `clean` repairs and wrapped lines.

A headline is recognised, not cut off: the first line is the title if it is short, does not end
like a sentence, and a blank line follows. Otherwise the file's name serves.
"""

from __future__ import annotations

from collections.abc import Iterator

from index.formats.pages.printed import printed_byline, printed_date
from index.formats.pages.text_head import read_head
from index.formats.parts.cleaning import clean_file, clean_text
from index.formats.parts.decoding import decode
from index.formats.parts.embargo import embargo_of
from index.formats.parts.fields import id_from_name, title_from_name
from index.formats.parts.omissions import omissions
from index.formats.parts.wrapping import rejoined
from index.types import Article

SUFFIXES: tuple[str, ...] = (".txt", ".text")
MIME_TYPES: tuple[str, ...] = ("text/plain",)
SANDBOXED = False


def parse(data: bytes, name: str, charset: str | None = None) -> Iterator[Article]:
    """Read one article; raises ArticleError for what is not text."""
    # A byline is one only once its accents are whole.
    written = decode(data, name, charset)
    text = clean_text(written)
    text = text if text.strip() else written
    head = read_head(text)
    article = Article(
        id=id_from_name(name),
        title=head.title or title_from_name(name),
        text=rejoined(head.text),
        outlet=head.outlet,
        url=head.url,
        published_at=head.published_at or printed_date(head.text),
        byline=head.byline or printed_byline(head.text),
        embargoed_until=embargo_of(text, name),
        left_out=omissions(("about", line) for line in head.left_out),
    )
    yield clean_file(article, name)
