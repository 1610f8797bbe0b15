"""A mention in a channel is answered in its thread."""

from __future__ import annotations

from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from bot.desk import Desk
from bot.place import from_a_person, place_of, question_of


def register(app: App, desk: Desk) -> None:
    """Answer mentions."""

    @app.event("app_mention")
    def answer_mention(body: dict[str, Any], event: dict[str, Any], client: WebClient) -> None:
        place = place_of(body)
        if place is not None and from_a_person(event) and desk.takes(body):
            desk.answer(client, place, question_of(str(event.get("text") or "")))
