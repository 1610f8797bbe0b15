"""
Alerts: laid out when their turn comes, and what can be done from them.

"Not this speaker" and "Not this topic" change every watch of the place that matched the statement,
as far as whoever clicks may change it.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from bot.alerts.stopping import EXTERNAL
from bot.alerts.watching import Kept
from bot.listeners.actions.check import shown_context
from bot.listeners.actions.clicks import value_of
from bot.listeners.watches.access import may_change
from bot.messages.alerts.letter import alert_message
from bot.messages.alerts.watch_list import excluded_message
from bot.messages.alerts.words import (
    ALERT_MENU,
    EXCLUDED,
    GONE,
    MUTE,
    MUTED,
    NO_REST,
    NOBODY,
    NOT_SPEAKER,
    NOT_TOPIC,
    NOT_YOURS,
    OLD_ALERT,
    REST,
    STORY,
    UNDO,
    UNDONE,
)
from bot.messages.checking import why_message
from bot.messages.controls import WHY
from bot.messages.elements import clip, plain
from bot.messages.statements import key_of
from bot.services import Services
from bot.slack.payloads import ALERT
from bot.slack.send import acknowledge
from bot.state.outbox import HOUR, OutgoingAlert
from bot.types import Message, SlackPlace
from index.alerts.book import Alert


def register(app: App, services: Services) -> None:
    """Post alerts, and answer clicks on them."""

    def post(client: WebClient, place: SlackPlace, body: Mapping[str, Any]) -> None:
        if services.sees_external(client, place.team, place.channel):
            rows = services.watching.outbox.of_message(place.team, place.answer_id)
            for name in {row.place for row in rows}:
                services.stopping.stop(place.team, name, EXTERNAL, place.answer_id)
            return
        message = services.letters.compose(place)
        if message is not None:
            services.post(client, place, message)

    def choose(client: WebClient, place: SlackPlace, body: Mapping[str, Any]) -> None:
        number, what = value_of(body)
        message = _chosen(services, place, number, what)
        services.post(client, place, message, alone=not place.private)

    def undo(client: WebClient, place: SlackPlace, body: Mapping[str, Any]) -> None:
        number, what = value_of(body)
        message = _chosen(services, place, number, what, undo=True)
        services.post(client, place, message, alone=not place.private)

    def mute(client: WebClient, place: SlackPlace, body: Mapping[str, Any]) -> None:
        outbox = services.watching.outbox
        rows = outbox.of_message(place.team, value_of(body)[0])
        for lane in {row.lane for row in rows}:
            outbox.mute(place.team, lane, time.time() + HOUR)
        message = plain(MUTED if rows else OLD_ALERT)
        services.post(client, place, message, alone=not place.private)

    def rest(client: WebClient, place: SlackPlace, body: Mapping[str, Any]) -> None:
        answer_id, detail = value_of(body)
        begin = int(detail) if detail.isdecimal() else 0
        entries = services.letters.rest_of(place.team, answer_id)[begin:]
        message = alert_message(entries, answer_id, begin=begin) if entries else plain(NO_REST)
        services.post(client, place, message, alone=not place.private)

    services.handlers[ALERT] = post
    for action, handler in ((ALERT_MENU, choose), (UNDO, undo), (MUTE, mute), (REST, rest)):
        services.handlers[action] = handler
        app.action(action, middleware=[services.taking(action)])(acknowledge)


def _chosen(
    services: Services, place: SlackPlace, number: str, what: str, *, undo: bool = False
) -> Message:
    """Do what was chosen in the menu of a statement, or undo it; returns the reply."""
    outbox = services.watching.outbox
    row = outbox.of_alert(place.team, int(number)) if number.isdecimal() else None
    alert = _alert(services, row) if row is not None else None
    if row is None or alert is None:
        return plain(OLD_ALERT)
    matched = [
        kept
        for each in outbox.of_message(place.team, row.message)
        if each.statement == row.statement
        and (kept := services.watching.find(place.team, each.watch)) is not None
    ]
    if not matched:
        return plain(GONE)
    if what == WHY:
        query = matched[0].watch.query
        return why_message(services.engine.explain(query, key_of(alert.quotes[0])))
    if what in (NOT_SPEAKER, NOT_TOPIC):
        theirs = [kept for kept in matched if may_change(services, kept, place)]
        return _excluded(services, theirs, alert, what, undo)
    return shown_context(services, tuple(key_of(quote) for quote in alert.quotes))


def _excluded(
    services: Services, matched: list[Kept], alert: Alert, what: str, undo: bool
) -> Message:
    """Leave a speaker, or a story, out of watches, or no longer; returns the reply."""
    if not matched:
        return plain(NOT_YOURS)
    of_speaker = what == NOT_SPEAKER
    if of_speaker and alert.speaker is None:
        return plain(NOBODY)
    speaker, article = (alert.speaker, None) if of_speaker else (None, alert.article)
    for kept in matched:
        services.watching.leave_out(kept, speaker=speaker, article=article, undo=undo)
    if undo:
        return plain(UNDONE)
    said = EXCLUDED.format(name=clip(speaker, 120)) if speaker else STORY
    return excluded_message(said, alert.number, what)


def _alert(services: Services, row: OutgoingAlert) -> Alert | None:
    book = services.watching.shelf.kept()
    found = book.alerts(article=row.article) if book is not None else ()
    return next((alert for alert in found if alert.number == row.number), None)
