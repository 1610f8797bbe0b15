"""
Where nothing is heard any more, though something should be: feeds, articles, watches.

An alert that does not come looks like a day without news. So what has fallen silent is named, to
whoever asked for it and by `onrecord doctor`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from index.alerts.book import Book
from index.arrivals.feeds.report import read_feeds
from index.arrivals.feeds.subscriptions import followed
from index.core import Index
from index.settings import IndexSettings
from index.text.date_format import minute_utc
from index.types import Coverage

SilenceKind = Literal["feed", "articles", "watch"]
# After so many failures in a row a feed is dead, not slow.
_FAILED = 3


@dataclass(frozen=True, slots=True)
class Silence:
    """
    Something that has fallen silent, in one plain sentence without a full stop.

    ``name`` is the feed's address or the watch's text, "" for all articles; ``since`` when it was
    last heard of, if known. ``watch`` and ``owner`` are those of a watch.
    """

    kind: SilenceKind
    text: str
    name: str = ""
    since: datetime | None = None
    watch: int | None = None
    owner: str = ""


def silences(
    index: Index, book: Book | None, now: datetime, settings: IndexSettings
) -> list[Silence]:
    """
    List what has fallen silent: feeds that died, all articles, and watches that asked for it.

    Args:
        index: the articles.
        book: the watches; None if there are none.
        now: the moment.
        settings: after how many hours without an article that is said, and which feeds there are.

    Raises:
        SettingsError: if the list of feeds cannot be read.
        StoreError: if index, queue or book cannot be read.
    """
    watches = [] if book is None else _silent_watches(book, now)
    return [*silent_sources(index.stats(), now, settings), *watches]


def silent_sources(coverage: Coverage, now: datetime, settings: IndexSettings) -> Iterator[Silence]:
    """List feeds that died, and whether no article comes any more; see `silences`."""
    for feed in read_feeds(settings):
        if feed.gone:
            yield Silence("feed", f"the feed {feed.url} is gone for good", feed.url, feed.new_at)
        elif feed.errors >= _FAILED:
            text = f"the last {feed.errors} looks at the feed {feed.url} failed: {feed.fault}"
            yield Silence("feed", text, feed.url, feed.new_at)
    # Whoever adds articles by hand knows when none was added.
    follows = followed(settings) or settings.watch or settings.push_token
    last, most = coverage.indexed_at, timedelta(hours=settings.silent_after)
    if follows and last is not None and most and now - last > most:
        text = f"no article has come in for {_worded(now - last)}, since {minute_utc(last)}"
        yield Silence("articles", text, since=last)


def _silent_watches(book: Book, now: datetime) -> Iterator[Silence]:
    last = book.last_alerts()
    for watch in book.watches():
        if watch.silent_after is None or watch.paused:
            continue
        since = max(last.get(watch.number, watch.created_at), watch.created_at)
        if now - since > timedelta(days=watch.silent_after):
            text = f"nothing on “{watch.text}” for {_worded(now - since)}"
            yield Silence("watch", text, watch.text, since, watch.number, watch.owner)


def _worded(span: timedelta) -> str:
    """Word a span of time: "26 hours", "3 days"."""
    hours = int(span / timedelta(hours=1))
    count, unit = (hours, "hour") if hours < 48 else (hours // 24, "day")
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"
