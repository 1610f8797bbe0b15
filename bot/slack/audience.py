"""
Whether other organisations read a channel, asked of Slack before anything is posted there.

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
_MAX_CHANNELS = 1_000  # channels, before all are forgotten

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Audience:
    """What Slack has said about the channels of the last minutes."""

    clock: Callable[[], float] = time.monotonic
    _internal: dict[tuple[str, str], tuple[bool, float]] = field(default_factory=dict)

    def is_internal(self, client: WebClient, team: str, channel: str) -> bool:
        """Return whether Slack says that *channel* is read by its own organisation alone."""
        known, until = self._internal.get((team, channel), (False, 0.0))
        if self.clock() < until:
            return known
        try:
            found = client.conversations_info(channel=channel).get("channel") or {}
        except BROKEN as exc:
            log.info("a channel could not be looked up: %s", type(exc).__name__)
            return False
        except SlackApiError as exc:
            log.info(
                "a channel could not be looked up: Slack answers %s", exc.response.get("error")
            )
            return False
        internal = bool(found) and not any(
            found.get(name)
            for name in ("is_ext_shared", "is_pending_ext_shared", "pending_connected_team_ids")
        )
        if len(self._internal) >= _MAX_CHANNELS:
            self._internal.clear()
        self._internal[team, channel] = (internal, self.clock() + TTL)
        return internal
