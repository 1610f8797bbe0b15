"""
The HTTP transport: Slack's requests, the health check and the numbers.

Bolt's dispatch waits in a loop until a listener has acknowledged, so it runs in a thread and
never on the event loop.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from slack_bolt import App, BoltRequest, BoltResponse
from slack_bolt.adapter.starlette.handler import to_starlette_response
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.engine import Engine
from bot.manifest import EVENTS_PATH
from bot.metrics import Metrics
from bot.transport.guard import (
    MAX_BODY,
    Refused,
    WrongSignature,
    check_body,
    check_head,
    check_signature,
)
from bot.transport.public import SharedAnswer

READ_TIME = 5.0  # seconds for a whole body
WRONG_IN_A_ROW = 3  # signatures with another secret, after which the setting is suspected
MAX_DISCARDED = 64_000_000  # bytes read and dropped so that the sender hears 413, not a reset

log = logging.getLogger(__name__)


def build_web(
    app: App,
    index: Engine,
    metrics: Metrics,
    signing_secret: str,
    more: Sequence[Route] = (),
    fault: Callable[[], str] = str,
) -> Starlette:
    """
    Make the web application.

    Args:
        app: answers what Slack sends.
        index: asked for its health.
        metrics: counts, and is served.
        signing_secret: what every request of Slack's is signed with.
        more: routes beside its own.
        fault: says why nothing can be answered; "" if it can.
    """
    wrong = _WrongSignatures()

    async def events(request: Request) -> Response:
        with metrics.acknowledged.time():
            return await answer(request)

    async def answer(request: Request) -> Response:
        try:
            check_head(request.headers)
            body = await _read(request)
            check_signature(signing_secret, request.headers, body)
            wrong.forget()
            text = check_body(request.headers.get("content-type", ""), body)
            return to_starlette_response(await run_in_threadpool(_dispatch, app, request, text))
        except Refused as exc:
            metrics.refused.labels(str(exc.status)).inc()
            log.info("a request was refused with %d: %s", exc.status, exc.reason)
            if isinstance(exc, WrongSignature):
                wrong.note()
            return Response(status_code=exc.status)
        except ClientDisconnect:
            return Response(status_code=400)

    return Starlette(
        routes=[
            Route(EVENTS_PATH, events, methods=["POST"]),
            *watching_routes(index, metrics, fault),
            *more,
        ]
    )


class _WrongSignatures:
    """Counts the signatures that were made with another secret, since the last right one."""

    def __init__(self) -> None:
        self._count = 0

    def note(self) -> None:
        """Count one; the third in a row says, once, which setting may be wrong."""
        self._count += 1
        if self._count == WRONG_IN_A_ROW:
            log.warning(
                "%d signatures in a row were made with another secret; if these requests come from "
                "Slack, copy the Signing Secret (Basic Information) into SLACK_SIGNING_SECRET",
                self._count,
            )

    def forget(self) -> None:
        """Start counting again: a request had the right signature."""
        self._count = 0


def watching_routes(
    index: Engine,
    metrics: Metrics,
    fault: Callable[[], str] = str,
    connection: Callable[[], Mapping[str, Any]] | None = None,
) -> list[Route]:
    """
    Make the routes for those who watch over the bot.

    Args:
        index: what the bot answers from.
        metrics: the numbers.
        fault: says why nothing can be answered; "" if it can.
        connection: says how Socket Mode stands ("connected" and more); None over HTTP.
    """

    def health() -> Response:
        try:
            coverage = index.stats()
        except Exception:
            log.exception("the health check could not read the index")
            return JSONResponse({"status": "the index cannot be read"}, status_code=503)
        newest = coverage.newest.isoformat() if coverage.newest else None
        counts = {"articles": coverage.articles, "sentences": coverage.sentences}
        stands = connection() if connection is not None else {}
        connected = stands.get("connected", True)
        status = fault() or ("ok" if connected else "not connected to Slack")
        body = {"status": status, **counts, "newest": newest, **stands}
        return JSONResponse(body, status_code=200 if status == "ok" else 503)

    def numbers() -> Response:
        return Response(metrics.text(), media_type="text/plain; version=0.0.4; charset=utf-8")

    return [
        Route("/healthz", SharedAnswer(health).answer, methods=["GET"]),
        Route("/metrics", SharedAnswer(numbers).answer, methods=["GET"]),
    ]


def _dispatch(app: App, request: Request, text: str) -> BoltResponse:
    """Hand a checked request to Bolt; a payload that it cannot read is Refused."""
    try:
        bolt_request = BoltRequest(
            body=text, query=str(request.query_params), headers=dict(request.headers)
        )
    except (TypeError, ValueError, AttributeError, KeyError, RecursionError) as exc:
        raise Refused(400) from exc
    return app.dispatch(bolt_request)


async def _read(request: Request) -> bytes:
    """Read the body within the limits of size and time."""
    parts: list[bytes] = []
    total = 0
    try:
        async with asyncio.timeout(READ_TIME):
            async for part in request.stream():
                total += len(part)
                if total > MAX_DISCARDED:
                    break
                if total <= MAX_BODY:
                    parts.append(part)
    except TimeoutError as exc:
        raise Refused(413 if total > MAX_BODY else 400) from exc
    if total > MAX_BODY:
        raise Refused(413)
    return b"".join(parts)
