"""What `onrecord stats` says of the queue."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from index.database.database import is_there, rows_of
from index.queue import ARRIVALS, Queue
from index.store.codec import from_micros
from index.text.date_format import minute_utc

_STATES = "SELECT state, count(*), min(received_at) FROM arrivals WHERE body IS NOT NULL GROUP BY 1"
# The newest arrival of each origin, by the index on (origin, number).
_LAST = """
SELECT origin, id, received_at FROM arrivals WHERE number IN (
    SELECT max(number) FROM arrivals GROUP BY origin
) ORDER BY origin
"""
_REASONS = "SELECT reason, count(*) FROM refusals GROUP BY 1"
# What differs from one refusal to the next of a kind: names, numbers, quoted values.
_NAME = re.compile(r"\A.{1,400}?:\s+(?=\S)")
_VALUES = re.compile(r"'[^']*'|\"[^\"]*\"|\([^()]*\)|https?://\S+|\d[\d,.]*")
_BLANKS = re.compile(r"\s+(?=[,;.]|\Z)|\s{2,}")
_MOST_REASONS = 20
_REFUSALS = "SELECT at, origin, reason FROM refusals ORDER BY number DESC LIMIT ?"


@dataclass(frozen=True, slots=True)
class Last:
    """The last arrival of one origin."""

    origin: str
    article_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class RefusedItem:
    """What could not be read or indexed, and why."""

    at: datetime
    origin: str
    reason: str


@dataclass(frozen=True, slots=True)
class Backlog:
    """
    The state of a queue; ``lag`` is how long the oldest waiting article has waited.

    ``reasons``: how often each kind of refusal occurred, the most frequent first.
    """

    waiting: int
    embargoed: int
    lag: timedelta
    last: tuple[Last, ...]
    refused: int
    refusals: tuple[RefusedItem, ...]
    reasons: tuple[tuple[str, int], ...] = ()


def read_backlog(folder: Path, newest: int = 5) -> Backlog | None:
    """Read the queue of a data folder with the *newest* refusals; None if there is no queue."""
    if not is_there(folder / ARRIVALS):
        return None
    queue = Queue(folder)
    try:
        with queue.database.reading() as db:
            counts = {state: (n, since) for state, n, since in rows_of(db, _STATES)}
            last = [Last(o, name, from_micros(int(at))) for o, name, at in rows_of(db, _LAST)]
            refused = db.execute("SELECT count(*) FROM refusals").get
            reasons = rows_of(db, _REASONS)
            newest_refusals = rows_of(db, _REFUSALS, (newest,))
    finally:
        queue.close()
    waiting, since = counts.get("waiting", (0, None))
    lag = timedelta(0) if since is None else datetime.now(UTC) - from_micros(int(since))
    refusals = tuple(RefusedItem(from_micros(int(at)), *rest) for at, *rest in newest_refusals)
    embargoed = counts.get("held", (0, None))[0]
    kinds: Counter[str] = Counter()
    for reason, count in reasons:
        kinds[reason_kind(reason)] += count
    counted = tuple(kinds.most_common(_MOST_REASONS))
    return Backlog(waiting, embargoed, lag, tuple(last), refused, refusals, counted)


def reason_kind(reason: str) -> str:
    """
    Reduce a refusal to what all of its kind say: without file, values and way out.

    >>> reason_kind("a.html: the page holds 3 words ('Please wait.'), no article; leave it out")
    'the page holds … words, no article'
    """
    clause = _NAME.sub("", reason, count=1) if ": " in reason else reason
    clause = _VALUES.sub("…", clause.partition("; ")[0])
    worded = _BLANKS.sub(" ", clause.replace(" …,", ",")).strip(" .").removeprefix("… ")
    return worded or reason[:80]


def backlog_lines(backlog: Backlog) -> list[str]:
    """Word the state of the queue, a line each."""
    lag = f", the oldest for {backlog.lag.total_seconds():.0f} s" if backlog.waiting else ""
    lines = [f"queue: {backlog.waiting} waiting{lag}, {backlog.embargoed} held by embargo"]
    lines += [f"last from {o.origin}: {o.article_id}, {minute_utc(o.at)}" for o in backlog.last]
    if backlog.refused:
        lines.append(f"refused so far: {backlog.refused}, by reason:")
        lines += [f"  {count} × {reason}" for reason, count in backlog.reasons]
        lines.append("the last ones:")
    return lines + [f"  {r.at:%Y-%m-%d %H:%M} {r.origin}: {r.reason}" for r in backlog.refusals]


def backlog_record(backlog: Backlog) -> dict[str, Any]:
    """Lay out the state of the queue as JSON."""
    return {
        "waiting": backlog.waiting,
        "held": backlog.embargoed,
        "lag_seconds": round(backlog.lag.total_seconds(), 3),
        "last": [
            {"origin": o.origin, "id": o.article_id, "received_at": o.at.isoformat()}
            for o in backlog.last
        ],
        "refused": backlog.refused,
        "reasons": dict(backlog.reasons),
        "refusals": [
            {"at": r.at.isoformat(), "origin": r.origin, "reason": r.reason}
            for r in backlog.refusals
        ],
    }
