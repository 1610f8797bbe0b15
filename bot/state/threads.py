"""
What a thread is about, so that "and Ukraine?" can be understood.

Slack allows new apps one reading of a thread's history a minute; the last query is kept here
instead, for a day. A question may be worked out twice, as its process ended or an article changed
before the reply was out; and by then the thread's last query is its own. So what it started from
is kept too: "and before that?" must not go back twice.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from pydantic import TypeAdapter, ValidationError

from bot.state.inbox import is_cancelled
from bot.state.state import State
from bot.types import SlackPlace
from index.types import Query

TTL = 24 * 3_600.0  # seconds

_QUERIES: TypeAdapter[Query | None] = TypeAdapter(Query | None)


@dataclass(frozen=True, slots=True)
class Threads:
    """The last query of every thread of the last day, and what its questions started from."""

    state: State
    clock: Callable[[], float] = time.time

    def __post_init__(self) -> None:
        self.state.ensure()

    def recall(self, place: SlackPlace) -> Query | None:
        """
        Fetch the query that a question at *place* goes on with.

        Returns:
            The last one of the thread, or the one that this question started from before; None
            if there is none of the last day.
        """
        if place.thread is None:
            return None
        thread = "" if _open_end(place) else place.thread
        with self.state.reading() as db:
            start = db.execute(
                "SELECT query FROM starts WHERE (team, id) = (?, ?)", (place.team, place.answer_id)
            ).fetchone()
            last = db.execute(
                "SELECT query FROM threads WHERE (team, channel, thread) = (?, ?, ?) AND at >= ?",
                (place.team, place.channel, thread, self.clock() - TTL),
            ).fetchone()
        row = start or last
        try:
            return _QUERIES.validate_json(row[0]) if row else None
        except ValidationError:  # written by another version: no memory is better than no answer
            return None

    def remember(self, place: SlackPlace, query: Query, previous: Query | None = None) -> None:
        """Keep *query*, which went on with *previous*, as the last one of the thread at *place*."""
        if place.thread is None:
            return
        now = self.clock()
        threads = {place.thread, ""} if _open_end(place) else {place.thread}
        kept = _QUERIES.dump_json(query).decode()
        with self.state.transaction(durable=False) as db:
            if is_cancelled(db, place.answer_id):
                return  # its team has left
            for table in ("threads", "starts"):
                db.execute(f"DELETE FROM {table} WHERE at < ?", (now - TTL,))
            if place.answer_id:
                before = _QUERIES.dump_json(previous).decode()
                db.execute(
                    "REPLACE INTO starts (team, id, query, at) VALUES (?, ?, ?, ?)",
                    (place.team, place.answer_id, before, now),
                )
            db.executemany(
                "REPLACE INTO threads (team, channel, thread, query, at) VALUES (?, ?, ?, ?, ?)",
                [(place.team, place.channel, thread, kept, now) for thread in threads],
            )

    def forget(self, place: SlackPlace) -> None:
        """Forget what the thread at *place* is about, and what a direct message was last about."""
        with self.state.transaction(durable=False) as db:
            db.execute(
                "DELETE FROM threads WHERE (team, channel) = (?, ?) AND thread IN (?, '')",
                (place.team, place.channel, place.thread or ""),
            )


def _open_end(place: SlackPlace) -> bool:
    """Return whether people may go on below without a thread, as in a direct message."""
    return place.private and not place.in_thread
