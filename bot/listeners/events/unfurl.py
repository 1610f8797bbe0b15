"""
A link to an indexed article: who is quoted in it, under the link.

Nobody asked, so nothing is said where the index has no such article, nor when anything fails.
"""

from __future__ import annotations

import logging
from typing import Any

from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.messages.unfurling import unfurled
from bot.services import Services
from bot.slack.client import BROKEN
from bot.types import Block

LINKS = 5  # of one message
QUOTES = 10

log = logging.getLogger(__name__)


def register(app: App, services: Services) -> None:
    """Unfurl links."""

    @app.event("link_shared")
    def unfurl(body: dict[str, Any], event: dict[str, Any], client: WebClient) -> None:
        shared = body.get("is_ext_shared_channel") and not services.settings.shared_channels
        if shared or not services.takes(body):
            return
        found: dict[str, dict[str, list[Block]]] = {}
        for link in event.get("links", [])[:LINKS]:
            url = str(link.get("url"))
            briefing = services.engine.quoted_in(url, limit=QUOTES)
            if briefing is not None and briefing.quotes:
                found[url] = {"blocks": unfurled(briefing)}
        if not found:
            return
        try:
            client.chat_unfurl(
                channel=str(event.get("channel")), ts=str(event.get("message_ts")), unfurls=found
            )
        except (SlackApiError, *BROKEN) as exc:
            log.info("a link could not be unfurled: %s", type(exc).__name__)
