"""
What one revision of the index brings, written as part of one transaction.

Whatever becomes of an alert counts up, so that whoever follows the alerts meets it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

import apsw

from index.alerts.records import QUOTES, Alert, AlertState, alert_of
from index.database.database import rows_of
from index.store.codec import to_micros
from index.types import Quote

SELECT_ALERTS = """
SELECT number, watch, article, quotes, also_in, state, reworded, at, statement, change, (
    SELECT json_group_array(json(quotes)) FROM (
        SELECT quotes FROM carriers WHERE alert = alerts.number ORDER BY number
    )
) FROM alerts
"""
_RECORD = """
INSERT INTO alerts (watch, article, quotes, also_in, state, at, statement, change)
VALUES (?, ?, ?, '[]', 'new', ?, ?, ?)
"""
_CARRY = """
INSERT INTO carriers (alert, article, quotes) VALUES (?, ?, ?)
ON CONFLICT (alert, article) DO UPDATE SET quotes = excluded.quotes
"""
_COUNT = "UPDATE counters SET value = value + 1 WHERE name = ? RETURNING value"


class Changes:
    """Writes what one revision of the index brings; made by `Book.changing`."""

    def __init__(self, db: apsw.Connection) -> None:
        self._db = db

    def done_with(self, revision: int) -> None:
        """Note that everything up to *revision* has been looked at."""
        update = "UPDATE counters SET value = max(value, ?) WHERE name = 'revision'"
        self._db.execute(update, (revision,))

    def record(
        self, watch: int, quotes: Sequence[Quote], at: datetime, statement: int | None = None
    ) -> tuple[int, int]:
        """
        Keep a statement that *watch* has found.

        Args:
            watch: its number.
            quotes: the sentences of the statement.
            at: when its article was indexed.
            statement: that of an alert of another watch for the same; None if there is none.

        Returns:
            The number of the alert, and that of its statement.
        """
        body = QUOTES.dump_json(tuple(quotes)).decode()
        change = counted(self._db, "change")
        row = (watch, quotes[0].article_id, body, to_micros(at), statement or 0, change)
        self._db.execute(_RECORD, row)
        number = self._db.last_insert_rowid()
        if statement is None:
            self._db.execute("UPDATE alerts SET statement = number WHERE number = ?", (number,))
        return number, statement or number

    def alert(self, number: int) -> Alert | None:
        """Find the alert of that number as it is now, with what this step has written."""
        rows = rows_of(self._db, f"{SELECT_ALERTS} WHERE number = ?", (number,))
        return alert_of(rows[0]) if rows else None

    def carried_by(self, number: int, outlet: str, quotes: Sequence[Quote] = ()) -> None:
        """
        Note where else the statement of an alert stands.

        Args:
            number: of the alert.
            outlet: the other outlet; "" to name none.
            quotes: the statement as its article has it.
        """
        if quotes:
            body = QUOTES.dump_json(tuple(quotes)).decode()
            self._db.execute(_CARRY, (number, quotes[0].article_id, body))
        [[known]] = rows_of(
            self._db, "SELECT also_in FROM alerts WHERE number = ?", (number,)
        ) or [["[]"]]  # fmt: skip
        names = json.loads(known)
        if outlet and outlet not in names:
            self._name_outlets(number, [*names, outlet])

    def also_in(self, alert: Alert, outlets: Sequence[str]) -> None:
        """Note which other outlets still carry the statement of *alert*, if that is new."""
        if tuple(outlets) != alert.also_in:
            self._name_outlets(alert.number, outlets)

    def _name_outlets(self, number: int, outlets: Sequence[str]) -> None:
        self._update(number, "also_in", json.dumps(outlets, ensure_ascii=False))

    def mark(self, alert: Alert, state: AlertState, reworded: str | None = None) -> None:
        """Note what has become of the statement of *alert*, if that is new."""
        if (alert.state, alert.reworded) != (state, reworded):
            self._update(alert.number, "state", state)
            self._update(alert.number, "reworded", reworded)

    def _update(self, number: int, column: str, value: str | None) -> None:
        change = counted(self._db, "change")
        self._db.execute(
            f"UPDATE alerts SET {column} = ?, change = ? WHERE number = ?",
            (value, change, number),
        )


def counted(db: apsw.Connection, name: str) -> int:
    """Count a counter up; returns what it is now."""
    [[value]] = rows_of(db, _COUNT, (name,))
    return int(value)
