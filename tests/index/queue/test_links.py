"""Links that people send: only of allowed hosts, through the queue, and with an answer."""

from __future__ import annotations

import threading

import pytest

from index.queue import Queue
from index.queue.backlog import read_backlog
from index.queue.links import Links
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


def test_without_an_indexer_the_link_waits_in_the_queue(links, site, tmp_path):
    outcome = links.take(site.url("/a"), HOSTS, origin="Slack", seconds=0)

    backlog = read_backlog(tmp_path)
    assert ("waiting", 1, "Slack") == (outcome.state, backlog.waiting, backlog.last[0].origin)


@pytest.mark.parametrize("hosts", [(), ("other.example",), ("27.0.0.1",)])
def test_a_host_that_is_not_allowed_is_not_asked(links, site, hosts):
    outcome = links.take(site.url("/a"), hosts, origin="Slack", seconds=0)

    assert ("refused", 0) == (outcome.state, site.connections)
    assert "links of 127.0.0.1 are not taken" in outcome.reason


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("http://127.0.0.1:{port}/none", "the site answers 404"),
        ("http://127.0.0.1:{port}/feed", "this is a feed"),
        ("http://127.0.0.1:{port}/moved", "links of localhost are not taken"),
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
