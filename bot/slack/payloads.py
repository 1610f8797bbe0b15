"""
Where a question was asked, and so where its reply goes.

Read from Slack's payload alone, so that the error handler finds the same place as the listener.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from pydantic import TypeAdapter, ValidationError

from bot.types import SlackPlace

USERS_ONLY = (None, "file_share", "thread_broadcast")

ASK_SHORTCUT = "ask_onrecord"
INTERACTIONS = ("block_actions", "message_action", "shortcut", "view_submission")

OWN = "onrecord"  # the type of what we have put into the inbox ourselves
ALERT = "alert"  # the surface of what watches have found, and its kind in the inbox

_PLACES = TypeAdapter(SlackPlace)
_MARKUP = re.compile(r"<([^<>]*)>")


def team_of(body: Mapping[str, Any]) -> str:
    """
    Read the team whose installation a delivery is for, else its enterprise; "" for neither.

    In a channel that organisations share, the ``team_id`` of an event may be the other one's. An
    interaction names its team in one place alone; what else stands in it is not believed.
    """
    inner = body.get("team") or {}
    outer = None if _is_interaction(body) else body.get("team_id")
    found = _installed(body).get("team_id") or outer or inner.get("id") or enterprise_of(body)
    return str(found or "")


def enterprise_of(body: Mapping[str, Any]) -> str:
    """Read the enterprise of a delivery; "" for none."""
    inner = body.get("enterprise") or {}
    outer = None if _is_interaction(body) else body.get("enterprise_id")
    return str(_installed(body).get("enterprise_id") or outer or inner.get("id") or "")


def _installed(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """Read the installation that an event is for; an interaction names none."""
    installed = [] if _is_interaction(body) else body.get("authorizations") or []
    return installed[0] if installed else {}


def _is_interaction(body: Mapping[str, Any]) -> bool:
    return body.get("type") in (*INTERACTIONS, "block_suggestion")


def place_of(body: Mapping[str, Any]) -> SlackPlace | None:
    """Read the place from a payload; None for one that nobody waits for an answer to."""
    if body.get("type") == OWN:
        return _PLACES.validate_python(body["place"])
    if "command" in body:
        return SlackPlace(
            surface=str(body["command"]),
            team=team_of(body),
            channel=str(body.get("channel_id") or ""),
            user=str(body.get("user_id") or ""),
            private=True,
            response_url=body.get("response_url"),
        )
    if body.get("type") in INTERACTIONS:
        return _place_of_interaction(body)
    event = body.get("event")
    if isinstance(event, Mapping) and event.get("type") == "function_executed":
        return SlackPlace("step", team_of(body), channel="", user="")  # a workflow has it
    if not isinstance(event, Mapping) or event.get("type") not in ("app_mention", "message"):
        return None
    channel = str(event.get("channel") or "")
    return SlackPlace(
        surface="mention" if event["type"] == "app_mention" else "message",
        team=team_of(body),
        channel=channel,
        user=str(event.get("user") or ""),
        thread=event.get("thread_ts") or event.get("ts"),
        in_thread=bool(event.get("thread_ts")),
        private=event.get("channel_type") == "im" or channel.startswith("D"),
        shared=bool(body.get("is_ext_shared_channel")),
    )


def _place_of_interaction(body: Mapping[str, Any]) -> SlackPlace | None:
    """
    Read the place of a click, a shortcut or a form.

    A form keeps the place of the click that opened it; what has no message (the Home tab, the
    global shortcut) is answered in the person's direct messages, whose channel is their id.
    """
    team, user = _team_and_user(body)
    if body["type"] == "view_submission":
        noted = place_in_form(body.get("view") or {})
        # Who sends a form, and for which team, stands in what Slack signed, not in the form.
        return replace(noted, team=team, user=user) if noted else _in_person("form", team, user)
    channel = str((body.get("channel") or {}).get("id") or "")
    surface = str(body.get("callback_id") or "button")
    if not channel:
        return _in_person(surface, team, user)
    message = body.get("message") or {}
    container = body.get("container") or {}
    own = not message or container.get("is_ephemeral") or body["type"] == "message_action"
    thread = message.get("thread_ts") or message.get("ts") or container.get("thread_ts")
    return SlackPlace(
        surface=surface,
        team=team,
        channel=channel,
        user=user,
        thread=thread,
        in_thread=not own,
        private=bool(own) or channel.startswith("D"),
        response_url=body.get("response_url") if own else None,
    )


def _team_and_user(body: Mapping[str, Any]) -> tuple[str, str]:
    user = body.get("user") or {}
    team = (body.get("team") or {}).get("id") or user.get("team_id")
    return str(team or ""), str(user.get("id") or "")


def _in_person(surface: str, team: str, user: str) -> SlackPlace:
    return SlackPlace(surface, team, channel=user, user=user, private=True)


def note_in_form(place: SlackPlace, **more: str) -> str:
    """Write *place* and *more* into what a form carries unseen; its submission brings it back."""
    return json.dumps({"place": asdict(place), **more})


def noted_in_form(view: Mapping[str, Any], name: str) -> str:
    """Read what `note_in_form` wrote as *name*; empty if it wrote nothing."""
    noted = _note(view).get(name)
    return noted if isinstance(noted, str) else ""


def place_in_form(view: Mapping[str, Any]) -> SlackPlace | None:
    """Read the place that `note_in_form` wrote; None if it wrote none."""
    try:
        return _PLACES.validate_python(_note(view).get("place"))
    except ValidationError:
        return None


def _note(view: Mapping[str, Any]) -> Mapping[str, Any]:
    """Read what a form carries unseen; empty for anything that `note_in_form` did not write."""
    try:
        noted = json.loads(view.get("private_metadata") or "{}")
    except (ValueError, TypeError, RecursionError):
        return {}
    return noted if isinstance(noted, dict) else {}


def keys_of(body: Mapping[str, Any]) -> tuple[str, ...]:
    """
    Name what must happen only once: this delivery, and this post.

    One post can come as two events (`message` and `app_mention`), each with an id of its own.
    """
    team = team_of(body)
    if "command" in body:
        return (f"command:{team}:{body.get('trigger_id')}",)
    if body.get("type") in INTERACTIONS:
        return (_key_of_interaction(body),)
    event = body.get("event") or {}
    delivery = f"event:{team}:{body.get('event_id')}"
    if not event.get("ts"):
        return (delivery,)
    return (delivery, f"post:{team}:{event.get('channel')}:{event['ts']}")


def viewed_channel(event: Mapping[str, Any]) -> str:
    """Read which channel a person looks at while they write to us; "" where Slack does not say."""
    seen = event.get("app_context") or event.get("context") or {}
    for entity in (seen.get("entities") if isinstance(seen, Mapping) else None) or ():
        kind, value = str(entity.get("type")), entity.get("value")
        if kind.endswith("/message_context") and isinstance(value, Mapping):
            return str(value.get("channel_id") or "")
        if kind.endswith("/channel_id") and isinstance(value, str):
            return value
    return ""


def asked_at(body: Mapping[str, Any]) -> float | None:
    """Read when something was posted or clicked, by Slack's clock (Unix); None for no event."""
    event = body.get("event") or {}
    try:
        return float(event.get("ts") or event.get("event_ts") or "")
    except ValueError:
        return None


def _key_of_interaction(body: Mapping[str, Any]) -> str:
    """Name one click, one use of a shortcut, or one sending of a form."""
    team, user = _team_and_user(body)
    if body["type"] == "view_submission":
        view = body.get("view") or {}
        return f"form:{team}:{user}:{view.get('id')}:{view.get('hash')}"
    if body["type"] == "block_actions":
        action = (body.get("actions") or [{}])[0]
        at = (body.get("container") or {}).get("message_ts")
        return f"click:{team}:{user}:{at}:{action.get('action_id')}:{action.get('action_ts')}"
    return f"shortcut:{team}:{user}:{body.get('trigger_id')}"


def from_a_person(event: Mapping[str, Any]) -> bool:
    """Return whether a post is a person's: no bot's, no edit, deletion or notice of Slack."""
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
