"""
A workspace that uninstalls the app is forgotten at once; one whose token is revoked keeps its
settings for a while, as administrators revoke a token that leaked to get a new one.

In a middleware, before the acknowledgement: if the process dies in between, Slack delivers the
event again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from slack_bolt import App

from bot.services import Services
from bot.slack.payloads import enterprise_of, team_of
from bot.state.teams import members_of

log = logging.getLogger(__name__)


def register(app: App, services: Services) -> None:
    """Forget workspaces that leave, and suspend those whose token is revoked."""

    def forget(body: dict[str, Any], event: dict[str, Any], next_: Callable[[], None]) -> None:
        # An organisation that installed the app as a whole takes it out as a whole.
        whole = any(each.get("is_enterprise_install") for each in body.get("authorizations") or ())
        team = enterprise_of(body) if whole else team_of(body)
        if event.get("type") == "app_uninstalled":
            for member in members_of(services.state, team):
                services.erase(member)
            services.leave(team)
            log.info("team %s uninstalled the app; its data is erased", team)
        # The tokens of people may be revoked alone; the bot has none of those.
        elif (event.get("tokens") or {}).get("bot"):
            services.suspend(team)
            log.error(
                "the token of team %s was revoked: nothing is answered there until it has a new "
                "one; its settings and verdicts are kept for 30 days",
                team,
            )
        next_()

    def lose(body: dict[str, Any], event: dict[str, Any], next_: Callable[[], None]) -> None:
        """Erase workspaces from which an organisation takes the app away."""
        for team in event.get("team_ids") or ():
            services.erase(str(team))
            log.info("team %s may no longer use the app; its data is erased", team)
        next_()

    @app.event("team_access_revoked", middleware=[lose])
    @app.event("app_uninstalled", middleware=[forget])
    @app.event("tokens_revoked", middleware=[forget])
    def acknowledge() -> None:
        """Do nothing more: the team is forgotten by now."""
