"""
Feeds that are followed: each is looked at when it is due, several at a time, one of a host.

A look may wait for a slow site, and the fetcher waits between two pages of one host, so each look
has a thread. The list may change at any time: it is read again when its file has changed.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from threading import Event, Lock, Thread
from urllib.parse import urlsplit

from index.arrivals.feeds.poll import FeedPoll, poll_feed
from index.arrivals.feeds.state import FeedHealth, FeedStates
from index.arrivals.feeds.subscriptions import OPML, followed
from index.arrivals.schedule import Schedule
from index.errors import SettingsError
from index.queue import Queue
from index.settings import IndexSettings
from index.sources.web.fetch import Fetcher

log = logging.getLogger(__name__)

# Feeds looked at at the same time.
MAX_LOOKS = 16
# Seconds between two looks for feeds that are due, at most.
_TICK = 1.0
# Seconds that a look in progress gets to end.
_PATIENCE = 3.0


class Feeds:
    """A `Source`: the feeds of the settings and of ``feeds.opml``."""

    def __init__(self, settings: IndexSettings) -> None:
        """Read which feeds there are; raises SettingsError."""
        self._settings = settings
        self._fetcher = Fetcher(allowed=settings.fetch_allow)
        self._stop = Event()
        self._lock = Lock()
        self._looks: dict[str, Thread] = {}
        self._listed: Sequence[str] | None = None
        self._state = self._file_state()
        self._urls = [feed.url for feed in followed(settings)]

    def start(self, queue: Queue, schedule: Schedule) -> None:
        """Look at each feed from now on, when it is due."""
        states, every = FeedStates(queue.database), self._settings.feed_every
        poll = FeedPoll(
            queue, states, self._fetcher, timedelta(seconds=every), self._settings.feed_first,
            self._stop,
        )  # fmt: skip
        log.info("feeds followed: %d; `onrecord feeds` tells how each does", len(self._urls))
        pause = min(_TICK, every / 2)
        schedule.every(pause, "look for feeds that are due", lambda: self.tick(poll))

    def stop(self) -> None:
        """End; a look in progress leaves the rest of its entries for the next start."""
        self._stop.set()
        for thread in list(self._looks.values()):
            thread.join(_PATIENCE)

    def tick(self, poll: FeedPoll) -> None:
        """Begin to look at the feeds that are due."""
        self._read_list()
        if self._listed != self._urls:
            poll.states.keep_only(self._urls)
            self._listed = self._urls
        now = datetime.now(UTC)
        for feed in poll.states.health(self._urls):
            if feed.due <= now and not feed.gone and not self._stop.is_set():
                self._begin(feed, poll)

    def _begin(self, feed: FeedHealth, poll: FeedPoll) -> None:
        """Look at *feed* in a thread, unless its host is being asked already."""
        host = urlsplit(feed.moved_to or feed.url).netloc
        with self._lock:
            if host in self._looks or len(self._looks) >= MAX_LOOKS:
                return
            thread = Thread(target=self._look, args=(host, feed, poll), daemon=True)
            self._looks[host] = thread
            thread.start()

    def _look(self, host: str, feed: FeedHealth, poll: FeedPoll) -> None:
        try:
            poll_feed(feed, poll)
        except Exception:
            # It stays due: the next tick tries again.
            log.exception("a look at the feed %s failed", feed.url)
            self._stop.wait(_TICK)
        finally:
            with self._lock:
                del self._looks[host]

    def _read_list(self) -> None:
        """Take over what was changed in the list; one that cannot be read changes nothing."""
        state = self._file_state()
        if state == self._state:
            return
        self._state = state
        try:
            self._urls = [feed.url for feed in followed(self._settings)]
        except SettingsError as exc:
            log.error("the feeds stay as they were: %s", exc)

    def _file_state(self) -> tuple[int, int, int] | None:
        """Describe the state of ``feeds.opml``; None if there is none."""
        try:
            found = (self._settings.data_dir / OPML).stat()
        except OSError:
            return None
        return found.st_ino, found.st_size, found.st_mtime_ns
