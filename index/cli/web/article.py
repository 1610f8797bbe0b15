"""
The page of an article: `/article/ID?v=…&until=…&key=…`, for whoever was given the link.

The signature is checked before anything is looked up, and every link that opens nothing gets the
same answer: it tells nobody whether it is over, forged, or names what is not here.
"""

from __future__ import annotations

import asyncio
import logging

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from index.core import Index
from index.errors import OnRecordError
from index.reader.links import PATH, ReaderLinks, is_version
from index.reader.page import HEADERS, article_page

AT_ONCE = 4  # pages
NOTHING = "This link opens nothing (any more). Ask again: a new answer has a new link.\n"
_UNAVAILABLE = "The article cannot be read now. Try again in a minute.\n"

log = logging.getLogger(__name__)


def reader_routes(index: Index) -> list[Route]:
    """
    Make the route of the page; none where the settings name no address for it.

    Raises:
        StoreError: if the secret of the links cannot be read or made.
    """
    reader = index.reader
    if reader is None:
        return []
    turns = asyncio.Semaphore(AT_ONCE)

    async def answer(request: Request) -> Response:
        async with turns:
            return await run_in_threadpool(_page, request, index, reader)

    return [Route(f"{PATH}{{id}}", answer, methods=["GET"])]


def _page(request: Request, index: Index, reader: ReaderLinks) -> Response:
    said = [request.query_params.get(name, "") for name in ("v", "until", "key")]
    ticket = reader.ticket(request.path_params["id"], *said)
    if ticket is None:
        return _nothing()
    try:
        fingerprint = index.store.fingerprint(ticket.article_id)
        item = index.store.get(ticket.article_id)
    except OnRecordError as exc:
        log.error("an article cannot be shown: %s", exc)
        headers = {**HEADERS, "Retry-After": "60"}
        return PlainTextResponse(_UNAVAILABLE, 503, headers)
    if item is None or fingerprint is None:
        return _nothing()
    page = article_page(item, ticket.until, same=is_version(ticket, fingerprint))
    return HTMLResponse(page, headers=HEADERS)


def _nothing() -> Response:
    return PlainTextResponse(NOTHING, 404, HEADERS)
