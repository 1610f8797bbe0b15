"""`onrecord feeds`: which feeds are followed, how each does, and how the list is changed."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from index.cli.common import print_json, print_line
from index.errors import ArticleError, FetchError, SettingsError

if TYPE_CHECKING:
    from index.formats.opml import ListedFeed
    from index.settings import IndexSettings


def show_feeds(arguments: argparse.Namespace) -> int:
    """Print how each feed does."""
    from index.arrivals.feeds.report import feed_lines, feed_record, overdue, read_feeds
    from index.settings import load_index_settings

    feeds = read_feeds(load_index_settings(data_dir=arguments.data_dir))
    for feed in feeds:
        if arguments.json:
            print_json(feed_record(feed))
        else:
            for line in feed_lines(feed):
                print_line(line)
    if not feeds:
        print("no feed is followed yet; `onrecord feeds add URL`", file=sys.stderr)
    elif overdue(feeds):
        print("feeds are overdue for a look; `onrecord watch` must be running", file=sys.stderr)
    return 0


def add_feeds(arguments: argparse.Namespace) -> int:
    """Follow feeds, after a look whether they are any."""
    from index.arrivals.feeds.subscriptions import feed_address
    from index.formats.opml import ListedFeed
    from index.settings import load_index_settings
    from index.sources.feed import read_feed
    from index.sources.web.fetch import Fetcher

    settings = load_index_settings(data_dir=arguments.data_dir)
    fetcher = Fetcher(allowed=settings.fetch_allow)
    good, refused = [], 0
    for url in [feed_address(each, settings) for each in arguments.url]:
        title = None
        try:
            reading = read_feed(url, fetcher=fetcher)
            if reading.gone:
                raise ArticleError(f"{url}: the site says that this feed is gone for good")
            title = reading.title
        except ArticleError as exc:
            if not isinstance(exc, FetchError) or exc.retry_after is None:
                print_line(f"refused: {exc}", error=True)
                refused += 1
                continue
            print_line(f"cannot be read now: {exc}", error=True)
        good.append(ListedFeed(url, title))
    _follow(settings, good, as_json=arguments.json)
    return 1 if refused else 0


def remove_feed(arguments: argparse.Namespace) -> int:
    """Stop following a feed."""
    from index.arrivals.feeds.subscriptions import feed_address, unfollow
    from index.settings import load_index_settings

    settings = load_index_settings(data_dir=arguments.data_dir)
    # As it is listed, or as `feeds add` spells it.
    url = arguments.url
    removed = unfollow(settings, url) or unfollow(settings, feed_address(url, settings))
    if arguments.json:
        print_json({"url": url, "removed": removed})
    elif removed:
        print(f"{url} is no longer followed; its articles stay in the index")
    if not removed:
        print(f"onrecord: {url} is not followed; `onrecord feeds` lists those", file=sys.stderr)
    return 0 if removed else 1


def import_feeds(arguments: argparse.Namespace) -> int:
    """Follow the feeds of a list that another program has written."""
    from index.arrivals.feeds.subscriptions import feed_address, import_list
    from index.settings import load_index_settings

    settings = load_index_settings(data_dir=arguments.data_dir)
    good, refused = [], 0
    for feed in import_list(arguments.file):
        try:
            good.append(feed._replace(url=feed_address(feed.url, settings)))
        except SettingsError as exc:
            print_line(f"refused: {exc}", error=True)
            refused += 1
    _follow(settings, good, as_json=arguments.json)
    return 1 if refused or not good else 0


def _follow(settings: IndexSettings, feeds: Sequence[ListedFeed], *, as_json: bool) -> None:
    """Write *feeds* into the list, and say which of them are new there."""
    from index.arrivals.feeds.subscriptions import follow

    new = follow(settings, feeds)
    for url, title in feeds:
        known = (url, title) not in new
        if as_json:
            print_json({"url": url, "title": title, "added": not known})
        else:
            name = f"{title}: {url}" if title else url
            print_line(f"{name} {'is already followed' if known else 'is followed from now on'}")
    if new and not as_json:
        print("`onrecord watch` reads it; `onrecord feeds` shows its state")
