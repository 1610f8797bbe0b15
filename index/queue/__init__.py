"""
What has arrived and is not indexed yet: a queue on disk beside the index.

The newest publication goes first, but versions of one article in the order in which they came:
of undated ones the last must win. Being taken counts as a try before
anything is done: an article that kills the process is known after the restart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

import apsw

from index.database.database import Database, Layout, rows_of
from index.errors import ArticleError
from index.formats import Item
from index.formats.wire import read_items, write_items
from index.ingest.versions import dated
from index.origins import FEED, FOLDER, PUSH
from index.outcomes import ArrivalState
from index.store.codec import from_micros, to_micros
from index.types import Article, Withdrawal

ARRIVALS = "arrivals.sqlite3"
BY_HAND = "added by hand"
# One try among others, three of its own: then an article is set aside.
MAX_TRIES = 4
# A retry waits this long times the tries before it, so that others go first.
_PAUSE = timedelta(seconds=1)
_EARLIEST, _LATEST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)

_RECEIVE = """
INSERT INTO arrivals (
    id, origin, file, by_hand, received_at, published_at, dated, due, state, body
) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
# What an arrival makes pointless, of its own origin: what became of those before, and the
# embargoed version it replaces.
_FORGET = """
DELETE FROM arrivals WHERE id = :id AND origin = :origin AND (
    body IS NULL OR state = 'held' AND (dated IS NULL OR :dated IS NULL OR dated <= :dated)
)
"""
_TAKE = """
SELECT number, id, origin, file, by_hand, tries, told, body FROM arrivals a
WHERE body IS NOT NULL AND due <= ?1 AND NOT EXISTS (
    SELECT 1 FROM arrivals b WHERE b.id = a.id AND b.number < a.number
    AND (b.state = 'waiting' OR b.state = 'held' AND b.due <= ?1)
) ORDER BY tries > 0 DESC, published_at DESC, number DESC LIMIT ?2
"""
_SETTLE = """
UPDATE arrivals SET state = ?, told = ?, settled_at = ?, body = NULL WHERE number = ?
"""
_STATUS = """
SELECT id, state, told, received_at, settled_at FROM arrivals
WHERE id = ?1 AND origin = coalesce(?2, origin) ORDER BY number DESC LIMIT 1
"""
_ORIGINS = """
SELECT id, origin FROM arrivals WHERE body IS NULL AND state IN ('indexed', 'unchanged')
ORDER BY number
"""
_REFUSE = "INSERT INTO refusals (at, origin, file, aside, reason) VALUES (?, ?, ?, ?, ?)"


@dataclass(frozen=True, slots=True)
class Arrival:
    """An article or withdrawal taken from the queue; ``tries`` counts this one."""

    id: str
    number: int
    origin: str
    file: str | None
    manual: bool
    tries: int
    item: Article | Withdrawal


@dataclass(frozen=True, slots=True)
class Status:
    """What has become of an arrival so far; ``reason`` says why, in a clause."""

    id: str
    state: ArrivalState
    reason: str | None
    received_at: datetime
    settled_at: datetime | None


def _create(db: apsw.Connection) -> None:
    db.execute(files("index.queue").joinpath("arrivals.sql").read_text(encoding="utf-8"))


# The application number reads "onrq".
QUEUE = Layout(application=0x6F6E7271, format=1, create=_create)


class Queue:
    """
    The queue of one data folder, for several threads and processes.

    Raises:
        StoreError: from every method, when its file cannot be read or written.
    """

    def __init__(self, folder: Path) -> None:
        self.database = Database(folder / ARRIVALS, QUEUE)

    def receive(
        self,
        origin: str,
        items: Iterable[Item],
        *,
        manual: bool = False,
        file: str | None = None,
        mark: str | None = None,
        published_by: str | None = "",
    ) -> list[str]:
        """
        Put what has come into the queue, in one step; durable when this returns.

        Args:
            origin: where from, as `stats` shows it.
            items: a refusal among them is kept with its reason.
            manual: a withdrawn article among them comes back.
            file: the file they came from, which is set aside if one of them is invalid.
            mark: the state of that file, by which it is known to be received.
            published_by: whose they are (`index.store.origins`), if that is not *origin*.

        Returns:
            The ids of the articles, in order.
        """
        with self.database.writing() as db:
            names = []
            if mark is not None:
                # Of an earlier state of the file, which has been read again.
                db.execute("DELETE FROM refusals WHERE file = ? AND aside = 0", (file,))
            for item in items:
                if isinstance(item, ArticleError):
                    _refuse(db, origin, file, str(item))
                    continue
                # Whatever the reader of a file said: it knows nothing of where the file came from.
                owner = published_by if published_by != "" else origin
                item = replace(item, origin=owner, given_id=None)
                _put(db, item, (item.id, origin, file, int(manual)))
                names.append(item.id)
            if file is not None and mark is not None:
                db.execute("INSERT OR REPLACE INTO files VALUES (?, ?)", (file, mark))
        return names

    def take(self, most: int) -> list[Arrival]:
        """
        Take what is due, newest publication first; one alone if it has been tried before.

        Args:
            most: at most so many.

        Returns:
            Arrivals that all have the same ``manual``. What has used up its tries is set aside
            instead.
        """
        with self.database.writing() as db:
            now = datetime.now(UTC)
            rows = rows_of(db, _TAKE, (to_micros(now), most))
            alone = bool(rows) and rows[0][5] > 0
            wanted = rows[:1] if alone else [row for row in rows if row[4] == rows[0][4]]
            taken = [arrival for row in wanted if (arrival := _taken(db, row)) is not None]
            for arrival in taken:
                due = to_micros(now + _PAUSE * arrival.tries)
                db.execute(
                    "UPDATE arrivals SET tries = ?, due = ? WHERE number = ?",
                    (arrival.tries, due, arrival.number),
                )
        return taken

    def settle(self, arrival: Arrival, state: ArrivalState, reason: str | None) -> None:
        """
        Note what became of an arrival; its article is forgotten.

        Args:
            arrival: as `take` gave it.
            state: the last one; of "refused" and "failed" the reason is kept for `stats`.
            reason: why, in a clause.
        """
        with self.database.writing() as db:
            _settle(db, (arrival.number, arrival.origin, arrival.file), state, reason)

    def hold(self, arrival: Arrival, until: datetime, reason: str | None) -> None:
        """
        Keep an arrival until its embargo ends.

        Args:
            arrival: as `take` gave it; its tries are forgiven.
            until: when it is due again.
            reason: why it waits, in a clause.
        """
        self._put_back(arrival, 0, until, "held", reason)

    def give_back(self, arrival: Arrival, reason: str | None, *, tried: bool = True) -> None:
        """
        Let an arrival be tried again.

        Args:
            arrival: as `take` gave it.
            reason: what went wrong; None if nothing did.
            tried: count this as one of its tries.
        """
        tries = arrival.tries if tried else arrival.tries - 1
        self._put_back(arrival, tries, datetime.now(UTC) + _PAUSE * tries, "waiting", reason)

    def _put_back(
        self, arrival: Arrival, tries: int, due: datetime, state: ArrivalState, reason: str | None
    ) -> None:
        with self.database.writing() as db:
            db.execute(
                "UPDATE arrivals SET tries = ?, due = ?, state = ?, told = ? WHERE number = ?",
                (tries, to_micros(due), state, reason, arrival.number),
            )

    def status(self, article_id: str, origin: str | None = None) -> Status | None:
        """Find what has become of an article's last arrival, of one origin; None if none came."""
        with self.database.reading() as db:
            rows = rows_of(db, _STATUS, (article_id, origin))
        if not rows:
            return None
        name, state, reason, received_at, settled_at = rows[0]
        return Status(name, state, reason, from_micros(int(received_at)), from_micros(settled_at))

    def origins(self) -> dict[str, str]:
        """List the ids of the articles that a source brought, each with the last that did."""
        with self.database.reading() as db:
            found: dict[str, str] = dict(rows_of(db, _ORIGINS))
        return {name: o for name, o in found.items() if o == PUSH or o.startswith((FEED, FOLDER))}

    def received_as(self, file: str) -> str | None:
        """Find the state in which a file was received; None if it was not."""
        with self.database.reading() as db:
            mark: str | None = db.execute("SELECT mark FROM files WHERE path = ?", (file,)).get
        return mark

    def received(self) -> dict[str, str]:
        """List the files received with the state in which they were."""
        with self.database.reading() as db:
            return dict(rows_of(db, "SELECT path, mark FROM files"))

    def to_move(self, origin: str) -> dict[str, list[str]]:
        """List the files of *origin* that are to be set aside, with the reasons."""
        query = "SELECT file, reason FROM refusals WHERE aside = 0 AND origin = ? ORDER BY number"
        found: dict[str, list[str]] = {}
        with self.database.reading() as db:
            for file, reason in rows_of(db, query, (origin,)):
                found.setdefault(file, []).append(reason)
        return found

    def looked_at(self, file: str, *, moved: bool) -> None:
        """Note that a refused file was dealt with; one that was moved counts as new afterwards."""
        with self.database.writing() as db:
            db.execute("UPDATE refusals SET aside = 1 WHERE file = ?", (file,))
            if moved:
                db.execute("DELETE FROM files WHERE path = ?", (file,))

    def close(self) -> None:
        """Release the file; calling it twice is fine."""
        self.database.close()


def _put(db: apsw.Connection, item: Article | Withdrawal, known: Sequence[Any]) -> None:
    now, state = datetime.now(UTC), "waiting"
    due = now
    if isinstance(item, Article):
        published_at, made_at = item.published_at or _EARLIEST, dated(item)
        if item.embargoed_until is not None and item.embargoed_until > now:
            due, state = item.embargoed_until, "held"
    else:
        # A withdrawal goes before all articles.
        published_at, made_at = _LATEST, item.at
    db.execute(_FORGET, {"id": item.id, "origin": known[1], "dated": to_micros(made_at)})
    if isinstance(item, Article):
        item = replace(item, left_out=())
    moments = map(to_micros, (now, published_at, made_at, due))
    db.execute(_RECEIVE, (*known, *moments, state, write_items([item])))


def _settle(
    db: apsw.Connection,
    arrival: tuple[int, str, str | None],
    state: ArrivalState,
    reason: str | None,
) -> None:
    number, origin, file = arrival
    db.execute(_SETTLE, (state, reason, to_micros(datetime.now(UTC)), number))
    if state in ("refused", "failed"):
        _refuse(db, origin, file, reason or state)


def _refuse(db: apsw.Connection, origin: str, file: str | None, reason: str) -> None:
    db.execute(_REFUSE, (to_micros(datetime.now(UTC)), origin, file, int(file is None), reason))


def _taken(db: apsw.Connection, row: Sequence[Any]) -> Arrival | None:
    """Read one row; what cannot be read, or has used up its tries, is set aside."""
    number, name, origin, file, manual, tries, reason, body = row
    try:
        if tries >= MAX_TRIES:
            why = reason or "the indexer stopped each time while it read this article"
            raise ArticleError(f"{name}: {why}; fix it and send it again")
        item = _read(body, name)
    except ArticleError as exc:
        _settle(db, (number, origin, file), "failed", str(exc))
        return None
    return Arrival(name, number, origin, file, bool(manual), tries + 1, item)


def _read(body: bytes, name: str) -> Article | Withdrawal:
    (item,) = read_items(body, name)
    if isinstance(item, ArticleError):
        raise item
    return item


def hold_until_embargo(folder: Path, article: Article) -> None:
    """Keep an article that was added by hand until its embargo ends."""
    queue = Queue(folder)
    try:
        queue.receive(BY_HAND, [article], published_by=article.origin)
    finally:
        queue.close()


def record_refusals(folder: Path, reasons: Sequence[str]) -> None:
    """Note for `stats` why articles that were added by hand were refused."""
    queue = Queue(folder)
    try:
        queue.receive(BY_HAND, map(ArticleError, reasons))
    finally:
        queue.close()
