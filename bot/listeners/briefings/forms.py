"""
The form of a briefing that comes again: opened from a digest, the list and the Home tab.

Slack accepts a form only within three seconds of the click, so nothing here waits in the inbox.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.listeners.actions.clicks import open_form, value_of
from bot.listeners.briefings.rights import change_refusal, refusal
from bot.listeners.briefings.setting_up import (
    new_schedule,
    parties_of,
    question_for,
    zone_name,
)
from bot.messages.briefings.overview import NEW
from bot.messages.briefings.wording import GONE, TOO_MANY, set_up_line
from bot.messages.controls import REGULAR
from bot.messages.elements import plain
from bot.messages.views.channel_form import options
from bot.messages.views.schedule_form import (
    CHANNEL,
    FORM,
    TOPIC,
    ZONE,
    Drafted,
    Filled,
    done_form,
    draft_of,
    faults,
    filled,
    schedule_form,
)
from bot.messages.wording import TOO_OLD
from bot.rounds import next_due
from bot.services import Services
from bot.slack.payloads import keys_of, note_in_form, noted_in_form, place_of
from bot.slack.send import reply, whisper
from bot.state.schedules import MOST
from bot.timetable import WEEKDAYS, Timetable, zone_names
from bot.types import Plan, Schedule, SlackPlace
from index.types import Query

_EIGHT = 8 * 60


def register(app: App, services: Services) -> None:
    """Open the form, complete its time zones, and keep what is filled in."""

    @app.action(REGULAR)
    def send_regularly(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        ack()
        place = place_of(body)
        if place is None or not services.takes(body):
            return
        answer = services.answers.find(place.team, value_of(body)[0])
        if answer is None:
            tell = reply if place.private else whisper
            tell(client, place, plain(TOO_OLD))
            return
        open_new(body, client, place, answer.query, answer=answer.id)

    @app.action(NEW)
    def begin(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        ack()
        place = place_of(body)
        if place is not None and services.takes(body):
            open_new(body, client, place, Query("", anyone=True))

    def open_new(
        body: dict[str, Any], client: WebClient, place: SlackPlace, query: Query, **note: str
    ) -> None:
        channel = place.channel if place.channel.startswith(("C", "G")) else ""
        table = Timetable(WEEKDAYS, _EIGHT, zone_name(services, client, place))
        draft = Drafted(query.topic or "", _named(services, query), channel, table)
        form = schedule_form(note_in_form(place, **note), draft)
        open_form(client, place, str(body.get("trigger_id")), form)

    @app.options(ZONE)
    def offer_zones(ack: Ack, payload: dict[str, Any]) -> None:
        typed = "_".join(str(payload.get("value") or "").split()).casefold()
        names = [name for name in zone_names() if typed in name.casefold()]
        ack(options=options((name, name) for name in names))

    @app.view(FORM)
    def save(ack: Ack, body: dict[str, Any], view: dict[str, Any], client: WebClient) -> None:
        place, form = place_of(body), filled(view)
        wrong = faults(form)
        if place is not None and not wrong:
            wrong = refusals(services, client, place, form)
        if place is None or wrong:
            ack(response_action="errors", errors=wrong)
        elif line := _saved(services, client, place, body, form):
            ack(response_action="update", view=done_form(line))
        else:
            ack(response_action="errors", errors={TOPIC: TOO_MANY.format(most=MOST)})


def refusals(
    services: Services, client: WebClient, place: SlackPlace, form: Filled
) -> dict[str, str]:
    """Say why the person at *place* may not save a filled form, by field; empty if they may."""
    reason = refusal(services, client, place, form.channel or place.user)
    return {CHANNEL: reason} if reason else {}


def _saved(
    services: Services, client: WebClient, place: SlackPlace, body: dict[str, Any], form: Filled
) -> str:
    """Keep what was filled in; returns what is said of it, "" where there are too many."""
    view, channel = body["view"], form.channel or place.user
    if edited := noted_in_form(view, "schedule"):
        schedule = services.schedules.find(place.team, edited)
        refused = schedule and change_refusal(services, client, place, schedule)
        return refused or _changed(services, schedule, form, channel)
    answer = services.answers.find(place.team, noted_in_form(view, "answer"))
    before = answer.query if answer is not None else None
    return _added(services, place, _id_of(body), before, form, channel)


def open_to_edit(
    services: Services, client: WebClient, place: SlackPlace, trigger: str, schedule: Schedule
) -> None:
    """Open the form with what stands in *schedule*."""
    draft = draft_of(schedule, _named(services, schedule.plan.query))
    note = note_in_form(replace(place, response_url=None), schedule=schedule.id)
    open_form(client, place, trigger, schedule_form(note, draft))


def _named(services: Services, query: Query) -> tuple[tuple[str, str], ...]:
    """Name the parties of *query*: pairs (name, key)."""
    return tuple((services.engine.party_name(key), key) for key in parties_of(query))


def _plan(services: Services, form: Filled, before: Query | None) -> Plan:
    table = Timetable(form.days, form.minute or 0, form.zone)
    return Plan(question_for(services, form.topic, table, form.parties, before), table, form.empty)


def _added(
    services: Services,
    place: SlackPlace,
    schedule_id: str,
    before: Query | None,
    form: Filled,
    channel: str,
) -> str:
    """Keep a new schedule; returns what is said of it, "" where there are too many."""
    plan = _plan(services, form, before)
    schedule = new_schedule(services, place, schedule_id, channel, plan)
    if not services.schedules.add(schedule):
        return ""
    return set_up_line(schedule, services.engine.describe(plan.query))


def _changed(services: Services, schedule: Schedule | None, form: Filled, channel: str) -> str:
    """Keep what was changed of a schedule; returns what is said of it."""
    if schedule is None:
        return GONE
    plan = _plan(services, form, schedule.plan.query)
    due = next_due(plan.table, services.schedules.clock(), schedule.last)
    changed = replace(schedule, plan=plan, channel=channel, next=due, paused="")
    if not services.schedules.change(changed):
        return GONE
    return set_up_line(changed, services.engine.describe(plan.query))


def _id_of(body: dict[str, Any]) -> str:
    """Make an id of one sending of a form, the same if Slack delivers it again."""
    return hashlib.sha256(keys_of(body)[0].encode()).hexdigest()[:16]
