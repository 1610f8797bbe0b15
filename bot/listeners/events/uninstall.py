"""
A workspace that uninstalls the app is forgotten at once.

In a middleware, before the acknowledgement: if the process dies in between, Slack delivers the
event again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from slack_bolt import App

from bot.services import Services
from bot.slack.payloads import team_of

log = logging.getLogger(__name__)


def register(app: App, services: Services) -> None:
    """Forget workspaces that leave."""

    def forget(body: dict[str, Any], event: dict[str, Any], next_: Callable[[], None]) -> None:
        # The tokens of people may be revoked alone; the bot has none of those.
        if event.get("type") == "app_uninstalled" or (event.get("tokens") or {}).get("bot"):
            team = team_of(body)
            services.leave(team)
            log.info("team %s uninstalled the app; its data is erased", team)
        next_()

    @app.event("app_uninstalled", middleware=[forget])
    @app.event("tokens_revoked", middleware=[forget])
    def acknowledge() -> None:
        """Do nothing more: the team is forgotten by now."""
