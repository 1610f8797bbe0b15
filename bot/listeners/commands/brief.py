"""
`/brief`: who said what on a topic, by party, for the asker alone; or regularly, where it says when.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from bot.listeners.briefings.overviews import list_message
from bot.listeners.briefings.setting_up import set_up_as_typed, written_in
from bot.messages.briefings.wording import NO_TIME
from bot.messages.elements import plain
from bot.services import Services
from bot.slack.payloads import question_of
from bot.slack.send import acknowledge
from bot.timetable.words import lacks_time
from bot.types import SlackPlace

NAME = "/brief"
USAGE = "TOPIC [every weekday 8:00 in #channel] | schedules"
DESCRIPTION = "Who is on record on a topic, by party"
# Channels that are named come with their ids.
ESCAPED = True
LIST = ("schedules", "schedule", "list")


def register(app: App, services: Services) -> None:
    """Answer the command."""

    def answer(client: WebClient, place: SlackPlace, body: Mapping[str, Any]) -> None:
        text = str(body.get("text") or "")
        written = written_in(text)
        if text.strip().casefold() in LIST:
            services.post(client, place, list_message(services, place))
            return
        if written.comes_again:
            services.post(client, place, set_up_as_typed(services, client, place, written))
            services.note(place, "answered")
            return
        topic = question_of(text)
        if lacks_time(text):
            services.post(client, place, plain(NO_TIME.format(name=NAME, text=topic)))
            return
        services.command(client, place, topic, NAME, lambda: services.brief(client, place, topic))

    services.handlers[NAME] = answer
    app.command(NAME, middleware=[services.taking(NAME)])(acknowledge)
