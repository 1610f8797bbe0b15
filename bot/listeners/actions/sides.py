"""
"Only Russia" under a table: the answer of one side, which has Context, Why and More.

In a thread everybody sees it, so it comes once for each side, no matter who clicks.
"""

from __future__ import annotations

from slack_bolt import App
from slack_sdk import WebClient

from bot.listeners.actions.clicks import is_first, on_click
from bot.messages.controls import SIDE
from bot.messages.elements import plain
from bot.messages.sections import MAX_SECTIONS
from bot.messages.wording import SIDE_ALREADY
from bot.services import Services
from bot.state.answers import Answer
from bot.types import SlackPlace


def register(app: App, services: Services) -> None:
    """Show one side."""

    def show(client: WebClient, place: SlackPlace, answer: Answer, detail: str) -> None:
        deed = f"side:{place.team}:{answer.id}:{detail}"
        if not (answer.private or is_first(services, place, deed)):
            services.post(client, place, plain(SIDE_ALREADY), alone=True)
            return
        side = services.engine.compare(answer.query, limit=services.settings.limit).sides[
            int(detail)
        ]
        rendered = services.answering.query(place, side.briefing.query, alone=answer.private)
        services.post(client, place, rendered.message, alone=answer.private)

    for number in range(MAX_SECTIONS):
        on_click(app, services, f"{SIDE}-{number}", show)
