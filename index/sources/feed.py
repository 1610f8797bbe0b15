"""
Read one feed: fetch it if it has changed, and list its entries.

The bytes are read in the child process, for a hostile feed can keep its reader busy for ever.
"""

from __future__ import annotations

from dataclasses import dataclass

from index.formats import sandboxed
from index.formats.feeds import JSON_FEED, ROOTS, Feed, FeedEntry
from index.formats.parts.xml import root_name
from index.sources.web.fetch import Fetcher
from index.sources.web.response import Fetched

_GONE = 410


@dataclass(frozen=True, slots=True)
class FeedReading:
    """
    What a look at a feed gave.

    ``changed`` is False where the server says that nothing is new: there are no entries then.
    ``moved_to`` is the feed's new address for good; ``gone`` that it will not come back; ``ttl``
    the minutes that its publisher asks us to wait.
    """

    entries: tuple[FeedEntry, ...] = ()
    etag: str | None = None
    modified: str | None = None
    title: str | None = None
    moved_to: str | None = None
    gone: bool = False
    ttl: int | None = None
    changed: bool = True
    rights: str | None = None


def read_feed(
    url: str, *, etag: str | None = None, modified: str | None = None, fetcher: Fetcher
) -> FeedReading:
    """
    Fetch a feed, unless it is as it was, and read its entries.

    Args:
        etag: what the last reading gave.
        modified: likewise.

    Raises:
        FetchError: if it cannot be fetched; its ``retry_after`` says whether to try again.
        ArticleError: if what comes is no feed.
    """
    found = fetcher.fetch(url, etag=etag, modified=modified)
    if found.status == _GONE:
        return FeedReading(gone=True, changed=False)
    if found.status != 200:
        return FeedReading(
            etag=found.etag or etag,
            modified=found.modified or modified,
            moved_to=found.moved_to,
            changed=False,
        )
    feed = parse_feed(found)
    return FeedReading(
        entries=feed.entries,
        etag=found.etag,
        modified=found.modified,
        title=feed.title,
        moved_to=found.moved_to,
        ttl=feed.ttl,
        rights=feed.rights,
    )


def is_feed(found: Fetched) -> bool:
    """Return whether what was fetched begins like a feed, whatever its type is said to be."""
    start = found.body[:4096]
    return root_name(start.decode("utf-8", "replace")) in ROOTS or JSON_FEED.encode() in start


def parse_feed(found: Fetched) -> Feed:
    """Read a fetched feed in the child process; raises ArticleError."""
    return sandboxed.read_feed(found.body, found.url, found.mime)
