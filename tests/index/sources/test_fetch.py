"""What is fetched, redirects, and manners towards a site."""

from __future__ import annotations

import ssl
import time
from email.utils import formatdate
from threading import Thread

import pytest
import trustme

from index.sources.web.fetch import RETRY_LATER, Fetcher, user_agent
from index.sources.web.rate_limit import RateLimiter
from tests.index.sources.sites import OWN, PAGE, refusal, serving

pytestmark = pytest.mark.server

pytestmark = pytest.mark.server


# What is fetched


def test_a_page_is_fetched_with_its_type_and_marks(own):
    headers = {"Content-Type": "text/html", "ETag": '"1"', "Last-Modified": "Tue, 13 Feb 2018"}
    with serving({"/a?b=c": (200, headers, PAGE)}) as site:
        found = own.fetch(site.url("/a?b=c"))

    assert (200, PAGE, "text/html") == (found.status, found.body, found.mime)
    assert ('"1"', "Tue, 13 Feb 2018", None) == (found.etag, found.modified, found.moved_to)
    assert site.url("/a?b=c") == found.url
    assert user_agent() == site.asked[-1][1]["user-agent"]


def test_an_unchanged_page_is_asked_for_with_its_marks_and_costs_no_body(own):
    with serving({"/a": (304, {}, b"")}) as site:
        found = own.fetch(site.url("/a"), etag='"1"', modified="Tue, 13 Feb 2018")

    sent = site.asked[-1][1]
    assert (304, b"") == (found.status, found.body)
    assert ('"1"', "Tue, 13 Feb 2018") == (sent["if-none-match"], sent["if-modified-since"])


def test_a_page_that_is_gone_is_told_from_one_that_is_missing(own):
    with serving({"/gone": (410, {}, b"")}) as site:
        assert 410 == own.fetch(site.url("/gone")).status
        assert "the site answers 404; check the address" in str(refusal(own, site.url("/none")))


@pytest.mark.parametrize(
    ("status", "headers", "wait"),
    [
        (503, {}, RETRY_LATER),
        (429, {"Retry-After": "30"}, 30.0),
        (429, {"Retry-After": "abc"}, RETRY_LATER),
    ],
)
def test_a_site_that_is_busy_tells_when_to_come_again(own, status, headers, wait):
    with serving({"/a": (status, headers, b"")}) as site:
        assert wait == refusal(own, site.url("/a")).retry_after


def test_a_site_may_give_the_date_when_to_come_again(own):
    until = formatdate(time.time() + 600, usegmt=True)
    with serving({"/a": (503, {"Retry-After": until}, b"")}) as site:
        assert 300 < (refusal(own, site.url("/a")).retry_after or 0) <= 600


def test_the_name_that_was_asked_for_is_the_one_that_tls_and_the_server_see():
    authority = trustme.CA()
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("harbour.example").configure_cert(tls)
    seen: list[str | None] = []
    tls.sni_callback = lambda _socket, name, _context: seen.append(name)
    trust = ssl.create_default_context()
    authority.configure_trust(trust)
    with serving({"/a": PAGE}, tls) as site:
        fetcher = Fetcher(
            allowed=frozenset({"harbour.example", "other.example"}),
            resolver=lambda host, port: ["127.0.0.1"],
            trust=trust,
        )

        good = fetcher.fetch(site.url("/a", "harbour.example", "https"))
        bad = refusal(fetcher, site.url("/a", "other.example", "https"))

    assert PAGE == good.body
    assert f"harbour.example:{site.port}" == site.asked[-1][1]["host"]
    assert "harbour.example" == seen[0]
    assert "certificate" in str(bad).lower()


# Redirects


def test_redirects_are_followed_and_a_lasting_move_is_told(own):
    with serving({"/c": PAGE}) as site:
        site.pages["/a"] = (301, {"Location": "/b"}, b"")
        site.pages["/b"] = (308, {"Location": site.url("/c")}, b"")
        site.pages["/now"] = (302, {"Location": "/a"}, b"")

        lasting, passing = own.fetch(site.url("/a")), own.fetch(site.url("/now"))

    assert (site.url("/c"), site.url("/c")) == (lasting.url, lasting.moved_to)
    assert (site.url("/c"), None) == (passing.url, passing.moved_to)


def test_after_five_redirects_it_is_enough(own):
    pages = {f"/{n}": (302, {"Location": f"/{n + 1}"}, b"") for n in range(10)}
    with serving(pages) as site:
        assert "more than 5 redirects" in str(refusal(own, site.url("/0")))

    assert [f"/{n}" for n in range(6)] == site.paths


# Manners


def test_robots_txt_is_asked_once_and_obeyed(own):
    rules = b"User-agent: onrecord\nDisallow: /private\n"
    with serving({"/robots.txt": rules, "/a": PAGE, "/private/a": PAGE}) as site:
        own.fetch(site.url("/a"))
        error = refusal(own, site.url("/private/a"))

    assert "robots.txt does not allow fetching it" in str(error)
    assert ["/robots.txt", "/a"] == [path for path, _ in site.asked]


def test_a_site_whose_rules_cannot_be_read_now_is_left_alone_for_now(own):
    with serving({"/robots.txt": (503, {"Retry-After": "7"}, b""), "/a": PAGE}) as site:
        assert 7.0 == refusal(own, site.url("/a")).retry_after

    assert [] == site.paths


def test_a_redirect_is_checked_against_the_rules_too(own):
    with serving({"/robots.txt": b"User-agent: *\nDisallow: /b\n", "/b": PAGE}) as site:
        site.pages["/a"] = (302, {"Location": "/b"}, b"")
        refusal(own, site.url("/a"))

    assert ["/a"] == site.paths


def test_a_host_is_asked_one_thing_at_a_time():
    busy: list[int] = []
    most: list[int] = []

    def slow(handler) -> None:
        busy.append(1)
        most.append(len(busy))
        time.sleep(0.05)
        busy.pop()
        handler.send_response(410)
        handler.end_headers()

    with serving({"/a": slow}) as site:
        fetcher = Fetcher(allowed=OWN)
        threads = [Thread(target=fetcher.fetch, args=[site.url("/a")]) for _ in range(5)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert [1] * 5 == most


def test_a_host_is_given_a_pause_between_two_turns(monkeypatch):
    slept: list[float] = []
    monkeypatch.setattr("index.sources.web.rate_limit.time.sleep", slept.append)
    turns = RateLimiter(9.0)

    for _ in range(2):
        with turns.taken("a.example", pause=True):
            pass
    with turns.taken("b.example", pause=True):
        pass

    assert 1 == len(slept)
    assert 8.0 < slept[0] <= 9.0
