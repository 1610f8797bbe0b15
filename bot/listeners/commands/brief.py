"""`/brief`: who said what on a topic, by party, for the asker alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from bot.payloads import Place, question_of
from bot.services import Desk
from bot.slack.send import acknowledge

NAME = "/brief"
USAGE = "tank"
DESCRIPTION = "Who is on record on a topic, by party"


def register(app: App, desk: Desk) -> None:
    """Answer the command."""

    def answer(client: WebClient, place: Place, body: Mapping[str, Any]) -> None:
        topic = question_of(str(body.get("text") or ""))
        usage = f"{NAME} {USAGE}"
        desk.command(client, place, topic, usage, lambda: desk.answering.digest(place, topic))

    desk.handlers[NAME] = answer
    app.command(NAME, middleware=[desk.taking(NAME)])(acknowledge)
