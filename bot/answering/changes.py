"""What somebody said otherwise later, and what to say where nothing was."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain

from bot.answering import going_on
from bot.answering.abstaining import not_understood
from bot.engine import Engine
from bot.messages.blocks import without_doubt
from bot.messages.wording import CONSISTENT
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


def in_a_line(
    engine: Engine, text: str, found: Briefing, previous: Query | None, above: Answer | None
) -> tuple[Query, str] | None:
    """
    Say in one line that *text* is no question, or that nothing changed in what stands *above*.

    Returns:
        What is asked about from now on, and the line; None for what is to be answered.
    """
    if line := not_understood(engine, text, found, previous):
        return previous or Query(text), line
    if above is not None and is_unchanged(engine, found, above):
        return replace(found.query, changes=False), CONSISTENT
    return None
