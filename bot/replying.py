"""
Sending a reply, once.

A post whose connection broke may have been taken by Slack all the same: it is not sent again.
Two failures are certain: Slack said "too fast" (429), or no connection came about at all; only
these are repeated.
"""

from __future__ import annotations

import logging
import socket
import time
from collections.abc import Callable
from urllib.error import URLError

from slack_bolt import Ack
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from bot.client import BROKEN, TIMEOUT
from bot.elements import Message
from bot.errors import SlackError, UnconfirmedPost
from bot.place import Place
from bot.settings import refuse_plain

TRIES = 3
LONGEST_WAIT = 30.0  # seconds

log = logging.getLogger(__name__)


def reply(client: WebClient, place: Place, message: Message) -> None:
    """
    Answer at *place*: in the thread, or to the asker alone after a command.

    Raises:
        SlackError: if Slack refuses the reply.
        UnconfirmedPost: if nobody knows whether Slack took it.
    """
    if place.response_url is not None:
        _respond(place.response_url, message)
        return
    _deliver(
        lambda: client.chat_postMessage(
            channel=place.channel,
            thread_ts=place.thread,
            text=message.text,
            blocks=message.blocks,
            unfurl_links=False,
            unfurl_media=False,
        )
    )


def whisper(client: WebClient, place: Place, message: Message) -> None:
    """Answer at *place* so that only the asker sees it; raises as `reply`."""
    if place.response_url is not None:
        _respond(place.response_url, message)
        return
    # In a thread that nobody has answered yet Slack shows an ephemeral message to no one.
    thread = place.thread if place.in_thread else None
    _deliver(
        lambda: client.chat_postEphemeral(
            channel=place.channel,
            user=place.user,
            thread_ts=thread,
            text=message.text,
            blocks=message.blocks,
        )
    )


def acknowledge(ack: Ack, next_: Callable[[], None]) -> None:
    """
    Acknowledge a command, as a middleware of its listener.

    Listeners wait for a free thread; Slack waits three seconds.
    """
    ack()
    next_()


def _respond(url: str, message: Message) -> None:
    try:
        refuse_plain(url)
    except ValueError as exc:
        raise SlackError(f"the command's response_url is not encrypted: {exc}") from exc
    webhook = WebhookClient(url, timeout=TIMEOUT, retry_handlers=[])

    def send() -> None:
        answer = webhook.send(text=message.text, blocks=message.blocks, response_type="ephemeral")
        if answer.status_code != 200:
            _refused(answer.status_code, answer.body[:80], answer.headers.get("Retry-After"))

    _deliver(send)


def _deliver(send: Callable[[], object]) -> None:
    """Call *send* until it has certainly happened, or certainly not, or nobody can know."""
    for attempt in range(1, TRIES + 1):
        try:
            _once(send)
            return
        except _NotTaken as exc:
            if attempt == TRIES:
                raise SlackError(f"Slack did not take a reply in {TRIES} tries: {exc}") from exc
            time.sleep(min(exc.wait, LONGEST_WAIT))


class _NotTaken(Exception):  # noqa: N818
    """Certain that nothing was posted; another try in ``wait`` seconds may succeed."""

    def __init__(self, reason: str, wait: float) -> None:
        super().__init__(reason)
        self.wait = wait


def _once(send: Callable[[], object]) -> None:
    try:
        send()
    except SlackApiError as exc:
        fault = str(exc.response.get("error"))
        status = 429 if fault == "ratelimited" else exc.response.status_code
        _refused(status, fault, exc.response.headers.get("Retry-After"))
    except BROKEN as exc:
        reason = exc.reason if isinstance(exc, URLError) else exc
        if isinstance(reason, ConnectionRefusedError | socket.gaierror):
            raise _NotTaken(str(reason), 1.0) from exc
        raise UnconfirmedPost(f"the connection to Slack broke during a reply: {exc}") from exc


def _refused(status: int, fault: str, retry_after: str | None) -> None:
    """Raise what an answer other than "ok" means."""
    if status == 429:
        seconds = retry_after if retry_after and retry_after.isdecimal() else "1"
        raise _NotTaken("rate limited", float(seconds))
    if status >= 500:
        raise UnconfirmedPost(f"Slack answered {status} to a reply")
    raise SlackError(f"Slack refused a reply: {fault} (status {status})")
