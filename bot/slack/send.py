"""
Sending a reply: one attempt, and what its end means.

A post whose connection broke may have been taken by Slack all the same, and is not simply sent
again. Two failures are certain: Slack said "too fast" (429), or no connection came about at all.
`reply` and `whisper` wait and repeat after those; what stands in the inbox goes by
`bot.slack.delivery`, which waits for nobody.
"""

from __future__ import annotations

import socket
import time
from typing import Any, NamedTuple
from urllib.error import URLError
from urllib.parse import urlsplit

from slack_bolt import Ack
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from bot.errors import SlackError, UnconfirmedPost
from bot.slack.client import BROKEN, TIMEOUT
from bot.types import Message, Post, SlackPlace

EVENT = "onrecord_answer"  # the kind of metadata that a reply carries

_HOOKS = ("hooks.slack.com", "hooks.slack-gov.com")

TRIES = 3
LONGEST_WAIT = 30.0  # seconds that a thread waits
AT_MOST = 3_600.0  # seconds; nobody waits longer for an answer
UNREACHABLE = 2.0  # seconds until Slack may be within reach again

# Slack's words for "something went wrong here, perhaps after your message was taken".
TROUBLE = ("fatal_error", "internal_error", "service_unavailable", "request_timeout")


class NotTaken(Exception):  # noqa: N818
    """Certain that nothing was posted; another try in ``wait`` seconds may succeed."""

    def __init__(self, reason: str, wait: float) -> None:
        super().__init__(reason)
        self.wait = wait


class Sent(NamedTuple):
    """
    What Slack has taken: its name ("ts"), "" where it gives none.

    ``channel`` is the direct conversation of a message that was sent to a person; "" for others.
    """

    ts: str = ""
    channel: str = ""


def reply(client: WebClient, place: SlackPlace, message: Message) -> str:
    """
    Answer at *place*: in the thread, or to the asker alone after a command.

    Returns:
        Slack's name ("ts") of what was posted; "" where it gives none.

    Raises:
        SlackError: if Slack refuses the reply.
        UnconfirmedPost: if nobody knows whether Slack took it.
    """
    return _deliver(client, Post(place, message))


def whisper(client: WebClient, place: SlackPlace, message: Message) -> str:
    """Answer at *place* so that only the asker sees it; returns and raises as `reply`."""
    return _deliver(client, Post(place, message, alone=True))


def acknowledge(ack: Ack) -> None:
    """Acknowledge, as the listener of what `Services.taking` has written down before."""
    ack()


def send(client: WebClient, post: Post) -> Sent:
    """
    Try once to send *post*.

    Raises:
        NotTaken: if it was certainly not taken, but may be later.
        SlackError: if Slack refuses it.
        UnconfirmedPost: if nobody knows whether Slack took it.
    """
    try:
        if post.place.response_url is not None:
            _respond(client, post.place.response_url, post)
            return Sent()
        answer = _call(client, post)
        channel = str(answer.get("channel") or "")
        to_a_person = post.place.channel.startswith(("U", "W")) and channel.startswith("D")
        return Sent(str(answer.get("ts") or ""), channel if to_a_person else "")
    except SlackApiError as exc:
        fault = str(exc.response.get("error"))
        status = 429 if fault == "ratelimited" else exc.response.status_code
        raise _meaning(status, fault, exc.response.headers.get("Retry-After")) from exc
    except BROKEN as exc:
        reason = exc.reason if isinstance(exc, URLError) else exc
        if isinstance(reason, ConnectionRefusedError | socket.gaierror):
            raise NotTaken(str(reason), UNREACHABLE) from exc
        raise UnconfirmedPost(f"the connection to Slack broke during a reply: {exc}") from exc


def retry_after(header: str | None) -> float:
    """Read how many seconds Slack asks to wait; 1 where it does not say."""
    return min(float(header), AT_MOST) if header and header.isdecimal() else 1.0


def _call(client: WebClient, post: Post) -> Any:
    """Post in the channel, or to one person in it."""
    place, message = post.place, post.message
    if post.alone:
        # In a thread that nobody has answered yet Slack shows an ephemeral message to no one.
        thread = place.thread if place.in_thread else None
        return client.chat_postEphemeral(
            channel=place.channel,
            user=place.user,
            thread_ts=thread,
            text=message.text,
            blocks=message.blocks,
        )
    payload = {"id": place.answer_id}
    return client.chat_postMessage(
        channel=place.channel,
        thread_ts=place.thread,
        text=message.text,
        blocks=message.blocks,
        unfurl_links=False,
        unfurl_media=False,
        metadata={"event_type": EVENT, "event_payload": payload} if place.answer_id else None,
    )


def _respond(client: WebClient, url: str, post: Post) -> None:
    if not is_slacks(url, client.base_url):
        raise SlackError("the command's response_url is no address of Slack's", "foreign_url")
    webhook = WebhookClient(url, timeout=TIMEOUT, retry_handlers=[])
    answer = webhook.send(
        text=post.message.text,
        blocks=post.message.blocks,
        response_type="ephemeral",
        replace_original=post.place.replaces,
    )
    if answer.status_code != 200:
        header = answer.headers.get("Retry-After")
        raise _meaning(answer.status_code, answer.body[:80], header)


def is_slacks(url: str, api: str) -> bool:
    """
    Return whether *url* is an address of Slack's, as which a response is sent there.

    Args:
        url: from a payload, or from what a form carried unseen.
        api: the Web API's base address; whatever stands in for Slack there may be answered.
    """
    try:
        parts, base = urlsplit(url), urlsplit(api)
        ours = (parts.scheme, parts.hostname, parts.port) == (base.scheme, base.hostname, base.port)
    except ValueError:
        return False
    return ours or (parts.scheme == "https" and parts.hostname in _HOOKS and parts.port is None)


def _deliver(client: WebClient, post: Post) -> str:
    """Send *post* until it has certainly happened, or certainly not, or nobody can know."""
    for attempt in range(1, TRIES + 1):
        try:
            return send(client, post).ts
        except NotTaken as exc:
            if attempt == TRIES or exc.wait > LONGEST_WAIT:
                raise SlackError(f"Slack did not take a reply in {attempt} tries: {exc}") from exc
            time.sleep(exc.wait)
    raise AssertionError("the last attempt returns or raises")


def _meaning(status: int, fault: str, header: str | None) -> Exception:
    """Make the error that an answer other than "ok" means."""
    if status == 429:
        return NotTaken("rate limited", retry_after(header))
    if status >= 500 or fault in TROUBLE:
        return UnconfirmedPost(f"Slack answered {status} to a reply ({fault})")
    return SlackError(f"Slack refused a reply: {fault} (status {status})", fault)
