"""Whoever opens the bot's messages is shown how to ask."""

from __future__ import annotations

import logging
from typing import Any

from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.client import BROKEN
from bot.desk import Desk
from bot.wording import EXAMPLES

log = logging.getLogger(__name__)


def register(app: App, desk: Desk) -> None:
    """Suggest questions."""

    @app.event("app_home_opened")
    def suggest(event: dict[str, Any], client: WebClient) -> None:
        if event.get("tab") != "messages" or not event.get("channel"):
            return
        try:
            client.assistant_threads_setSuggestedPrompts(
                channel_id=str(event["channel"]),
                title="Ask who said what",
                prompts=[{"title": text, "message": text} for text in EXAMPLES[:3]],
            )
        except (SlackApiError, *BROKEN) as exc:
            log.info("prompts could not be suggested: %s", type(exc).__name__)
