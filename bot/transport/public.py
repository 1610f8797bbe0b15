"""
What anybody may ask, answered without the threads and the turns of Slack's requests.

A stranger who asks for the health check a thousand times a second would take all of them: Slack
would hear 503, and people nothing. So one look answers all who wait for it, what takes a
thread gets one of a few, and of those who ask the rest is told to come again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

MOST_WAITING = 20  # who wait for an answer of one kind
THREADS = 4  # of one kind

Page = Callable[[Request], Response]


class SharedAnswer:
    """
    One look for all who ask: it begins after each of them has asked.

    Where many wait already, the others get the answer of the look before.

    Args:
        look: makes the answer, in a thread.
    """

    def __init__(self, look: Callable[[], Response]) -> None:
        self._look = look
        self._running: asyncio.Future[Response] | None = None
        self._next: asyncio.Future[Response] | None = None
        self._last: Response | None = None
        self._waiting = 0

    async def answer(self, request: Request) -> Response:
        """Answer one request."""
        if self._last is not None and self._waiting >= MOST_WAITING:
            return self._last
        if self._next is None:
            self._next = asyncio.ensure_future(self._after(self._running))
        self._waiting += 1
        try:
            return await asyncio.shield(self._next)
        finally:
            self._waiting -= 1

    async def _after(self, before: asyncio.Future[Response] | None) -> Response:
        if before is not None:
            await asyncio.wait([before])
        self._running, self._next = self._next, None
        self._last = await run_in_threadpool(self._look)
        return self._last


class FewAtATime:
    """
    A page that is made for a few at a time.

    Args:
        page: answers one request, in a thread.
    """

    def __init__(self, page: Page) -> None:
        self._page = page
        self._threads = asyncio.Semaphore(THREADS)
        self._waiting = 0

    async def answer(self, request: Request) -> Response:
        """Answer one request."""
        if self._waiting >= MOST_WAITING:
            return Response(status_code=503, headers={"Retry-After": "5"})
        self._waiting += 1
        try:
            async with self._threads:
                return await run_in_threadpool(self._page, request)
        finally:
            self._waiting -= 1
