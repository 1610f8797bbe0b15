"""
Web pages (.html): the article without menus, teasers and footers.

trafilatura finds the text; title, outlet, canonical address, byline and dates come from JSON-LD
and OpenGraph. Nothing is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from index.errors import ArticleError
from index.formats.parts.decoding import decode
from index.formats.parts.fields import (
    byline_of,
    first_date,
    id_from_name,
    one_line,
    storable,
    text_line,
    title_from_name,
    web_address,
)
from index.formats.parts.html_metadata import read_page_facts
from index.formats.parts.markup import html_tree
from index.types import Article

SUFFIXES: tuple[str, ...] = (".html", ".htm", ".xhtml")
MIME_TYPES: tuple[str, ...] = ("text/html", "application/xhtml+xml")
SANDBOXED = True

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
# trafilatura's mark of a list item; the page's own bullets are not in its text.
_ITEM = re.compile(r"^- ", re.MULTILINE)
_WAY_OUT = "save the article's text as .txt"


def parse(data: bytes, name: str, charset: str | None = None) -> Iterator[Article]:
    """Read one article; raises ArticleError for a page without article text."""
    # Imported late: it takes a third of a second, and most folders hold no HTML.
    from trafilatura import bare_extraction

    if not charset and (declared := _CHARSET.search(data[:4096])):
        charset = declared[1].decode("ascii", "replace")
    tree = html_tree(decode(data, name, charset), name)
    facts = read_page_facts(tree)
    try:
        found = bare_extraction(
            tree,
            with_metadata=True,
            include_comments=False,
            include_tables=False,
            date_extraction_params={"original_date": True, "extensive_search": False},
        )
    except (ValueError, RecursionError, etree.LxmlError) as exc:
        reason = one_line(str(exc))
        raise ArticleError(f"{name}: the page cannot be read ({reason}); {_WAY_OUT}") from exc
    if found is None or not (text := _ITEM.sub("", found.text or "").strip()):
        raise ArticleError(f"{name}: no article text was found in this page; {_WAY_OUT}")
    yield Article(
        id=id_from_name(name),
        title=facts.title or text_line(found.title) or title_from_name(name),
        text=storable(text),
        outlet=facts.outlet or text_line(found.sitename),
        url=facts.url or web_address(found.url),
        published_at=facts.published_at or first_date(found.date),
        byline=facts.byline or byline_of(found.author),
        note=facts.note,
        rights=facts.rights,
        revised_at=facts.revised_at,
    )
