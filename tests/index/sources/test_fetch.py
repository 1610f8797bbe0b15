from __future__ import annotations

import gzip
import socket
import ssl
import time
import tracemalloc
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import formatdate
from threading import Thread

import pytest
import trustme
from hypothesis import given
from hypothesis import strategies as st

from index.errors import FetchError
from index.sources.web.addresses import read_address
from index.sources.web.connect import is_public
from index.sources.web.decompress import Overflow, unpack
from index.sources.web.fetch import RETRY_LATER, Fetcher, user_agent
from index.sources.web.rate_limit import RateLimiter
from tests.index.sources.sites import PAGE, Site, serving

pytestmark = pytest.mark.server
OWN = frozenset({"127.0.0.1"})


def refusal(fetcher: Fetcher, url: str) -> FetchError:
    with pytest.raises(FetchError) as caught:
        fetcher.fetch(url)
    return caught.value


@pytest.fixture
def site() -> Iterator[Site]:
    with serving({"/": PAGE, "/a": PAGE}) as made:
        yield made


@pytest.fixture
def own() -> Fetcher:
    """A fetcher that may ask the servers of these tests."""
    return Fetcher(allowed=OWN)


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


# Where nothing is dialled


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "0x7f.1", "2130706433", "017700000001", "127.1", "0.0.0.0",
     "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]",
     "localhost.", "127.0.0.1.", "１２７.0.0.1", "ⓛocalhost", "[::]", "[::127.0.0.1]"],
)  # fmt: skip
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_no_spelling_of_a_loopback_address_reaches_a_listener(host, scheme, monkeypatch):
    with listening() as (port, callers):
        # The port must not be what saves us.
        monkeypatch.setattr("index.sources.web.addresses._USUAL", frozenset({port}))

        error = refusal(Fetcher(pause=0.0), f"{scheme}://{host}:{port}/secret")

    assert 0 == len(callers)
    assert "not fetched" in str(error)


@contextmanager
def listening() -> Iterator[tuple[int, list[object]]]:
    """A listener that notes whoever connects."""
    callers: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)

        def accept() -> None:
            while server.fileno() >= 0:
                try:
                    callers.append(server.accept())
                except TimeoutError:
                    continue
                except OSError:
                    return

        thread = Thread(target=accept, daemon=True)
        thread.start()
        yield server.getsockname()[1], callers
        time.sleep(0.06)
    thread.join()


@pytest.mark.parametrize(
    "address",
    ["10.0.0.1", "172.16.9.9", "192.168.1.1", "169.254.169.254", "100.64.0.1", "192.0.0.8",
     "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "fe80::1", "fe80::1%eth0",
     "fc00::1", "fec0::1", "ff02::1", "2001:db8::1", "::ffff:10.0.0.1", "64:ff9b::a00:1",
     "64:ff9b:1::1", "2002:a00:1::", "2001:0:a00:1::f5ff:fffe", "nonsense", ""],
)  # fmt: skip
def test_an_address_that_is_not_of_the_open_internet_is_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "2606:4700::1111", "::ffff:93.184.216.34", "64:ff9b::5db8:d822"]
)
def test_an_address_of_the_open_internet_is_public(address):
    assert is_public(address)


def test_a_host_with_one_public_and_one_private_address_is_refused(site):
    fetcher = Fetcher(resolver=lambda host, port: ["93.184.216.34", "127.0.0.1"])

    assert "127.0.0.1, which is no public" in str(refusal(fetcher, "http://a.example/"))
    assert 0 == site.connections


def test_the_address_that_was_checked_is_the_one_that_is_dialled(site):
    """DNS rebinding: whoever asks for the name again is led to the listener on loopback."""
    asked: list[str] = []

    def first_answer(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["192.0.2.1"]  # an address for documentation, where nobody answers

    # Allowed, or the port of the listener would be refused.
    fetcher = Fetcher(allowed=frozenset({"localhost"}), resolver=first_answer, seconds=0.3)
    refusal(fetcher, site.url("/a", host="localhost"))

    assert ["localhost"] == asked
    assert 0 == site.connections


@pytest.mark.parametrize(
    "target",
    ["http://localhost:{port}/", "http://[::1]:{port}/", "file:///etc/hosts", "//localhost:{port}/",
     "http://0x7f.1:{port}/", "gopher://localhost:{port}/", "http://user:pw@127.0.0.1:{port}/",
     "http://127.0.0.1:{port}@evil.example/", "http://127.0.0.2:{port}/",
     "http://localhost/", "http://[::1]:8080/", "http://0x7f.1:8443/"],
)  # fmt: skip
def test_a_redirect_into_the_house_is_not_followed(own, target):
    with serving({"/secret": PAGE}) as inside, serving({}) as outside:
        location = target.format(port=inside.port)
        outside.pages["/a"] = (302, {"Location": location}, b"")

        error = refusal(own, outside.url("/a"))

    # With the colon: not because its robots.txt could not be read.
    assert "not fetched: " in str(error)
    assert 0 == inside.connections


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://a.example/", "javascript:alert(1)", "http://", "http:///a",
     "http://a b.example/", "http://a.example\\@127.0.0.1/", "http://me@a.example/",
     "http://a.example:22/", "http://a.example:99999/", "http://a.example/\r\nX: y", "a.example",
     "http://" + "a" * 300 + ".example/", "http://a.example/" + "a" * 3_000, "http://[::1/",
     "http://%31%32%37.0.0.1/"],
)  # fmt: skip
def test_what_is_no_plain_web_address_is_refused_unasked(url):
    def never(host: str, port: int) -> list[str]:
        raise AssertionError(host)

    assert "not fetched" in str(refusal(Fetcher(resolver=never), url))


@given(st.text(alphabet="ahtp:/.@\\[]%127#? \n\0é。①"))
def test_any_text_is_an_address_or_a_refusal_and_reads_the_same_again(text):
    try:
        address = read_address(text, any_port=frozenset())
    except ValueError:
        return
    assert address == read_address(str(address), any_port=frozenset())


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


# Size and time


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [("gzip", gzip.compress), ("deflate", zlib.compress), ("", bytes), ("identity", bytes),
     ("deflate", lambda data: zlib.compress(data, wbits=-15)), ("X-GZIP", gzip.compress)],
)  # fmt: skip
def test_a_packed_page_is_unpacked(own, encoding, pack):
    with serving({"/a": (200, {"Content-Encoding": encoding}, pack(PAGE))}) as site:
        assert PAGE == own.fetch(site.url("/a")).body


def test_a_bomb_is_refused_by_what_it_unpacks_to(own):
    bomb = gzip.compress(b"\0" * 100_000_000)
    with serving({"/a": (200, {"Content-Encoding": "gzip"}, bomb)}) as site:
        assert "more than 10,000,000 bytes" in str(refusal(own, site.url("/a")))


def test_a_bomb_is_not_unpacked_beyond_the_limit():
    bomb = gzip.compress(b"\0" * 50_000_000)
    tracemalloc.start()
    try:
        with pytest.raises(Overflow):
            unpack([bomb], "gzip", 1_000)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert peak < 1_000_000


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "nonsense"])
def test_a_packing_that_was_not_asked_for_is_refused(own, encoding):
    with serving({"/a": (200, {"Content-Encoding": encoding}, PAGE)}) as site:
        assert "which was not asked for" in str(refusal(own, site.url("/a")))


@given(st.binary(max_size=3_000), st.integers(1, 100), st.integers(0, 3_000))
def test_unpacking_gives_the_whole_or_refuses(data, size, largest):
    packed = gzip.compress(data)
    chunks = [packed[at : at + size] for at in range(0, len(packed), size)]

    try:
        assert data == unpack(chunks, "gzip", largest)
    except Overflow:
        assert len(data) > largest


def test_an_endless_page_is_cut_off(own):
    def endless(handler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while True:
            handler.wfile.write(b"x" * 1_000_000)

    with serving({"/a": endless}) as site:
        assert "more than 10,000,000 bytes" in str(refusal(own, site.url("/a")))


@pytest.mark.parametrize("first", [b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\n\r\n<p>"])
def test_a_page_that_comes_in_drops_is_cut_off_at_the_deadline(first):
    def drip(handler) -> None:
        handler.wfile.write(first)
        while True:
            time.sleep(0.05)
            handler.wfile.write(b"a")

    with serving({"/a": drip}) as site:
        error = refusal(Fetcher(allowed=OWN, seconds=0.5), site.url("/a"))

    assert "took more than" in str(error)
    assert RETRY_LATER == error.retry_after


def test_a_name_server_that_is_silent_is_not_waited_for():
    def silent(host: str, port: int) -> list[str]:
        time.sleep(5)
        return []

    assert "took more than" in str(
        refusal(Fetcher(resolver=silent, seconds=0.2), "http://a.example/")
    )


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
