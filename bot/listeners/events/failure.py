"""
Whatever goes wrong in a listener ends here, as one sentence to the asker.

What goes wrong while a question is worked on ends in `bot.workers`, with the same sentences.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Any

from slack_bolt import App, BoltResponse
from slack_sdk import WebClient

from bot.errors import InboxFull, SlackError, UnconfirmedPost
from bot.messages.elements import plain
from bot.services import Services
from bot.slack.payloads import place_of
from bot.slack.send import reply, whisper
from bot.types import Message, SlackPlace

log = logging.getLogger(__name__)


def register(app: App, services: Services) -> None:
    """Answer every error with one sentence."""

    @app.error
    def answer_error(error: Exception, body: dict[str, Any], client: WebClient) -> BoltResponse:
        if isinstance(error, InboxFull):
            log.warning("a question was left to Slack to deliver again: %s", error)
            return BoltResponse(status=503)
        place = place_of(body)
        surface = place.surface if place is not None else "other"
        found = services.error_message(error, surface)
        services.metrics.questions.labels(surface, found.outcome).inc()
        if place is not None:
            _send(client, place, plain(found.text))
        # Acknowledged: the asker has the message, and would get it again with every delivery.
        return BoltResponse(status=200)


def _send(client: WebClient, place: SlackPlace, message: Message) -> None:
    """Send the asker a message that nobody else sees in a channel, by another way if need be."""
    first, second = (reply, whisper) if place.private else (whisper, reply)
    try:
        first(client, place, message)
    except UnconfirmedPost as exc:
        log.error("an error message may not have arrived: %s", exc)
    except SlackError as exc:
        log.warning("an error message was refused (%s); trying another way", exc)
        try:
            # Without the command's own way back, which may have expired.
            second(client, replace(place, response_url=None), message)
        except SlackError as again:
            log.error("an error message could not be sent: %s", again)
