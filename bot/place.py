"""
Where a question was asked, and so where its reply goes.

Read from Slack's payload alone, so that the error handler finds the same place as the listener.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

USERS_ONLY = (None, "file_share", "thread_broadcast")

_MARKUP = re.compile(r"<([^<>]*)>")


@dataclass(frozen=True, slots=True)
class Place:
    """
    A spot in a workspace.

    ``thread`` is the thread a reply goes to; ``in_thread`` tells that the question stood in it
    already. ``response_url`` is set for commands: their replies go there, seen by the asker only.
    """

    surface: str
    team: str
    channel: str
    user: str
    thread: str | None = None
    in_thread: bool = False
    private: bool = False
    shared: bool = False
    response_url: str | None = None


def place_of(body: Mapping[str, Any]) -> Place | None:
    """Read the place from a payload; None for one that nobody waits for an answer to."""
    if "command" in body:
        return Place(
            surface=str(body["command"]),
            team=str(body.get("team_id") or ""),
            channel=str(body.get("channel_id") or ""),
            user=str(body.get("user_id") or ""),
            private=True,
            response_url=body.get("response_url"),
        )
    event = body.get("event")
    if not isinstance(event, Mapping) or event.get("type") not in ("app_mention", "message"):
        return None
    channel = str(event.get("channel") or "")
    return Place(
        surface="mention" if event["type"] == "app_mention" else "message",
        team=str(body.get("team_id") or event.get("team") or ""),
        channel=channel,
        user=str(event.get("user") or ""),
        thread=event.get("thread_ts") or event.get("ts"),
        in_thread=bool(event.get("thread_ts")),
        private=event.get("channel_type") == "im" or channel.startswith("D"),
        shared=bool(body.get("is_ext_shared_channel")),
    )


def keys_of(body: Mapping[str, Any]) -> tuple[str, ...]:
    """
    Name what must happen only once: this delivery, and this post.

    One post can come as two events (`message` and `app_mention`), each with an id of its own.
    """
    team = body.get("team_id") or ""
    if "command" in body:
        return (f"command:{team}:{body.get('trigger_id')}",)
    event = body.get("event") or {}
    post = f"post:{team}:{event.get('channel')}:{event.get('ts')}"
    return (f"event:{team}:{body.get('event_id')}", post)


def from_a_person(event: Mapping[str, Any]) -> bool:
    """Tell a person's post from a bot's, an edit, a deletion or a notice of Slack."""
    return (
        not event.get("bot_id")
        and bool(event.get("user"))
        and event.get("subtype") in USERS_ONLY
        and not event.get("hidden")
    )


def question_of(text: str) -> str:
    """
    Take Slack's markup out of a post: mentions go, links and channels keep their label.

    The result is plain text, as the person saw it, without the names that were called.
    """

    def spoken(found: re.Match[str]) -> str:
        inside, _, label = found[1].partition("|")
        if inside.startswith(("@", "!")):
            return " "
        return label or inside.lstrip("#")

    return " ".join(html.unescape(_MARKUP.sub(spoken, text)).split())
