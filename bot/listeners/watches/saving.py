"""
A watch before it is saved: "Watch this" and `/watch` show what it would have found; then Save.

Only whoever sets it sees the preview. What is to be saved is kept as an answer without statements,
so that its buttons know what they are about.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from bot.alerts.stopping import NOTE
from bot.listeners.actions.clicks import on_click, value_of
from bot.listeners.watches.access import is_channel, objection
from bot.messages.alerts.watch_list import DAYS, done_message, preview_message, saved_message
from bot.messages.alerts.words import (
    CANCEL,
    CANCELLED,
    DAILY,
    DIGEST_AT,
    HERE,
    MINE,
    NO_ARTICLE,
    NOT_YOURS,
    OLDER,
    UNKNOWN_NAME,
    WATCH_THIS,
    WELCOME,
)
from bot.messages.controls import MENU, WATCH_ENTRY
from bot.messages.elements import plain
from bot.messages.wording import names_note, reason_of, session_title
from bot.services import Services
from bot.slack.send import acknowledge
from bot.state.answers import Answer, new_id
from bot.types import Message, SlackPlace, WatchOptions
from index.alerts.alerting import watchable
from index.alerts.wording import may_be_a_name
from index.types import Query


def register(app: App, services: Services) -> None:
    """Offer watches, and save them."""

    def offer(client: WebClient, place: SlackPlace, answer: Answer, detail: str) -> None:
        undated = replace(answer.query, since=None, until=None, assumed=(), inherited=())
        query = watchable(undated)
        text = session_title(services.engine.describe(query))
        show_preview(services, client, place, text, query)

    def here(client: WebClient, place: SlackPlace, draft: Answer, detail: str) -> None:
        save_draft(services, client, place, draft, draft.channel)

    def mine(client: WebClient, place: SlackPlace, draft: Answer, detail: str) -> None:
        save_draft(services, client, place, draft, place.user)

    def daily(client: WebClient, place: SlackPlace, draft: Answer, detail: str) -> None:
        save_draft(services, client, place, draft, place.user, WatchOptions(digest_at=DIGEST_AT))

    def cancel(client: WebClient, place: SlackPlace, draft: Answer, detail: str) -> None:
        answer_there(services, client, place, plain(CANCELLED))

    def note(client: WebClient, place: SlackPlace, body: Mapping[str, Any]) -> None:
        text, by = str(body["text"]), str(body.get("by") or "")
        told = done_message(text, body.get("undo") or (), by) if by else plain(text)
        services.post(client, place, told)

    for action, act in ((HERE, here), (MINE, mine), (DAILY, daily), (CANCEL, cancel)):
        on_click(app, services, action, act)
    on_click(app, services, WATCH_THIS, offer)
    app.action(MENU, matchers=[_picks_watch], middleware=[services.taking(WATCH_THIS)])(acknowledge)
    services.handlers[NOTE] = note


def _picks_watch(body: Mapping[str, Any]) -> bool:
    return value_of(body)[1] == WATCH_ENTRY


def show_preview(
    services: Services,
    client: WebClient,
    place: SlackPlace,
    text: str,
    query: Query,
    notes: Sequence[str] = (),
) -> None:
    """
    Show the person at *place* what a watch would have found, with buttons to save it.

    Args:
        services: what the listeners work with.
        client: of the workspace.
        place: as the handler got it.
        text: the watch in words.
        query: as it was understood.
        notes: lines of our own below the count.
    """
    found = services.watching.lately(query)
    notes = [*notes]
    here = is_channel(place.channel)
    if here and (why := objection(services, client, place.team, place.channel, place.user)):
        here, notes = False, [*notes, why]
    if not found.quotes:
        notes += _before(services, query)
    if name := may_be_a_name(query):
        notes.append(UNKNOWN_NAME.format(name=name))
    draft = Answer(
        id=place.answer_id or new_id(),
        team=place.team,
        channel=place.channel,
        thread=place.thread,
        asker=place.user,
        query=replace(query, text=text),
        private=True,
    )
    services.answers.keep(draft, place.answer_id)
    message = preview_message(
        services.engine.describe(query),
        found.total if found.quotes else 0,
        found.quotes,
        draft.id,
        here=here,
        notes=notes,
        estimated=found.estimated,
    )
    services.post(client, place, message, alone=not place.private)


def _before(services: Services, query: Query) -> list[str]:
    """Say what is known of a watch that would have found nothing lately."""
    ever = services.engine.answer_query(query, limit=1)
    if not ever.abstained:
        newest = ever.coverage.newest
        silent = newest is None or newest < datetime.now(UTC) - timedelta(days=DAYS)
        return [*([NO_ARTICLE] if silent else []), OLDER.format(count=f"{ever.total:,}")]
    # Its name may be misspelt.
    names = names_note(ever)
    return [
        f"{reason_of(ever)} If that surprises you, check the spelling.",
        *([names] if names else []),
    ]


def save_draft(
    services: Services,
    client: WebClient,
    place: SlackPlace,
    draft: Answer,
    target: str,
    options: WatchOptions | None = None,
) -> None:
    """
    Save the watch of a preview.

    Args:
        services: what the listeners work with.
        client: of the workspace.
        place: of the click.
        draft: what was shown.
        target: the channel or person that it is to alert.
        options: when its alerts come; the ordinary way if None.
    """
    if draft.asker != place.user:
        services.post(client, place, plain(NOT_YOURS), alone=True)
        return
    if target != place.user and (
        why := objection(services, client, place.team, target, place.user)
    ):
        answer_there(services, client, place, plain(why))
        return
    save(services, client, place, target, draft.query.text, draft.query, options or WatchOptions())


def save(
    services: Services,
    client: WebClient,
    place: SlackPlace,
    target: str,
    text: str,
    query: Query,
    options: WatchOptions,
) -> None:
    """Keep a watch of the person at *place*, and say so there; *target*: whom it alerts."""
    kept = services.watching.add(place.team, target, place.user, text, query, options)
    if target == place.user and services.watching.outbox.conversation(place.team, target) == target:
        # What tells how Slack names the conversation with them, too.
        services.stopping.note(place.team, target, WELCOME.format(text=text), f"watch:{target}")
    [line] = services.watching.lines([kept], place.user)
    answer_there(services, client, place, saved_message(line))


def answer_there(
    services: Services, client: WebClient, place: SlackPlace, message: Message
) -> None:
    """Answer a click in the place of what was clicked, where only that person sees it."""
    there = replace(place, replaces=place.response_url is not None)
    services.post(client, there, message, alone=not place.private)
