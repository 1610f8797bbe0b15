"""
What stands in the answers of channels and threads, so that it can be marked when an article is
corrected or withdrawn.

Slack replaces a message whole, so whole messages are kept, for a month; this is the one place
where the bot keeps sentences of articles. What only its asker sees cannot be edited, and is kept
without its blocks, so that the asker can be told. A row that is due is in the hands of the process
that took it until its lease runs out.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import apsw
from pydantic import TypeAdapter

from bot.state.inbox import is_cancelled
from bot.state.state import State
from bot.types import Mark, Marks, Message, QuoteKey, ShownSentence
from index.types import Briefing, Comparison, Quote, Revision

TTL = 30 * 24 * 3_600.0  # seconds
LEASE = 30.0

_FORGET = (
    "DELETE FROM redrawn WHERE (team, id) IN (SELECT team, id FROM shown WHERE at < ?)",
    "DELETE FROM shown_articles WHERE (team, id) IN (SELECT team, id FROM shown WHERE at < ?)",
    "DELETE FROM shown WHERE at < ?",
)
_NOTE = """
UPDATE shown_articles SET number = ?, what = ?, changed_at = ?, reason = ?
WHERE article = ? AND number < ?
"""
_DUE = """
UPDATE shown SET due = ?, tries = 0 WHERE (team, id) IN (
    SELECT team, id FROM shown_articles WHERE article = ? AND number = ?
)
"""
_DECIDED = """
UPDATE shown_articles SET number = max(number, 1), what = 'corrected', changed_at = ?, reason = ?
WHERE article = ? AND what <> 'withdrawn'
"""
_DUE_AT_ONCE = """
UPDATE shown SET due = ?, tries = 0 WHERE (team, id) IN (
    SELECT team, id FROM shown_articles WHERE article = ?
)
"""


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """
    An answer as it was posted, the marks that it bears, and what happened to its articles.

    ``redraw`` is not 0 where it is to be laid out and edited once more in any case.
    """

    team: str
    id: str
    message: Message
    sentences: tuple[ShownSentence, ...]
    marks: Marks
    tries: int
    happened: Mapping[str, Mark]
    redraw: int = 0


_MESSAGES = TypeAdapter(Message)
_SENTENCES = TypeAdapter(tuple[ShownSentence, ...])
_MARKS = TypeAdapter(dict[int, Mark])


def sentences_of(
    found: Briefing | Comparison, keys: Iterable[QuoteKey]
) -> tuple[ShownSentence, ...]:
    """List the sentences that an answer shows, in the order of *keys*."""
    if isinstance(found, Comparison):
        quotes: Sequence[Quote] = [q for side in found.sides for q in side.briefing.quotes]
    else:
        quotes = [*found.quotes, *found.nearest]
    quoted = {(q.article_id, q.start, q.end): q for q in quotes}
    return tuple(
        ShownSentence(quote.article_id, quote.text, quote.speaker, quote.url)
        for key in keys
        if (quote := quoted.get(key)) is not None
    )


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown in the channels of all teams."""

    state: State
    clock: Callable[[], float] = time.time

    def __post_init__(self) -> None:
        self.state.ensure()

    def keep(
        self,
        team: str,
        answer_id: str,
        message: Message,
        sentences: Sequence[ShownSentence],
        question: str = "",
    ) -> None:
        """
        Keep an answer before it is posted; one without sentences needs no keeping.

        Args:
            team: the workspace.
            answer_id: which answer.
            message: as it will be posted.
            sentences: those that it shows, in order.
            question: what stands in the inbox for it; nothing is kept once its team has left.
        """
        now = self.clock()
        body = _MESSAGES.dump_json(message).decode()
        kept = _SENTENCES.dump_json(tuple(sentences)).decode()
        articles = {(sentence.article, team, answer_id) for sentence in sentences}
        with self.state.transaction(durable=False) as db:
            for query in _FORGET:
                db.execute(query, (now - TTL,))
            if not sentences or is_cancelled(db, question):
                return
            db.execute(
                "REPLACE INTO shown (team, id, message, sentences, marks, at, due) "
                "VALUES (?, ?, ?, ?, '{}', ?, ?)",
                (team, answer_id, body, kept, now, now if _redraw(db, team, answer_id) else None),
            )
            db.executemany(
                "REPLACE INTO shown_articles (article, team, id) VALUES (?, ?, ?)", articles
            )

    def followed(self) -> int:
        """Read up to which revision of the index all answers have been compared."""
        with self.state.reading() as db:
            row = db.execute("SELECT number FROM followed WHERE name = 'revisions'").fetchone()
        return int(row[0]) if row else 0

    def follow(self, number: int) -> None:
        """Note up to which revision that is."""
        with self.state.transaction(durable=False) as db:
            db.execute("REPLACE INTO followed VALUES ('revisions', ?)", (number,))

    def note(self, revisions: Iterable[Revision]) -> None:
        """Note what happened to articles; the answers that show them are due then, once."""
        with self.state.transaction(durable=False) as db:
            for r in revisions:
                what = "withdrawn" if r.what == "withdrawn" else "corrected"
                moment = r.at.timestamp()
                db.execute(_NOTE, (r.number, what, moment, r.reason, r.article_id, r.number))
                if db.changes():
                    db.execute(_DUE, (self.clock(), r.article_id, r.number))

    def decided(self, article: str, reason: str) -> None:
        """Note that it was decided who said something in an article; who shows it is due."""
        moment = self.clock()
        with self.state.transaction(durable=False) as db:
            db.execute(_DECIDED, (moment, reason, article))
            db.execute(_DUE_AT_ONCE, (moment, article))

    def sentences(self, team: str, answers: Collection[str]) -> list[ShownSentence]:
        """List the sentences that some answers of a team, by their ids, have shown."""
        marks = ", ".join("?" * len(answers))
        with self.state.reading() as db:
            rows = db.execute(
                f"SELECT sentences FROM shown WHERE team = ? AND id IN ({marks})",
                (team, *answers),
            ).fetchall()
        return [sentence for (kept,) in rows for sentence in _SENTENCES.validate_json(str(kept))]

    def take(self) -> ShownAnswer | None:
        """Take an answer that is due; no other process gets it meanwhile."""
        now = self.clock()
        due = "FROM shown WHERE due <= ? ORDER BY due LIMIT 1"
        with self.state.reading() as db:
            if not db.execute(f"SELECT 1 {due}", (now,)).fetchall():
                return None
        with self.state.transaction(durable=False) as db:
            row = db.execute(
                f"SELECT team, id, message, sentences, marks, tries {due}", (now,)
            ).fetchone()
            if row is None:
                return None
            team, answer_id, message, sentences, marks, tries = row
            db.execute(
                "UPDATE shown SET due = ?, tries = tries + 1 WHERE (team, id) = (?, ?)",
                (now + LEASE, team, answer_id),
            )
            happened = _happened(db, team, answer_id)
            again = _redraw(db, str(team), str(answer_id))
        return ShownAnswer(
            team,
            answer_id,
            _MESSAGES.validate_json(message),
            _SENTENCES.validate_json(sentences),
            _MARKS.validate_json(marks),
            tries + 1,
            happened,
            again,
        )

    def defer(self, answer: ShownAnswer, seconds: float) -> None:
        """Let an answer be taken again after so many seconds."""
        self._settle(answer, answer.marks, self.clock() + seconds, None, answer.sentences)

    def done(
        self,
        answer: ShownAnswer,
        marks: Marks,
        message: Message | None = None,
        sentences: Sequence[ShownSentence] = (),
    ) -> None:
        """Note that an answer bears *marks* now, and reads *message* below them if that is new."""
        self._settle(answer, marks, None, message, tuple(sentences) or answer.sentences)

    def _settle(
        self,
        answer: ShownAnswer,
        marks: Marks,
        due: float | None,
        message: Message | None,
        sentences: tuple[ShownSentence, ...],
    ) -> None:
        with self.state.transaction(durable=False) as db:
            if due is None:
                db.execute(
                    "DELETE FROM redrawn WHERE (team, id, number) = (?, ?, ?)",
                    (answer.team, answer.id, answer.redraw),
                )
                # What happened while the answer was worked on makes it due once more.
                changed = _happened(db, answer.team, answer.id) != answer.happened
                if changed or _redraw(db, answer.team, answer.id):
                    due = self.clock()
            kept = _MARKS.dump_json(dict(marks)).decode()
            body = _MESSAGES.dump_json(message or answer.message).decode()
            db.execute(
                "UPDATE shown SET marks = ?, due = ?, message = ?, sentences = ? "
                "WHERE (team, id) = (?, ?)",
                (kept, due, body, _SENTENCES.dump_json(sentences).decode(), answer.team, answer.id),
            )
            db.executemany(
                "INSERT OR IGNORE INTO shown_articles (article, team, id) VALUES (?, ?, ?)",
                {(sentence.article, answer.team, answer.id) for sentence in sentences},
            )


def redraw(db: apsw.Connection, team: str, answer_id: str) -> None:
    """Let, as part of a transaction, an answer be laid out and edited once more."""
    db.execute(
        "INSERT INTO redrawn VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET number = number + 1",
        (team, answer_id),
    )
    db.execute("UPDATE shown SET due = 0, tries = 0 WHERE (team, id) = (?, ?)", (team, answer_id))


def _redraw(db: apsw.Connection, team: str, answer_id: str) -> int:
    """Count how often an answer was to be laid out once more; 0 if it is not."""
    row: Any = db.execute(
        "SELECT number FROM redrawn WHERE (team, id) = (?, ?)", (team, answer_id)
    ).fetchone()
    return int(row[0]) if row else 0


def forget(db: apsw.Connection, team: str, answer_id: str) -> None:
    """Forget, as part of a transaction, an answer that was not posted: another will be given."""
    for table in ("shown_articles", "shown"):
        db.execute(f"DELETE FROM {table} WHERE (team, id) = (?, ?)", (team, answer_id))


def _happened(db: apsw.Connection, team: str, answer_id: str) -> dict[str, Mark]:
    """List what happened to the articles of an answer since it was posted."""
    rows: list[Any] = db.execute(
        "SELECT article, what, changed_at, reason FROM shown_articles "
        "WHERE (team, id) = (?, ?) AND number > 0",
        (team, answer_id),
    ).fetchall()
    return {
        article: Mark(what, datetime.fromtimestamp(at, UTC), reason)
        for article, what, at, reason in rows
    }
