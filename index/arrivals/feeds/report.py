"""What `onrecord feeds` and `onrecord doctor` say of the feeds that are followed."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from index.arrivals.feeds.state import FeedHealth, FeedStates
from index.arrivals.feeds.subscriptions import followed
from index.queue import ARRIVALS, Queue
from index.settings import IndexSettings
from index.text.date_format import minute_utc

# So long after it was due a look has not been done by a running indexer.
LATE = timedelta(minutes=10)


def read_feeds(settings: IndexSettings) -> list[FeedHealth]:
    """
    Report how each feed that is followed does.

    Raises:
        SettingsError: if the list of feeds cannot be read.
        StoreError: if the queue's file cannot be read.
    """
    listed = followed(settings)
    if not (settings.data_dir / ARRIVALS).exists():
        return [FeedHealth(feed.url, title=feed.title) for feed in listed]
    with closing(Queue(settings.data_dir)) as queue:
        known = FeedStates(queue.database).health([feed.url for feed in listed])
    titles = {feed.url: feed.title for feed in listed}
    return [replace(feed, title=feed.title or titles[feed.url]) for feed in known]


def overdue(feeds: Sequence[FeedHealth]) -> bool:
    """Return whether looks are due that no indexer has done, though one once began."""
    now = datetime.now(UTC)
    return any(feed.looked_at and not feed.gone and now - feed.due > LATE for feed in feeds)


def feed_lines(feed: FeedHealth) -> list[str]:
    """Word how a feed does: its name, and below it what matters."""
    name = f"{feed.title}: {feed.url}" if feed.title else feed.url
    if feed.moved_to:
        name += f" (moved to {feed.moved_to})"
    if feed.gone:
        return [name, f"  gone for good; `onrecord feeds remove {feed.url}`"]
    if feed.looked_at is None:
        return [name, "  not looked at yet; `onrecord watch` does"]
    new = f"last new article {minute_utc(feed.new_at)}" if feed.new_at else "nothing new so far"
    lines = [
        name,
        f"  looked at {minute_utc(feed.looked_at)}, {new}, next look {minute_utc(feed.due)}",
    ]
    if feed.errors:
        times = "once" if feed.errors == 1 else f"{feed.errors} times in a row"
        lines.append(f"  failed {times}: {feed.fault}")
    return lines


def feed_record(feed: FeedHealth) -> dict[str, Any]:
    """Lay out how a feed does as JSON."""
    return {
        "url": feed.url,
        "title": feed.title,
        "moved_to": feed.moved_to,
        "looked_at": _iso(feed.looked_at),
        "new_at": _iso(feed.new_at),
        "next_look": None if feed.gone or feed.looked_at is None else _iso(feed.due),
        "errors": feed.errors,
        "fault": feed.fault,
        "gone": feed.gone,
    }


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat(timespec="seconds")
