"""
What a thread is about, so that "and Ukraine?" can be understood.

Slack allows new apps one reading of a thread's history a minute; the last query is kept here
instead, for a day.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from pydantic import TypeAdapter, ValidationError

from bot.inbox import struck_out
from bot.place import Place
from bot.state import State
from index.types import Query

SCHEMA = """
CREATE TABLE IF NOT EXISTS threads (
    team TEXT NOT NULL, channel TEXT NOT NULL, thread TEXT NOT NULL,
    query TEXT NOT NULL, at REAL NOT NULL,
    PRIMARY KEY (team, channel, thread)
) WITHOUT ROWID;
"""

TTL = 24 * 3_600.0  # seconds

_QUERIES = TypeAdapter(Query)


@dataclass(frozen=True, slots=True)
class Threads:
    """The last query of every thread of the last day."""

    state: State
    clock: Callable[[], float] = time.time

    def __post_init__(self) -> None:
        self.state.ensure(SCHEMA)

    def recall(self, place: Place) -> Query | None:
        """Fetch the last query of the thread at *place*; None if there is none of the last day."""
        if place.thread is None:
            return None
        thread = "" if _open_end(place) else place.thread
        with self.state.reading() as db:
            row = db.execute(
                "SELECT query FROM threads WHERE (team, channel, thread) = (?, ?, ?) AND at >= ?",
                (place.team, place.channel, thread, self.clock() - TTL),
            ).fetchone()
        try:
            return _QUERIES.validate_json(row[0]) if row else None
        except ValidationError:  # written by another version: no memory is better than no answer
            return None

    def remember(self, place: Place, query: Query) -> None:
        """Keep *query* as the last one of the thread at *place*, unless its team has left."""
        if place.thread is None:
            return
        now = self.clock()
        threads = {place.thread, ""} if _open_end(place) else {place.thread}
        kept = _QUERIES.dump_json(query).decode()
        with self.state.transaction(durable=False) as db:
            if struck_out(db, place.answer_id):
                return
            db.execute("DELETE FROM threads WHERE at < ?", (now - TTL,))
            db.executemany(
                "REPLACE INTO threads (team, channel, thread, query, at) VALUES (?, ?, ?, ?, ?)",
                [(place.team, place.channel, thread, kept, now) for thread in threads],
            )


def _open_end(place: Place) -> bool:
    """Tell that people may go on below without a thread, as in a direct message."""
    return place.private and not place.in_thread
