"""Strangers who open connections and say little keep nobody from the server, nor fill its log."""

from __future__ import annotations

import asyncio
import errno
import logging
import socket
import threading
import time
from contextlib import ExitStack

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from index import serving
from index.log_limit import Sparing
from index.serving import LimitedProtocol, connections_to_hold, limited_server

pytestmark = pytest.mark.server

HELLO = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"
HALF = b"POST /slow HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\no"
CHUNKED = b"POST /%s HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"


@pytest.fixture
def serve():
    running = []

    def start(most=12, requests=None):
        async def answer(request: Request):
            if request.url.path == "/slow":
                await request.body()
            if request.url.path == "/work":
                await asyncio.sleep(0.6)
            return PlainTextResponse("hello")

        app = Starlette(routes=[Route("/{any:path}", answer, methods=["GET", "POST"])])
        server = limited_server(app, drain=1, most=most)
        if requests is not None:
            server.config.app._most = requests
        bound = socket.create_server(("127.0.0.1", 0))
        thread = threading.Thread(target=server.run, args=([bound],))
        thread.start()
        running.append((server, thread))
        while not server.started:
            time.sleep(0.01)
        return bound.getsockname()[1]

    yield start
    for server, thread in running:
        server.should_exit = True
        thread.join()


def connect(port, source="127.0.0.1"):
    return socket.create_connection(("127.0.0.1", port), 10, source_address=(source, 0))


def hung_up(connection, seconds=10.0):
    """Whether the server closes *connection* without a word."""
    connection.settimeout(seconds)
    try:
        return connection.recv(1) == b""
    except ConnectionError:
        return True
    except TimeoutError:
        return False


def hung_up_after(connection, end):
    """Whether the server sends what ends in *end*, and then closes *connection*."""
    answer = b""
    while not answer.endswith(end):
        answer += connection.recv(4_096)
    return hung_up(connection)


def drip(connection):
    """Send a byte at a time, for ten seconds."""
    for _ in range(200):
        connection.sendall(b"x")
        time.sleep(0.05)


@pytest.mark.parametrize("said", [b"", b"GET / HT", b"POST /slow HTTP/1.1\r\nHost: a\r\n"])
def test_who_asks_is_answered_however_many_connections_say_nothing(serve, said):
    port = serve()

    with ExitStack() as open_:
        for _ in range(60):
            idle = open_.enter_context(connect(port))
            if said:
                idle.sendall(said)
        answers = [httpx.get(f"http://127.0.0.1:{port}/").text for _ in range(3)]

    assert ["hello"] * 3 == answers


def test_one_address_leaves_room_for_others(serve):
    port = serve(most=8)

    with ExitStack() as open_:
        other = open_.enter_context(connect(port, "127.0.0.2"))
        for _ in range(40):
            open_.enter_context(connect(port))
        other.sendall(HELLO)

        assert other.recv(12) == b"HTTP/1.1 200"


@pytest.mark.parametrize("said", [b"", b"GET / HT", HELLO + b"GET / "])
def test_a_request_that_does_not_come_is_hung_up_on(serve, monkeypatch, said):
    monkeypatch.setattr(serving, "HEAD_TIME", 0.3)
    port = serve()

    with connect(port) as slow:
        slow.sendall(said)
        answer = b""
        while said.startswith(HELLO) and not answer.endswith(b"hello"):
            answer += slow.recv(4_096)

        assert hung_up(slow)


def test_a_head_that_drips_in_is_hung_up_on(serve, monkeypatch):
    monkeypatch.setattr(serving, "HEAD_TIME", 0.5)
    port = serve()

    with connect(port) as slow, pytest.raises(ConnectionError):
        drip(slow)


def test_a_connection_that_is_answered_makes_no_room_for_one_that_is_not(serve):
    port = serve(most=4)

    with ExitStack() as open_:
        asking = open_.enter_context(connect(port))
        asking.sendall(b"POST /slow HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n")
        time.sleep(0.2)
        for _ in range(20):
            open_.enter_context(connect(port))
        time.sleep(0.2)
        asking.sendall(b"ok")

        assert asking.recv(12) == b"HTTP/1.1 200"


def test_a_request_with_two_lengths_is_refused_and_what_follows_is_not_read(serve):
    port = serve()
    lengths = b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n"
    two = b"POST / HTTP/1.1\r\nHost: a\r\n" + lengths + b"\r\n0\r\n\r\n"

    with connect(port) as sender:
        sender.sendall(two + HELLO)
        answer = b"".join(iter(lambda: sender.recv(4_096), b""))

    assert answer.startswith(b"HTTP/1.1 400")
    assert answer.count(b"HTTP/1.1") == 1


def test_more_requests_than_are_worked_on_are_told_to_come_again(serve):
    port = serve(requests=1)

    with connect(port) as first, connect(port) as second:
        first.sendall(b"GET /work HTTP/1.1\r\nHost: a\r\n\r\n")
        time.sleep(0.2)
        second.sendall(HELLO)
        refused = second.recv(12)

        assert (b"HTTP/1.1 503", b"HTTP/1.1 200") == (refused, first.recv(12))


def test_bodies_that_do_not_come_take_nobodys_turn(serve):
    port = serve(requests=1)

    with connect(port) as half, connect(port) as asking:
        half.sendall(HALF)
        time.sleep(0.2)
        asking.sendall(HELLO)

        assert asking.recv(12) == b"HTTP/1.1 200"
        half.sendall(b"k")
        assert half.recv(12) == b"HTTP/1.1 200"


def test_bodies_that_do_not_come_make_room_for_those_who_ask(serve):
    port = serve(most=4)

    with ExitStack() as open_:
        for _ in range(20):
            open_.enter_context(connect(port)).sendall(HALF)
            time.sleep(0.02)

        assert "hello" == httpx.get(f"http://127.0.0.1:{port}/").text


def test_bodies_that_do_not_come_are_given_up_before_who_has_just_connected(serve):
    port = serve(most=16)

    with ExitStack() as open_:
        for number in range(15):
            if number == 12:
                asking = open_.enter_context(connect(port))
            open_.enter_context(connect(port)).sendall(HALF)
            time.sleep(0.05)
        asking.sendall(HELLO)

        assert asking.recv(12) == b"HTTP/1.1 200"


def test_a_body_of_tiny_chunks_is_not_parsed_without_end(serve):
    port = serve()

    with connect(port) as sender:
        sender.sendall(CHUNKED % b"slow" + b"1\r\na\r\n" * 2_000)

        assert sender.recv(12) == b"HTTP/1.1 400"


def test_chunks_of_some_size_pass(serve):
    port = serve()

    with connect(port) as sender:
        line = b"40\r\n" + b"a" * 64 + b"\r\n"
        sender.sendall(CHUNKED % b"slow" + line * 3_000 + b"0\r\n\r\n")

        assert sender.recv(12) == b"HTTP/1.1 200"


def test_what_comes_after_an_answer_is_dropped_and_its_sender_hung_up_on(serve, monkeypatch):
    monkeypatch.setattr(serving, "LINGER_TIME", 0.5)
    port = serve()

    with connect(port) as sender:
        sender.settimeout(3)
        sender.sendall(CHUNKED % b"")
        answer = b"".join(iter(lambda: sender.recv(4_096), b""))

        assert answer.endswith(b"hello")
        with pytest.raises(ConnectionError):
            drip(sender)


@pytest.mark.parametrize(("files", "want"), [(64, 16), (256, 53), (1_024, 400), (1_000_000, 400)])
def test_connections_leave_descriptors_for_the_rest_of_the_process(files, want):
    assert want == connections_to_hold(files)


def test_one_wording_fills_no_log(caplog):
    now = [0.0]
    logger = logging.getLogger("test_serving")
    sparing = Sparing(lines=3, clock=lambda: now[0])
    logger.addFilter(sparing)

    for number in range(1_000):
        logger.warning("refused %d", number)
    logger.warning("something else")
    now[0] = 61.0
    logger.warning("refused %d", 1_000)

    assert [
        "refused 0",
        "refused 1",
        "refused 2 (more of these within this minute are left out)",
        "something else",
        "refused 1000",
    ] == caplog.messages


def test_what_can_be_caused_without_end_has_few_tracebacks(caplog):
    logger = logging.getLogger("test_serving.tracebacks")
    logger.addFilter(Sparing(lines=9))

    for _ in range(20):
        logger.error("it failed", exc_info=ValueError("no"))

    assert [True] * 3 + [False] * 6 == [record.exc_info is not None for record in caplog.records]


def test_what_an_application_logs_because_of_strangers_is_limited_too(serve, caplog):
    caplog.set_level("INFO")
    limited_server(None, drain=1, most=9, logs=["test_serving.of_strangers"])

    for number in range(1_000):
        logging.getLogger("test_serving.of_strangers").info("refused %d", number)

    assert 60 == len(caplog.messages)


def test_after_a_broken_body_nobody_answers_twice(serve, caplog):
    port = serve()

    for _ in range(5):
        with connect(port) as sender:
            sender.sendall(CHUNKED % b"" + b"no length\r\n")
            assert sender.recv(12) == b"HTTP/1.1 400"
    time.sleep(0.2)

    assert not [one for one in caplog.records if one.exc_info]


def test_who_hangs_up_before_the_answer_leaves_no_traceback(serve, monkeypatch, caplog):
    class HungUp:
        """A connection whose other side has gone when its own side is to be closed."""

        def __init__(self, transport):
            self._transport = transport

        def __getattr__(self, name):
            return getattr(self._transport, name)

        def write_eof(self):
            raise OSError(errno.ENOTCONN, "Transport endpoint is not connected")

    made = LimitedProtocol.connection_made
    monkeypatch.setattr(
        LimitedProtocol, "connection_made", lambda self, transport: made(self, HungUp(transport))
    )
    port = serve()

    with connect(port) as sender:
        sender.sendall(HALF.replace(b"/slow", b"/"))
        sender.settimeout(5)
        assert hung_up_after(sender, b"hello")

    assert not [one for one in caplog.records if one.exc_info]
    with connect(port) as other:
        other.sendall(HELLO)
        assert other.recv(12) == b"HTTP/1.1 200"


def test_an_answer_before_the_body_says_that_the_connection_ends(serve):
    port = serve()
    early = b"POST /early HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n"
    read = b"POST /slow HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nok"

    def answer(request):
        with socket.create_connection(("127.0.0.1", port)) as connection:
            connection.sendall(request)
            return connection.recv(4_096).lower()

    assert [True, False, False] == [
        b"connection: close" in answer(request) for request in (early, read, HELLO)
    ]
