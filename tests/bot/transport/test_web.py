"""Bodies that do not end are not waited for, and not read for ever."""

from __future__ import annotations

import asyncio
import time

from bot.metrics import Metrics
from bot.transport import web

SCOPE = {
    "type": "http",
    "method": "POST",
    "path": "/slack/events",
    "query_string": b"",
}
MEGABYTE = {"type": "http.request", "body": b"x" * 1_000_000, "more_body": True}


def signed():
    """Headers of now: what was signed minutes ago is refused."""
    return [
        (b"x-slack-request-timestamp", str(int(time.time())).encode()),
        (b"x-slack-signature", b"v0=" + b"0" * 64),
    ]


def status_of(receive, **changed):
    """What the sender of a body hears; neither Bolt nor the index is asked."""
    reported = []

    async def send(message):
        reported.append(message)

    async def answered():
        application = web.build_web(None, None, Metrics(), "s3cret")
        scope = {**SCOPE, "headers": signed(), **changed}
        await asyncio.wait_for(application(scope, receive, send), 20)

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


def never():
    raise AssertionError("the body was asked for")


def test_a_body_is_not_waited_for_unless_its_head_is_signed():
    assert 401 == status_of(never, headers=[])


def test_a_body_in_chunks_is_refused_unread():
    chunked = [*signed(), (b"transfer-encoding", b"chunked")]

    assert 411 == status_of(never, headers=chunked)
