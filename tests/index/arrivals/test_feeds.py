"""Feeds that are followed, on real servers on loopback: what is received, and when not."""

from __future__ import annotations

from datetime import timedelta
from threading import Event
from unittest.mock import Mock

import pytest

from index.arrivals.feeds.poll import TRIES, FeedPoll
from index.arrivals.feeds.state import FeedHealth
from index.errors import StoreError
from tests.index.arrivals.feed_builders import EVERY, about, arrived, refusals, seen, texts

pytestmark = pytest.mark.server

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


def test_what_is_remembered_of_a_feed_goes_with_it(newsroom, poll):
    newsroom.publish("a")
    seen(newsroom, poll)
    url = newsroom.site.url("/feed")

    poll.states.keep_only([])

    assert [FeedHealth(url)] == poll.states.health([url])
