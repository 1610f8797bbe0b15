"""
The form of a briefing that comes again: about what, where, on which days, when. Pure.

The schedule that is edited, or the answer that it begins from, travels in the form's hidden field
as an id; the team never does, it is read from the delivery that Slack signed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.messages.elements import clip, field, plain_text, rich_text, section, words
from bot.messages.views.channel_form import PARTIES, options
from bot.messages.views.question_form import option
from bot.timetable import EVERY_DAY, Timetable, is_zone
from bot.types import Block, Schedule

FORM = "schedule"
TOPIC = "schedule_topic"
CHANNEL = "schedule_channel"
DAYS = "schedule_days"
TIME = "schedule_time"
ZONE = "schedule_zone"
EMPTY = "schedule_empty"

TITLE = "Regular briefing"
_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_EMPTY = "Post that nothing is new"
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Drafted:
    """What a form begins with; ``parties`` are pairs (name, key)."""

    topic: str
    parties: tuple[tuple[str, str], ...]
    channel: str
    table: Timetable
    empty: bool = False


@dataclass(frozen=True, slots=True)
class Filled:
    """What somebody filled in; ``minute`` is None for what is no time."""

    topic: str
    parties: tuple[str, ...]
    channel: str
    days: tuple[int, ...]
    minute: int | None
    zone: str
    empty: bool


def schedule_form(note: str, draft: Drafted) -> Block:
    """
    Make the form.

    Args:
        note: what it carries unseen.
        draft: what it is filled in with.
    """
    topic: Block = {"type": "plain_text_input", "action_id": TOPIC, "max_length": _LONGEST}
    if draft.topic:
        topic["initial_value"] = clip(draft.topic, _LONGEST)
    blocks = [
        field("Topic", topic, optional=True),
        _parties(draft),
        _channel(draft.channel),
        _days(draft.table.days),
        field("Time", {"type": "timepicker", "action_id": TIME, "initial_time": draft.table.clock}),
        _zone(draft.table.zone),
        _empty(on=draft.empty),
    ]
    return {
        "type": "modal",
        "callback_id": FORM,
        "private_metadata": note,
        "title": plain_text(TITLE),
        "submit": plain_text("Save"),
        "close": plain_text("Cancel"),
        "blocks": blocks,
    }


def done_form(line: str) -> Block:
    """Make what the form turns into once it is saved, or cannot be."""
    text = rich_text(section(*words(line)))
    return {
        "type": "modal",
        "title": plain_text(TITLE),
        "close": plain_text("Close"),
        "blocks": [text],
    }


def filled(view: Mapping[str, Any]) -> Filled:
    """Read what somebody filled in."""
    values = (view.get("state") or {}).get("values") or {}

    def of(name: str, key: str) -> Any:
        return ((values.get(name) or {}).get(name) or {}).get(key)

    picked = [int(each["value"]) for each in of(DAYS, "selected_options") or ()]
    return Filled(
        " ".join(str(of(TOPIC, "value") or "").split()),
        tuple(each["value"] for each in of(PARTIES, "selected_options") or ()),
        str(of(CHANNEL, "selected_conversation") or ""),
        tuple(sorted(day for day in set(picked) if day in EVERY_DAY)),
        _minute(str(of(TIME, "selected_time") or "")),
        str((of(ZONE, "selected_option") or {}).get("value") or ""),
        bool(of(EMPTY, "selected_options")),
    )


def faults(form: Filled) -> dict[str, str]:
    """Say what cannot be saved of a filled form, by field; empty if all can."""
    found = {}
    if not form.days:
        found[DAYS] = "Choose at least one day."
    if form.minute is None:
        found[TIME] = "Choose a time."
    if not is_zone(form.zone):
        found[ZONE] = "Choose a time zone from the list."
    return found


def draft_of(schedule: Schedule, parties: tuple[tuple[str, str], ...]) -> Drafted:
    """Draft a form from what stands in *schedule*."""
    plan = schedule.plan
    channel = "" if schedule.private else schedule.channel
    return Drafted(plan.query.topic or "", parties, channel, plan.table, plan.empty)


def _minute(text: str) -> int | None:
    hour, _, minute = text.partition(":")
    if not (hour.isdecimal() and minute.isdecimal()) or int(hour) > 23 or int(minute) > 59:
        return None
    return int(hour) * 60 + int(minute)


def _parties(draft: Drafted) -> Block:
    menu: Block = {
        "type": "multi_external_select",
        "action_id": PARTIES,
        "min_query_length": 1,
        "max_selected_items": 10,
        "placeholder": plain_text("Anybody"),
    }
    if chosen := options(draft.parties):
        menu["initial_options"] = chosen
    return field("Whose statements", menu, optional=True)


def _channel(channel: str) -> Block:
    menu: Block = {
        "type": "conversations_select",
        "action_id": CHANNEL,
        "placeholder": plain_text("A direct message to me"),
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
    }
    if channel.startswith(("C", "G")):
        menu["initial_conversation"] = channel
    return field("Post it in", menu, optional=True)


def _days(days: tuple[int, ...]) -> Block:
    entries = [option(name, str(number)) for number, name in enumerate(_NAMES)]
    boxes: Block = {"type": "checkboxes", "action_id": DAYS, "options": entries}
    if days:
        boxes["initial_options"] = [entries[day] for day in sorted(days)]
    return field("Days", boxes)


def _zone(zone: str) -> Block:
    menu: Block = {
        "type": "external_select",
        "action_id": ZONE,
        "min_query_length": 2,
        "placeholder": plain_text("For example Berlin"),
        "initial_option": option(zone, zone),
    }
    return field("Time zone", menu)


def _empty(*, on: bool) -> Block:
    entry = option(_EMPTY, EMPTY)
    boxes: Block = {"type": "checkboxes", "action_id": EMPTY, "options": [entry]}
    if on:
        boxes["initial_options"] = [entry]
    return field("When nothing is new", boxes, optional=True)
