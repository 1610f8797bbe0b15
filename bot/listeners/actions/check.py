"""
"Context" and "Why this?": what a sceptical reader wants to see of one statement.

Only who clicks sees it. An article may have changed since; then that is what is said.
"""

from __future__ import annotations

from slack_bolt import App
from slack_sdk import WebClient

from bot.listeners.actions.clicks import on_click
from bot.messages.checking import context_message, why_message
from bot.messages.controls import CHECK, CONTEXT, WHY
from bot.messages.elements import plain
from bot.messages.wording import TOO_LONG
from bot.services import Services
from bot.state.answers import Answer
from bot.types import Message, QuoteKey, SlackPlace
from index.types import Context

AROUND = (2, 1, 0)  # sentences before and after, the most that fit


def register(app: App, services: Services) -> None:
    """Show the sentences around a statement, and by what it is attributed."""

    def show_context(client: WebClient, place: SlackPlace, answer: Answer, detail: str) -> None:
        message = shown_context(services, _statement(answer, detail))
        services.post(client, place, message, alone=True)

    def show_why(client: WebClient, place: SlackPlace, answer: Answer, detail: str) -> None:
        keys = _statement(answer, detail)
        lines = services.engine.explain(answer.query, keys[0]) if keys else ()
        services.post(client, place, why_message(lines), alone=True)

    def show_chosen(client: WebClient, place: SlackPlace, answer: Answer, detail: str) -> None:
        number, _, what = detail.partition(":")
        show = show_why if what == WHY else show_context
        show(client, place, answer, number)

    on_click(app, services, CHECK, show_chosen)
    # Answers of earlier versions have a button for each.
    on_click(app, services, CONTEXT, show_context)
    on_click(app, services, WHY, show_why)


def shown_context(services: Services, keys: tuple[QuoteKey, ...]) -> Message:
    """Lay out the sentences around those of a statement, the most that fit."""

    def contexts(around: int) -> list[Context]:
        found = [services.engine.context(*key, around=around) for key in keys]
        return [context for context in found if context is not None]

    tries = (context_message(contexts(around)) for around in AROUND)
    return next((made for made in tries if made is not None), plain(TOO_LONG))


def _statement(answer: Answer, number: str) -> tuple[QuoteKey, ...]:
    """Find the sentences of the *number*-th statement; none for a number it does not have."""
    at = int(number) if number.isdecimal() else len(answer.statements)
    return answer.statements[at] if at < len(answer.statements) else ()
