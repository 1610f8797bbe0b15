"""
In which time zone and language a person reads, as far as Slack says.

It needs the optional scope users:read and one request a day for each person; without either,
"yesterday" is the index machine's UTC day, as it is on the command line.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, tzinfo
from typing import NamedTuple
from zoneinfo import ZoneInfo

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.slack.client import BROKEN
from bot.state.inbox import is_cancelled
from bot.state.state import State
from index.errors import StoreError

TTL = 24 * 3_600.0  # seconds

log = logging.getLogger(__name__)


class Locale(NamedTuple):
    """A time zone, and a language tag ("en-GB"), empty if unknown."""

    zone: tzinfo
    tag: str


@dataclass(frozen=True, slots=True)
class People:
    """The time zones of the people who asked within the last day."""

    state: State
    clock: Callable[[], float] = time.time

    def __post_init__(self) -> None:
        self.state.ensure()

    def locale_of(self, client: WebClient, team: str, user: str, question: str = "") -> Locale:
        """
        Look up where *user* reads; UTC where Slack does not say.

        Args:
            client: of the workspace.
            team: the workspace.
            user: who reads.
            question: what stands in the inbox for it; nothing is kept once its team has left.
        """
        with self.state.reading() as db:
            row = db.execute(
                "SELECT zone, locale FROM people WHERE (team, person) = (?, ?) AND at >= ?",
                (team, user, self.clock() - TTL),
            ).fetchone()
        zone, tag = row or self._ask(client, team, user, question)
        return Locale(_zone(zone), tag)

    def has_left(self, client: WebClient, user: str) -> bool:
        """Return whether the account of *user* has ended, as far as Slack says."""
        try:
            return bool((client.users_info(user=user).get("user") or {}).get("deleted"))
        except SlackApiError as exc:
            return bool(exc.response.get("error") == "user_not_found")
        except BROKEN:
            return False

    def _ask(self, client: WebClient, team: str, user: str, question: str) -> tuple[str, str]:
        """Ask Slack, and keep what it says for a day, a refusal too."""
        zone = tag = ""
        try:
            found = client.users_info(user=user, include_locale=True).get("user") or {}
            zone, tag = str(found.get("tz") or ""), str(found.get("locale") or "")
        except BROKEN as exc:
            log.info("a time zone could not be read: %s", type(exc).__name__)
            return zone, tag
        except SlackApiError as exc:
            log.info("a time zone could not be read: Slack answers %s", exc.response.get("error"))
        try:
            self._keep(team, user, zone, tag, question)
        except StoreError as exc:
            if question:
                raise  # it stands in the inbox, and is worked out again
            log.warning("a time zone is not kept: %s", exc)
        return zone, tag

    def _keep(self, team: str, user: str, zone: str, tag: str, question: str) -> None:
        now = self.clock()
        with self.state.transaction(durable=False) as db:
            if is_cancelled(db, question):
                return
            db.execute("DELETE FROM people WHERE at < ?", (now - TTL,))
            db.execute("REPLACE INTO people VALUES (?, ?, ?, ?, ?)", (team, user, zone, tag, now))


def _zone(name: str) -> tzinfo:
    """Find the zone of that name; UTC for none and for an unknown one."""
    try:
        return ZoneInfo(name) if name else UTC
    except (ValueError, LookupError, OSError):  # it looks for a file of that name
        return UTC
