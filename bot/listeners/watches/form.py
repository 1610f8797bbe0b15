"""
The form of a watch: "Refine" in a preview, and "Edit" in a list.

Slack gives three seconds to open it, and as many to say what is wrong with what was filled in;
saving it then waits for a worker, as every answer does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.listeners.actions.clicks import open_form, value_of
from bot.listeners.watches.access import is_channel, may_change, may_set, objection
from bot.listeners.watches.listing import on_home, tell_creator, watch_clicked
from bot.listeners.watches.saving import answer_there, save
from bot.messages.alerts.watch_list import saved_message
from bot.messages.alerts.words import EDIT, EDITED, GONE, NOT_ALLOWED, NOT_YOURS, REFINE_WATCH
from bot.messages.elements import plain
from bot.messages.views.watch_form import (
    TEXT,
    WATCH_FORM,
    WHERE,
    FilledWatch,
    filled_watch,
    watch_form,
)
from bot.messages.wording import TOO_OLD, as_sentence, capitalised
from bot.services import Services
from bot.slack.payloads import note_in_form, noted_in_form, place_of, team_of
from bot.slack.send import reply, whisper
from bot.types import SlackPlace, WatchOptions
from index.errors import QuestionError


def register(app: App, services: Services) -> None:
    """Open the form, and save what is filled in."""

    @app.action(REFINE_WATCH)
    def refine(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        ack()
        place = place_of(body)
        if place is not None and services.takes(body):
            _refine(services, client, place, body)

    @app.action(EDIT)
    def edit(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        ack()
        place = place_of(body)
        if place is not None and services.takes(body):
            _edit(services, client, place, body)

    def is_right(body: Mapping[str, Any]) -> bool:
        return not _faults(services, body)

    @app.view(WATCH_FORM, middleware=[services.taking(WATCH_FORM, is_right)])
    def check(ack: Ack, body: dict[str, Any]) -> None:
        wrong = _faults(services, body)
        if wrong:
            ack(response_action="errors", errors=wrong)
        else:
            ack()

    services.handlers[WATCH_FORM] = partial(_save, services)


def _refine(
    services: Services, client: WebClient, place: SlackPlace, body: Mapping[str, Any]
) -> None:
    draft = services.answers.find(place.team, value_of(body)[0])
    if draft is None or draft.asker != place.user:
        _tell(client, place, TOO_OLD if draft is None else NOT_YOURS)
        return
    channel = place.channel if is_channel(place.channel) else ""
    if not may_set(services, place.team, channel, place.user):
        channel = ""
    note = note_in_form(place, draft=draft.id)
    form = watch_form(note, draft.query.text, channel, WatchOptions())
    open_form(client, place, str(body.get("trigger_id")), form)


def _edit(
    services: Services, client: WebClient, place: SlackPlace, body: Mapping[str, Any]
) -> None:
    kept = watch_clicked(services, place, body)
    if isinstance(kept, str):
        _tell(client, place, kept)
        return
    mine = kept.mine
    note = note_in_form(place, watch=str(mine.number), home="home" if on_home(body) else "")
    channel = mine.place if mine.place != mine.creator else ""
    form = watch_form(note, kept.watch.text, channel, mine.options)
    open_form(client, place, str(body.get("trigger_id")), form)


def _tell(client: WebClient, place: SlackPlace, text: str) -> None:
    # A person's id is no channel: an ephemeral message cannot go there.
    send = reply if place.private else whisper
    send(client, place, plain(text))


def _faults(services: Services, body: Mapping[str, Any]) -> dict[str, str]:
    """List what is wrong with a form, by field; empty if nothing is."""
    form, place = filled_watch(body["view"]), place_of(body)
    try:
        services.watching.understand(form.text, datetime.now(UTC))
    except QuestionError as exc:
        return {TEXT: as_sentence(capitalised(str(exc)))[:300]}
    if place is None or not form.place or not is_channel(form.place):
        return {}
    if _is_unmoved(services, form, body):
        return {}
    allowed = may_set(services, team_of(body), form.place, place.user)
    return {} if allowed else {WHERE: NOT_ALLOWED}


def _is_unmoved(services: Services, form: FilledWatch, body: Mapping[str, Any]) -> bool:
    """Return whether a form leaves its watch where it is."""
    number = noted_in_form(body["view"], "watch")
    found = services.watching.find(team_of(body), int(number)) if number else None
    return found is not None and found.mine.place == form.place


def _save(
    services: Services, client: WebClient, place: SlackPlace, body: Mapping[str, Any]
) -> None:
    """Save what was filled in: a new watch, or the one that is edited."""
    form = filled_watch(body["view"])
    query = services.watching.understand(form.text, services.now(client, place))
    number = noted_in_form(body["view"], "watch")
    kept = services.watching.find(place.team, int(number)) if number else None
    if number and (kept is None or not may_change(services, kept, place)):
        answer_there(services, client, place, plain(GONE if kept is None else NOT_YOURS))
        return
    creator = kept.mine.creator if kept is not None else place.user
    target = form.place if is_channel(form.place) else creator
    moved = kept is None or kept.mine.place != target
    if moved and target != creator:
        why = objection(services, client, place.team, target, place.user)
        if why:
            answer_there(services, client, place, plain(why))
            return
    if kept is None:
        save(services, client, place, target, form.text, query, form.options)
        return
    zone = services.zone(client, replace(place, user=creator))
    changed = services.watching.edit(kept, target, form.text, query, form.options, zone)
    if changed is None:
        answer_there(services, client, place, plain(GONE))
        return
    tell_creator(services, place, changed, EDITED)
    [line] = services.watching.lines([changed], place.user)
    answer_there(services, client, place, saved_message(line))
