"""The list of briefings that come again, each with a menu to pause, edit and delete it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.messages.controls import actions, button
from bot.messages.dates import moment
from bot.messages.elements import clip, context, plain_text, rich_text, section, words
from bot.timetable.words import say
from bot.types import BY_HAND, Block, Message, Schedule

MENU = "schedule-menu"
NEW = "schedule-new"
EDIT = "edit"
PAUSE = "pause"
RESUME = "resume"
DELETE = "delete"

SHOWN = 12
_NONE = (
    "No briefing is set up for you or this channel. For example: /brief exports every weekday 8:00"
)
_HOW = "To set one up: /brief TOPIC every weekday 8:00 in #channel"
_WHY = {
    BY_HAND: "paused",
    "is_archived": "paused: the channel is archived",
    "external": "paused: another organisation reads the channel",
}
_OUT = "paused: I cannot post there; invite me again, then resume it"


@dataclass(frozen=True, slots=True)
class Listed:
    """A schedule, and in words what it is about."""

    schedule: Schedule
    understood: str


def overview(listed: Sequence[Listed], note: str = "") -> Message:
    """
    Lay out the schedules of a person and a channel.

    Args:
        listed: the next one first.
        note: a line above, of what has just been done.

    Returns:
        The first twelve, and how many there are.
    """
    head = [rich_text(section(*words(note)))] if note else []
    if not listed:
        return Message([*head, rich_text(section(*words(_NONE))), _new()], "No briefing is set up")
    blocks = [*head]
    for each in listed[:SHOWN]:
        blocks += _entry(each)
    rest = len(listed) - SHOWN
    more = f"{rest} more are not shown · " if rest > 0 else ""
    return Message([*blocks, context(f"{more}{_HOW}"), _new()], "Briefings that come again")


def _entry(listed: Listed) -> list[Block]:
    schedule = listed.schedule
    line = [*words(clip(listed.understood, 300), bold=True), *words(" · in "), *place(schedule)]
    if schedule.paused:
        line += words(f" · {_WHY.get(schedule.paused, _OUT)}", italic=True)
    else:
        line += [*words(" · next "), moment(datetime.fromtimestamp(schedule.next, UTC))]
    when = f"{say(schedule.plan.table)}{', also with nothing new' if schedule.plan.empty else ''}"
    first = (RESUME, "Resume") if schedule.paused else (PAUSE, "Pause")
    entries = (first, (EDIT, "Edit"), (DELETE, "Delete"))
    options = [
        {"text": plain_text(text), "value": f"{schedule.id}:{what}"} for what, text in entries
    ]
    menu = {"type": "overflow", "action_id": MENU, "options": options}
    how = {"type": "section", "text": plain_text(when), "accessory": menu}
    return [rich_text(section(*line)), how]


def place(schedule: Schedule) -> list[Block]:
    """Name where a schedule's briefings go; a channel as Slack shows it to those who may know."""
    if schedule.private:
        return words("a direct message")
    return [{"type": "channel", "channel_id": schedule.channel}]


def _new() -> Block:
    return actions(button("New briefing", NEW, NEW, "Set up a briefing that comes again"))
