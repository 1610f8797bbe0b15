"""
"More": the next page, where the page before stands.

In a thread everybody sees it, so it comes once, whoever clicks.
"""

from __future__ import annotations

from slack_bolt import App
from slack_sdk import WebClient

from bot.listeners.actions.clicking import is_first, on_click
from bot.messages.controls import MORE
from bot.messages.elements import plain
from bot.messages.wording import MORE_ALREADY, NO_MORE
from bot.payloads import Place
from bot.services import Desk
from bot.state.answers import Answer


def register(app: App, desk: Desk) -> None:
    """Show the next page."""

    def show(client: WebClient, place: Place, answer: Answer, detail: str) -> None:
        if not (answer.private or is_first(desk, place, f"more:{place.team}:{answer.id}")):
            desk.post(client, place, plain(MORE_ALREADY), alone=True)
            return
        given = desk.answering.next_page(place, answer)
        if given is None:
            desk.post(client, place, plain(NO_MORE), alone=True)
        else:
            desk.post(client, place, given.message, alone=answer.private)

    on_click(app, desk, MORE, show)
