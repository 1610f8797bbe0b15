"""A mention in a channel is answered in its thread."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from bot.payloads import Place, from_a_person, question_of
from bot.services import Desk
from bot.slack.send import acknowledge

KIND = "mention"


def register(app: App, desk: Desk) -> None:
    """Answer mentions."""

    def asks(body: Mapping[str, Any]) -> bool:
        return from_a_person(body["event"])

    def answer(client: WebClient, place: Place, body: Mapping[str, Any]) -> None:
        desk.answer(client, place, question_of(str(body["event"].get("text") or "")))

    desk.handlers[KIND] = answer
    app.event("app_mention", middleware=[desk.taking(KIND, asks)])(acknowledge)
