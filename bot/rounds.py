"""
Looks which briefings are due, and has them posted.

A run that was missed, because nothing ran, is made up once. A clock that is put forward or back
makes no run come twice, unless it was wrong by more than a day.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import apsw

from bot.engine import Engine
from bot.slack.payloads import OWN
from bot.state.inbox import Inbox
from bot.state.schedules import Schedules
from bot.timetable import Timetable, last_run, next_run
from bot.types import Run, Schedule, SlackPlace
from index.errors import OnRecordError

PAUSE = 0.5  # seconds between two looks
LATER = 5.0  # seconds until the index may be well
BETWEEN_CHECKS = 60.0  # seconds between two looks whether the clock was put back
WRONG = 26 * 3_600.0  # seconds in the future, from which on a run was taken on by a wrong clock
SCHEDULED = "scheduled"  # the kind of what stands in the inbox for a run
SURFACE = "briefing"

log = logging.getLogger(__name__)


class Rounds:
    """Follows the schedules in a thread of its own; several processes share the work."""

    def __init__(
        self,
        engine: Engine,
        schedules: Schedules,
        inbox: Inbox,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Work by *clock*, which gives Unix seconds."""
        self._engine = engine
        self._schedules = schedules
        self._inbox = inbox
        self._clock = clock
        self._checked = float("-inf")
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._follow, name="briefings", daemon=True)

    def start(self) -> None:
        """Begin, with what was missed."""
        self._thread.start()

    def stop(self) -> None:
        """End; what is due is at the next start."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()

    def look(self) -> None:
        """Have posted what is due."""
        if not 0 <= self._clock() - self._checked < BETWEEN_CHECKS:
            self._check_times()
            self._checked = self._clock()
        for schedule in self._schedules.due():
            self._begin(schedule)

    def _follow(self) -> None:
        while not self._stop.wait(PAUSE):
            try:
                self.look()
            except OnRecordError:
                log.exception("briefings that are due cannot be looked at")
                self._stop.wait(LATER)

    def _begin(self, schedule: Schedule) -> None:
        """Take a run on, and have it worked out and posted."""
        after, upto = schedule.revision, newest_number(self._engine, schedule.revision)
        if not is_number(self._engine, after):
            # The index is another one than at the last run: its numbers say nothing.
            after = number_at(self._engine, schedule.since)
            upto = newest_number(self._engine, after)
        run = Run(after, upto, schedule.since, schedule.next, schedule.posts)
        place = asdict(place_of_run(schedule))
        body = {"type": OWN, "place": place, "schedule": schedule.id, "run": run._asdict()}

        def send(db: apsw.Connection, answer: str) -> None:
            self._inbox.write(db, answer, SCHEDULED, schedule.team, body)

        due_next = next_due(schedule.plan.table, self._clock(), schedule.next)
        if self._schedules.claim(schedule, due_next, upto, send):
            self._inbox.news.set()

    def _check_times(self) -> None:
        """Put right when schedules are due, after the clock was put back: not as late as that."""
        now = self._clock()
        for schedule in self._schedules.active():
            due = next_due(schedule.plan.table, now, schedule.last)
            if due < schedule.next and schedule.next > now:
                self._schedules.move(schedule, due)


def run_of(body: Mapping[str, Any]) -> tuple[str, Run]:
    """Read a schedule's id, and which run of it stands in the inbox."""
    run = Run(**body["run"])
    return str(body["schedule"]), run._replace(posts=tuple(run.posts))


def place_of_run(schedule: Schedule) -> SlackPlace:
    """Say where the runs of *schedule* go."""
    return SlackPlace(
        SURFACE, schedule.team, schedule.channel, schedule.creator, private=schedule.private
    )


def next_due(table: Timetable, now: float, last: float) -> float:
    """
    Find when a schedule is due next.

    Args:
        table: its days and time.
        now: by a clock that may have been put forward or back.
        last: when its last run was due, which is not due again.
    """
    after = last if now < last <= now + WRONG else now
    return next_run(table, datetime.fromtimestamp(after, UTC)).timestamp()


def first_run(engine: Engine, table: Timetable, now: float) -> tuple[float, int, float]:
    """
    Say when a new schedule is due, and where its first run begins: at the run before, had it been.

    Returns:
        The moment, and the revision and the moment from which on everything is news.

    Raises:
        StoreError: if the index cannot be read.
    """
    since = last_run(table, datetime.fromtimestamp(now, UTC)).timestamp()
    return next_due(table, now, 0.0), number_at(engine, since), since


def newest_number(engine: Engine, after: int) -> int:
    """Find the number of the last revision, known to be *after* or more; *after* if it is that."""
    while revisions := engine.revisions(after):
        after = revisions[-1].number
    return after


def is_number(engine: Engine, number: int) -> bool:
    """Return whether there is a revision with that number; there always is one with 0."""
    return number == 0 or bool(engine.revisions(number - 1))


def number_at(engine: Engine, moment: float) -> int:
    """
    Find the number of the last revision up to *moment*, a Unix time; 0 if there is none.

    Raises:
        StoreError: if the index cannot be read.
    """
    low, step = 0, 1

    def is_later(after: int) -> bool:
        """Return whether nothing that comes after a number is up to the moment."""
        following = engine.revisions(after)
        return not following or following[0].at.timestamp() > moment

    while not is_later(low + step - 1):
        low, step = low + step, 2 * step
    high = low + step - 1
    while low < high:
        middle = (low + high) // 2
        if is_later(middle):
            high = middle
        else:
            low = middle + 1
    return low
