"""
The HTTP server of the push API and of the bot: uvicorn, with limits that strangers cannot pass.

Anybody who reaches the port may open connections and send nothing, or a byte at a time, and
uvicorn waits for them without end. Here the head of a request has a deadline, and connections are
limited: for a new one beyond that, the one that has waited longest without a whole request is
closed, so that those who do ask get in. The limit leaves descriptors for the rest of the process.
A request whose body is still to come takes nobody's turn, tiny chunks are not parsed without end,
and what comes of a body after its answer is not parsed at all.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import socket
from collections import Counter
from collections.abc import Sequence
from functools import partial
from typing import Any

import h11
import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from index.admission import Limited
from index.log_limit import Sparing

try:
    from resource import RLIMIT_NOFILE, getrlimit
except ImportError:  # Windows has no such limit

    def _files() -> int:
        return _MANY

else:

    def _files() -> int:
        soft, _ = getrlimit(RLIMIT_NOFILE)
        return soft if soft >= 0 else _MANY


HEAD_TIME = 10.0  # seconds for the head of a request, from its first byte or the connection on
MOST = 400  # connections
FEWEST = 16
OWN_FILES = 150  # descriptors that the process needs beside them
CHUNKS = 1_000  # of a body, beside one for every CHUNK bytes
CHUNK = 64
LINGER_TIME = 2.0  # seconds in which the rest of a body is dropped, so that its answer arrives
MOST_DROPPED = 64_000_000  # bytes of it
QUEUE = 1_024  # connections that wait to be accepted
_MANY = 1_000_000
_OBJECTS = 50_000  # new ones between two looks for cycles


class Room:
    """The connections of one server, those that have waited longest first."""

    def __init__(self, most: int) -> None:
        self.most = most
        # One address alone never takes all of it; behind a proxy all requests come from one.
        self.of_one = max(1, most * 3 // 4)
        self._open: dict[LimitedProtocol, str] = {}
        self._by_address: Counter[str] = Counter()

    def enter(self, connection: LimitedProtocol, address: str) -> bool:
        """Let a connection in; False where none can be closed for it."""
        full = self._by_address[address] >= self.of_one
        if (full or len(self._open) >= self.most) and not self._evict(address if full else None):
            return False
        self._open[connection] = address
        self._by_address[address] += 1
        return True

    def waits(self, connection: LimitedProtocol) -> None:
        """Note that a connection has had its answer, and waits for a request from now on."""
        if connection in self._open:
            self._open[connection] = self._open.pop(connection)

    def leave(self, connection: LimitedProtocol) -> None:
        """Forget a connection that has ended."""
        address = self._open.pop(connection, None)
        if address is not None:
            self._by_address[address] -= 1
            if not self._by_address[address]:
                del self._by_address[address]

    def _evict(self, address: str | None) -> bool:
        """
        Close the connection that has waited longest; of *address* alone if one is given.

        Without a request, else without the whole body of one; of the oldest quarter either.
        """
        these = [connection for connection, its in self._open.items() if address in (None, its)]
        oldest = these[: len(these) // 4]
        longest = next((one for one in oldest if one.is_waiting or one.is_sending), None)
        longest = longest or next((one for one in these if one.is_waiting), None)
        longest = longest or next((one for one in these if one.is_sending), None)
        if longest is None:
            return False
        longest.transport.abort()
        self.leave(longest)
        return True


class _Parser(h11.Connection):
    """Parses one connection's requests, and refuses a body of many tiny chunks."""

    _chunks = 0
    _bytes = 0

    def next_event(self) -> Any:
        """
        Return the next event.

        Raises:
            h11.RemoteProtocolError: for what is no request, and for too many chunks.
        """
        event = super().next_event()
        if isinstance(event, h11.Request):
            self._chunks = self._bytes = 0
        elif isinstance(event, h11.Data):
            self._chunks += event.chunk_start
            self._bytes += len(event.data)
            if self._chunks > CHUNKS + self._bytes // CHUNK:
                raise h11.RemoteProtocolError("too many small chunks")
        return event


class LimitedProtocol(H11Protocol):
    """One connection, with a deadline for the head of each of its requests."""

    def __init__(self, *given: Any, room: Room, **named: Any) -> None:
        super().__init__(*given, **named)
        self._room = room
        self._deadline: asyncio.TimerHandle | None = None
        self._to_drop: int | None = None  # bytes, once the rest of a body is not wanted
        self.conn = _Parser(h11.SERVER, self.conn._max_incomplete_event_size)

    @property
    def is_waiting(self) -> bool:
        """Whether no request of it is being worked on."""
        return self.cycle is None or self.cycle.response_complete

    @property
    def is_sending(self) -> bool:
        """Whether the body of its request is still to come."""
        return self.conn.their_state is h11.SEND_BODY

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Let it in, or hang up."""
        super().connection_made(transport)
        if self._room.enter(self, self.client[0] if self.client else ""):
            self._expect_head()
        else:
            transport.abort()

    def data_received(self, data: bytes) -> None:
        """Take bytes; the deadline runs until they make up the head of a request."""
        if self._to_drop is not None:
            self._to_drop -= len(data)
            if self._to_drop < 0:
                self.transport.abort()
            return
        before = self.cycle
        super().data_received(data)
        if self.cycle is not before or not self.is_waiting:
            self._expect_nothing()
        elif self._deadline is None:
            self._expect_head()

    def on_response_complete(self) -> None:
        """Wait for the next request; hang up, soon, on who has not sent all of this one."""
        self._room.waits(self)
        if self.is_sending and not self.transport.is_closing():
            self._to_drop = MOST_DROPPED
            self.flow.resume_reading()
            self._expect_nothing()
            try:
                self.transport.write_eof()
            except OSError:  # the other side has hung up already
                self.transport.abort()
                return
            self._deadline = self.loop.call_later(LINGER_TIME, self._hang_up)
            return
        super().on_response_complete()

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no request; hang up where an answer to it has begun."""
        if self.cycle is not None and not self.cycle.response_complete:
            # Its application would answer too, which is an error with a traceback in the log.
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        if self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            super().send_400_response(msg)
        else:
            self.transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """Make room."""
        self._expect_nothing()
        self._room.leave(self)
        super().connection_lost(exc)

    def _expect_head(self) -> None:
        self._deadline = self.loop.call_later(HEAD_TIME, self._hang_up)

    def _expect_nothing(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _hang_up(self) -> None:
        self._deadline = None
        if self.is_waiting:
            self.transport.abort()


class _Server(uvicorn.Server):
    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin; connections that wait to be accepted may be more than are accepted at a time."""
        await super().startup(sockets)
        for bound in sockets or ():
            bound.listen(QUEUE)


_SPARING = Sparing()


def limited_server(
    app: ASGIApp, *, drain: int, most: int | None = None, logs: Sequence[str] = (), **more: Any
) -> uvicorn.Server:
    """
    Make a web server that is not yet running.

    Args:
        app: what it serves.
        drain: seconds that requests under way get when it stops.
        most: connections that may be open; as many as the process can hold if None.
        logs: loggers of *app* whose lines anybody who asks can cause.
        **more: other settings of uvicorn's.
    """
    most = most or connections_to_hold(_files())
    for name in ("uvicorn.error", "asyncio", *logs):
        logging.getLogger(name).addFilter(_SPARING)
    return _Server(
        uvicorn.Config(
            Limited(app),
            http=partial(LimitedProtocol, room=Room(most)),  # type: ignore[arg-type]
            ws="none",
            # asyncio accepts so many at a time. A new connection is read three times later, and
            # must not have been closed for newer ones by then.
            backlog=max(2, most // 6),
            log_config=None,
            access_log=False,
            server_header=False,
            lifespan="off",
            timeout_graceful_shutdown=drain,
            **more,
        )
    )


def connections_to_hold(files: int) -> int:
    """Return how many connections a process with so many descriptors may have open."""
    return max(FEWEST, min(MOST, (files - OWN_FILES) // 2))


def look_rarely_for_cycles() -> None:
    """Let Python's collector of cycles leave alone what is loaded, and look seldom at the rest."""
    # What is here now stays. Else Python looks through all of it, half a million objects of the
    # models too, in the middle of every twelfth question: up to 0.36 s on a busy machine.
    gc.collect()
    gc.freeze()
    # A question makes some 50,000 objects and hardly a cycle; looking for cycles at every 700 of
    # them took a third of its time.
    gc.set_threshold(_OBJECTS)
