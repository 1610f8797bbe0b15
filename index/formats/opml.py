"""
OPML: the lists of feeds that feed readers exchange.

Lists are nested in folders as deep as people like, and some readers write the same feed into
several of them. What has no address is a folder.
"""

from __future__ import annotations

from typing import NamedTuple

from lxml import etree

from index.errors import ArticleError
from index.formats.parts.fields import any_address, text_line
from index.formats.parts.xml import decode_xml, parse_xml, root_name

MAX_FEEDS = 2_000


class ListedFeed(NamedTuple):
    """A feed of a list, with the name that the list gives it."""

    url: str
    title: str | None


def read_opml(data: bytes, name: str) -> list[ListedFeed]:
    """
    Read a list of feeds, each once.

    Raises:
        ArticleError: naming *name*, if it is no OPML.
    """
    return feeds_of(parse_opml(data, name))


def parse_opml(data: bytes, name: str) -> etree._Element:
    """Parse a list of feeds; raises as `read_opml`."""
    source = decode_xml(data, name, None)
    if root_name(source) != "opml":
        raise ArticleError(f"{name}: not an OPML list of feeds; export it again from your reader")
    return parse_xml(source, name)


def feeds_of(root: etree._Element) -> list[ListedFeed]:
    """List the feeds of a parsed list, each once, by its first name."""
    found: dict[str, ListedFeed] = {}
    for feed in filter(None, map(listed, root.iter("outline"))):
        found.setdefault(feed.url, feed)
    return list(found.values())[:MAX_FEEDS]


def listed(outline: etree._Element) -> ListedFeed | None:
    """Read one outline; None for a folder."""
    url = any_address(outline.get("xmlUrl"))
    title = text_line(outline.get("title")) or text_line(outline.get("text"))
    return ListedFeed(url, title) if url else None
