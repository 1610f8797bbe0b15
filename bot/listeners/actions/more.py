"""
"More": the next page, where the page before stands.

In a thread everybody sees it, so it comes once, no matter who clicks.
"""

from __future__ import annotations

from slack_bolt import App
from slack_sdk import WebClient

from bot.listeners.actions.clicks import is_first, on_click
from bot.messages.controls import MORE
from bot.messages.elements import plain
from bot.messages.wording import MORE_ALREADY, NO_MORE
from bot.services import Services
from bot.state.answers import Answer
from bot.types import SlackPlace


def register(app: App, services: Services) -> None:
    """Show the next page."""

    def show(client: WebClient, place: SlackPlace, answer: Answer, detail: str) -> None:
        if not (answer.private or is_first(services, place, f"more:{place.team}:{answer.id}")):
            services.post(client, place, plain(MORE_ALREADY), alone=True)
            return
        rendered = services.answering.next_page(place, answer)
        if rendered is None:
            services.post(client, place, plain(NO_MORE), alone=True)
        else:
            services.post(client, place, rendered.message, alone=answer.private)

    on_click(app, services, MORE, show)
