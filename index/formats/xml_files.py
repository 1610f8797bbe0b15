"""
XML files: which of the formats it is, the outermost element tells.

Agencies name them all ".xml" and send them as application/xml. A feed goes to a reader that
forgives; everything else must be well-formed.
"""

from __future__ import annotations

from collections.abc import Iterator

from index.errors import ArticleError
from index.formats import feeds, html, newsml, nitf
from index.formats.parts.xml import decode_xml, parse_xml, root_name
from index.types import Article, Withdrawal

SUFFIXES: tuple[str, ...] = (".xml", ".newsml", ".nitf", ".rss", ".atom")
MIME_TYPES: tuple[str, ...] = (
    "application/xml",
    "text/xml",
    "application/rss+xml",
    "application/atom+xml",
    "application/rdf+xml",
    "application/nitf+xml",
    "application/vnd.iptc.g2.newsitem+xml",
    "application/vnd.iptc.g2.newsmessage+xml",
)
SANDBOXED = True


def parse(
    data: bytes, name: str, charset: str | None = None
) -> Iterator[Article | Withdrawal | ArticleError]:
    """Read the articles of one file; raises ArticleError for XML that is no news."""
    source = decode_xml(data, name, charset)
    kind = root_name(source)
    if kind in feeds.ROOTS:
        yield from feeds.read_articles(feeds.read_feed(data, name), name)
    elif kind == "html":
        yield from html.parse(data, name, charset)
    elif kind in newsml.ROOTS:
        yield from newsml.read_items(parse_xml(source, name), name)
    elif kind == nitf.ROOT:
        yield nitf.read_story(parse_xml(source, name), name)
    else:
        raise ArticleError(
            f"{name}: XML of <{kind[:40] or 'nothing'}> is no news format; use NewsML-G2, NITF, "
            "RSS or Atom"
        )
