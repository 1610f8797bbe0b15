"""No spelling, name or redirect leads to an address that is not of the open internet."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sources.web.addresses import read_address
from index.sources.web.connect import is_public
from index.sources.web.fetch import Fetcher
from tests.index.sources.sites import PAGE, refusal, serving

pytestmark = pytest.mark.server

pytestmark = pytest.mark.server


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
     "64:ff9b:1::1", "2002:a00:1::", "2001:0:a00:1::f5ff:fffe", "168.63.129.16",
     "::ffff:168.63.129.16", "192.88.99.1", "192.31.196.1", "192.52.193.1", "192.175.48.1",
     "3fff::1", "2620:4f:8000::1", "5f00::1", "100::1", "100:0:0:1::1", "2001:20::1",
     "2002:808:808::1", "nonsense", ""],
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
