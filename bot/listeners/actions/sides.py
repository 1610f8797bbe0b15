"""
"Only Russia" and "Side by side" under a comparison: one side alone, or all in columns.

In a thread everybody sees it, so each comes once, no matter who clicks.
"""

from __future__ import annotations

from slack_bolt import App
from slack_sdk import WebClient

from bot.listeners.actions.clicks import is_first, on_click
from bot.messages.controls import SIDE, TABLE
from bot.messages.elements import plain
from bot.messages.sections import MAX_SECTIONS
from bot.messages.wording import SIDE_ALREADY, TABLE_ALREADY
from bot.services import Services
from bot.state.answers import Answer
from bot.types import SlackPlace


def register(app: App, services: Services) -> None:
    """Show one side, or all of them side by side."""

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

    def show_table(client: WebClient, place: SlackPlace, answer: Answer, detail: str) -> None:
        deed = f"table:{place.team}:{answer.id}"
        if not (answer.private or is_first(services, place, deed)):
            services.post(client, place, plain(TABLE_ALREADY), alone=True)
            return
        rendered = services.answering.side_by_side(place, answer)
        services.post(client, place, rendered.message, alone=answer.private)

    on_click(app, services, TABLE, show_table)
    for number in range(MAX_SECTIONS):
        on_click(app, services, f"{SIDE}-{number}", show)
