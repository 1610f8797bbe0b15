"""
"Share to channel": an answer that only its asker has seen, for everybody.

It is searched again, and says who shares it and what was asked. It is not posted where another
organisation may read it.
"""

from __future__ import annotations

from dataclasses import replace

from slack_bolt import App
from slack_sdk import WebClient

from bot.listeners.actions.clicks import is_first, on_click
from bot.messages.controls import SHARE
from bot.messages.elements import clip, person, plain, words
from bot.messages.wording import NOT_POSTED, NOTHING_TO_SHARE, SHARED_ALREADY
from bot.services import Services
from bot.state.answers import Answer
from bot.types import SlackPlace


def register(app: App, services: Services) -> None:
    """Post the answer in the channel where it was asked for."""

    def share(client: WebClient, place: SlackPlace, answer: Answer, detail: str) -> None:
        if not services.may_post(client, place):
            services.post(client, place, plain(NOT_POSTED), alone=True)
            return
        if not is_first(services, place, f"share:{place.team}:{answer.id}"):
            services.post(client, place, plain(SHARED_ALREADY), alone=True)
            return
        question = clip(answer.query.text, 300)
        # A query from a form has no other words than those that stand above its answer anyway.
        as_shown = question == clip(services.engine.describe(answer.query), 300)
        asked = " shares an answer" if as_shown else f" shares an answer to: {question}"
        everybody = replace(place, response_url=None, thread=None, in_thread=False, private=False)
        rendered = services.answering.again(everybody, answer, [person(place.user), *words(asked)])
        if rendered.abstained:
            services.post(client, place, plain(NOTHING_TO_SHARE), alone=True)
        else:
            services.post(client, everybody, rendered.message)

    on_click(app, services, SHARE, share)
