"""
Where the alerts of each watch go, and when: what Slack's side of a watch is.

What a watch looks for is kept beside the index; here stands the rest, under the number that the
index gave it. A watch is looked up within its team, so that a forged number of another finds none.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from pydantic import TypeAdapter, ValidationError

from bot.state.inbox import Writing
from bot.state.state import State
from bot.types import WatchOptions


@dataclass(frozen=True, slots=True)
class SlackWatch:
    """A watch: its number, the channel or person that it alerts, and who made it."""

    team: str
    number: int
    place: str
    creator: str
    options: WatchOptions = field(default_factory=WatchOptions)

    @property
    def owner(self) -> str:
        """Whose it is in the book of the index."""
        return owner_of(self.team, self.place, self.creator)

    @property
    def lane(self) -> str:
        """The stream of messages that its alerts are in: a channel's, or its own thread's."""
        return f"{self.place}:{self.number}" if self.options.thread else self.place


_OPTIONS = TypeAdapter(WatchOptions)
_COLUMNS = "team, number, place, creator, options"


@dataclass(frozen=True, slots=True)
class Watches:
    """The watches of all teams."""

    state: State
    clock: Callable[[], float] = time.time

    def __post_init__(self) -> None:
        self.state.ensure()

    def keep(self, watch: SlackWatch) -> None:
        """Keep *watch*, instead of what was kept under its number."""
        options = _OPTIONS.dump_json(watch.options).decode()
        row = (watch.team, watch.number, watch.place, watch.creator, options, self.clock())
        with self.state.transaction() as db:
            db.execute("REPLACE INTO watches VALUES (?, ?, ?, ?, ?, ?)", row)

    def drop(self, team: str, number: int) -> None:
        """Forget a watch, and what it found and nobody was shown."""
        with self.state.transaction() as db:
            db.execute("DELETE FROM watches WHERE (team, number) = (?, ?)", (team, number))
            db.execute("DELETE FROM said_silences WHERE (team, number) = (?, ?)", (team, number))
            db.execute(
                "DELETE FROM alerts WHERE (team, watch, message) = (?, ?, '')", (team, number)
            )

    def find(self, team: str, number: int) -> SlackWatch | None:
        """Fetch the watch of *team* with that number; None if it has none."""
        found = self._list("team = ? AND number = ?", team, number)
        return found[0] if found else None

    def alerting(self, team: str, place: str) -> list[SlackWatch]:
        """List the watches whose alerts go to a channel or person, oldest first."""
        return self._list("team = ? AND place = ?", team, place)

    def made_by(self, team: str, person: str) -> list[SlackWatch]:
        """List the watches that a person made, oldest first."""
        return self._list("team = ? AND creator = ?", team, person)

    def with_silence(self) -> list[SlackWatch]:
        """List those of all teams whose silence is to be said."""
        return self._list("options ->> '$.silent_after' > 0")

    def first_to_say(
        self, watch: SlackWatch, since: float, say: Writing, *, what: str = ""
    ) -> bool:
        """
        Note that something is silent since then, and *say* so in the same step, once.

        Args:
            watch: where it is said.
            since: when it was last heard of (Unix).
            say: writes what says so.
            what: is silent; "" for the watch itself.

        Returns:
            False if it was said before.
        """
        key = (watch.team, watch.number, what)
        with self.state.transaction() as db:
            row: Any = db.execute(
                "SELECT since FROM said_silences WHERE (team, number, what) = (?, ?, ?)", key
            ).fetchone()
            if row is not None and row[0] == since:
                return False
            db.execute("REPLACE INTO said_silences VALUES (?, ?, ?, ?)", (*key, since))
            say(db)
        return True

    def _list(self, condition: str, *values: str | int) -> list[SlackWatch]:
        with self.state.reading() as db:
            rows: list[Any] = db.execute(
                f"SELECT {_COLUMNS} FROM watches WHERE {condition} ORDER BY number", values
            ).fetchall()
        return [
            SlackWatch(team, number, place, creator, _options(kept))
            for team, number, place, creator, kept in rows
        ]


def owner_of(team: str, place: str, creator: str) -> str:
    """Name the owner of a watch in the book of the index."""
    return f"slack:{team}:{place}:{creator}"


def watch_of_owner(owner: str, number: int) -> SlackWatch | None:
    """Read a watch whose options are lost out of its owner; None for one that is not Slack's."""
    kind, _, rest = owner.partition(":")
    parts = rest.split(":")
    if kind != "slack" or len(parts) != 3:
        return None
    team, place, creator = parts
    return SlackWatch(team, number, place, creator)


def _options(kept: str) -> WatchOptions:
    try:
        return _OPTIONS.validate_json(kept)
    except ValidationError:  # written by another version: the ordinary way is safe
        return WatchOptions()
