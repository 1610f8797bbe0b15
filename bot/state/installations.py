"""
The workspaces that have installed the app by OAuth, with their tokens, encrypted.

Read again for every delivery: what one process erases, no other uses. Each sealed record
names its team, so that a row that was moved to another team is not taken for that team's.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from pydantic import TypeAdapter
from slack_bolt.authorization import AuthorizeResult

from bot.encryption import Keys
from bot.state.state import State
from bot.state.teams import resume
from index.errors import SettingsError, StoreError


@dataclass(frozen=True, slots=True)
class Installation:
    """The app in one workspace; ``team`` is the enterprise where a whole one installed it."""

    team: str
    token: str = field(repr=False)
    name: str = ""
    enterprise: str = ""
    bot_user: str = ""
    bot: str = ""
    scopes: tuple[str, ...] = ()


_INSTALLATIONS = TypeAdapter(Installation)


@dataclass(frozen=True, slots=True)
class Installations:
    """All workspaces with the app; a `Teams`."""

    state: State
    keys: Keys
    clock: Callable[[], float] = time.time

    def __post_init__(self) -> None:
        self.state.ensure()

    def keep(self, installation: Installation) -> None:
        """Keep an installation, instead of the team's earlier one."""
        sealed = self.keys.seal(_INSTALLATIONS.dump_json(installation))
        with self.state.transaction() as db:
            db.execute(
                "REPLACE INTO installations VALUES (?, ?, ?)",
                (installation.team, sealed, self.clock()),
            )
        resume(self.state, installation.team)

    @property
    def fault(self) -> str:
        """Nothing: workspaces may come and go."""
        return ""

    def find(self, team: str, enterprise: str = "") -> Installation | None:
        """
        Fetch the installation of *team*, else that of its whole *enterprise*; None for neither.

        Raises:
            StoreError: if no key opens it, or it is another team's.
        """
        with self.state.reading() as db:
            rows = dict(
                db.execute(
                    "SELECT team, sealed FROM installations WHERE team IN (?, ?)",
                    (team, enterprise),
                )
            )
        for name in (team, enterprise):
            if name and name in rows:
                return self._opened(name, rows[name])
        return None

    def _enterprise_of(self, team: str) -> str:
        """Return of which organisation *team* is, as far as a delivery has said; "" if none has."""
        with self.state.reading() as db:
            row = db.execute("SELECT enterprise FROM members WHERE team = ?", (team,)).fetchone()
        return str(row[0]) if row else ""

    def _note_member(self, team: str, enterprise: str) -> None:
        """Keep of which organisation *team* is; without the disk it is found out again."""
        if team in ("", enterprise) or self._enterprise_of(team) == enterprise:
            return
        with suppress(StoreError), self.state.transaction(durable=False) as db:
            db.execute("REPLACE INTO members VALUES (?, ?)", (team, enterprise))

    def authorize(self, team: str, enterprise: str = "") -> AuthorizeResult | None:
        """Say as whom the bot acts in *team*; None where it is not installed."""
        found = self.find(team, enterprise)
        if found is None:
            return None
        if found.team == enterprise:
            self._note_member(team, enterprise)
        return AuthorizeResult(
            enterprise_id=found.enterprise or None,
            team_id=found.team,
            team=found.name,
            bot_user_id=found.bot_user,
            bot_id=found.bot,
            bot_token=found.token,
            bot_scopes=list(found.scopes),
        )

    def token_of(self, team: str, enterprise: str = "") -> str | None:
        """Fetch the bot token for *team*; None where the app is not installed."""
        found = self.find(team, enterprise or self._enterprise_of(team))
        return found.token if found is not None else None

    def forget(self, team: str) -> None:
        """Erase the token of *team*."""
        with self.state.transaction() as db:
            db.execute("DELETE FROM installations WHERE team = ?", (team,))

    def known(self) -> list[Installation]:
        """List the installations, by team; StoreError if no key opens one."""
        return [self._opened(team, sealed) for team, sealed in self._rows()]

    def under_old_keys(self) -> int:
        """Count the installations that another key than the first sealed."""
        return sum(self.keys.is_old(sealed) for _, sealed in self._rows())

    def renew(self) -> int:
        """
        Seal with the first key what an older one sealed.

        Returns:
            How many installations there are.

        Raises:
            SettingsError: if no key opens one of them.
        """
        rows = self._rows()
        for team, sealed in rows:
            try:
                found = self._opened(team, sealed)
            except StoreError as exc:
                raise SettingsError(str(exc)) from exc
            if self.keys.is_old(sealed):
                renewed = self.keys.seal(_INSTALLATIONS.dump_json(found))
                # Only what still stands there: the team may leave at this very moment.
                with self.state.transaction() as db:
                    db.execute(
                        "UPDATE installations SET sealed = ? WHERE (team, sealed) = (?, ?)",
                        (renewed, team, sealed),
                    )
        return len(rows)

    def _rows(self) -> list[tuple[str, bytes]]:
        with self.state.reading() as db:
            rows: list[Any] = db.execute(
                "SELECT team, sealed FROM installations ORDER BY team"
            ).fetchall()
        return rows

    def _opened(self, team: str, sealed: bytes) -> Installation:
        plain = self.keys.unseal(sealed)
        found = _INSTALLATIONS.validate_json(plain) if plain is not None else None
        if found is None or found.team != team:
            raise StoreError(
                f"no key of BOT_ENCRYPTION_KEYS opens the token of team {team}; add the key it was "
                "kept with behind the first, or install the app there again"
            )
        return found
