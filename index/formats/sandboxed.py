"""
Read foreign bytes in the sandbox: what a file holds, a feed, a list of feeds.

One child serves the whole process; it starts with the first call and ends with the process.
"""

from __future__ import annotations

import atexit

from index.formats import wire
from index.formats.feeds import Feed
from index.formats.opml import ListedFeed
from index.formats.sandbox.parent import Sandbox

# What the child may call; not imported here, for its libraries are slow to load.
_ARTICLES = "index.formats.calls.articles"
_FEED = "index.formats.calls.feed"
_FEED_LIST = "index.formats.calls.feed_list"
_sandbox = Sandbox((_ARTICLES, _FEED, _FEED_LIST))
atexit.register(_sandbox.close)
close = _sandbox.close


def read_articles(data: bytes, name: str, mime: str | None) -> list[wire.Item]:
    """
    Read the articles of one file, as `parse_here` does.

    Raises:
        ArticleError: naming *name*, if the child cannot read it within its limits.
    """
    return wire.read_items(_sandbox.call(_ARTICLES, data, name, mime=mime), name)


def read_feed(data: bytes, name: str, mime: str | None) -> Feed:
    """Read a feed; raises ArticleError for what is none."""
    return wire.read_feed(_sandbox.call(_FEED, data, name, mime=mime), name)


def read_feed_list(data: bytes, name: str) -> list[ListedFeed]:
    """Read an OPML list of feeds; raises ArticleError for what is none."""
    return wire.read_list(_sandbox.call(_FEED_LIST, data, name), name)
