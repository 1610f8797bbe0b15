"""Opening a form, for which Slack gives three seconds."""

from __future__ import annotations

import logging

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.messages.elements import plain
from bot.messages.wording import TOO_LATE
from bot.slack.send import reply, whisper
from bot.types import Block, SlackPlace

EXPIRED = ("expired_trigger_id", "trigger_expired", "exchanged_trigger_id")

log = logging.getLogger(__name__)


def open_form(client: WebClient, place: SlackPlace, trigger: str, form: Block) -> None:
    """Open *form*; who waited too long is asked to click again."""
    try:
        client.views_open(trigger_id=trigger, view=form)
    except SlackApiError as exc:
        if exc.response.get("error") not in EXPIRED:
            raise
        log.warning("a form was not opened within Slack's three seconds")
        # A person's id is no channel: an ephemeral message cannot go there.
        tell = reply if place.private else whisper
        tell(client, place, plain(TOO_LATE))
