"""
A click on a button of an answer: written down, acknowledged, and then done; or a form is opened.

A button says nothing but the id of its answer, so a click on one that is too old, or of another
team, finds nothing, and that is the reply. Slack gives three seconds to open a form.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.messages.elements import plain
from bot.messages.wording import TOO_LATE, TOO_OLD
from bot.services import Services
from bot.slack.send import acknowledge, reply, whisper
from bot.state.answers import Answer
from bot.types import Block, SlackPlace

EXPIRED = ("expired_trigger_id", "trigger_expired", "exchanged_trigger_id")

log = logging.getLogger(__name__)

# What a click does: with the answer that it is about, and what the button's value adds.
Act = Callable[[WebClient, SlackPlace, Answer, str], None]


def on_click(app: App, services: Services, action: str, act: Act) -> None:
    """
    Let clicks on a button do something; each click gets one reply.

    Args:
        app: where the listener is registered.
        services: what it works with.
        action: the action id of the button.
        act: what a click does, once the answer that it is about was found.
    """

    def do(client: WebClient, place: SlackPlace, body: Mapping[str, Any]) -> None:
        answer_id, detail = value_of(body)
        answer = services.answers.find(place.team, answer_id)
        if answer is None:
            services.post(client, place, plain(TOO_OLD), alone=True)
        else:
            act(client, place, answer, detail)

    services.handlers[action] = do
    app.action(action, middleware=[services.taking(action)])(acknowledge)


def value_of(body: Mapping[str, Any]) -> tuple[str, str]:
    """Read the answer's id, and what follows it, from the button, or the entry of a menu."""
    action = (body.get("actions") or [{}])[0]
    chosen = action.get("selected_option") or action
    answer_id, _, detail = str(chosen.get("value") or "").partition(":")
    return answer_id, detail


def is_first(services: Services, place: SlackPlace, deed: str) -> bool:
    """
    Return whether nobody has done *deed* within two hours.

    A click that is taken up again after a crash is still the one that does it. One whose reply
    Slack refuses has done nothing: the next click may try again.
    """
    return services.claims.claim_for(place.answer_id, deed)


def open_form(client: WebClient, place: SlackPlace, trigger: str, form: Block) -> None:
    """
    Open a form; if Slack's three seconds are over, the person is asked to click again.

    Args:
        client: of the person's workspace.
        place: where the click was.
        trigger: Slack's trigger id of the click.
        form: the view.

    Raises:
        SlackApiError: if Slack refuses the form for another reason.
    """
    try:
        client.views_open(trigger_id=trigger, view=form)
    except SlackApiError as exc:
        if exc.response.get("error") not in EXPIRED:
            raise
        log.warning("a form was not opened within Slack's three seconds")
        # A person's id is no channel: an ephemeral message cannot go there.
        tell = reply if place.private else whisper
        tell(client, place, plain(TOO_LATE))
