"""`/said`: what somebody is on record as having said, for the asker alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from bot.services import Services
from bot.slack.payloads import question_of
from bot.slack.send import acknowledge
from bot.types import SlackPlace

NAME = "/said"
USAGE = "what did NAME say about TOPIC?"
DESCRIPTION = "Who said what, word for word from the articles"


def register(app: App, services: Services) -> None:
    """Answer the command."""

    def answer(client: WebClient, place: SlackPlace, body: Mapping[str, Any]) -> None:
        question = question_of(str(body.get("text") or ""))
        services.command(
            client, place, question, NAME, lambda: services.said(client, place, question)
        )

    services.handlers[NAME] = answer
    app.command(NAME, middleware=[services.taking(NAME)])(acknowledge)
