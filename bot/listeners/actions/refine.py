"""
The question form: "Refine" under an answer, and the shortcut "Ask onrecord".

Slack lets a form be opened within three seconds of the click, so that part waits for no worker.
What comes of it does: the refined answer in the same thread, or in the place of one that only
its asker sees.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.listeners.actions.clicks import open_form, value_of
from bot.messages.controls import ASK_FORM, REFINE
from bot.messages.elements import person, plain, words
from bot.messages.views.question_form import (
    QUESTION_FORM,
    Filled,
    faults,
    filled,
    query_of,
    question_form,
)
from bot.messages.wording import NOT_POSTED, TOO_OLD
from bot.services import Services
from bot.slack.payloads import ASK_SHORTCUT, note_in_form, noted_in_form, place_of
from bot.slack.send import whisper
from bot.types import Block, SlackPlace
from index.types import Query


def register(app: App, services: Services) -> None:
    """Open the form, and answer what is filled in."""

    @app.action(REFINE)
    def refine(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        ack()
        place = place_of(body)
        if place is not None and services.takes(body):
            _open_to_refine(services, client, place, body)

    @app.action(ASK_FORM)
    @app.shortcut(ASK_SHORTCUT)
    def ask(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        ack()
        place = place_of(body)
        if place is not None and services.takes(body):
            note = note_in_form(place)
            form = question_form(note, Query(""), services.zone(client, place), choose_channel=True)
            open_form(client, place, str(body.get("trigger_id")), form)

    @app.view(QUESTION_FORM, middleware=[services.taking(QUESTION_FORM, _is_right)])
    def check(ack: Ack, view: dict[str, Any]) -> None:
        wrong = faults(filled(view))
        if wrong:
            ack(response_action="errors", errors=wrong)
        else:
            ack()

    services.handlers[QUESTION_FORM] = partial(_answer_form, services)


def _open_to_refine(
    services: Services, client: WebClient, place: SlackPlace, body: Mapping[str, Any]
) -> None:
    """Open the form with the question of the answer whose button was clicked."""
    answer = services.answers.find(place.team, value_of(body)[0])
    if answer is None:
        whisper(client, place, plain(TOO_OLD))
        return
    query, zone = answer.query, services.zone(client, place)
    party = services.engine.party_name(query.party) if query.party else ""
    back = replace(place, surface=REFINE, replaces=place.response_url is not None)
    note = note_in_form(back, answer=answer.id)
    form = question_form(note, query, zone, party=party, choose_channel=False)
    open_form(client, place, str(body.get("trigger_id")), form)


def _is_right(body: Mapping[str, Any]) -> bool:
    return not faults(filled(body["view"]))


def _answer_form(
    services: Services, client: WebClient, place: SlackPlace, body: Mapping[str, Any]
) -> None:
    """Answer what was filled in, in the thread of the answer that is refined, if any."""
    form = filled(body["view"])
    before = services.answers.find(place.team, noted_in_form(body["view"], "answer"))
    query = query_of(form, before.query if before else Query(""), services.zone(client, place))
    query = replace(query, text=services.engine.describe(query))
    target, notice = _target(services, client, place, form)
    alone = before is not None and before.private
    rendered = services.answering.query(target, query, notice=notice, alone=alone)
    services.threads.remember(target, query)
    services.post(client, target, rendered.message, alone=alone and target.response_url is None)
    services.count(target, rendered)


def _target(
    services: Services, client: WebClient, place: SlackPlace, form: Filled
) -> tuple[SlackPlace, Sequence[Block]]:
    """Choose where the answer goes, to the channel chosen in the form, and what stands above."""
    if not form.channel:
        return place, ()
    chosen = replace(place, channel=form.channel, private=False)
    if not services.may_post(client, chosen):
        return place, words(NOT_POSTED)
    return chosen, [person(place.user), *words(" asks:")]
