"""
The tools over streamable HTTP: the same server as on standard input and output.

Nothing is kept between two requests: each has its own transport, so there is no session that could
be taken over, and none that outlives who opened it.
"""

from __future__ import annotations

import asyncio
import logging

from mcp.server.transport_security import TransportSecuritySettings
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from index.cli.assistant.server import make_server
from index.core import Index

PATH = "/mcp"
LONGEST = 60.0  # seconds for a request; a stream that would wait for news ends then


def assistant_app(index: Index) -> ASGIApp:
    """
    Make the application behind `PATH`; who may reach it is for others to check.

    Args:
        index: is asked from several threads.
    """
    server = make_server(index)
    # Host and origin are checked before; the package would log each request.
    security = TransportSecuritySettings(enable_dns_rebinding_protection=False)
    logging.getLogger("mcp").setLevel(logging.WARNING)

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] != "POST":
            refusal = JSONResponse({"error": "POST is wanted"}, 405, {"Allow": "POST"})
            await refusal(scope, receive, send)
            return
        app = server.streamable_http_app(
            streamable_http_path=PATH,
            json_response=True,
            stateless_http=True,
            transport_security=security,
        )
        begun = False

        async def sent(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            async with asyncio.timeout(LONGEST), app.router.lifespan_context(app):
                await app(scope, receive, sent)
        except TimeoutError:
            if begun:
                await send({"type": "http.response.body", "body": b"", "more_body": False})
            else:
                late = JSONResponse({"error": "that took too long; ask for less"}, 504)
                await late(scope, receive, send)

    return answer
