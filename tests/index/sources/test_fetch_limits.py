"""Size and time: nothing that a site sends costs more than its limit."""

from __future__ import annotations

import gzip
import time
import tracemalloc
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sources.web.decompress import Overflow, unpack
from index.sources.web.fetch import RETRY_LATER, Fetcher
from tests.index.sources.sites import OWN, PAGE, refusal, serving

pytestmark = pytest.mark.server

pytestmark = pytest.mark.server


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
