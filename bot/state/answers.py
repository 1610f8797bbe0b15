"""
What was posted, so that its buttons know what they are about.

A button carries only the answer's id and a statement's number: a value of Slack's holds 2,000
characters, a question and its quotes may be longer. Queries and positions are kept, no sentence
of an article. Answers are looked up within their team, so that a forged id of another finds none.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from bot.state.inbox import is_cancelled
from bot.state.state import State
from bot.types import QuoteKey, SlackPlace
from index.types import Query

Kind = Literal["answer", "digest", "comparison", "table", "listing", "changes"]

TTL = 30 * 24 * 3_600.0  # seconds
_RECENT = 50  # answers of a channel that are looked through for the last of a thread


@dataclass(frozen=True, slots=True)
class Answer:
    """
    One page of an answer.

    ``statements`` are the sentences shown, by statement, in the order in which they stand.
    ``offset`` counts the quotes and ``seen`` the statements on the pages before this one.
    ``ts`` is empty for an answer that only its asker sees, and until Slack has taken it.
    """

    id: str
    team: str
    channel: str
    thread: str | None
    asker: str
    query: Query
    kind: Kind = "answer"
    statements: tuple[tuple[QuoteKey, ...], ...] = ()
    offset: int = 0
    seen: int = 0
    private: bool = False
    ts: str = ""

    @property
    def quotes(self) -> tuple[QuoteKey, ...]:
        """The sentences shown."""
        return tuple(key for statement in self.statements for key in statement)


_ANSWERS = TypeAdapter(Answer)


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers of the last month, of all teams."""

    state: State
    clock: Callable[[], float] = time.time

    def __post_init__(self) -> None:
        self.state.ensure()

    def keep(self, answer: Answer, question: str = "") -> None:
        """
        Keep *answer* before it is posted, so that no button is without its answer.

        Args:
            answer: one page.
            question: what stands in the inbox for it; nothing is kept once its team has left.
        """
        now = self.clock()
        kept = _ANSWERS.dump_json(answer).decode()
        row = (answer.team, answer.id, answer.channel, answer.ts, kept, now)
        with self.state.transaction(durable=False) as db:
            if is_cancelled(db, question):
                return
            db.execute("DELETE FROM answers WHERE at < ?", (now - TTL,))
            db.execute("REPLACE INTO answers VALUES (?, ?, ?, ?, ?, ?)", row)

    def posted(self, team: str, answer_id: str, channel: str, ts: str) -> None:
        """Note where Slack shows an answer: its channel, and *ts*, Slack's name of the post."""
        with self.state.transaction(durable=False) as db:
            db.execute(
                "UPDATE answers SET channel = ?, ts = ? WHERE (team, id) = (?, ?)",
                (channel, ts, team, answer_id),
            )

    def last_in(self, place: SlackPlace) -> Answer | None:
        """
        Find the answer given last in the thread at *place*; in a direct message in any thread.

        Returns:
            None if there is none among the last answers of its channel.
        """
        with self.state.reading() as db:
            rows = db.execute(
                "SELECT answer FROM answers WHERE (team, channel) = (?, ?) AND at >= ? "
                "ORDER BY at DESC LIMIT ?",
                (place.team, place.channel, self.clock() - TTL, _RECENT),
            ).fetchall()
        anywhere = place.private and not place.in_thread
        for (kept,) in rows:
            try:
                answer = _ANSWERS.validate_json(str(kept))
            except ValidationError:  # written by another version
                continue
            if anywhere or answer.thread == place.thread:
                return answer
        return None

    def find(self, team: str, answer_id: str) -> Answer | None:
        """Fetch an answer of *team*; None if it is older than a month, or was never given."""
        with self.state.reading() as db:
            row = db.execute(
                "SELECT answer, channel, ts FROM answers WHERE (team, id) = (?, ?) AND at >= ?",
                (team, answer_id, self.clock() - TTL),
            ).fetchone()
        try:
            answer = _ANSWERS.validate_json(row[0]) if row else None
        except ValidationError:  # written by another version
            return None
        return replace(answer, channel=row[1], ts=row[2]) if row and answer else None


def new_id() -> str:
    """Make the id of an answer: short, and not to be guessed."""
    return secrets.token_hex(6)
