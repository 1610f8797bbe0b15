"""
"All n statements" of a digest: a window with all of them, for whoever clicks.

Slack opens a window only within three seconds of the click, so nothing here waits in the inbox.
"""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.listeners.actions.clicks import open_form, value_of
from bot.messages.controls import ALL
from bot.messages.elements import plain
from bot.messages.wording import TOO_OLD
from bot.services import Services
from bot.slack.payloads import place_of
from bot.slack.send import whisper


def register(app: App, services: Services) -> None:
    """Open the window."""

    @app.action(ALL)
    def show(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        ack()
        place = place_of(body)
        if place is None or not services.takes(body):
            return
        answer = services.answers.find(place.team, value_of(body)[0])
        if answer is None:
            whisper(client, place, plain(TOO_OLD))
            return
        view = services.answering.all_statements(answer)
        open_form(client, place, str(body.get("trigger_id")), view)
        services.note(place, "answered")
