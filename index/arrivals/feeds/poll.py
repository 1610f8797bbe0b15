"""
One look at one feed: what is new in it goes into the queue, and how it went is remembered.

The marks that spare us an unchanged feed are kept only when every entry is in the queue:
the server would say "unchanged" for ever after, and what was left out would stay out.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from threading import Event

from index.arrivals.feeds.state import FeedHealth, FeedStates
from index.errors import ArticleError, FetchError
from index.formats.feeds import Feed, FeedEntry
from index.origins import FEED
from index.queue import Queue
from index.sources.feed import FeedReading, read_feed
from index.sources.url import read_entry_whole
from index.sources.web.fetch import Fetcher

log = logging.getLogger(__name__)

LONGEST = timedelta(days=1)
# Pages that could not be had in one look before the rest is left for later.
MISSES = 3
# Times that a page is asked for before the feed's own text must do.
TRIES = 3
_EARLIEST = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class FeedPoll:
    """What a look needs: where to, where from, how often, and how much of a new feed."""

    queue: Queue
    states: FeedStates
    fetcher: Fetcher
    every: timedelta
    first: int
    stop: Event


def poll_feed(feed: FeedHealth, poll: FeedPoll) -> None:
    """
    Look at *feed* once: receive what is new, and keep how it does.

    Raises:
        StoreError: if the queue cannot be written; a feed that cannot be read is noted instead.
    """
    place = feed.moved_to or feed.url
    try:
        reading = read_feed(place, etag=feed.etag, modified=feed.modified, fetcher=poll.fetcher)
    except ArticleError as exc:
        log.warning("feed %s: %s", feed.url, exc)
        poll.states.keep(_failed(feed, exc, poll.every))
        return
    poll.states.keep(_looked(feed, reading, poll))


def _failed(feed: FeedHealth, exc: ArticleError, every: timedelta) -> FeedHealth:
    """Wait twice as long after each failure in a row, and as long as the site asks."""
    now = datetime.now(UTC)
    asked = timedelta(seconds=exc.retry_after or 0 if isinstance(exc, FetchError) else 0)
    wait = max(asked, every * 2 ** min(feed.errors + 1, 20))
    return replace(
        feed,
        # What it moved to may be the fault: the address that was listed is asked next.
        moved_to=None,
        etag=None if feed.moved_to else feed.etag,
        modified=None if feed.moved_to else feed.modified,
        looked_at=now,
        due=now + min(wait, LONGEST),
        errors=feed.errors + 1,
        fault=str(exc),
    )


def _looked(feed: FeedHealth, reading: FeedReading, poll: FeedPoll) -> FeedHealth:
    """Receive what is new; gives how the feed does now."""
    began = datetime.now(UTC)
    if reading.gone:
        fault = "the site says that the feed is gone for good"
        return replace(feed, looked_at=began, gone=True, fault=fault, errors=feed.errors + 1)
    received, whole = _receive(feed, reading, poll)
    now = datetime.now(UTC)
    wait = max(poll.every, timedelta(minutes=reading.ttl or 0))
    whole = whole and (not reading.changed or poll.states.all_received(feed.url))
    return replace(
        feed,
        title=reading.title or feed.title,
        etag=reading.etag if whole else None,
        modified=reading.modified if whole else None,
        moved_to=reading.moved_to or feed.moved_to,
        looked_at=now,
        new_at=now if received else feed.new_at,
        due=began + min(wait, LONGEST),
        errors=0,
        fault=None,
    )


def _receive(feed: FeedHealth, reading: FeedReading, poll: FeedPoll) -> tuple[int, bool]:
    """Put the articles of new entries into the queue; returns how many, and whether all."""
    about = Feed(reading.title or feed.title, feed.url, (), rights=reading.rights)
    received = missed = 0
    for entry, tries in _wanted(feed, reading.entries, poll):
        if poll.stop.is_set() or missed == MISSES:
            return received, False
        try:
            items = read_entry_whole(entry, about, poll.fetcher, patient=tries < TRIES)
        except FetchError as exc:
            wait = timedelta(seconds=exc.retry_after or 0)
            poll.states.missed(feed.url, entry, min(wait, LONGEST))
            missed += 1
            continue
        poll.queue.receive(FEED + feed.url, items)
        poll.states.received(feed.url, [entry])
        received += 1
    return received, True


def _wanted(
    feed: FeedHealth, entries: Sequence[FeedEntry], poll: FeedPoll
) -> list[tuple[FeedEntry, int]]:
    """Choose what to receive, newest first; of a feed that is new to us only so many."""
    news = poll.states.news(feed.url, entries)
    news.sort(key=lambda one: one[0].published_at or one[0].updated_at or _EARLIEST, reverse=True)
    if feed.looked_at is None:
        poll.states.received(feed.url, [entry for entry, _ in news[poll.first :]])
        return news[: poll.first]
    return news
