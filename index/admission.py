"""
Who may ask over HTTP, how often, under which name of the host, and how much at a time.

A guard stands before an application: what it refuses is answered with one line of JSON, before the
application, or anything that it would look up, has seen a byte of it.
"""

from __future__ import annotations

import asyncio
import hmac
import ipaddress
import time
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from threading import Lock
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = ("localhost", "127.0.0.1", "::1")
READ_TIME = 10.0  # seconds for a whole body
REQUESTS = 200  # worked on at a time; more get 503


def is_bearer(header: str, token: bytes) -> bool:
    """Return whether an Authorization *header* has the *token*; in constant time."""
    scheme, _, given = header.encode("latin-1", "replace").partition(b" ")
    known = hmac.compare_digest(given.strip(), token)
    return scheme.lower() == b"bearer" and known


class Allowance:
    """So many requests a minute, refilled steadily."""

    def __init__(self, per_minute: int) -> None:
        self._per_second = per_minute / 60
        self._most = float(per_minute)
        self._left = self._most
        self._at = time.monotonic()
        self._lock = Lock()

    def spend(self) -> float:
        """
        Spend one.

        Returns:
            0, or how many seconds to wait where none is left.
        """
        with self._lock:
            now = time.monotonic()
            self._left = min(self._most, self._left + (now - self._at) * self._per_second)
            self._at = now
            if self._left < 1:
                return (1 - self._left) / self._per_second
            self._left -= 1
            return 0.0


@dataclass(frozen=True, slots=True)
class Terms:
    """
    On which terms requests are let in.

    ``token`` must be sent, and is called ``setting`` in what is answered to strangers; ``largest``
    is the most bytes of a body, ``at_once`` the requests worked on, ``waiting`` those that wait.
    """

    token: bytes
    setting: str
    allowance: Allowance
    largest: int
    at_once: int = 8
    waiting: int = 200


class Guarded:
    """An application that only requests on the *terms* reach, with their whole body."""

    def __init__(self, app: ASGIApp, terms: Terms) -> None:
        self._app = app
        self._terms = terms
        self._turns = asyncio.Semaphore(terms.at_once)
        self._present = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        refusal = self._refusal(Headers(scope=scope))
        body = b""
        if refusal is None:
            try:
                body = await _body(Request(scope, receive), self._terms.largest)
            except _RefusedError as exc:
                refusal = _refused(*exc.args)
        if refusal is None and self._present >= self._terms.at_once + self._terms.waiting:
            refusal = _refused(503, "too many requests at a time; send it again", retry=1)
        if refusal is not None:
            await refusal(scope, receive, send)
            return
        self._present += 1
        try:
            async with self._turns:
                await self._app(scope, _again(body, receive), send)
        finally:
            self._present -= 1

    def _refusal(self, headers: Headers) -> JSONResponse | None:
        terms = self._terms
        if not is_bearer(headers.get("authorization", ""), terms.token):
            reason = f"the token is missing or wrong; send Authorization: Bearer {terms.setting}"
            answer = _refused(401, reason)
            answer.headers["WWW-Authenticate"] = "Bearer"
            return answer
        if wait := terms.allowance.spend():
            return _refused(429, "too many requests; send more slowly", retry=wait + 1)
        return None


class KnownByName:
    """
    An application that is reached only by the names of its host, and by pages of these.

    A page of a stranger can give its own name this machine's address, and ask in the name of who
    looks at it.
    """

    def __init__(self, app: ASGIApp, hosts: frozenset[str]) -> None:
        """
        Stand before *app*.

        Args:
            app: answers.
            hosts: the names by which it is reached, besides those of this machine.
        """
        self._app = app
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        headers = Headers(scope=scope)
        origin = headers.get("origin")
        if not is_known_host(headers.get("host", ""), self._hosts):
            reason = "this server is not called so; set INDEX_API_HOSTS to the names that it has"
            await _refused(421, reason)(scope, receive, send)
        elif origin is not None and not is_known_host(_authority(origin), self._hosts):
            await _refused(403, "pages of another host may not ask")(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def is_known_host(authority: str, hosts: Collection[str]) -> bool:
    """Return whether *authority* ("news.example:8000") is this machine or one of *hosts*."""
    try:
        name = urlsplit(f"//{authority}").hostname or ""
    except ValueError:
        return False
    if name in LOOPBACK or name in hosts:
        return True
    with suppress(ValueError):
        return ipaddress.ip_address(name).is_loopback
    return False


def _authority(origin: str) -> str:
    return origin.partition("://")[2]


class _RefusedError(Exception):
    """A body that is not taken: the status, and why."""


async def _body(request: Request, largest: int) -> bytes:
    """Read a body within the limits of size and time."""
    data = bytearray()
    try:
        async with asyncio.timeout(READ_TIME):
            async for chunk in request.stream():
                data += chunk
                if len(data) > largest:
                    raise _RefusedError(413, f"more than {largest:,} bytes; send less at a time")
    except (ClientDisconnect, TimeoutError) as exc:
        reason = "the connection ended before the body did; send it again"
        raise _RefusedError(400, reason) from exc
    return bytes(data)


def _again(body: bytes, receive: Receive) -> Receive:
    """Give a body that has been read to who reads it next."""
    first = True

    async def received() -> Message:
        nonlocal first
        if not first:
            return await receive()
        first = False
        return {"type": "http.request", "body": body, "more_body": False}

    return received


def _refused(status: int, reason: str, *, retry: float = 0.0) -> JSONResponse:
    headers = {"Retry-After": f"{retry:.0f}"} if retry else {}
    return JSONResponse({"error": reason}, status, headers)


class Limited:
    """
    An application that refuses requests of two lengths, and those above a number at a time.

    A proxy may believe the other length, and take the rest for a request of somebody else: such
    a connection is closed (RFC 9112, 6.3).
    """

    def __init__(self, app: ASGIApp, most: int = REQUESTS) -> None:
        self._app = app
        self._most = most
        self._running = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        headers = Headers(scope=scope) if scope["type"] == "http" else Headers()
        if "transfer-encoding" in headers and "content-length" in headers:
            await _ended(400, "the request has two lengths")(scope, receive, send)
        elif self._running >= self._most:
            busy = _ended(503, "too many requests at a time; send it again", retry=1)
            await busy(scope, receive, send)
        else:
            self._running += 1
            body = _Body(receive, _has_body(headers))
            try:
                await self._app(scope, self._uncounted(body), _closing(send, body))
            finally:
                self._running -= 1

    def _uncounted(self, body: _Body) -> Receive:
        """Let a request not count while its body is awaited."""

        async def received() -> Message:
            if not body.more:
                return await body.receive()
            self._running -= 1
            try:
                message = await body.receive()
            finally:
                self._running += 1
            body.more = bool(message.get("more_body"))
            return message

        return received


class _Body:
    """The body of a request: whether the application has not read all of it."""

    def __init__(self, receive: Receive, expected: bool) -> None:
        self.receive = receive
        self.expected = expected
        self.more = True


def _has_body(headers: Headers) -> bool:
    """Return whether a request with *headers* has a body."""
    return "transfer-encoding" in headers or headers.get("content-length", "0") != "0"


def _closing(send: Send, body: _Body) -> Send:
    """Say in an answer that comes before all of the body that the connection ends with it."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start" and body.expected and body.more:
            headers = [*message.get("headers", ()), (b"connection", b"close")]
            message = {**message, "headers": headers}
        await send(message)

    return sent


def _ended(status: int, reason: str, *, retry: float = 0.0) -> JSONResponse:
    answer = _refused(status, reason, retry=retry)
    answer.headers["Connection"] = "close"
    return answer
