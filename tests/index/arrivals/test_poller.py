"""The source that looks at feeds while it runs, on real servers on loopback."""

from __future__ import annotations

import time
from threading import Event

import pytest

from index.arrivals.feeds.poller import MAX_LOOKS, Feeds
from index.arrivals.feeds.subscriptions import OPML
from index.arrivals.schedule import Schedule
from index.settings import load_index_settings
from tests.index.arrivals.feed_builders import arrived

pytestmark = pytest.mark.server


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
