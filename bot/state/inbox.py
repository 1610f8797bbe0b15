"""
The questions that were acknowledged and are not answered yet.

A question is written down before Slack hears that it was taken, in the same transaction as its
claim, and deleted once its reply is out. In between a row is

    waiting          nobody works on it
    working          its lease runs; the process that holds it renews the lease
    posting          its reply is laid out and kept; `doubt` says what is not known of it

A lease that ran out belonged to a process that is gone: the process that sees it first goes on. A
reply that was kept is sent as it stands; it is worked out again only where it was certainly not
shown and is no longer true. Times are seconds.
"""

from __future__ import annotations

import json
import secrets
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from typing import Any, Literal, NamedTuple

import apsw
from pydantic import TypeAdapter

from bot.state.idempotency import claim
from bot.state.state import State
from bot.types import Post

LEASE = 10.0  # seconds

Taken = Literal["first", "again", "busy", "full"]
Doubt = Literal["", "cut", "unread"]

# Writes, as part of a transaction.
Writing = Callable[[apsw.Connection], None]


@dataclass(frozen=True, slots=True)
class Job:
    """
    One question on its way; its id is also its answer's.

    ``doubt`` is "cut" where its reply may be shown already: nobody knows what became of it; and
    "unread" where the articles could not be read to check it. ``looks`` counts how often in a row
    it was deferred in that doubt.
    """

    id: str
    team: str
    kind: str
    body: Mapping[str, Any]
    at: float
    tries: int = 0
    post: Post | None = None
    doubt: Doubt = ""
    looks: int = 0


class Load(NamedTuple):
    """How much is waiting, and the age of the oldest in seconds."""

    waiting: int
    oldest: float


@dataclass(frozen=True, slots=True)
class _Arrival:
    """What a thread wants written down, and where it hears the outcome."""

    job: Job
    keys: tuple[str, ...]
    busy: Post | None
    outcome: Future[Taken] = field(default_factory=Future)


_POSTS = TypeAdapter(Post)
_COLUMNS = "id, team, kind, body, at, tries, post, doubt, looks"


class Inbox:
    """The inbox of one process, in the file that all processes share."""

    def __init__(
        self, state: State, *, room: int = 200, clock: Callable[[], float] = time.time
    ) -> None:
        """Open the inbox; *room* questions may wait, and as many get the reply "busy"."""
        self.state = state
        self.room = room
        self.clock = clock
        self.holder = secrets.token_hex(8)
        self.news = threading.Event()
        self._arrivals: list[_Arrival] = []
        self._arriving = threading.Lock()
        self._writing = threading.Lock()
        state.ensure()

    def put(
        self,
        kind: str,
        team: str,
        keys: tuple[str, ...],
        body: Mapping[str, Any],
        busy: Post | None = None,
    ) -> Taken:
        """
        Claim a delivery and write it down; when this returns, it outlives a power cut.

        Args:
            kind: whose handler answers it.
            team: the workspace.
            keys: what must happen only once.
            body: Slack's payload.
            busy: the reply where too many wait already.

        Returns:
            "first" if taken, "busy" if only *busy* will be sent, "again" if somebody has taken
            it before, "full" if it was not taken at all: Slack may deliver it again.
        """
        kept = _without_tokens(body)
        job = Job(secrets.token_hex(8), team, kind, kept, self.clock())
        arrival = _Arrival(job, keys, busy)
        with self._arriving:
            self._arrivals.append(arrival)
        # One commit costs a disk's patience; the first to get here writes for all in the queue.
        with self._writing:
            self._write_arrivals()
        return arrival.outcome.result()

    def _write_arrivals(self) -> None:
        with self._arriving:
            arrivals, self._arrivals = self._arrivals, []
        if not arrivals:
            return
        try:
            with self.state.transaction() as db:
                outcomes = [self._admit(db, arrival) for arrival in arrivals]
        except BaseException as exc:
            for arrival in arrivals:
                arrival.outcome.set_exception(exc)
            return
        for arrival, outcome in zip(arrivals, outcomes, strict=True):
            arrival.outcome.set_result(outcome)
        self.news.set()

    def _admit(self, db: apsw.Connection, arrival: _Arrival) -> Taken:
        working, posting = _row(
            db.execute("SELECT count(*) FILTER (WHERE post IS NULL), count(post) FROM inbox")
        )
        busy = working >= self.room
        if busy and (arrival.busy is None or posting >= self.room):
            return "full"
        if not claim(db, arrival.keys, self.clock()):
            return "again"
        job = arrival.job
        kept = _POSTS.dump_json(arrival.busy).decode() if busy and arrival.busy else None
        db.execute(
            "INSERT INTO inbox (id, team, kind, body, at, due, post) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (job.id, job.team, job.kind, json.dumps(job.body), job.at, job.at, kept),
        )
        return "busy" if busy else "first"

    def write(
        self, db: apsw.Connection, answer_id: str, kind: str, team: str, body: Mapping[str, Any]
    ) -> None:
        """Write a job that nobody asked for down, as part of a transaction, whatever waits."""
        now = self.clock()
        db.execute(
            "INSERT INTO inbox (id, team, kind, body, at, due) VALUES (?, ?, ?, ?, ?, ?)",
            (answer_id, team, kind, json.dumps(body), now, now),
        )

    def take(self, most: int) -> list[Job]:
        """Lease up to *most* jobs that are due and in nobody's hands; laid out replies first."""
        now = self.clock()
        wanted = "FROM inbox WHERE due <= ? AND lease <= ? ORDER BY post IS NULL, at LIMIT ?"
        with self.state.reading() as db:
            if not db.execute(f"SELECT 1 {wanted}", (now, now, 1)).fetchall():
                return []
        with self.state.transaction(durable=False) as db:
            rows = db.execute(f"SELECT {_COLUMNS} {wanted}", (now, now, most)).fetchall()
            db.executemany(
                "UPDATE inbox SET lease = ?, holder = ?, tries = tries + (post IS NULL) "
                "WHERE id = ?",
                [(now + LEASE, self.holder, row[0]) for row in rows],
            )
        return [_job(row) for row in rows]

    def hold(self, answer_id: str, post: Post, *, also: Writing | None = None) -> bool:
        """
        Keep the reply of a job, before it is sent; *also* is written in the same step.

        Returns:
            False if the job is another process's by now: then nothing may be sent.
        """
        kept = _POSTS.dump_json(post).decode()
        return self._change(answer_id, "post = ?, doubt = ''", kept, also=also)

    def redo(self, answer_id: str, *, also: Writing) -> bool:
        """Drop the reply that was kept for a job, and *also* what goes with it, in one step."""
        return self._change(answer_id, "post = NULL, doubt = '', lease = 0", also=also)

    def held(self, answer_id: str) -> Post | None:
        """Fetch the reply that was kept for a job of this process; None if there is none."""
        with self.state.reading() as db:
            (kept,) = _row(
                db.execute(
                    "SELECT max(post) FROM inbox WHERE id = ? AND holder = ?",
                    (answer_id, self.holder),
                )
            )
        return _POSTS.validate_json(kept) if kept is not None else None

    def begin(self, answer_id: str) -> bool:
        """Note that a reply is about to be sent; False if it is another process's by now."""
        return self._change(answer_id, "doubt = 'cut', looks = 0")

    def defer(self, answer_id: str, seconds: float, doubt: Doubt = "") -> bool:
        """Let a job rest for *seconds*; *doubt* says what is not known of its reply."""
        return self._change(
            answer_id,
            "lease = 0, due = ?, looks = CASE doubt WHEN ? THEN looks ELSE 0 END + 1, doubt = ?",
            self.clock() + seconds,
            doubt,
            doubt,
        )

    def done(self, answer_id: str) -> bool:
        """Delete a job that is done."""
        with self.state.transaction(durable=False) as db:
            db.execute("DELETE FROM inbox WHERE id = ? AND holder = ?", (answer_id, self.holder))
            return db.changes() == 1

    def renew(self, ids: Iterable[str]) -> None:
        """Keep the leases of the jobs that this process works on."""
        until = self.clock() + LEASE
        with self.state.transaction(durable=False) as db:
            db.executemany(
                "UPDATE inbox SET lease = ? WHERE id = ? AND holder = ?",
                [(until, each, self.holder) for each in ids],
            )

    def in_thread(self, team: str, channel: str, thread: str, before: float) -> list[Job]:
        """
        List the questions of a thread whose reply is certainly not on its way to Slack yet.

        Args:
            team: the workspace.
            channel: of the thread.
            thread: its name.
            before: only those that were posted before then, by Slack's clock.
        """
        with self.state.reading() as db:
            rows: list[Any] = db.execute(
                f"SELECT {_COLUMNS} FROM inbox WHERE team = ? AND doubt != 'cut' "
                "AND body ->> '$.event.channel' = ? "
                "AND coalesce(body ->> '$.event.thread_ts', body ->> '$.event.ts') = ? "
                "AND CAST(body ->> '$.event.ts' AS REAL) < ?",
                (team, channel, thread, before),
            ).fetchall()
        return [_job(row) for row in rows]

    def stop(self, answer_id: str, post: Post) -> bool:
        """
        Let *post* be the reply of a job, under another id: whoever is at it, perhaps a thread of
        this process, then lays out a reply to nothing.

        Returns:
            False if its reply has been sent meanwhile, or may have been.
        """
        other = secrets.token_hex(8)
        named = replace(post, place=replace(post.place, answer_id=other))
        kept = _POSTS.dump_json(named).decode()
        with self.state.transaction() as db:
            db.execute(
                "UPDATE inbox SET id = ?, post = ?, doubt = '', lease = 0, holder = '', due = ? "
                "WHERE id = ? AND doubt != 'cut'",
                (other, kept, self.clock(), answer_id),
            )
            stopped = db.changes() == 1
        self.news.set()
        return stopped

    def load(self) -> Load:
        """Measure what is waiting."""
        with self.state.reading() as db:
            waiting, oldest = _row(db.execute("SELECT count(*), min(at) FROM inbox"))
        return Load(waiting, max(0.0, self.clock() - oldest) if waiting else 0.0)

    def _change(
        self, answer_id: str, what: str, *values: str | float, also: Writing | None = None
    ) -> bool:
        with self.state.transaction(durable=False) as db:
            db.execute(
                f"UPDATE inbox SET {what} WHERE id = ? AND holder = ?",
                (*values, answer_id, self.holder),
            )
            ours = db.changes() == 1
            if ours and also is not None:
                also(db)
            return ours


def is_cancelled(db: apsw.Connection, question: str) -> bool:
    """
    Return, as part of a transaction, whether a question no longer stands in the inbox.

    That of a team which leaves is erased while a worker may be at it: what comes of it must not
    be kept. False for "", what was asked past the inbox.
    """
    if not question:
        return False
    return db.execute("SELECT 1 FROM inbox WHERE id = ?", (question,)).fetchone() is None


def _without_tokens(body: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what of a payload must not be kept: a workflow step brings a token of its own."""
    kept = {name: value for name, value in body.items() if name != "token"}
    event = kept.get("event")
    if isinstance(event, Mapping) and "bot_access_token" in event:
        kept["event"] = {n: value for n, value in event.items() if n != "bot_access_token"}
    return kept


def _row(found: Iterable[tuple[Any, ...]]) -> tuple[Any, ...]:
    """Take the one row of an aggregate."""
    [row] = found
    return row


def _job(row: tuple[Any, ...]) -> Job:
    identity, team, kind, body, at, tries, post, doubt, looks = row
    kept = _POSTS.validate_json(post) if post is not None else None
    counted = tries + (post is None)
    return Job(identity, team, kind, json.loads(body), at, counted, kept, doubt, looks)
