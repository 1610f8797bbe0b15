"""Bodies that do not end are not waited for, and not read for ever."""

from __future__ import annotations

import asyncio

from bot.metrics import Metrics
from bot.transport import web

SCOPE = {
    "type": "http",
    "method": "POST",
    "path": "/slack/events",
    "query_string": b"",
    "headers": [],
}
MEGABYTE = {"type": "http.request", "body": b"x" * 1_000_000, "more_body": True}


def status_of(receive):
    """What the sender of a body hears; neither Bolt nor the index is asked."""
    reported = []

    async def send(message):
        reported.append(message)

    async def answered():
        application = web.build_web(None, None, Metrics(), "s3cret")
        await asyncio.wait_for(application(SCOPE, receive, send), 20)

    asyncio.run(answered())
    return reported[0]["status"]


def test_a_body_that_does_not_come_is_not_waited_for(monkeypatch):
    monkeypatch.setattr(web, "READ_TIME", 0.1)

    async def silent():
        await asyncio.sleep(3_600)

    assert 400 == status_of(silent)


def test_a_body_without_end_is_not_read_for_ever(monkeypatch):
    monkeypatch.setattr(web, "MAX_DISCARDED", 3_000_000)
    parts = [MEGABYTE] * 9

    async def endless():
        return parts.pop()

    assert 413 == status_of(endless)
    assert 5 == len(parts)
