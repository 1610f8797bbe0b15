"""
What people think of answers, kept as labelled questions.

One verdict for each person and answer: who changes their mind replaces it. Kept are the question
as it was understood and which sentences were shown; whose verdict it is stays out of the export.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from pydantic import TypeAdapter

from bot.state.inbox import is_cancelled
from bot.state.state import State
from bot.types import QuoteKey
from index.types import Query

Reason = Literal["wrong speaker", "not said", "outdated", "missed something"]

_QUERIES = TypeAdapter(Query)
_KEYS = TypeAdapter(tuple[QuoteKey, ...])


@dataclass(frozen=True, slots=True)
class Feedback:
    """The verdicts of all teams."""

    state: State
    clock: Callable[[], float] = time.time

    def __post_init__(self) -> None:
        self.state.ensure()

    def record(
        self,
        team: str,
        answer_id: str,
        user: str,
        *,
        good: bool,
        query: Query,
        quotes: Sequence[QuoteKey],
        reason: Reason | None = None,
        comment: str = "",
        click: str = "",
    ) -> None:
        """
        Keep the verdict of *user* on an answer, instead of an earlier one.

        Args:
            team: the workspace of the answer.
            answer_id: which answer.
            user: whose verdict it is.
            good: whether the answer was right.
            query: the question as it was understood.
            quotes: the sentences shown, by article id, start and end.
            reason: what was wrong.
            comment: what the person wrote about it.
            click: what stands in the inbox for it; nothing is kept once the team has left.
        """
        asked = _QUERIES.dump_json(query).decode()
        shown = _KEYS.dump_json(tuple(quotes)).decode()
        row = (team, answer_id, user, good, reason, comment, asked, shown, self.clock())
        with self.state.transaction() as db:
            if is_cancelled(db, click):
                return
            db.execute("REPLACE INTO feedback VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)

    def export(self) -> Iterator[dict[str, Any]]:
        """
        List all verdicts, the oldest first, as labelled questions.

        Returns:
            Records with `qid` and `question`, as `onrecord ask --batch` reads them, and the
            understood `query`, the `quotes` shown, `verdict`, `reason`, `comment` and `at`.
        """
        with self.state.reading() as db:
            rows: list[Any] = db.execute(
                "SELECT good, reason, comment, query, quotes, at FROM feedback ORDER BY at"
            ).fetchall()
        for number, (good, reason, comment, asked, shown, at) in enumerate(rows, 1):
            query = _QUERIES.validate_json(asked)
            yield {
                "qid": f"feedback-{number}",
                "question": query.text,
                "verdict": "right" if good else "wrong",
                "reason": reason,
                "comment": comment,
                "query": _set_fields(query),
                "quotes": [
                    {"article_id": article, "start": start, "end": end}
                    for article, start, end in _KEYS.validate_json(shown)
                ],
                "at": datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds"),
            }


def _set_fields(query: Query) -> dict[str, Any]:
    """Give what a question asks for, without what it leaves open."""
    empty = asdict(Query(""))
    fields: dict[str, Any] = _QUERIES.dump_python(query, mode="json")
    values = asdict(query)
    return {name: value for name, value in fields.items() if values[name] != empty[name]}
