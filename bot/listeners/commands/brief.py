"""`/brief`: who said what on a topic, by party, for the asker alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from bot.services import Services
from bot.slack.payloads import question_of
from bot.slack.send import acknowledge
from bot.types import SlackPlace

NAME = "/brief"
USAGE = "TOPIC"
DESCRIPTION = "Who is on record on a topic, by party"


def register(app: App, services: Services) -> None:
    """Answer the command."""

    def answer(client: WebClient, place: SlackPlace, body: Mapping[str, Any]) -> None:
        topic = question_of(str(body.get("text") or ""))
        services.command(client, place, topic, NAME, lambda: services.brief(client, place, topic))

    services.handlers[NAME] = answer
    app.command(NAME, middleware=[services.taking(NAME)])(acknowledge)
