"""`/watch`: have what is said from now on sent; without a text, the watches there are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from bot.listeners.watches.listing import show_list
from bot.listeners.watches.saving import show_preview
from bot.messages.talk.help import wants_help
from bot.services import Services
from bot.slack.payloads import question_of
from bot.slack.send import acknowledge
from bot.types import SlackPlace

NAME = "/watch"
USAGE = "NAME on TOPIC"
DESCRIPTION = "Sends what is said from now on; alone, lists your watches"


def register(app: App, services: Services) -> None:
    """Answer the command."""

    def answer(client: WebClient, place: SlackPlace, body: Mapping[str, Any]) -> None:
        text = question_of(str(body.get("text") or ""))
        if place.channel.startswith("D"):
            services.watching.outbox.meet(place.team, place.user, place.channel)
        if not text:
            show_list(services, client, place)
        elif wants_help(text):
            services.post(client, place, services.help(NAME))
        else:
            query = services.watching.understand(text, services.now(client, place))
            show_preview(services, client, place, text, query)

    services.handlers[NAME] = answer
    app.command(NAME, middleware=[services.taking(NAME)])(acknowledge)
