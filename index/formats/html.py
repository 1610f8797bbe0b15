"""
Web pages (.html): the article without menus, teasers and footers.

trafilatura finds the text; title, outlet, canonical address and date come from JSON-LD and
OpenGraph. libxml2 drops whatever is nested deeper than 256 elements and calls that success, so
its error log is read: a page that lost text is refused. Nothing is fetched.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from index.errors import ArticleError
from index.formats.decoding import decode
from index.formats.fields import (
    id_from_name,
    one_line,
    read_date,
    read_url,
    storable,
    title_from_name,
)
from index.types import Article

SUFFIXES: tuple[str, ...] = (".html", ".htm", ".xhtml")
MIME_TYPES: tuple[str, ...] = ("text/html", "application/xhtml+xml")

_LARGEST = 10_000_000
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
# trafilatura's mark of a list item; the page's own bullets are not in its text.
_ITEM = re.compile(r"^- ", re.MULTILINE)
_WAY_OUT = "save the article's text as .txt"


def parse(data: bytes, name: str, charset: str | None = None) -> Iterator[Article]:
    """Read one article; raises ArticleError for a page without article text."""
    # Imported late: it takes a third of a second, and most folders hold no HTML.
    from trafilatura import bare_extraction

    if len(data) > _LARGEST:
        raise ArticleError(f"{name}: a page of {len(data):,} bytes is too large; {_WAY_OUT}")
    if not charset and (declared := _CHARSET.search(data[:4096])):
        charset = declared[1].decode("ascii", "replace")
    tree = _tree(decode(data, name, charset), name)
    published = _published(tree)
    try:
        found = bare_extraction(
            tree,
            with_metadata=True,
            include_comments=False,
            include_tables=False,
            date_extraction_params={"original_date": True, "extensive_search": False},
        )
    except (ValueError, RecursionError, etree.LxmlError) as exc:
        raise ArticleError(f"{name}: the page cannot be read ({exc}); {_WAY_OUT}") from exc
    if found is None or not (text := _ITEM.sub("", found.text or "").strip()):
        raise ArticleError(f"{name}: no article text was found in this page; {_WAY_OUT}")
    yield Article(
        id=id_from_name(name),
        title=one_line(storable(found.title or "")) or title_from_name(name),
        text=storable(text),
        outlet=one_line(storable(found.sitename or "")) or None,
        url=_url(found.url),
        published_at=published or _first_date([found.date]),
    )


def _tree(source: str, name: str) -> HtmlElement:
    """Parse the page, without loss."""
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = document_fromstring(source.encode("utf-8"), parser=parser)
    except (etree.LxmlError, ValueError) as exc:
        raise ArticleError(f"{name}: not an HTML page ({exc}); {_WAY_OUT}") from exc
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise ArticleError(f"{name}: the page is nested too deep to be read whole; {_WAY_OUT}")
    return tree


def _published(tree: HtmlElement) -> datetime | None:
    """Find the moment of publication that the page states, to the minute."""
    stated = [
        *tree.xpath("//meta[@property='article:published_time']/@content"),
        *(
            found
            for script in tree.xpath("//script[@type='application/ld+json']/text()")
            for found in _dates_in(script)
        ),
        *tree.xpath("//time[@itemprop='datePublished']/@datetime"),
    ]
    return _first_date(stated)


def _dates_in(script: str) -> Iterator[object]:
    """Yield each ``datePublished`` of a JSON-LD script; none if it is no JSON."""
    try:
        pending: list[Any] = [json.loads(script)]
    except (ValueError, RecursionError):
        return
    while pending:
        node = pending.pop()
        if isinstance(node, dict):
            if "datePublished" in node:
                yield node["datePublished"]
            pending += reversed(node.values())
        elif isinstance(node, list):
            pending += reversed(node)


def _first_date(values: list[object]) -> datetime | None:
    """Give the first of *values* that is a date."""
    for value in values:
        if isinstance(value, str):
            try:
                return read_date(value)
            except ValueError:
                continue
    return None


def _url(stated: str | None) -> str | None:
    """Keep an address that people can open; a canonical link may be anything."""
    try:
        return read_url(storable(stated)) if stated else None
    except ValueError:
        return None
