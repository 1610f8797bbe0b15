"""What somebody said otherwise later, and what to say where nothing was."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain

from bot.answering import going_on
from bot.engine import Engine
from bot.messages.blocks import without_doubt
from bot.state.answers import Answer
from index.types import Briefing, Query


def changed(engine: Engine, query: Query) -> Briefing | None:
    """Gather earlier and later statements that differ, in turns; None if there are none."""
    pairs = engine.changes(query)
    quotes = tuple(map(without_doubt, chain.from_iterable((p.earlier, p.later) for p in pairs)))
    return Briefing(query, quotes, engine.stats(), total=len(quotes)) if quotes else None


def is_unchanged(engine: Engine, found: Briefing, above: Answer) -> bool:
    """
    Return whether *found* asks what changed in what stands *above*, and nothing did.

    Args:
        engine: the index.
        found: the answer to a follow-up, without regard to what changed.
        above: the answer before it in the thread.
    """
    alike = replace(found, query=replace(found.query, changes=False))
    asked = found.query.changes and going_on.stands_above(alike, above)
    return asked and changed(engine, found.query) is None
