"""Feeds that are followed, on real servers on loopback: what is received, and when not."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from threading import Event
from unittest.mock import Mock

import pytest

from index.arrivals.feeds.poll import TRIES, FeedPoll, poll_feed
from index.arrivals.feeds.poller import MAX_LOOKS, Feeds
from index.arrivals.feeds.state import FeedHealth, FeedStates
from index.arrivals.feeds.subscriptions import OPML
from index.arrivals.schedule import Schedule
from index.errors import StoreError
from index.formats.wire import read_items
from index.queue import Queue
from index.settings import load_index_settings
from index.sources.web.fetch import Fetcher
from tests.index.sources.sites import PAGE, serving

pytestmark = pytest.mark.server

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


@pytest.fixture
def newsroom():
    with serving({}) as site:
        yield Newsroom(site)


@pytest.fixture
def queue(tmp_path):
    made = Queue(tmp_path)
    yield made
    made.close()


@pytest.fixture
def poll(queue):
    fetcher = Fetcher(allowed=frozenset({"127.0.0.1"}), seconds=5)
    return FeedPoll(queue, FeedStates(queue.database), fetcher, EVERY, first=20, stop=Event())


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


# What is received


def test_an_entry_that_the_queue_did_not_take_is_received_at_the_next_look(
    newsroom, queue, poll, monkeypatch
):
    newsroom.publish("one")
    with monkeypatch.context() as full:
        full.setattr(queue, "receive", Mock(side_effect=StoreError("the disk is full")))
        with pytest.raises(StoreError):
            seen(newsroom, poll)

    seen(newsroom, poll)

    assert 1 == len(arrived(queue))


def test_the_newest_entries_of_a_new_feed_are_received_with_their_pages(newsroom, queue, poll):
    for day in range(1, 6):
        newsroom.publish(f"d{day}", day=day)
    few = FeedPoll(queue, poll.states, poll.fetcher, EVERY, first=2, stop=Event())

    health = seen(newsroom, few)
    again = seen(newsroom, few)

    assert ["urn:x:d5", "urn:x:d4"] == arrived(queue)
    assert "the ferry would stay in port" in texts(queue)[0]
    assert ("Harbour Post", 0) == (health.title, health.errors)
    assert about(health.new_at, timedelta(0))
    assert health.new_at == again.new_at


def test_later_entries_and_changed_ones_are_received_and_others_are_not(newsroom, queue, poll):
    newsroom.publish("a", day=1)
    newsroom.publish("b", day=2)
    seen(newsroom, poll)

    newsroom.publish("c", day=3)
    newsroom.publish("a", day=1, text="Corrected: the ferry…")
    seen(newsroom, poll)

    assert ["urn:x:b", "urn:x:a", "urn:x:c", "urn:x:a"] == arrived(queue)
    assert ["/feed", "/b", "/a", "/feed", "/c", "/a"] == newsroom.site.paths


def test_the_feed_must_do_where_it_has_more_text_or_the_page_is_refused(newsroom, queue, poll):
    long = "The whole report is in the feed. " * 20
    newsroom.publish("long", text=long)
    newsroom.publish("closed", page=None, text="Only the feed has this report.")

    seen(newsroom, poll)

    assert {long.strip(), "Only the feed has this report."} == set(texts(queue))


def test_an_entry_without_any_whole_text_is_refused_by_name(newsroom, queue, poll):
    newsroom.publish("closed", page=None)

    seen(newsroom, poll)
    seen(newsroom, poll)

    assert [] == arrived(queue)
    (reason,) = refusals(queue)
    assert "/closed: the site answers 404" in reason


def test_a_page_that_cannot_be_had_now_is_asked_for_again_before_the_feed_must_do(
    newsroom, queue, poll
):
    newsroom.headers["ETag"] = '"1"'
    newsroom.publish("a", text="Only the feed has this report.")
    newsroom.site.pages["/a"] = (503, {"Retry-After": "0"}, b"")

    marks = [seen(newsroom, poll).etag for _ in range(TRIES)]
    early = arrived(queue)
    last = seen(newsroom, poll)

    assert ([None] * TRIES, []) == (marks, early)
    assert ('"1"', ["Only the feed has this report."]) == (last.etag, texts(queue))


def test_a_page_is_not_asked_for_before_its_site_wants_to_be(newsroom, queue, poll):
    newsroom.publish("a")
    newsroom.site.pages["/a"] = (429, {"Retry-After": "3000"}, b"")

    seen(newsroom, poll)
    seen(newsroom, poll)

    assert 1 == newsroom.site.paths.count("/a")


def test_a_site_in_trouble_is_not_asked_for_every_page(newsroom, queue, poll):
    for day in range(1, 8):
        newsroom.publish(f"d{day}", day=day)
        newsroom.site.pages[f"/d{day}"] = (503, {}, b"")

    seen(newsroom, poll)

    assert ["/feed", "/d7", "/d6", "/d5"] == newsroom.site.paths


def test_a_look_that_is_stopped_leaves_the_rest_for_the_next(newsroom, queue, poll):
    newsroom.headers["ETag"] = '"1"'
    newsroom.publish("a")
    poll.stop.set()

    stopped = seen(newsroom, poll)
    poll.stop.clear()
    seen(newsroom, poll)

    assert (None, ["urn:x:a"]) == (stopped.etag, arrived(queue))


# How a feed does


def test_an_unchanged_feed_is_asked_with_its_marks_and_costs_no_page(newsroom, queue, poll):
    newsroom.headers |= {"ETag": '"1"', "Last-Modified": "Tue, 13 Feb 2018"}
    newsroom.publish("a")
    seen(newsroom, poll)
    newsroom.site.pages["/feed"] = (304, {}, b"")

    health = seen(newsroom, poll)

    path, headers = newsroom.site.asked[-1]
    assert ("/feed", '"1"', "Tue, 13 Feb 2018") == (
        path,
        headers["if-none-match"],
        headers["if-modified-since"],
    )
    assert (0, '"1"', "Harbour Post") == (health.errors, health.etag, health.title)


def test_a_failing_feed_is_left_alone_twice_as_long_each_time_until_it_works(newsroom, poll):
    newsroom.site.pages["/feed"] = (500, {"Retry-After": "1"}, b"")
    first, second = seen(newsroom, poll), seen(newsroom, poll)
    newsroom.publish("a")
    well = seen(newsroom, poll)

    assert about(first.due, 2 * EVERY)
    assert about(second.due, 4 * EVERY)
    assert about(well.due, EVERY)
    assert (1, 2, 0, None) == (first.errors, second.errors, well.errors, well.fault)
    assert "the site answers 500" in second.fault


@pytest.mark.parametrize("status", [429, 503])
def test_a_site_that_asks_to_wait_is_given_the_time_up_to_a_day(newsroom, poll, status):
    newsroom.site.pages["/feed"] = (status, {"Retry-After": "7200"}, b"")
    asked = seen(newsroom, poll)
    newsroom.site.pages["/feed"] = (status, {"Retry-After": "999999"}, b"")

    assert about(asked.due, timedelta(hours=2))
    assert about(seen(newsroom, poll).due, timedelta(days=1))


def test_the_pause_that_a_feed_asks_for_is_kept(newsroom, poll):
    newsroom.ttl = "<ttl>30</ttl>"
    newsroom.publish("a")

    assert about(seen(newsroom, poll).due, timedelta(minutes=30))


def test_a_feed_that_moved_is_followed_there_and_asked_for_at_home_if_that_fails(
    newsroom, queue, poll
):
    newsroom.publish("a")
    newsroom.site.pages["/new"] = newsroom.site.pages["/feed"]
    newsroom.site.pages["/feed"] = (301, {"Location": "/new"}, b"")

    moved = seen(newsroom, poll)
    seen(newsroom, poll)
    newsroom.site.pages["/new"] = (404, {}, b"")
    lost = seen(newsroom, poll)

    assert newsroom.site.url("/new") == moved.moved_to
    assert ["/feed", "/new", "/a", "/new", "/new"] == newsroom.site.paths
    assert (None, ["urn:x:a"]) == (lost.moved_to, arrived(queue))


def test_a_feed_that_is_gone_says_so(newsroom, poll):
    newsroom.site.pages["/feed"] = (410, {}, b"")

    assert seen(newsroom, poll).gone


def test_robots_are_obeyed(newsroom, poll):
    newsroom.publish("a")
    newsroom.site.pages["/robots.txt"] = b"User-agent: *\nDisallow: /feed\n"

    health = seen(newsroom, poll)

    assert ([], True) == (newsroom.site.paths, "robots.txt" in health.fault)


# The source


@pytest.fixture
def running(newsroom, queue, tmp_path):
    """Start the source with a look every tenth of a second."""
    schedule = Schedule()
    schedule.start()
    started = []

    def start(**given):
        settings = load_index_settings(
            data_dir=tmp_path,
            fetch_allow=frozenset({"127.0.0.1", "localhost"}),
            feed_every=0.1,
            **given,
        )
        source = Feeds(settings)
        source.start(queue, schedule)
        started.append(source)

    yield start
    schedule.stop()
    for source in started:
        source.stop()


def wait_for(queue, *names):
    pause = Event()
    deadline = time.monotonic() + 120
    while not set(names) <= set(arrived(queue)):
        assert time.monotonic() < deadline
        pause.wait(0.05)


def test_what_is_published_while_the_source_runs_is_received(newsroom, queue, running):
    newsroom.publish("a")
    running(feeds=(newsroom.site.url("/feed"),))
    wait_for(queue, "urn:x:a")

    newsroom.publish("b")

    wait_for(queue, "urn:x:b")


def test_a_host_that_hangs_keeps_no_other_waiting(newsroom, queue, running):
    release = Event()

    def hang(handler):
        release.wait(60)
        handler.send_error(404)

    newsroom.publish("a")
    slow = [newsroom.site.url(f"/slow{n}", host="localhost") for n in range(2 * MAX_LOOKS)]
    newsroom.site.pages |= {f"/slow{n}": hang for n in range(2 * MAX_LOOKS)}

    running(feeds=(*slow, newsroom.site.url("/feed")))

    wait_for(queue, "urn:x:a")
    release.set()


def test_a_feed_that_is_added_to_the_list_is_followed_without_a_restart(
    newsroom, queue, running, tmp_path
):
    newsroom.publish("a")
    running()
    url = newsroom.site.url("/feed")

    (tmp_path / OPML).write_text("<opml><body><outl", "utf-8")
    Event().wait(0.3)
    (tmp_path / OPML).write_text(f"<opml><body><outline xmlUrl='{url}'/></body></opml>", "utf-8")

    wait_for(queue, "urn:x:a")


def test_what_is_remembered_of_a_feed_goes_with_it(newsroom, poll):
    newsroom.publish("a")
    seen(newsroom, poll)
    url = newsroom.site.url("/feed")

    poll.states.keep_only([])

    assert [FeedHealth(url)] == poll.states.health([url])
