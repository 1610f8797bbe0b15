"""`/said`: what somebody is on record as having said, for the asker alone."""

from __future__ import annotations

from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from bot.desk import Desk
from bot.place import place_of, question_of
from bot.replying import acknowledge

NAME = "/said"
USAGE = "what did Russia say about the tank?"
DESCRIPTION = "Who said what, word for word from the articles"


def register(app: App, desk: Desk) -> None:
    """Answer the command."""

    @app.command(NAME, middleware=[acknowledge])
    def answer_said(body: dict[str, Any], client: WebClient) -> None:
        place = place_of(body)
        if place is None or not desk.takes(body):
            return
        question = question_of(str(body.get("text") or ""))
        desk.command(client, place, question, f"{NAME} {USAGE}", lambda: desk.said(question))
