"""
"More": the next page, where the page before stands.

In a thread everybody sees it, so it comes once, no matter who clicks.
"""

from __future__ import annotations

from slack_bolt import App
from slack_sdk import WebClient

from bot.listeners import conversation
from bot.listeners.actions.clicks import on_click
from bot.messages.controls import MORE
from bot.services import Services
from bot.state.answers import Answer
from bot.types import SlackPlace


def register(app: App, services: Services) -> None:
    """Show the next page."""

    def show(client: WebClient, place: SlackPlace, answer: Answer, detail: str) -> None:
        conversation.next_page(services, client, place, answer)

    on_click(app, services, MORE, show)
