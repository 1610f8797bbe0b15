"""Who may have briefings posted where, and change which."""

from __future__ import annotations

from slack_sdk import WebClient

from bot.messages.briefings.wording import (
    MEMBERS_ONLY,
    NOT_ALLOWED,
    NOT_INVITED,
    NOT_YOURS,
    SHARED,
)
from bot.services import Services
from bot.slack.audience import is_member, is_outside
from bot.types import Schedule, SlackPlace


def refusal(services: Services, client: WebClient, place: SlackPlace, channel: str) -> str:
    """
    Say why the person at *place* may not have briefings posted in *channel*; "" if they may.

    A person's own id is a direct message to them.
    """
    if channel == place.user:
        return ""
    if not channel.startswith(("C", "G")) or is_member(client, channel, place.user) is False:
        return MEMBERS_ONLY
    if not services.channels.channel_defaults(place.team, channel).lets(place.user):
        return NOT_ALLOWED
    if services.sees_external(client, place.team, channel):
        return SHARED
    return NOT_INVITED if is_outside(client, channel) else ""


def change_refusal(
    services: Services, client: WebClient, place: SlackPlace, schedule: Schedule
) -> str:
    """Say why the person at *place* may not change *schedule*; "" if they may."""
    if place.user == schedule.creator:
        return ""
    return NOT_YOURS if schedule.private else refusal(services, client, place, schedule.channel)
