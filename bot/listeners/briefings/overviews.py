"""The list of briefings that come again, and the menu beside each of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.listeners.actions.clicks import value_of
from bot.listeners.briefings.forms import open_to_edit
from bot.listeners.briefings.rights import change_refusal
from bot.messages.briefings.overview import DELETE, EDIT, MENU, PAUSE, RESUME, Listed, overview
from bot.messages.briefings.wording import DELETED, GONE, PAUSED, RESUMED
from bot.rounds import next_due
from bot.services import Services
from bot.slack.payloads import place_of
from bot.slack.send import reply
from bot.types import BY_HAND, Message, Schedule, SlackPlace


def register(app: App, services: Services) -> None:
    """Do what is chosen in a menu, and show the list as it is then."""

    @app.action(MENU)
    def choose(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        ack()
        place = place_of(body)
        if place is None or not services.takes(body):
            return
        schedule_id, deed = value_of(body)
        schedule = services.schedules.find(place.team, schedule_id)
        if schedule is None:
            note = GONE
        elif not (note := change_refusal(services, client, place, schedule)):
            if deed == EDIT:
                open_to_edit(services, client, place, str(body.get("trigger_id")), schedule)
                return
            note = _do(services, schedule, deed)
        reply(client, replace(place, replaces=True), list_message(services, place, note))


def list_message(services: Services, place: SlackPlace, note: str = "") -> Message:
    """Lay out the briefings of the person at *place* and of the channel; *note* stands above."""
    found = services.schedules.listed(place.team, place.user, place.channel)
    return overview(
        [Listed(each, services.engine.describe(each.plan.query)) for each in found], note
    )


def _do(services: Services, schedule: Schedule, deed: str) -> str:
    """Pause, resume or delete a schedule; returns what is said of it."""
    if deed == PAUSE:
        services.schedules.pause(schedule.team, schedule.id, BY_HAND)
        return PAUSED
    if deed == RESUME:
        due = next_due(schedule.plan.table, services.schedules.clock(), schedule.last)
        services.schedules.change(replace(schedule, paused="", next=due))
        return RESUMED
    if deed == DELETE:
        services.schedules.remove(schedule.team, schedule.id)
        return DELETED
    return ""
