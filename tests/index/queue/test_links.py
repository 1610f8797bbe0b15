"""Links that people send: only of allowed hosts, through the queue, and with an answer."""

from __future__ import annotations

import threading
import time

import pytest

from index.arrivals.lock import only_indexer
from index.queue import Queue
from index.queue.backlog import read_backlog
from index.queue.links import Links
from index.queue.running import indexer_runs
from index.settings import load_index_settings
from index.sources.web.fetch import Fetcher
from tests.index.sources.sites import PAGE, serving

pytestmark = pytest.mark.server

HOSTS = ("127.0.0.1",)
FEED = b"<rss version='2.0'><channel><title>Harbour Post</title></channel></rss>"


@pytest.fixture
def site():
    with serving({"/a": (200, {"Content-Type": "text/html"}, PAGE), "/feed": FEED}) as made:
        yield made


@pytest.fixture
def links(tmp_path):
    own = frozenset({"127.0.0.1", "localhost"})
    return Links(load_index_settings(data_dir=tmp_path, fetch_allow=own))


def settle(folder, state, reason=None):
    """Do what the indexer does: settle the next arrival."""
    queue = Queue(folder)
    with only_indexer(folder):
        while not (taken := queue.take(1)):
            threading.Event().wait(0.02)
        queue.settle(taken[0], state, reason)
    queue.close()


@pytest.mark.parametrize(
    ("state", "reason"), [("indexed", None), ("refused", "it is in French"), ("unchanged", None)]
)
def test_a_link_is_fetched_and_what_became_of_it_is_reported(links, site, tmp_path, state, reason):
    indexer = threading.Thread(target=settle, args=(tmp_path, state, reason))
    indexer.start()

    outcome = links.take(site.url("/a"), HOSTS, origin="Slack", seconds=20)

    indexer.join()
    assert (state, "Ferry stays", reason) == (outcome.state, outcome.title, outcome.reason)


def test_all_of_a_live_blog_is_put_into_the_queue(links, tmp_path):
    post = "<section><time datetime='2018-02-{n}T10:00:00Z'>x</time><p>Day {n}.</p></section>"
    blog = (
        '<html><head><script type="application/ld+json">{"@type": "LiveBlogPosting", "headline": '
        '"Ferry"}</script></head><body><main><h1>Ferry</h1>'
        f"{post.format(n=13)}{post.format(n=14)}</main></body></html>"
    ).encode()

    with serving({"/live": (200, {"Content-Type": "text/html"}, blog)}) as site:
        links.take(site.url("/live"), HOSTS, origin="Slack", seconds=0)

    queue = Queue(tmp_path)
    assert 2 == len(queue.take(9))
    queue.close()


def test_without_an_indexer_the_link_waits_in_the_queue_and_its_sender_does_not(
    links, site, tmp_path
):
    began = time.monotonic()
    outcome = links.take(site.url("/a"), HOSTS, origin="Slack", seconds=30)

    backlog = read_backlog(tmp_path)
    assert ("waiting", False) == (outcome.state, outcome.is_watched)
    assert (1, "Slack") == (backlog.waiting, backlog.last[0].origin)
    assert time.monotonic() - began < 15


def test_a_link_waits_for_an_indexer_that_runs(links, site, tmp_path):
    with only_indexer(tmp_path):
        outcome = links.take(site.url("/a"), HOSTS, origin="Slack", seconds=0)

    assert ("waiting", True) == (outcome.state, outcome.is_watched)


def test_who_looks_for_the_indexer_does_not_keep_it_from_starting(tmp_path):
    with only_indexer(tmp_path):
        pass
    halt = threading.Event()

    def look():
        while not halt.is_set():
            indexer_runs(tmp_path)

    looker = threading.Thread(target=look)
    looker.start()
    try:
        for _ in range(20):
            with only_indexer(tmp_path):
                pass
    finally:
        halt.set()
        looker.join()


@pytest.mark.parametrize(
    ("url", "operators"),
    [
        ("http://127.0.0.1:4399/a", True),
        ("http://user@127.0.0.1/a", True),
        ("{site}/missing", False),
        ("https://elsewhere.example/a", False),
    ],
)
def test_what_only_settings_can_change_is_marked_for_those_who_run_it(
    site, tmp_path, url, operators
):
    strict = Links(load_index_settings(data_dir=tmp_path, fetch_allow=frozenset({"localhost"})))
    site_url = site.url("").replace("127.0.0.1", "localhost")

    outcome = strict.take(
        url.format(site=site_url), ("127.0.0.1", "localhost"), origin="Slack", seconds=0
    )

    assert ("refused", operators) == (outcome.state, outcome.for_operators)


@pytest.mark.parametrize("hosts", [(), ("other.example",), ("27.0.0.1",)])
def test_a_host_that_is_not_allowed_is_not_asked(links, site, hosts):
    outcome = links.take(site.url("/a"), hosts, origin="Slack", seconds=0)

    assert ("refused", 0) == (outcome.state, site.connections)
    assert "links to 127.0.0.1 are not allowed" in outcome.reason


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("http://127.0.0.1:{port}/none", "the site answers 404"),
        ("http://127.0.0.1:{port}/feed", "this is a feed"),
        ("http://127.0.0.1:{port}/moved", "links to localhost are not allowed"),
        ("ftp://127.0.0.1/a", "only http and https are fetched"),
        ("http://a@127.0.0.1/", "user name"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_the_reason_and_shown_by_stats(
    links, site, tmp_path, url, message
):
    site.pages["/moved"] = (302, {"Location": site.url("/a", host="localhost")}, b"")

    outcome = links.take(url.format(port=site.port), HOSTS, origin="Slack", seconds=0)

    backlog = read_backlog(tmp_path)
    assert ("refused", True) == (outcome.state, message in outcome.reason)
    assert ([("Slack", outcome.reason)], 0) == (
        [(refusal.origin, refusal.reason) for refusal in backlog.refusals],
        backlog.waiting,
    )


def test_a_name_below_an_allowed_one_is_allowed(site, tmp_path):
    fetcher = Fetcher(
        allowed=frozenset({"www.news.example"}), resolver=lambda host, port: ["127.0.0.1"]
    )
    links = Links(load_index_settings(data_dir=tmp_path, fetch_allow="www.news.example"), fetcher)
    url = site.url("/a", host="www.news.example")

    states = [
        links.take(url, [host], origin="Slack", seconds=0).state
        for host in ("news.example", "ews.example")
    ]

    assert ["waiting", "refused"] == states
