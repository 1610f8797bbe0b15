"""
Articles pushed over HTTP: a small API in the indexer's own process.

A request is answered when its articles are safe in the queue (202), or, if the caller waits,
when they are answerable (200). Sending the same again changes nothing. A bearer token is
required for all but the description of the API; what cannot be read is refused in one line.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import re
import socket
import time
import unicodedata
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from importlib.resources import files
from threading import Thread
from typing import Any
from urllib.parse import quote

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from index import formats
from index.admission import Allowance, is_bearer
from index.arrivals.schedule import Schedule
from index.errors import ArticleError, SettingsError, StoreError
from index.formats import Item
from index.ingest.preview import understood
from index.ingest.validation import refusal
from index.origins import PUSH
from index.queue import Queue, Status
from index.serving import limited_server
from index.settings import IndexSettings
from index.types import Article, Withdrawal

log = logging.getLogger(__name__)

MAX_BYTES = 10 * 1024 * 1024
# Seconds that a caller may wait for the indexing.
LONGEST_WAIT = 30.0
# Seconds between two looks at the queue; one takes a tenth of a millisecond.
_LOOK = 0.02
_PREFER = re.compile(r"\bwait\s*=\s*(\d+(?:\.\d+)?)")
# Of more articles at a time only a dry run reports what was understood.
_MOST_PREVIEWED = 50
_IN_WORK = ("waiting", "held")

Handler = Callable[[Request], Awaitable[Response]]


class Push:
    """A `Source`: the HTTP server that other programs push articles to."""

    def __init__(self, settings: IndexSettings) -> None:
        self._settings = settings
        self._server: uvicorn.Server | None = None
        self._thread: Thread | None = None

    def start(self, queue: Queue, schedule: Schedule) -> None:
        """
        Listen.

        Raises:
            SettingsError: if the address cannot be used.
        """
        host, port = self._settings.push_host, self._settings.push_port
        app = push_app(queue, self._settings)
        self._server = limited_server(app, drain=5, logs=(__name__,), host=host, port=port)
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        try:
            listening = socket.create_server((host, port), family=family, backlog=200)
        except OSError as exc:
            raise SettingsError(
                f"cannot listen on {host}:{port} ({exc.strerror}); set INDEX_PUSH_PORT to a free "
                "port, INDEX_PUSH_HOST to an address of this machine"
            ) from exc
        self._thread = Thread(
            target=self._server.run, kwargs={"sockets": [listening]}, name="push", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """End; a request in progress is answered first."""
        if self._server is not None and self._thread is not None:
            self._server.should_exit = True
            self._thread.join()


def push_app(queue: Queue, settings: IndexSettings) -> Starlette:
    """
    Make the API over *queue*.

    Raises:
        SettingsError: if no token is set.
    """
    token = settings.push_token
    if token is None:
        raise SettingsError("INDEX_PUSH_TOKEN is not set; without it nobody may push")
    api = _Api(queue, settings, token.get_secret_value())
    routes = [
        Route("/", _page),
        Route("/openapi.json", _description),
        Route("/articles", api.guarded(api.post), methods=["POST"]),
        Route("/articles/{id:path}/status", api.guarded(api.status), name="status"),
        # One route, whose 405 allows both.
        Route("/articles/{id:path}", api.guarded(api.change), methods=["PUT", "DELETE"]),
    ]
    return Starlette(
        routes=routes, exception_handlers={HTTPException: _refusal, StoreError: _closed}
    )


class _Api:
    def __init__(self, queue: Queue, settings: IndexSettings, token: str) -> None:
        self._queue = queue
        self._settings = settings
        self._token = token.encode()
        self._allowance = Allowance(settings.push_rate)

    def guarded(self, handler: Handler) -> Handler:
        """Let only requests with the token through, and not too many."""

        async def guard(request: Request) -> Response:
            if not is_bearer(request.headers.get("authorization", ""), self._token):
                raise HTTPException(
                    401,
                    "the token is missing or wrong; send Authorization: Bearer INDEX_PUSH_TOKEN",
                    {"WWW-Authenticate": "Bearer"},
                )
            if wait := self._allowance.spend():
                raise HTTPException(
                    429, "too many requests; send more slowly", {"Retry-After": f"{wait + 1:.0f}"}
                )
            return await handler(request)

        return guard

    async def post(self, request: Request) -> Response:
        """Take what a request holds."""
        items = await _read(request)
        for item in items:
            _require_id(item.id)
        if request.query_params.get("dry_run", "").lower() in ("1", "true", "yes"):
            most = self._settings.max_characters
            records = await run_in_threadpool(lambda: [_previewed(item, most) for item in items])
            return JSONResponse({"articles": records})
        return await self._receive(request, items, manual=False)

    async def change(self, request: Request) -> Response:
        """Take or withdraw one article."""
        return await (self.put if request.method == "PUT" else self.delete)(request)

    async def put(self, request: Request) -> Response:
        """Take one article under the id of its address; a withdrawn one comes back."""
        name = _name(request)
        items = await _read(request)
        if len(items) != 1:
            raise HTTPException(422, f"{len(items)} articles, 1 is wanted; POST them to /articles")
        return await self._receive(request, [replace(items[0], id=name)], manual=True)

    async def delete(self, request: Request) -> Response:
        """Withdraw an article."""
        reason = request.query_params.get("reason") or "withdrawn by the publisher"
        withdrawal = Withdrawal(_name(request), reason[:500], datetime.now(UTC))
        return await self._receive(request, [withdrawal], manual=False)

    async def status(self, request: Request) -> Response:
        """Report what became of an article."""
        name = _name(request)
        status = self._queue.status(name, PUSH)
        if status is None:
            raise HTTPException(404, f"no article with the id {name!r} was pushed; check the id")
        return JSONResponse(_status_record(request, status))

    async def _receive(
        self, request: Request, items: list[Article | Withdrawal], *, manual: bool
    ) -> Response:
        seconds = _patience(request)
        names = await run_in_threadpool(self._queue.receive, PUSH, items, manual=manual)
        statuses = await _settled(self._queue, names, seconds)
        records = [_status_record(request, status) for status in statuses]
        if len(items) <= _MOST_PREVIEWED:
            short = [item for item in items if _is_short(item, self._settings.max_characters)]
            known = await run_in_threadpool(lambda: {item.id: _understood(item) for item in short})
            records = [one | {"understood": known.get(one["id"])} for one in records]
        settled = all(status.state not in _IN_WORK for status in statuses)
        headers = {"Location": records[0]["url"]} if len(records) == 1 else {}
        return JSONResponse({"articles": records}, 200 if settled else 202, headers)


def _name(request: Request) -> str:
    """Read the id in the address; HTTPException for one that no article has."""
    return _require_id(str(request.path_params["id"]))


def _require_id(name: str) -> str:
    # What is no UTF-8 comes as U+FFFD, under which other ids would come too.
    if not name.strip() or "\ufffd" in name or any(unicodedata.category(c)[0] == "C" for c in name):
        raise HTTPException(
            400, "the id of an article is empty, not UTF-8, or has characters that nobody sees"
        )
    return name


async def _settled(queue: Queue, names: Sequence[str], seconds: float) -> list[Status]:
    """Give the statuses of *names* when all are settled, or after so many seconds."""
    deadline = time.monotonic() + seconds
    while True:
        found = [status for name in names if (status := queue.status(name, PUSH)) is not None]
        waiting = any(status.state == "waiting" for status in found)
        if not waiting or time.monotonic() >= deadline:
            return found
        await asyncio.sleep(_LOOK)


def _status_record(request: Request, status: Status) -> dict[str, Any]:
    """Lay out a status."""
    return {
        "id": status.id,
        "status": status.state,
        "reason": status.reason,
        "received_at": status.received_at.isoformat(),
        "settled_at": status.settled_at and status.settled_at.isoformat(),
        "url": str(request.url_for("status", id=quote(status.id, safe=""))),
    }


def _is_short(item: Article | Withdrawal, max_characters: int) -> bool:
    return isinstance(item, Withdrawal) or len(item.text) <= max_characters


def _understood(item: Article | Withdrawal) -> dict[str, Any] | None:
    """Lay out what was understood of an item that is in the queue, where that can be said."""
    try:
        return understood(item)
    except Exception:
        log.exception("%s: received, but cannot be previewed", item.id)
        return None


def _previewed(item: Article | Withdrawal, max_characters: int) -> dict[str, Any]:
    """Lay out what was understood of an item, and why it would be refused, if it would."""
    reason = refusal(item, max_characters) if isinstance(item, Article) else None
    record = understood(item) if _is_short(item, max_characters) else {"id": item.id}
    return record | {"refused": reason}


def _patience(request: Request) -> float:
    """Read how many seconds the caller waits: ``?wait=5`` or ``Prefer: wait=5``."""
    asked = request.query_params.get("wait")
    if asked is None:
        found = _PREFER.search(request.headers.get("prefer", ""))
        asked = found[1] if found else "0"
    try:
        seconds = float(asked)
    except ValueError as exc:
        raise HTTPException(400, f"wait={asked!r} is no number of seconds; try wait=5") from exc
    return min(max(seconds, 0.0), LONGEST_WAIT) if seconds == seconds else 0.0


async def _read(request: Request) -> list[Article | Withdrawal]:
    """Read the articles of a request; all of them must be good."""
    mime = request.headers.get("content-type", "")
    if not formats.knows_type(mime):
        raise HTTPException(415, f"content type {mime or 'missing'!r} is not read; / lists those")
    if request.headers.get("content-encoding", "identity") != "identity":
        raise HTTPException(415, "compressed bodies are not read; send the article as it is")
    data = await _body(request)
    # An article that has no id of its own is the same article when it is sent again.
    name = f"pushed-{hashlib.sha256(data).hexdigest()[:12]}"
    items: list[Item] = await run_in_threadpool(lambda: list(formats.parse(data, name, mime)))
    if faults := [str(item) for item in items if isinstance(item, ArticleError)]:
        raise HTTPException(422, "; ".join(faults[:20]))
    return [item for item in items if not isinstance(item, ArticleError)]


async def _body(request: Request) -> bytes:
    """Read the body, and stop at the limit whatever its length was said to be."""
    data = bytearray()
    with suppress(ClientDisconnect):
        async for chunk in request.stream():
            data += chunk
            if len(data) > MAX_BYTES:
                raise HTTPException(
                    413, f"more than {MAX_BYTES:,} bytes; send fewer articles at a time"
                )
        if not data.strip():
            raise HTTPException(400, "the body is empty; send an article")
        return bytes(data)
    raise HTTPException(400, "the connection ended before the body did; send it again")


async def _refusal(request: Request, exc: Exception) -> Response:
    assert isinstance(exc, HTTPException)
    return JSONResponse({"error": exc.detail}, exc.status_code, exc.headers)


async def _closed(request: Request, exc: Exception) -> Response:
    log.error("nothing can be received: %s", exc)
    reason = "the queue cannot be written; nothing was received, send it again later"
    return JSONResponse({"error": reason}, 503, {"Retry-After": "30"})


async def _description(request: Request) -> Response:
    text = files("index.arrivals").joinpath("push.openapi.json").read_text(encoding="utf-8")
    return JSONResponse(json.loads(text))


async def _page(request: Request) -> Response:
    text = files("index.arrivals").joinpath("push.html").read_text(encoding="utf-8")
    return HTMLResponse(text)
