"""
"Ask without “tank”": the question once more, without what it kept of the one before in its thread.

In a thread everybody sees it, so it comes once, no matter who clicks.
"""

from __future__ import annotations

from slack_bolt import App
from slack_sdk import WebClient

from bot.listeners.actions.clicks import is_first, on_click
from bot.messages.controls import DROP
from bot.messages.elements import plain
from bot.messages.wording import DROPPED_ALREADY
from bot.services import Services
from bot.state.answers import Answer
from bot.types import SlackPlace
from index.query import without_inherited


def register(app: App, services: Services) -> None:
    """Ask again, without what was kept."""

    def drop(client: WebClient, place: SlackPlace, answer: Answer, detail: str) -> None:
        if not (answer.private or is_first(services, place, f"drop:{place.team}:{answer.id}")):
            services.post(client, place, plain(DROPPED_ALREADY), alone=True)
            return
        query = without_inherited(answer.query)
        rendered = services.answering.query(place, query, alone=answer.private)
        services.remember(place, query, answer.query)
        services.post(client, place, rendered.message, alone=answer.private)
        services.count(place, rendered)

    on_click(app, services, DROP, drop)
