"""`/said`: what somebody is on record as having said, for the asker alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from bot.payloads import Place, question_of
from bot.services import Desk
from bot.slack.send import acknowledge

NAME = "/said"
USAGE = "what did Russia say about the tank?"
DESCRIPTION = "Who said what, word for word from the articles"


def register(app: App, desk: Desk) -> None:
    """Answer the command."""

    def answer(client: WebClient, place: Place, body: Mapping[str, Any]) -> None:
        question = question_of(str(body.get("text") or ""))
        usage = f"{NAME} {USAGE}"
        desk.command(client, place, question, usage, lambda: desk.said(client, place, question))

    desk.handlers[NAME] = answer
    app.command(NAME, middleware=[desk.taking(NAME)])(acknowledge)
