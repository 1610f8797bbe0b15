"""What is said of briefings that come again, beside the list of them. Pure."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.messages.dates import moment
from bot.messages.elements import clip, rich_text, section, words
from bot.timetable.words import say
from bot.types import Message, Schedule

NO_TIME = "At what time? For example: {name} {text} 8:00"
NO_CHANNEL = (
    "I cannot tell which channel {channel} is. Choose it in the form: /brief schedules, then "
    "New briefing."
)
TOO_LONG = "The topic of a briefing has {most} characters at most; this has {count}."
TOO_MANY = "There are {most} briefings already, yours or that channel’s. Delete one first."
NOT_INVITED = "I am not in that channel. Invite me there first (/invite), then set it up again."
NOT_ALLOWED = "That channel’s settings do not let you set briefings up for it."
MEMBERS_ONLY = (
    "Only members of that channel can set its briefings up or change them. Join it first."
)
NOT_YOURS = "Only who set that briefing up can change it."
GONE = "That briefing is no longer there."
SHARED = "I cannot post there: another organisation may read that channel."
PAUSED = "Paused."
RESUMED = "It goes on, with all that is new since the last one."
DELETED = "Deleted."
SAVED = "Saved."

# Slack's refusals that last: what is wrong, and what helps.
REFUSALS = {
    "not_in_channel": "I am not in its channel any more. Invite me there, then resume it.",
    "channel_not_found": "I cannot see its channel any more. Invite me there, then resume it.",
    "is_archived": "its channel is archived. Choose another one with Edit.",
    "restricted_action": "the workspace does not let me post there. Choose another one with Edit.",
    "external": "another organisation reads its channel now. Choose another one with Edit.",
    **dict.fromkeys(
        ("user_not_found", "user_disabled", "account_inactive_user", "cannot_dm_bot"),
        "I cannot write to whom it is for.",
    ),
}


def set_up_message(schedule: Schedule, understood: str) -> Message:
    """Say back what was set up, so that a misunderstanding is seen at once."""
    to = words("to you") if schedule.private else _in(schedule)
    line = [
        *words(clip(understood, 300), bold=True),
        *words(f", what is new of it, {say(schedule.plan.table)}, "),
        *to,
        *words(". Next: "),
        moment(datetime.fromtimestamp(schedule.next, UTC)),
        *words(". To change or stop it: /brief schedules"),
    ]
    return Message([rich_text(section(*line))], "A briefing is set up")


def _in(schedule: Schedule) -> list[dict[str, object]]:
    return [*words("in "), {"type": "channel", "channel_id": schedule.channel}]


def set_up_line(schedule: Schedule, understood: str) -> str:
    """Say in a form that it is saved."""
    return f"Saved: {clip(understood, 200)}, {say(schedule.plan.table)}."


def paused_line(understood: str, why: str) -> str:
    """Tell who set a briefing up that it rests, and why."""
    reason = REFUSALS.get(why, "Slack does not let me post it.")
    return f"Your briefing “{clip(understood, 200)}” is paused: {reason} See /brief schedules."
