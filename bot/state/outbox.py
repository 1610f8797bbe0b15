"""
Alerts on their way to Slack, and where each was posted.

A row is written in the same transaction as the position up to which the index's alerts were read,
and gets its message in the same one as that message's place in the inbox: whatever dies in between,
an alert is posted once. A lane is a stream of messages: a channel's, or a thread's in it. While
one message of a lane is under way, what comes for it waits, and goes together in the next.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import apsw

from bot.state.shown import redraw
from bot.state.state import State

TTL = 30 * 24 * 3_600.0  # seconds that the place of a statement is known
HOUR = 3_600.0
LOOK_AFTER = 30.0  # seconds, at what no watch may show within this hour
FOLLOWED = "alerts"  # the name of the position in the table of positions
REST = -1  # the spot of a statement that its message only counts

_COLUMNS = "team, number, watch, place, lane, statement, article, at, message, spot"
_FROM = f"SELECT {_COLUMNS} FROM alerts"
# A moment that a clock put back makes one to come does not count.
_READY = """
SELECT team, lane FROM alerts a WHERE message = '' AND due <= ?1 AND NOT EXISTS (
    SELECT 1 FROM lanes l WHERE (l.team, l.lane) = (a.team, a.lane)
    AND (
        l.muted BETWEEN ?1 AND ?1 + ?4 OR l.last BETWEEN ?1 - ?2 AND ?1
        OR l.message IN (SELECT id FROM inbox)
    )
) GROUP BY team, lane ORDER BY min(at) LIMIT ?3
"""


@dataclass(frozen=True, slots=True)
class OutgoingAlert:
    """
    A statement that a watch found: which, for which lane, and since when.

    ``message`` is the id of the answer that shows it, "" while there is none; ``spot`` its place
    there, `REST` if it is only counted.
    """

    team: str
    number: int
    watch: int
    place: str
    lane: str
    statement: int
    article: str
    at: float
    message: str = ""
    spot: int = 0


# Writes what sends a message, as part of a transaction: with its id and its alerts.
Sending = Callable[[apsw.Connection, str, list[OutgoingAlert]], None]


@dataclass(frozen=True, slots=True)
class Outbox:
    """The alerts of all teams that wait, or were posted within a month."""

    state: State
    clock: Callable[[], float] = time.time

    def __post_init__(self) -> None:
        self.state.ensure()

    def followed(self) -> int | None:
        """Read up to which change the index's alerts were taken; None if none ever was."""
        with self.state.reading() as db:
            return _followed(db)

    def take(
        self,
        before: int | None,
        change: int,
        found: Iterable[tuple[OutgoingAlert, float]],
        changed: Iterable[OutgoingAlert],
    ) -> None:
        """
        Write down alerts, and up to which change they were taken.

        Args:
            before: the change from which they were read; nothing is written if another process
                has read on meanwhile.
            change: that of the last one.
            found: each with the moment (Unix) before which it is not to be posted.
            changed: those of which something became, whose messages are drawn again.
        """
        with self.state.transaction() as db:
            if _followed(db) != before:
                return
            db.execute("REPLACE INTO followed VALUES (?, ?)", (FOLLOWED, change))
            db.execute("DELETE FROM alerts WHERE at < ?", (self.clock() - TTL,))
            for each, due in found:
                db.execute(
                    "INSERT OR IGNORE INTO alerts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '', 0, 0)",
                    (
                        *(each.team, each.number, each.watch, each.place, each.lane),
                        *(each.statement, each.article, each.at, due),
                    ),
                )
                _joins(db, each)
            for each in changed:
                redraw(db, each.team, each.message)

    def ready(self, window: float, most: int) -> list[tuple[str, str]]:
        """List up to *most* lanes (team, lane) that may get a message now, *window* s apart."""
        with self.state.reading() as db:
            rows = db.execute(_READY, (self.clock(), window, most, HOUR)).fetchall()
        return [(str(team), str(lane)) for team, lane in rows]

    def assemble(
        self, team: str, lane: str, window: float, caps: Mapping[int, int], send: Sending
    ) -> bool:
        """
        Put what waits in a lane into one message, if none is under way.

        Args:
            team: the workspace.
            lane: of that.
            window: seconds that two messages are apart.
            caps: how many statements an hour each watch may show; 0 for any number.
            send: writes what sends it, in the same transaction.

        Returns:
            False if nothing may go now.
        """
        now = self.clock()
        with self.state.transaction() as db:
            if (team, lane) not in db.execute(_READY, (now, window, -1, HOUR)).fetchall():
                return False
            wanted = f"{_FROM} WHERE (team, lane, message) = (?, ?, '') AND due <= ? ORDER BY at"
            found: list[Any] = db.execute(wanted, (team, lane, now)).fetchall()
            rows = [r for r in map(_outgoing, found) if not _joins(db, r)]
            room = {
                watch: cap - _shown(db, team, watch, now) if cap else len(rows)
                for watch, cap in caps.items()
            }
            spots = _within(rows, room)
            if all(spot == REST for spot in spots.values()):  # also where there is none
                db.executemany(
                    "UPDATE alerts SET due = ? WHERE (team, number) = (?, ?)",
                    [(now + LOOK_AFTER, team, row.number) for row in rows],
                )
                return False
            message = secrets.token_hex(8)
            db.executemany(
                "UPDATE alerts SET message = ?, spot = ?, posted = ? WHERE (team, number) = (?, ?)",
                [(message, spots[row.statement], now, team, row.number) for row in rows],
            )
            db.execute("INSERT OR IGNORE INTO lanes (team, lane) VALUES (?, ?)", (team, lane))
            db.execute(
                "UPDATE lanes SET last = ?, message = ? WHERE (team, lane) = (?, ?)",
                (now, message, team, lane),
            )
            send(db, message, rows)
        return True

    def known(self, number: int) -> OutgoingAlert | None:
        """Fetch an alert by its number in the index, whosever it is; None if never taken."""
        found = self._list("number = ?", number)
        return found[0] if found else None

    def of_message(self, team: str, message: str) -> list[OutgoingAlert]:
        """List the alerts of one message, in the order in which they came."""
        return self._list("team = ? AND message = ? ORDER BY at, number", team, message)

    def of_alert(self, team: str, number: int) -> OutgoingAlert | None:
        """Fetch an alert of *team* by its number in the index; None if it was never taken."""
        found = self._list("number = ? AND team = ?", number, team)
        return found[0] if found else None

    def showing(self, team: str, shown: Mapping[int, int]) -> None:
        """Note at which spot each alert (by its number) stands in its message."""
        with self.state.transaction(durable=False) as db:
            db.executemany(
                "UPDATE alerts SET spot = ? WHERE (team, number) = (?, ?)",
                [(spot, team, number) for number, spot in shown.items()],
            )

    def reschedule(self, team: str, watch: int, lane: str, due: float) -> None:
        """Let what a watch has found and nobody was shown go elsewhere, or at another time."""
        with self.state.transaction() as db:
            db.execute(
                "UPDATE alerts SET due = ?, lane = ? WHERE (team, watch, message) = (?, ?, '')",
                (due, lane, team, watch),
            )

    def mute(self, team: str, lane: str, until: float) -> None:
        """Post nothing in a lane until a moment (Unix)."""
        with self.state.transaction() as db:
            db.execute("INSERT OR IGNORE INTO lanes (team, lane) VALUES (?, ?)", (team, lane))
            db.execute(
                "UPDATE lanes SET muted = ? WHERE (team, lane) = (?, ?)", (until, team, lane)
            )

    def muted_until(self, team: str, lane: str) -> float | None:
        """Return until when nothing is posted in a lane (Unix); None if it is not muted."""
        now = self.clock()
        with self.state.reading() as db:
            row: Any = db.execute(
                "SELECT muted FROM lanes WHERE (team, lane) = (?, ?) AND muted BETWEEN ? AND ?",
                (team, lane, now, now + HOUR),
            ).fetchone()
        return float(row[0]) if row else None

    def root(self, db: apsw.Connection, team: str, lane: str) -> str:
        """Find, as part of a transaction, the ts of the message that began a lane's thread."""
        row: Any = db.execute(
            "SELECT a.ts FROM lanes l JOIN answers a ON (a.team, a.id) = (l.team, l.root) "
            "WHERE (l.team, l.lane) = (?, ?)",
            (team, lane),
        ).fetchone()
        return str(row[0]) if row else ""

    def begin_thread(self, db: apsw.Connection, team: str, lane: str, message: str) -> None:
        """Note, as part of a transaction, the message with which the thread of a lane begins."""
        db.execute("UPDATE lanes SET root = ? WHERE (team, lane) = (?, ?)", (message, team, lane))

    def new_thread(self, team: str, message: str) -> None:
        """Let the thread of a lane begin anew with *message*: the old one is gone."""
        with self.state.transaction() as db:
            db.execute(
                "UPDATE lanes SET root = ? WHERE (team, message) = (?, ?)", (message, team, message)
            )

    def meet(self, team: str, person: str, channel: str) -> None:
        """Note the direct conversation with a person, as Slack names it ("D…")."""
        with self.state.transaction(durable=False) as db:
            db.execute("REPLACE INTO directs VALUES (?, ?, ?)", (team, person, channel))

    def conversation(self, team: str, place: str) -> str:
        """Name the conversation of a channel or person: itself where none is known."""
        with self.state.reading() as db:
            row: Any = db.execute(
                "SELECT channel FROM directs WHERE (team, person) = (?, ?)", (team, place)
            ).fetchone()
        return str(row[0]) if row else place

    def last_of(self, team: str, watch: int) -> float | None:
        """Return when a watch found something last (Unix); None if it did not within a month."""
        with self.state.reading() as db:
            row: Any = db.execute(
                "SELECT max(at) FROM alerts WHERE (team, watch) = (?, ?)", (team, watch)
            ).fetchone()
        return row[0] if row else None

    def _list(self, condition: str, *values: str | int) -> list[OutgoingAlert]:
        with self.state.reading() as db:
            rows: list[Any] = db.execute(f"{_FROM} WHERE {condition}", values).fetchall()
        return [OutgoingAlert(*row) for row in rows]


def _outgoing(row: tuple[Any, ...]) -> OutgoingAlert:
    return OutgoingAlert(*row)


def _joins(db: apsw.Connection, alert: OutgoingAlert) -> bool:
    """Let an alert join the message of its lane that shows its statement, if there is one."""
    shown: Any = db.execute(
        "SELECT message, spot, posted FROM alerts WHERE (team, lane, statement) = (?, ?, ?) "
        "AND number != ? AND message != '' LIMIT 1",
        (alert.team, alert.lane, alert.statement, alert.number),
    ).fetchone()
    if shown is None:
        return False
    db.execute(
        "UPDATE alerts SET message = ?, spot = ?, posted = ? WHERE (team, number) = (?, ?)",
        (*shown, alert.team, alert.number),
    )
    redraw(db, alert.team, str(shown[0]))
    return True


def _followed(db: apsw.Connection) -> int | None:
    row: Any = db.execute("SELECT number FROM followed WHERE name = ?", (FOLLOWED,)).fetchone()
    return int(row[0]) if row else None


def _shown(db: apsw.Connection, team: str, watch: int, now: float) -> int:
    """Count the statements of a watch that messages of the last hour show."""
    rows: Any = db.execute(
        "SELECT count(*) FROM alerts WHERE (team, watch) = (?, ?) AND message != '' "
        "AND spot >= 0 AND posted > ?",
        (team, watch, now - HOUR),
    ).fetchall()
    return int(rows[0][0])


def _within(rows: Iterable[OutgoingAlert], room: dict[int, int]) -> dict[int, int]:
    """Give each statement its spot: in the order of *rows*, `REST` where no watch has room."""
    spots: dict[int, int] = {}
    for row in rows:
        if spots.get(row.statement, REST) != REST or room.get(row.watch, 1) <= 0:
            spots.setdefault(row.statement, REST)
            continue
        room[row.watch] = room.get(row.watch, 1) - 1
        spots[row.statement] = sum(spot != REST for spot in spots.values())
    return spots
