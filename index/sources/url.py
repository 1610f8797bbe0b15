"""
Read the article behind an address, or, once, the entries of the feed there.

Of a feed that carries only teasers the pages are fetched, the newest few: to follow a feed is
another matter (`index.arrivals.feeds.poller`), for which each entry's page is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from index import formats
from index.errors import ArticleError, FetchError
from index.formats.feeds import Feed, FeedEntry, article_of
from index.origins import FEED, PAGE
from index.sources.feed import is_feed, parse_feed
from index.sources.web.fetch import Fetcher
from index.sources.web.response import Fetched
from index.text.urls import canonical_url
from index.types import Article

MAX_ENTRIES = 50


def read_url(url: str, fetcher: Fetcher) -> Iterator[formats.Item]:
    """
    Fetch *url* and read what is there.

    Returns:
        One article of a page, or those of a feed's newest entries; errors in their place.
    """
    try:
        found = fetcher.fetch(url)
        feed = parse_feed(found) if is_feed(found) else None
    except ArticleError as exc:
        yield exc
        return
    if feed is None:
        yield from read_page(found)
        return
    for entry in feed.entries[:MAX_ENTRIES]:
        for item in read_entry(entry, feed, fetcher):
            yield item if isinstance(item, ArticleError) else replace(item, origin=FEED + url)
    if not feed.entries:
        yield ArticleError(f"{url}: the feed has no entries; nothing to add")


def read_page(found: Fetched) -> Iterator[formats.Item]:
    """Read a fetched page; it is its articles' origin, and their address if they name none."""
    if found.status != 200:
        yield ArticleError(f"{found.url}: the site says that the page is gone; nothing to add")
        return
    for item in formats.parse(found.body, found.url, found.mime):
        if isinstance(item, Article):
            # The address that the page gives as its own may be another site's.
            origin = PAGE + (canonical_url(found.url) or found.url)
            item = replace(item, url=item.url or found.url, origin=origin)
        yield item


def read_entry(entry: FeedEntry, feed: Feed, fetcher: Fetcher) -> Iterator[formats.Item]:
    """Give the article of a feed's entry: from its page, or from the feed if it is whole there."""
    if entry.content or not entry.link or entry.unpublished:
        try:
            yield article_of(entry, feed)
            return
        except ValueError as exc:
            if not entry.link or entry.unpublished:
                yield ArticleError(f"{feed.link or entry.id}: {exc}")
                return
    try:
        found = fetcher.fetch(entry.link)
    except ArticleError as exc:
        yield exc
        return
    items = list(read_page(found))
    alone = len(items) == 1
    for item in items:
        yield _completed(item, entry, feed, alone=alone) if isinstance(item, Article) else item


def read_entry_whole(
    entry: FeedEntry, feed: Feed, fetcher: Fetcher, *, patient: bool
) -> list[formats.Item]:
    """
    Give the article of an entry with the most text: the page's, or the feed's own.

    Args:
        patient: leave a page that cannot be had now for later, instead of doing without it.

    Raises:
        FetchError: if *patient*, for a page that may be had later.
    """
    try:
        own: Article | ArticleError = article_of(entry, feed)
    except ValueError as exc:
        own = ArticleError(f"{feed.title or feed.link or entry.id}: {exc}")
    if not entry.link or entry.unpublished:
        return [own]
    try:
        items = list(read_page(fetcher.fetch(entry.link)))
    except FetchError as exc:
        if patient and exc.retry_after is not None:
            raise
        items = [exc]
    pages = [item for item in items if isinstance(item, Article)]
    if isinstance(own, Article) and all(len(page.text) <= len(own.text) for page in pages):
        return [own]
    # Of what can be put to no use, the page's fault is the one to fix.
    alone = len(pages) == 1
    return [_completed(page, entry, feed, alone=alone) for page in pages] or items


def _completed(article: Article, entry: FeedEntry, feed: Feed, *, alone: bool) -> Article:
    """
    Fill from the feed what the page leaves open.

    The id is the feed's: an article is the same whether its page or its feed gave the text. Of
    several on one page, the updates of a live blog, each keeps its own.
    """
    return replace(
        article,
        id=entry.id if alone else article.id,
        outlet=article.outlet or feed.title,
        published_at=article.published_at or entry.published_at,
        byline=article.byline or entry.byline,
        revised_at=article.revised_at or entry.updated_at,
    )
