"""`/brief`: who said what on a topic, by party, for the asker alone."""

from __future__ import annotations

from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from bot.desk import Desk
from bot.place import place_of, question_of
from bot.replying import acknowledge

NAME = "/brief"
USAGE = "tank"
DESCRIPTION = "Who is on record on a topic, by party"


def register(app: App, desk: Desk) -> None:
    """Answer the command."""

    @app.command(NAME, middleware=[acknowledge])
    def answer_brief(body: dict[str, Any], client: WebClient) -> None:
        place = place_of(body)
        if place is None or not desk.takes(body):
            return
        topic = question_of(str(body.get("text") or ""))
        desk.command(client, place, topic, f"{NAME} {USAGE}", lambda: desk.brief(topic))
