"""
Slack's stop button, shown while an answer is on its way: the questions of its thread are taken out
of the inbox, and their reply says that they were stopped.

In a middleware, before the acknowledgement: if the process dies in between, Slack delivers the
event again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from bot.services import Services
from bot.slack.payloads import asked_at, team_of
from bot.types import SlackPlace


def register(app: App, services: Services) -> None:
    """Stop what somebody asks to be stopped."""

    def stop(body: dict[str, Any], event: dict[str, Any], next_: Callable[[], None]) -> None:
        at = asked_at(body)
        if event.get("thread_ts") and at is not None and services.takes(body):
            services.agent.stop(_place(body, event), at)
        next_()

    @app.event("agent_session_stopped", middleware=[stop])
    def settle(body: dict[str, Any], event: dict[str, Any], client: WebClient) -> None:
        # Slack leaves it to us to say that nothing is on its way any more.
        services.agent.sessions.settled(client, _place(body, event), 0.0)


def _place(body: Mapping[str, Any], event: Mapping[str, Any]) -> SlackPlace:
    return SlackPlace(
        "stop",
        team_of(body),
        str(event.get("channel") or ""),
        str(event.get("user") or ""),
        event.get("thread_ts"),
        in_thread=True,
    )
