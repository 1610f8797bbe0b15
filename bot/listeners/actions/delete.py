"""
"Delete": takes an answer back, for the person who asked.

Slack lets a bot delete its own messages only, whatever a forged click names.
"""

from __future__ import annotations

from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.listeners.actions.clicks import on_click
from bot.messages.controls import DELETE
from bot.messages.elements import plain
from bot.messages.wording import DELETED, NOT_YOURS
from bot.services import Services
from bot.state.answers import Answer
from bot.types import SlackPlace


def register(app: App, services: Services) -> None:
    """Delete an answer."""

    def delete(client: WebClient, place: SlackPlace, answer: Answer, detail: str) -> None:
        if place.user != answer.asker:
            services.post(client, place, plain(NOT_YOURS), alone=True)
            return
        try:
            client.chat_delete(channel=place.channel, ts=answer.ts)
        except SlackApiError as exc:
            if exc.response.get("error") != "message_not_found":
                raise
        services.post(client, place, plain(DELETED), alone=True)

    on_click(app, services, DELETE, delete)
