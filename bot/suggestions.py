"""Questions that can be asked now: about whom the newest articles quote most."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from bot.engine import Engine
from bot.messages.wording import question_about
from index.types import Party

RECENT = timedelta(days=1)


def heard_most(engine: Engine, limit: int = 3) -> tuple[Party, ...]:
    """List whom the newest day of articles quotes most, else whom all of them do."""
    newest = engine.stats().newest or datetime.now(UTC)
    last = min(newest, datetime.now(UTC))
    recent = engine.most_quoted(since=last - RECENT, limit=limit)
    return recent or engine.most_quoted(since=datetime.fromtimestamp(0, UTC), limit=limit)


def questions_about(engine: Engine, parties: Iterable[Party]) -> list[str]:
    """Word a question about each of *parties*, each once."""
    names = (engine.party_name(party.key, within=True) for party in parties)
    return list(dict.fromkeys(question_about(name) for name in names))
