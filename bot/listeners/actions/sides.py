"""
"Only Russia" under a table: the answer of one side, which has Context, Why and More.

In a thread everybody sees it, so it comes once for each side, whoever clicks.
"""

from __future__ import annotations

from slack_bolt import App
from slack_sdk import WebClient

from bot.listeners.actions.clicking import is_first, on_click
from bot.messages.controls import SIDE
from bot.messages.elements import plain
from bot.messages.tables import MOST_SIDES
from bot.messages.wording import SIDE_ALREADY
from bot.payloads import Place
from bot.services import Desk
from bot.state.answers import Answer


def register(app: App, desk: Desk) -> None:
    """Show one side."""

    def show(client: WebClient, place: Place, answer: Answer, detail: str) -> None:
        deed = f"side:{place.team}:{answer.id}:{detail}"
        if not (answer.private or is_first(desk, place, deed)):
            desk.post(client, place, plain(SIDE_ALREADY), alone=True)
            return
        side = desk.engine.compare(answer.query, limit=desk.settings.limit).sides[int(detail)]
        given = desk.answering.query(place, side.briefing.query, alone=answer.private)
        desk.post(client, place, given.message, alone=answer.private)

    for number in range(MOST_SIDES):
        on_click(app, desk, f"{SIDE}-{number}", show)
