"""
Briefings that come again, and how far each of them is.

A run is claimed in one transaction with its place in the inbox: from then on it is posted once, by
whichever process, and the next one goes on where it ended. A schedule is looked up within its team,
so that a forged id of another finds none. Times are Unix seconds.
"""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import apsw
from pydantic import TypeAdapter, ValidationError

from bot.state.state import State
from bot.types import Plan, Run, Schedule

MOST = 50  # schedules of one person, and of one channel
REMEMBERED = 10  # answers whose sentences are no news any more

_COLUMNS = "team, id, channel, creator, plan, paused, next, last, revision, since, posts"


_PLANS = TypeAdapter(Plan)

# Writes what posts a briefing, as part of a transaction: with the id of its answer.
Sending = Callable[[apsw.Connection, str], None]


@dataclass(frozen=True, slots=True)
class Schedules:
    """The schedules of all teams."""

    state: State
    clock: Callable[[], float] = time.time

    def __post_init__(self) -> None:
        self.state.ensure()

    def add(self, schedule: Schedule) -> bool:
        """Keep a new schedule, once; False where its person or channel has too many already."""
        team = schedule.team
        with self.state.transaction() as db:
            for column, value in (("creator", schedule.creator), ("channel", schedule.channel)):
                [(count,)] = db.execute(
                    f"SELECT count(*) FROM schedules WHERE team = ? AND {column} = ? AND id != ?",
                    (team, value, schedule.id),
                ).fetchall()
                if int(str(count)) >= MOST:
                    return False
            db.execute(
                "INSERT OR IGNORE INTO schedules VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (*_row(schedule), self.clock()),
            )
        return True

    def change(self, schedule: Schedule) -> bool:
        """Keep what was changed of a schedule: where, what, when; False if it has gone."""
        plan = _PLANS.dump_json(schedule.plan).decode()
        with self.state.transaction() as db:
            db.execute(
                "UPDATE schedules SET channel = ?, plan = ?, paused = ?, next = ? "
                "WHERE (team, id) = (?, ?)",
                (
                    *(schedule.channel, plan, schedule.paused, schedule.next),
                    *(schedule.team, schedule.id),
                ),
            )
            return db.changes() == 1

    def pause(self, team: str, schedule_id: str, why: str) -> bool:
        """Let a schedule rest; False if it does already, or has gone."""
        with self.state.transaction() as db:
            db.execute(
                "UPDATE schedules SET paused = ? WHERE (team, id) = (?, ?) AND paused = ''",
                (why, team, schedule_id),
            )
            return db.changes() == 1

    def remove(self, team: str, schedule_id: str) -> None:
        """Forget a schedule."""
        with self.state.transaction() as db:
            db.execute("DELETE FROM schedules WHERE (team, id) = (?, ?)", (team, schedule_id))

    def find(self, team: str, schedule_id: str) -> Schedule | None:
        """Fetch a schedule of *team*; None if it has none of that id."""
        return next(iter(self._list("(team, id) = (?, ?)", team, schedule_id)), None)

    def listed(self, team: str, person: str, channel: str) -> list[Schedule]:
        """List the schedules that a person made, and those of a channel, the next one first."""
        return self._list(
            "team = ? AND (creator = ? OR channel = ?) ORDER BY paused != '', next",
            team,
            person,
            channel,
        )

    def due(self) -> list[Schedule]:
        """List the schedules of all teams that are due."""
        return self._list("paused = '' AND next <= ? ORDER BY next", self.clock())

    def active(self) -> list[Schedule]:
        """List the schedules of all teams that are not paused."""
        return self._list("paused = ''")

    def claim(self, schedule: Schedule, due_next: float, upto: int, send: Sending) -> bool:
        """
        Take on the run of *schedule* that is due, and have it posted, in one step.

        Args:
            schedule: as it was found to be due.
            due_next: when it is due next.
            upto: the last revision of the index, from which the next run goes on.
            send: writes what posts it.

        Returns:
            False if another process has taken it on, or somebody has changed it.
        """
        answer = secrets.token_hex(8)
        posts = json.dumps([answer, *schedule.posts][:REMEMBERED])
        with self.state.transaction() as db:
            db.execute(
                "UPDATE schedules SET next = ?, last = ?, revision = ?, since = ?, posts = ? "
                "WHERE (team, id, next, paused) = (?, ?, ?, '')",
                (
                    *(due_next, schedule.next, upto, self.clock(), posts),
                    *(schedule.team, schedule.id, schedule.next),
                ),
            )
            if db.changes() != 1:
                return False
            send(db, answer)
        return True

    def rewind(self, team: str, schedule_id: str, run: Run, due_next: float | None) -> None:
        """
        Let the next run show what *run*, the last, was to show; it could not be posted.

        Args:
            team: the workspace.
            schedule_id: of one of its schedules.
            run: as it was taken on.
            due_next: when to try again; None to leave that as it is.
        """
        with self.state.transaction() as db:
            db.execute(
                "UPDATE schedules SET revision = ?, since = ?, posts = ?, "
                "next = coalesce(?, next) WHERE (team, id, last) = (?, ?, ?)",
                (
                    *(run.after, run.since, json.dumps(run.posts), due_next),
                    *(team, schedule_id, run.due),
                ),
            )

    def move(self, schedule: Schedule, due_next: float) -> None:
        """Let a schedule be due at another time, unless it was taken on meanwhile."""
        with self.state.transaction(durable=False) as db:
            db.execute(
                "UPDATE schedules SET next = ? WHERE (team, id, next) = (?, ?, ?)",
                (due_next, schedule.team, schedule.id, schedule.next),
            )

    def _list(self, condition: str, *values: str | float) -> list[Schedule]:
        with self.state.reading() as db:
            rows = db.execute(
                f"SELECT {_COLUMNS} FROM schedules WHERE {condition}", values
            ).fetchall()
        return [schedule for row in rows if (schedule := _schedule(row)) is not None]


def _row(schedule: Schedule) -> tuple[Any, ...]:
    plan = _PLANS.dump_json(schedule.plan).decode()
    return (
        *(schedule.team, schedule.id, schedule.channel, schedule.creator, plan, schedule.paused),
        *(schedule.next, schedule.last, schedule.revision, schedule.since),
        json.dumps(schedule.posts),
    )


def _schedule(row: Any) -> Schedule | None:
    """Read a row; None for one that another version wrote and this one does not understand."""
    team, schedule_id, channel, creator, plan, paused, due, last, revision, since, posts = row
    try:
        read = _PLANS.validate_json(plan)
    except ValidationError:
        return None
    made = Schedule(team, schedule_id, channel, creator, read, due, revision, since)
    return replace(made, paused=paused, last=last, posts=tuple(json.loads(posts)))
