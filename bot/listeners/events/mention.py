"""A mention in a channel is answered in its thread."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from bot.listeners import conversation
from bot.services import Services
from bot.slack.payloads import from_a_person, question_of
from bot.slack.send import acknowledge
from bot.types import SlackPlace

KIND = "mention"


def register(app: App, services: Services) -> None:
    """Answer mentions."""

    def asks(body: Mapping[str, Any]) -> bool:
        return from_a_person(body["event"])

    def answer(client: WebClient, place: SlackPlace, body: Mapping[str, Any]) -> None:
        question = question_of(str(body["event"].get("text") or ""))
        conversation.answer(services, client, place, question)

    services.handlers[KIND] = answer
    app.event("app_mention", middleware=[services.taking(KIND, asks)])(acknowledge)
