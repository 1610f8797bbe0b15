"""
Watches and their alerts on disk, beside the index.

What a revision of the index brings is written in one step with its number, so that a kill neither
loses an alert nor doubles one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import apsw
from pydantic import TypeAdapter

from index.database.database import Database, Layout, is_there, rows_of
from index.store.codec import from_micros, to_micros
from index.types import Query, Quote

ALERTS = "alerts.sqlite3"
# Of one owner; more are a mistake or an attack.
MOST_WATCHES = 10_000
LONGEST_TEXT = 500  # characters

AlertState = Literal["new", "corrected", "withdrawn"]

_QUERIES = TypeAdapter(Query)
_QUOTES = TypeAdapter(tuple[Quote, ...])
_ADD = "INSERT INTO watches (text, owner, query, created_at, after) VALUES (?, ?, ?, ?, ?)"
_WATCHES = "SELECT number, text, owner, query, created_at, after FROM watches"
_ALERTS = """
SELECT number, watch, article, quotes, also_in, state, reworded, at FROM alerts
"""
_RECORD = """
INSERT INTO alerts (watch, article, quotes, also_in, state, at) VALUES (?, ?, ?, '[]', 'new', ?)
"""


@dataclass(frozen=True, slots=True)
class Watch:
    """A question that stays asked; ``owner`` "" is the shell, ``after`` as in `alerts.sql`."""

    number: int
    text: str
    owner: str
    query: Query
    created_at: datetime
    after: int


@dataclass(frozen=True, slots=True)
class Alert:
    """
    A statement that a watch has found.

    ``quotes`` are its sentences as they were; ``also_in`` the outlets that carry it too.
    ``reworded`` is what its speaker says instead in a corrected article, if anything.
    """

    number: int
    watch: int
    article: str
    quotes: tuple[Quote, ...]
    also_in: tuple[str, ...]
    state: AlertState
    reworded: str | None
    at: datetime


def _create(db: apsw.Connection) -> None:
    db.execute(files("index.alerts").joinpath("alerts.sql").read_text(encoding="utf-8"))


# The application number reads "onra".
LAYOUT = Layout(application=0x6F6E7261, format=1, create=_create)


class Changes:
    """Writes what one revision of the index brings; made by `Book.changing`."""

    def __init__(self, db: apsw.Connection) -> None:
        self._db = db

    def done_with(self, revision: int) -> None:
        """Note that everything up to *revision* has been looked at."""
        self._db.execute("UPDATE progress SET revision = max(revision, ?)", (revision,))

    def record(self, watch: int, quotes: Sequence[Quote], at: datetime) -> None:
        """Keep a statement that *watch* has found."""
        body = _QUOTES.dump_json(tuple(quotes)).decode()
        self._db.execute(_RECORD, (watch, quotes[0].article_id, body, to_micros(at)))

    def carried_by(self, alert: Alert, outlet: str) -> None:
        """Note another outlet that carries the statement of *alert*."""
        names = json.dumps(list(dict.fromkeys((*alert.also_in, outlet))), ensure_ascii=False)
        self._db.execute("UPDATE alerts SET also_in = ? WHERE number = ?", (names, alert.number))

    def mark(self, alert: Alert, state: AlertState, reworded: str | None = None) -> None:
        """Note what has become of the statement of *alert*."""
        self._db.execute(
            "UPDATE alerts SET state = ?, reworded = ? WHERE number = ?",
            (state, reworded, alert.number),
        )


class Book:
    """
    The watches and alerts of one data folder, for several threads and processes.

    Raises:
        StoreError: from every method, when its file cannot be read or written.
    """

    def __init__(self, folder: Path) -> None:
        self.database = Database(folder / ALERTS, LAYOUT)

    def add(self, text: str, query: Query, *, after: int, owner: str = "") -> Watch:
        """
        Keep *query* as a watch.

        Args:
            text: as typed.
            query: as understood.
            after: the last revision of the index, so that only what comes is news.
            owner: whose it is; "" for the shell.
        """
        now = datetime.now(UTC)
        body = _QUERIES.dump_json(query).decode()
        with self.database.writing() as db:
            db.execute(_ADD, (text, owner, body, to_micros(now), after))
            number = db.last_insert_rowid()
        return Watch(number, text, owner, query, now, after)

    def remove(self, number: int, *, owner: str = "") -> bool:
        """Drop a watch of *owner* with its alerts; False if there is none of that number."""
        with self.database.writing() as db:
            db.execute("DELETE FROM watches WHERE number = ? AND owner = ?", (number, owner))
            gone = db.changes() > 0
            if gone:
                db.execute("DELETE FROM alerts WHERE watch = ?", (number,))
        return gone

    def watches(self, owner: str | None = None) -> list[Watch]:
        """List the watches of *owner*, all if None, oldest first."""
        condition = "" if owner is None else " WHERE owner = ?"
        bindings = () if owner is None else (owner,)
        with self.database.reading() as db:
            rows = rows_of(db, f"{_WATCHES}{condition} ORDER BY number", bindings)
        return [_watch(row) for row in rows]

    def alerts(
        self, *, watch: int | None = None, article: str | None = None, limit: int | None = None
    ) -> list[Alert]:
        """List the alerts of a watch or caused by an article, newest first."""
        with self.database.reading() as db:
            rows = rows_of(
                db,
                f"{_ALERTS} WHERE (?1 IS NULL OR watch = ?1) AND (?2 IS NULL OR article = ?2) "
                "ORDER BY number DESC LIMIT ?3",
                (watch, article, -1 if limit is None else limit),
            )
        return [_alert(row) for row in rows]

    def progress(self) -> int:
        """Return the number of the last revision that was looked at."""
        with self.database.reading() as db:
            [[revision]] = rows_of(db, "SELECT revision FROM progress")
        return int(revision)

    @contextmanager
    def changing(self) -> Iterator[Changes]:
        """Write in one step: durable on leaving, undone on any exception."""
        with self.database.writing() as db:
            yield Changes(db)

    def close(self) -> None:
        """Release the file; calling it twice is fine."""
        self.database.close()


def is_book(folder: Path) -> bool:
    """Return whether *folder* has ever had a watch."""
    return is_there(folder / ALERTS)


def _watch(row: Sequence[Any]) -> Watch:
    number, text, owner, query, created_at, after = row
    read = _QUERIES.validate_json(query)
    return Watch(number, text, owner, read, from_micros(created_at), after)


def _alert(row: Sequence[Any]) -> Alert:
    number, watch, article, quotes, also_in, state, reworded, at = row
    return Alert(
        number,
        watch,
        article,
        _QUOTES.validate_json(quotes),
        tuple(json.loads(also_in)),
        state,
        reworded,
        from_micros(at),
    )
