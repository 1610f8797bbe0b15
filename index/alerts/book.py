"""
Watches and their alerts on disk, beside the index.

What a revision of the index brings is written in one step with its number, so that a kill neither
loses an alert nor doubles one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

import apsw

from index.alerts.changes import SELECT_ALERTS, counted
from index.alerts.changes import Changes as Changes
from index.alerts.records import QUERIES, alert_of, watch_of
from index.alerts.records import Alert as Alert
from index.alerts.records import Watch as Watch
from index.database.database import Database, Layout, is_there, rows_of
from index.errors import QuestionError
from index.store.codec import from_micros, to_micros
from index.types import Query

ALERTS = "alerts.sqlite3"
# Of one owner; more are a mistake or an attack.
MOST_WATCHES = 10_000
LONGEST_TEXT = 500  # characters

_ADD = """
INSERT INTO watches (text, owner, query, created_at, after, paused, silent_after, excluded)
VALUES (?, ?, ?, ?, ?, 0, ?, '{}')
"""
_WATCHES = """
SELECT number, text, owner, query, created_at, after, paused, silent_after, excluded FROM watches
"""


def _create(db: apsw.Connection) -> None:
    db.execute(files("index.alerts").joinpath("alerts.sql").read_text(encoding="utf-8"))
    _add_carriers(db)


def _add_carriers(db: apsw.Connection) -> None:
    """Make room for where else a statement stands; what was found before knows the outlets only."""
    made = files("index.alerts").joinpath("carriers.sql").read_text(encoding="utf-8")
    db.execute(made)


# The application number reads "onra".
LAYOUT = Layout(application=0x6F6E7261, format=3, create=_create, steps={2: _add_carriers})


class Book:
    """
    The watches and alerts of one data folder, for several threads and processes.

    An owner is any string; only the owner of a watch can change it.

    Raises:
        StoreError: from every method, when its file cannot be read or written.
    """

    def __init__(self, folder: Path) -> None:
        self.database = Database(folder / ALERTS, LAYOUT)

    def add(
        self,
        text: str,
        query: Query,
        *,
        after: int,
        owner: str = "",
        silent_after: int | None = None,
    ) -> Watch:
        """
        Keep *query* as a watch.

        Args:
            text: as typed.
            query: as understood.
            after: the last revision of the index, so that only what comes is news.
            owner: whose it is; "" for the shell.
            silent_after: days without an alert after which its owner wants to know.

        Raises:
            QuestionError: if the owner has `MOST_WATCHES` already.
        """
        now = datetime.now(UTC)
        body = QUERIES.dump_json(query).decode()
        with self.database.writing() as db:
            [[count]] = rows_of(db, "SELECT count(*) FROM watches WHERE owner = ?", (owner,))
            if count >= MOST_WATCHES:
                raise QuestionError(
                    f"there are {count:,} watches already, which is the most; remove some first"
                )
            db.execute(_ADD, (text, owner, body, to_micros(now), after, silent_after))
            number = db.last_insert_rowid()
            counted(db, "watches")
        return Watch(number, text, owner, query, now, after, silent_after=silent_after)

    def edit(
        self, number: int, text: str, query: Query, *, after: int, owner: str = ""
    ) -> Watch | None:
        """
        Replace what a watch looks for; the arguments are those of `add`.

        Returns:
            The watch as it is now; None if *owner* has none of that number.
        """
        body = QUERIES.dump_json(query).decode()
        changed = self._change(number, owner, "text = ?, query = ?, after = ?", text, body, after)
        return self.watch(number) if changed else None

    def pause(self, number: int, paused: bool, *, owner: str = "") -> bool:
        """
        Let a watch rest, or go on; what is said while it rests is never news to it.

        Returns:
            False if *owner* has none of that number.
        """
        return self._change(
            number,
            owner,
            "paused = ?, after = max(after, (SELECT value FROM counters WHERE name = 'revision'))",
            int(paused),
        )

    def say_silence(self, number: int, after: int | None, *, owner: str = "") -> bool:
        """Let a watch be named once it is silent for *after* days, None for never; see `pause`."""
        return self._change(number, owner, "silent_after = ?", after)

    def exclude(
        self,
        number: int,
        *,
        speaker: str | None = None,
        article: str | None = None,
        owner: str = "",
    ) -> bool:
        """
        Leave out of a watch what its owner does not want.

        Args:
            number: of the watch.
            speaker: the name of one whose statements are not wanted.
            article: the id of one whose statements are not wanted, nor copies of these.
            owner: whose watch it is.

        Returns:
            False if *owner* has none of that number.
        """
        return self._exclude(number, owner, speaker, article, True)

    def include(
        self,
        number: int,
        *,
        speaker: str | None = None,
        article: str | None = None,
        owner: str = "",
    ) -> bool:
        """Undo `exclude`; without a speaker and an article, for all that a watch leaves out."""
        return self._exclude(number, owner, speaker, article, False)

    def _exclude(
        self, number: int, owner: str, speaker: str | None, article: str | None, out: bool
    ) -> bool:
        with self.database.writing() as db:
            chosen = "SELECT excluded FROM watches WHERE number = ? AND owner = ?"
            rows = rows_of(db, chosen, (number, owner))
            if not rows:
                return False
            every = not out and speaker is article is None
            known = {} if every else json.loads(rows[0][0])
            for name, value in (("speakers", speaker), ("articles", article)):
                if value is not None:
                    rest = [each for each in known.get(name, []) if each != value]
                    known[name] = [*rest, value] if out else rest
            body = json.dumps(known, ensure_ascii=False)
            db.execute("UPDATE watches SET excluded = ? WHERE number = ?", (body, number))
            counted(db, "watches")
        return True

    def remove(self, number: int, *, owner: str = "") -> bool:
        """Drop a watch of *owner* with its alerts; False if there is none of that number."""
        with self.database.writing() as db:
            db.execute("DELETE FROM watches WHERE number = ? AND owner = ?", (number, owner))
            gone = db.changes() > 0
            if gone:
                theirs = "SELECT number FROM alerts WHERE watch = ?"
                db.execute(f"DELETE FROM carriers WHERE alert IN ({theirs})", (number,))
                db.execute("DELETE FROM alerts WHERE watch = ?", (number,))
                counted(db, "watches")
        return gone

    def _change(self, number: int, owner: str, columns: str, *values: object) -> bool:
        with self.database.writing() as db:
            update = f"UPDATE watches SET {columns} WHERE number = ? AND owner = ?"
            rows_of(db, update, (*values, number, owner))
            changed = db.changes() > 0
            if changed:
                counted(db, "watches")
        return changed

    def watch(self, number: int) -> Watch | None:
        """Find the watch of that number, whosever it is."""
        with self.database.reading() as db:
            rows = rows_of(db, f"{_WATCHES} WHERE number = ?", (number,))
        return watch_of(rows[0]) if rows else None

    def watches(self, owner: str | None = None) -> list[Watch]:
        """List the watches of *owner*, all if None, oldest first."""
        condition = "" if owner is None else " WHERE owner = ?"
        bindings = () if owner is None else (owner,)
        with self.database.reading() as db:
            rows = rows_of(db, f"{_WATCHES}{condition} ORDER BY number", bindings)
        return [watch_of(row) for row in rows]

    def alerts(
        self, *, watch: int | None = None, article: str | None = None, limit: int | None = None
    ) -> list[Alert]:
        """List the alerts of a watch or caused by an article, newest first."""
        asked = (("watch", watch), ("article", article))
        chosen = [(column, value) for column, value in asked if value is not None]
        condition = " AND ".join(f"{column} = ?" for column, _ in chosen) or "TRUE"
        return self._alerts(
            f"WHERE {condition} ORDER BY number DESC LIMIT ?",
            *(value for _, value in chosen),
            -1 if limit is None else limit,
        )

    def carried_in(self, article: str) -> list[Alert]:
        """List the alerts whose statements *article* carries too, newest first."""
        where = "number IN (SELECT alert FROM carriers WHERE article = ?)"
        return self._alerts(f"WHERE {where} ORDER BY number DESC", article)

    def changed(self, after: int, limit: int = 100) -> list[Alert]:
        """
        List the alerts that are new or otherwise after change *after*, in the order of change.

        Each stands there once, as it is now. Who goes on from the ``change`` of the last one
        misses none; those of a watch that was removed are gone.
        """
        return self._alerts("WHERE change > ? ORDER BY change LIMIT ?", after, limit)

    def since(self, at: datetime) -> list[Alert]:
        """List the alerts from the moment *at* on, newest first."""
        return self._alerts("WHERE at >= ? ORDER BY number DESC", to_micros(at))

    def last_alerts(self) -> dict[int, datetime]:
        """Find when each watch last found something: number of the watch -> moment."""
        with self.database.reading() as db:
            rows = rows_of(db, "SELECT watch, max(at) FROM alerts GROUP BY watch")
        return {watch: moment for watch, at in rows if (moment := from_micros(at)) is not None}

    def _alerts(self, condition: str, *values: object) -> list[Alert]:
        with self.database.reading() as db:
            rows = rows_of(db, f"{SELECT_ALERTS} {condition}", values)
        return [alert_of(row) for row in rows]

    def last_change(self) -> int:
        """Return the number of the last change of an alert."""
        return self._counter("change")

    def watches_version(self) -> int:
        """Return a number that grows whenever a watch is added, changed or removed."""
        return self._counter("watches")

    def progress(self) -> int:
        """Return the number of the last revision that was looked at."""
        return self._counter("revision")

    def _counter(self, name: str) -> int:
        with self.database.reading() as db:
            [[value]] = rows_of(db, "SELECT value FROM counters WHERE name = ?", (name,))
        return int(value)

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
