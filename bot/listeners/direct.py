"""
A direct message is answered in its thread.

Bolt answers 404 to events without a listener, and Slack repeats those: edits and deletions of
direct messages come here too, and are let pass.
"""

from __future__ import annotations

from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from bot.desk import Desk
from bot.place import from_a_person, place_of, question_of


def register(app: App, desk: Desk) -> None:
    """Answer direct messages."""

    @app.event("message")
    def answer_message(body: dict[str, Any], event: dict[str, Any], client: WebClient) -> None:
        place = place_of(body)
        if place is None or not place.private or not from_a_person(event):
            return
        if desk.takes(body):
            desk.answer(client, place, question_of(str(event.get("text") or "")))
