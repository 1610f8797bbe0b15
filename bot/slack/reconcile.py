"""
Finding out whether a post is shown of which nobody knows.

Every reply carries the id of its answer as metadata, which readers do not see. Slack lets some
apps read a thread once a minute, and some not at all: what cannot be read stays unknown, and an
unknown post is never sent again.
"""

from __future__ import annotations

import logging
from typing import Any, Literal, NamedTuple

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.slack.client import BROKEN
from bot.slack.send import EVENT, TROUBLE, retry_after
from bot.types import Post

BEFORE = 60.0  # seconds that Slack's clock may be behind ours
PAGE = 100
PAGES = 5
LATER = 5.0  # seconds until Slack may be well again

log = logging.getLogger(__name__)


class PostOutcome(NamedTuple):
    """What became of a post, and Slack's name ("ts") of one that is shown."""

    what: Literal["shown", "missing", "unknown"]
    ts: str = ""


class TryLater(Exception):  # noqa: N818
    """Slack does not say now; ask again in ``wait`` seconds."""

    def __init__(self, wait: float) -> None:
        super().__init__(f"again in {wait} s")
        self.wait = wait


def outcome_of(client: WebClient, post: Post, answer_id: str, since: float) -> PostOutcome:
    """
    Look whether *post* is shown.

    Args:
        client: of the workspace.
        post: a reply that Slack may have taken.
        answer_id: the id that it carries.
        since: a Unix time before the post, by Slack's clock: ours may be hours ahead of it.

    Raises:
        TryLater: if Slack is in trouble, or was asked too often.
    """
    if post.alone or post.place.response_url is not None:
        return PostOutcome("unknown")  # no method lists what only one person sees
    try:
        return _read(client, post, answer_id, f"{since - BEFORE:.6f}")
    except SlackApiError as exc:
        status, fault = exc.response.status_code, exc.response.get("error")
        if status == 429 or fault == "ratelimited":
            raise TryLater(retry_after(exc.response.headers.get("Retry-After"))) from exc
        if status >= 500 or fault in TROUBLE:
            raise TryLater(LATER) from exc
        log.warning("a reply that may be shown cannot be looked up: %s", fault)
        return PostOutcome("unknown")
    except BROKEN as exc:
        raise TryLater(LATER) from exc


def _read(client: WebClient, post: Post, answer_id: str, oldest: str) -> PostOutcome:
    """Read what was posted since, page by page."""
    place, cursor = post.place, ""
    for _ in range(PAGES):
        where: dict[str, Any] = {"channel": place.channel, "oldest": oldest, "limit": PAGE}
        if cursor:
            where["cursor"] = cursor
        if place.thread is not None:
            found = client.conversations_replies(
                **where, ts=place.thread, include_all_metadata=True
            )
        else:
            found = client.conversations_history(**where, include_all_metadata=True)
        messages = found.get("messages")
        # A thread holds at least the message that it began with, a direct conversation what was
        # asked in it: one that is listed empty cannot be read.
        asked_there = place.thread is not None or place.channel.startswith("D")
        if messages is None or (asked_there and not messages):
            return PostOutcome("unknown")
        for message in messages:
            if _is(message, post, answer_id):
                return PostOutcome("shown", str(message.get("ts") or ""))
        cursor = (found.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            return PostOutcome("missing")
    return PostOutcome("unknown")


def _is(message: dict[str, Any], post: Post, answer_id: str) -> bool:
    """Return whether *message* is *post*: by its id, or its words where Slack shows no id."""
    metadata = message.get("metadata") or {}
    if metadata.get("event_type") == EVENT:
        return bool((metadata.get("event_payload") or {}).get("id") == answer_id)
    return bool(message.get("bot_id")) and message.get("text") == post.message.text
