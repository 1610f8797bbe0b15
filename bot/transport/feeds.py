"""
The feeds of watches: `/feeds/NUMBER.atom?token=…`, for whoever was given the address.

The token is checked before anything is looked up, so a wrong one is told nothing, not even by the
time it takes, of which watches there are.
"""

from __future__ import annotations

import hashlib
import logging

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.alerts.shelf import Shelf
from bot.engine import Engine
from index.alerts.feed import ENTRIES, feed_of
from index.alerts.feed_tokens import FeedTokens
from index.errors import OnRecordError

LARGEST = 2**63 - 1  # number of a watch
_HEADERS = {
    "Cache-Control": "private, max-age=60",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
}

log = logging.getLogger(__name__)


def feed_routes(index: Engine, shelf: Shelf, tokens: FeedTokens) -> list[Route]:
    """
    Make the route of the feeds.

    Args:
        index: says what is still said.
        shelf: has the book of watches.
        tokens: let readers in.
    """

    def feed(request: Request) -> Response:
        number = request.path_params["number"]
        try:
            right = tokens.is_right(number, request.query_params.get("token", ""))
            if not right or number > LARGEST:
                return Response(status_code=404)
            book = shelf.kept()
            watch = book.watch(number) if book else None
            if book is None or watch is None:
                return Response(status_code=404)
            alerts = book.alerts(watch=number, limit=ENTRIES)
            body = feed_of(watch, alerts, index, name=tokens.name, address=str(request.url))
        except OnRecordError:
            log.exception("a feed could not be made")
            return Response(status_code=503, headers={"Retry-After": "60"})
        return _answer(body, request.headers.get("if-none-match", ""))

    async def answer(request: Request) -> Response:
        return await run_in_threadpool(feed, request)

    return [Route("/feeds/{number:int}.atom", answer, methods=["GET"])]


def _answer(body: bytes, known: str) -> Response:
    """Give the feed, or say that the reader has it."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {**_HEADERS, "ETag": tag}
    tags = {part.strip().removeprefix("W/") for part in known.split(",")}
    if tag in tags or "*" in tags:
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type="application/atom+xml; charset=utf-8")
