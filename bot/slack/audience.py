"""
Whether other organisations read a channel, asked of Slack before anything is posted there; and
whether a person is in it.

Events say it themselves; clicks, commands and forms do not. It needs the optional scopes
channels:read and groups:read. Where Slack does not say, a channel counts as one that others
read: what was said in private then stays private.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.slack.client import BROKEN

TTL = 600.0  # seconds; a channel can be shared at any time
_PAGES = 5  # of a thousand members each
_MAX_CHANNELS = 1_000  # channels, before all are forgotten

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Audience:
    """What Slack has said about the channels of the last minutes."""

    clock: Callable[[], float] = time.monotonic
    _internal: dict[tuple[str, str], tuple[bool, float]] = field(default_factory=dict)

    def is_internal(self, client: WebClient, team: str, channel: str) -> bool:
        """Return whether Slack says that *channel* is read by its own organisation alone."""
        return self._look_up(client, team, channel) is True

    def is_external(self, client: WebClient, team: str, channel: str) -> bool:
        """Return whether Slack says that other organisations read *channel*."""
        return self._look_up(client, team, channel) is False

    def _look_up(self, client: WebClient, team: str, channel: str) -> bool | None:
        """Return whether *channel* is internal; None where Slack does not say."""
        known, until = self._internal.get((team, channel), (False, 0.0))
        if self.clock() < until:
            return known
        try:
            found = client.conversations_info(channel=channel).get("channel") or {}
        except (SlackApiError, *BROKEN) as exc:
            _note("a channel could not be looked up", exc)
            return None
        internal = bool(found) and not any(
            found.get(name)
            for name in ("is_ext_shared", "is_pending_ext_shared", "pending_connected_team_ids")
        )
        if len(self._internal) >= _MAX_CHANNELS:
            self._internal.clear()
        self._internal[team, channel] = (internal, self.clock() + TTL)
        return internal


def is_member(client: WebClient, channel: str, person: str) -> bool | None:
    """
    Return whether *person* is in *channel*.

    Returns:
        None where Slack does not say: it was not allowed to, or the channel is too large to be
        read within the seconds that a form gives.
    """
    cursor = ""
    try:
        for _ in range(_PAGES):
            page = client.conversations_members(channel=channel, limit=1_000, cursor=cursor)
            if person in (page.get("members") or ()):
                return True
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return False
    except (SlackApiError, *BROKEN) as exc:
        _note("the members of a channel could not be looked up", exc)
    return None


def is_outside(client: WebClient, channel: str) -> bool:
    """Return whether Slack says that the bot is not in *channel*; without its word it may be."""
    try:
        found = client.conversations_info(channel=channel).get("channel") or {}
    except SlackApiError as exc:
        return str(exc.response.get("error")) == "channel_not_found"
    except BROKEN as exc:
        _note("a channel could not be looked up", exc)
        return False
    return found.get("is_member") is False


def _note(what: str, fault: Exception) -> None:
    """Log that something could not be looked up, and why."""
    if isinstance(fault, SlackApiError):
        why = f"Slack answers {fault.response.get('error')}"
    else:
        why = type(fault).__name__
    log.info("%s: %s", what, why)
