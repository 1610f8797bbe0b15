"""
Whatever goes wrong in a listener ends here, as one sentence to the asker.

The log gets the traceback and a reference, the asker the reference alone.
"""

from __future__ import annotations

import logging
import secrets
from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from bot.desk import Desk
from bot.elements import Message, plain
from bot.errors import SlackError, UnconfirmedPost
from bot.place import Place, place_of
from bot.replying import reply, whisper
from bot.wording import FAILED, UNCONFIRMED
from index.errors import QuestionError

log = logging.getLogger(__name__)


def register(app: App, desk: Desk) -> None:
    """Answer every error with one sentence."""

    @app.error
    def answer_error(error: Exception, body: dict[str, Any], client: WebClient) -> None:
        place = place_of(body)
        surface = place.surface if place is not None else "other"
        text = _word(error, surface)
        outcome = "not understood" if isinstance(error, QuestionError) else "failed"
        desk.metrics.questions.labels(surface, outcome).inc()
        if place is not None:
            _tell(client, place, plain(text))


def _word(error: Exception, surface: str) -> str:
    """Word *error* for the asker; log it with the reference unless it is the question's."""
    if isinstance(error, QuestionError):
        return str(error)
    ref = secrets.token_hex(2)
    log.error("ref %s: %s failed", ref, surface, exc_info=error)
    form = UNCONFIRMED if isinstance(error, UnconfirmedPost) else FAILED
    return form.format(ref=ref)


def _tell(client: WebClient, place: Place, message: Message) -> None:
    """Tell the asker: in a channel so that nobody else sees it, and by another way if need be."""
    first, second = (reply, whisper) if place.private else (whisper, reply)
    try:
        first(client, place, message)
    except UnconfirmedPost as exc:
        log.error("an error message may not have arrived: %s", exc)
    except SlackError as exc:
        log.warning("an error message was refused (%s); trying another way", exc)
        try:
            second(client, _beside(place), message)
        except SlackError as again:
            log.error("an error message could not be sent: %s", again)


def _beside(place: Place) -> Place:
    """Give the same place without the command's own way back, which may have expired."""
    return Place(place.surface, place.team, place.channel, place.user, place.thread)
