"""A site with a feed, and what of it is in the queue."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from index.arrivals.feeds.poll import poll_feed
from index.formats.wire import read_items
from tests.index.sources.sites import PAGE

EVERY = timedelta(minutes=5)


class Newsroom:
    """A site with a feed; each entry has its page, unless it is taken away."""

    def __init__(self, site):
        self.site = site
        self.entries = []
        self.headers = {"Content-Type": "application/rss+xml"}
        self.ttl = ""

    def publish(self, name, *, day=3, page=PAGE, text="The ferry…"):
        if page is not None:
            self.site.pages[f"/{name}"] = (200, {"Content-Type": "text/html"}, page)
        self.entries = [one for one in self.entries if one[0] != name] + [(name, day, text)]
        self.write()

    def write(self):
        items = "".join(
            f"<item><title>{name}</title><guid>urn:x:{name}</guid><link>{self.site.url('/' + name)}"
            f"</link><pubDate>{day:02} Feb 2018 10:00:00 GMT</pubDate>"
            f"<description>{text}</description></item>"
            for name, day, text in self.entries
        )
        body = f"<rss version='2.0'><channel><title>Harbour Post</title>{self.ttl}{items}"
        self.site.pages["/feed"] = (200, self.headers, f"{body}</channel></rss>".encode())


def seen(newsroom, poll):
    """Look once; gives how the feed does then."""
    url = newsroom.site.url("/feed")
    poll_feed(poll.states.health([url])[0], poll)
    return poll.states.health([url])[0]


def arrived(queue):
    """The ids in the queue, newest arrival last."""
    with queue.database.reading() as db:
        return [name for (name,) in db.execute("SELECT id FROM arrivals ORDER BY number")]


def texts(queue):
    with queue.database.reading() as db:
        bodies = [body for (body,) in db.execute("SELECT body FROM arrivals ORDER BY number")]
    return [item.text for body in bodies for item in read_items(body, "queue")]


def refusals(queue):
    with queue.database.reading() as db:
        return [reason for (reason,) in db.execute("SELECT reason FROM refusals")]


def about(moment, wanted):
    """Whether *moment* lies so far from now, within half a minute."""
    return abs(moment - datetime.now(UTC) - wanted) < timedelta(seconds=30)
