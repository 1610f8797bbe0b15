"""
Which workspaces ("teams") the bot serves, with whose token, and how one is forgotten.

Everything that the bot keeps of a team stands in tables with a column ``team``; so whatever a
module adds is erased with it. Nothing is sent to a team that has left. One that uninstalls the app
is erased at once; one whose token is revoked may be about to get a new one, and keeps its settings
and verdicts for a month.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Protocol

from slack_bolt.authorization import AuthorizeResult

from bot.state.state import State

KEPT = 30 * 24 * 3_600.0  # seconds that a team without a token is kept

_REVOKED = (
    "the token of the workspace was revoked, or the app uninstalled; copy the new Bot User OAuth "
    "Token into SLACK_BOT_TOKEN and start again"
)
_TEAM_TABLES = """
SELECT t.name FROM sqlite_master t JOIN pragma_table_info(t.name) c
WHERE t.type = 'table' AND c.name = 'team'
"""


class Teams(Protocol):
    """The workspaces with the app. For every thread; any method may raise StoreError."""

    def authorize(self, team: str, enterprise: str = "") -> AuthorizeResult | None:
        """Say as whom the bot acts in *team*, else in its *enterprise*; None for neither."""

    def token_of(self, team: str, enterprise: str = "") -> str | None:
        """Fetch the bot token for *team*, else of its *enterprise*; None for neither."""

    def forget(self, team: str) -> None:
        """Stop using the token of *team*."""

    @property
    def fault(self) -> str:
        """Why no question of any workspace can be answered; "" where one can."""


class OneTeam:
    """The workspace of SLACK_BOT_TOKEN, for whichever team Slack names."""

    def __init__(self, result: AuthorizeResult) -> None:
        self._result = result
        self._left = threading.Event()

    def authorize(self, team: str, enterprise: str = "") -> AuthorizeResult | None:
        """Say as whom the bot acts; None once the app was uninstalled."""
        return None if self._left.is_set() else self._result

    def token_of(self, team: str, enterprise: str = "") -> str | None:
        """Fetch the bot token; None once the app was uninstalled."""
        found = self.authorize(team, enterprise)
        return found.bot_token if found is not None else None

    def forget(self, team: str) -> None:
        """Stop using the token, if *team* is its workspace."""
        if team in (self._result.team_id, self._result.enterprise_id):
            self._left.set()

    @property
    def team(self) -> str:
        """Slack's name of the workspace, else of its enterprise."""
        return self._result.team_id or self._result.enterprise_id or ""

    @property
    def fault(self) -> str:
        """Why nothing can be answered, once the token was revoked."""
        return _REVOKED if self._left.is_set() else ""


def suspend(state: State, team: str, now: float) -> None:
    """Note that *team* has no token any more: it is erased in a month, if it does not return."""
    state.ensure()
    with state.transaction() as db:
        db.execute("INSERT OR IGNORE INTO suspended VALUES (?, ?)", (team, now))


def resume(state: State, team: str) -> None:
    """Note that *team* has a token again."""
    state.ensure()
    with state.transaction() as db:
        db.execute("DELETE FROM suspended WHERE team = ?", (team,))


def erase_suspended(
    state: State, now: float, first: Callable[[str], None] = lambda team: None
) -> list[str]:
    """Erase the teams that have had no token for a month, *first* elsewhere; returns them."""
    with state.reading() as db:
        rows = db.execute("SELECT team FROM suspended WHERE at < ?", (now - KEPT,)).fetchall()
    teams = [str(team) for (team,) in rows]
    for team in teams:
        first(team)
        erase(state, team)
    return teams


def members_of(state: State, enterprise: str) -> list[str]:
    """List the workspaces of an organisation, as far as they have asked."""
    with state.reading() as db:
        rows = db.execute("SELECT team FROM members WHERE enterprise = ?", (enterprise,)).fetchall()
    return [str(team) for (team,) in rows]


def erase(state: State, team: str) -> None:
    """Erase every row of *team*, wherever in the state file; no byte of them is left there."""
    state.ensure()
    with state.transaction() as db:
        for (table,) in db.execute(_TEAM_TABLES).fetchall():
            db.execute(f'DELETE FROM "{table}" WHERE team = ?', (team,))
        db.execute("DELETE FROM seen WHERE instr(key, ?)", (f":{team}:",))
    state.empty_log()
