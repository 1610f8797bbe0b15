"""What the child process does with foreign bytes: read them, and tell in JSON."""

from __future__ import annotations

# Loaded before the clock of the first article starts.
import feedparser  # noqa: F401
import trafilatura  # noqa: F401

from index.formats import feeds, opml, parse_here, wire


def articles(data: bytes, name: str, mime: str | None) -> bytes:
    """Read the articles of one file."""
    return wire.write_items(parse_here(data, name, mime))


def feed(data: bytes, name: str, mime: str | None) -> bytes:
    """Read a feed; raises ArticleError for what is none."""
    return wire.write_feed(feeds.read_feed(data, name, mime))


def feed_list(data: bytes, name: str) -> bytes:
    """Read an OPML list of feeds; raises ArticleError for what is none."""
    return wire.write_list(opml.read_opml(data, name))
