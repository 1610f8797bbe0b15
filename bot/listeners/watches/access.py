"""Who may set and change which watch, and where alerts may go."""

from __future__ import annotations

from slack_sdk import WebClient

from bot.alerts.watching import Kept
from bot.messages.alerts.words import EXTERNAL, NOT_ALLOWED, OUTSIDE
from bot.services import Services
from bot.slack.audience import is_outside
from bot.types import SlackPlace


def is_channel(place: str) -> bool:
    """Return whether *place* is a channel, and not a person or a direct conversation."""
    return place.startswith(("C", "G"))


def may_set(services: Services, team: str, channel: str, person: str) -> bool:
    """Return whether a channel lets a person set watches for it."""
    return services.channels.channel_defaults(team, channel).lets(person)


def may_change(services: Services, kept: Kept, place: SlackPlace) -> bool:
    """Return whether the person at *place* may change a watch: theirs, or their channel's."""
    mine = kept.mine
    return place.user == mine.creator or (
        is_channel(mine.place)
        and place.channel == mine.place
        and may_set(services, mine.team, mine.place, place.user)
    )


def objection(services: Services, client: WebClient, team: str, channel: str, person: str) -> str:
    """Say why a person may not have alerts sent to a channel; "" if they may."""
    if not may_set(services, team, channel, person):
        return NOT_ALLOWED
    if services.sees_external(client, team, channel):
        return EXTERNAL
    return OUTSIDE if is_outside(client, channel) else ""
