"""
A correction is told where the answer stands, and "Ask again" below it gives today's answer.

In a thread everybody sees the new answer, so it comes once, no matter who clicks.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from bot.listeners.actions.clicks import is_first, on_click
from bot.messages.controls import AGAIN
from bot.messages.elements import plain
from bot.messages.marking import TakenBack, correction_message
from bot.messages.wording import ASKED_ALREADY, NOTHING_LEFT
from bot.services import Services
from bot.slack.corrections import TOLD, changes_in
from bot.state.answers import Answer
from bot.types import ShownSentence, SlackPlace


def register(app: App, services: Services) -> None:
    """Tell of corrections, and ask again."""

    def tell(client: WebClient, place: SlackPlace, body: Mapping[str, Any]) -> None:
        answer = str(body["answer"])
        changes = [
            TakenBack(
                sentence,
                what,
                _reworded(services, sentence, what),
                services.letters.carried_in(place.team, answer, sentence),
            )
            for sentence, what in changes_in(body)
        ]
        services.post(client, place, correction_message(answer, changes))

    def ask_again(client: WebClient, place: SlackPlace, answer: Answer, detail: str) -> None:
        if not (place.private or is_first(services, place, f"again:{place.team}:{answer.id}")):
            services.post(client, place, plain(ASKED_ALREADY), alone=True)
            return
        rendered = services.answering.again(place, answer, ())
        message = plain(NOTHING_LEFT) if rendered.abstained else rendered.message
        services.post(client, place, message)

    services.handlers[TOLD] = tell
    on_click(app, services, AGAIN, ask_again)


def _reworded(services: Services, sentence: ShownSentence, what: str) -> str | None:
    """Find how a sentence reads now; None where its article is gone, or says nothing like it."""
    if what == "withdrawn":
        return None
    return services.engine.reworded(sentence.article, sentence.text, sentence.speaker, sentence.url)
