"""
Alerts: laid out when their turn comes, and what can be done from them.

"Not this speaker" and "Not this topic" change every watch of the place that matched the statement,
as far as whoever clicks may change it. Where others read the alerts, they read who did it, and so
does whoever made the watch.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from bot.alerts.stopping import EXTERNAL
from bot.alerts.watching import Kept
from bot.listeners.actions.check import shown_context
from bot.listeners.actions.clicks import value_of
from bot.listeners.watches.access import may_change
from bot.messages.alerts.letter import alert_message, watch_names
from bot.messages.alerts.watch_list import done_message
from bot.messages.alerts.words import (
    A_STORY,
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
    UNMUTE,
    UNMUTED,
)
from bot.messages.checking import why_message
from bot.messages.controls import WHY
from bot.messages.elements import clip, plain
from bot.messages.statements import key_of
from bot.services import Services
from bot.slack.payloads import ALERT
from bot.slack.send import acknowledge
from bot.state.answers import new_id
from bot.state.outbox import HOUR, OutgoingAlert
from bot.types import Message, SlackPlace
from index.alerts.book import Alert
from index.alerts.standing import standing


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
        if what in (NOT_SPEAKER, NOT_TOPIC):
            _leave_out(services, client, place, number, what)
        else:
            message = _looked_up(services, place, number, what)
            services.post(client, place, message, alone=not place.private)

    def undo(client: WebClient, place: SlackPlace, body: Mapping[str, Any]) -> None:
        _leave_out(services, client, place, *value_of(body), undo=True)

    def mute(client: WebClient, place: SlackPlace, body: Mapping[str, Any]) -> None:
        rows = services.watching.outbox.of_message(place.team, value_of(body)[0])
        _mute(services, client, place, {row.watch for row in rows}, time.time() + HOUR)

    def unmute(client: WebClient, place: SlackPlace, body: Mapping[str, Any]) -> None:
        number = value_of(body)[0]
        _mute(services, client, place, [int(number)] if number.isdecimal() else [], 0)

    def rest(client: WebClient, place: SlackPlace, body: Mapping[str, Any]) -> None:
        answer_id, detail = value_of(body)
        begin = int(detail) if detail.isdecimal() else 0
        entries = services.letters.rest_of(place.team, answer_id)[begin:]
        message = alert_message(entries, answer_id, begin=begin) if entries else plain(NO_REST)
        services.post(client, place, message, alone=not place.private)

    services.handlers[ALERT] = post
    buttons = {ALERT_MENU: choose, UNDO: undo, MUTE: mute, UNMUTE: unmute, REST: rest}
    for action, handler in buttons.items():
        services.handlers[action] = handler
        app.action(action, middleware=[services.taking(action)])(acknowledge)


def _matched(services: Services, place: SlackPlace, number: str) -> tuple[Alert | None, list[Kept]]:
    """Find an alert by its number, and the watches that its message names with it."""
    outbox = services.watching.outbox
    row = outbox.of_alert(place.team, int(number)) if number.isdecimal() else None
    alert = _alert(services, row) if row is not None else None
    if row is None or alert is None:
        return None, []
    return alert, [
        kept
        for each in outbox.of_message(place.team, row.message)
        if each.statement == row.statement
        and (kept := services.watching.find(place.team, each.watch)) is not None
    ]


def _looked_up(services: Services, place: SlackPlace, number: str, what: str) -> Message:
    """Show why a statement was found, or what stands around it."""
    alert, matched = _matched(services, place, number)
    if alert is None or not matched:
        return plain(OLD_ALERT if alert is None else GONE)
    stands = standing(alert, services.engine)
    quotes = stands.quotes if stands.said else alert.quotes
    if what == WHY:
        return why_message(services.engine.explain(matched[0].watch.query, key_of(quotes[0])))
    return shown_context(services, tuple(key_of(quote) for quote in quotes))


def _leave_out(
    services: Services,
    client: WebClient,
    place: SlackPlace,
    number: str,
    what: str,
    *,
    undo: bool = False,
) -> None:
    """Leave a speaker, or a story, out of watches, or no longer; and say so."""
    alert, matched = _matched(services, place, number)
    of_speaker = what == NOT_SPEAKER
    theirs = [kept for kept in matched if may_change(services, kept, place)]
    wrong = (
        OLD_ALERT if alert is None
        else GONE if not matched
        else NOT_YOURS if not theirs
        else NOBODY if of_speaker and alert.speaker is None
        else ""
    )  # fmt: skip
    if wrong or alert is None:
        services.post(client, place, plain(wrong), alone=not place.private)
        return
    speaker, article = (alert.speaker, None) if of_speaker else (None, alert.article)
    for kept in theirs:
        services.watching.leave_out(kept, speaker=speaker, article=article, undo=undo)
    words = UNDONE if undo else EXCLUDED if of_speaker else STORY
    way = None if undo else ("Undo", UNDO, f"{alert.number}:{what}")
    name = clip(speaker, 120) if speaker else A_STORY
    _say(services, client, place, theirs, words.replace("{name}", name), way)


def _mute(
    services: Services,
    client: WebClient,
    place: SlackPlace,
    numbers: Iterable[int],
    until: float,
) -> None:
    """Post nothing where some watches alert, until a moment (0: no longer so); and say so."""
    watching = services.watching
    watches = (watching.find(place.team, number) for number in numbers)
    found = [kept for kept in watches if kept is not None]
    lanes = {kept.mine.lane for kept in found if may_change(services, kept, place)}
    if not lanes:
        wrong = NOT_YOURS if found else OLD_ALERT if until else GONE
        services.post(client, place, plain(wrong), alone=not place.private)
        return
    for lane in lanes:
        watching.outbox.mute(place.team, lane, until)
    there = {kept.mine.place for kept in found}
    all_there = (each for name in there for each in watching.watches.alerting(place.team, name))
    muted = (watching.find(place.team, each.number) for each in all_there if each.lane in lanes)
    theirs = [kept for kept in muted if kept is not None]
    way = ("Unmute", UNMUTE, str(theirs[0].mine.number)) if until else None
    _say(services, client, place, theirs, MUTED if until else UNMUTED, way)


def _say(
    services: Services,
    client: WebClient,
    place: SlackPlace,
    changed: Sequence[Kept],
    words: str,
    way: tuple[str, str, str] | None,
) -> None:
    """Say who did what to watches: where their alerts are read, and to whoever made them."""
    names = watch_names([f"“{kept.watch.text}”" for kept in changed])
    text = words.replace("{watches}", names)
    if place.private or not any(kept.mine.place == place.channel for kept in changed):
        services.post(client, place, done_message(text, way or ()), alone=not place.private)
    else:
        services.post(client, place, done_message(text, way or (), place.user))
    for creator in sorted({kept.mine.creator for kept in changed} - {place.user}):
        theirs = [f"“{kept.watch.text}”" for kept in changed if kept.mine.creator == creator]
        text = words.replace("{watches}", watch_names(theirs))
        occasion = f"by:{place.answer_id or new_id()}"
        services.stopping.note(place.team, creator, text, occasion, by=place.user, undo=way or ())


def _alert(services: Services, row: OutgoingAlert) -> Alert | None:
    book = services.watching.shelf.kept()
    found = book.alerts(article=row.article) if book is not None else ()
    return next((alert for alert in found if alert.number == row.number), None)
