"""What stands beside "no statement": the denials that there are, and who speaks for somebody."""

from __future__ import annotations

from dataclasses import replace

from bot.engine import Engine
from bot.messages.talk.asides import introduction_line
from bot.messages.wording import KINDS_OF
from index.types import Briefing

_NEAR_BY = 3  # statements that stand there


def spoken_for(engine: Engine, found: Briefing) -> tuple[Briefing, str]:
    """Name who speaks for the one whom nothing on record is by: for Putin, his spokesman."""
    name = found.query.speaker
    if not (found.abstained and found.names and name):
        return found, ""
    known = engine.introduce(f"who speaks for {name}?")
    if known is None or known.kind != "for" or not known.lines:
        return found, ""
    return replace(found, names=()), introduction_line(known, "")


def of_the_kind(engine: Engine, found: Briefing) -> Briefing:
    """
    Put the denials of those asked beside the abstention that none is on a matter.

    The matter may be worded otherwise in the articles; who asks for a denial must not be told that
    there is none while one is on record.
    """
    query = found.query
    kinds = query.stance in KINDS_OF and not query.negated and query.topic
    if not found.abstained or not kinds or query.anyone or found.nearest_kind == "above":
        return found
    alone = replace(query, topic=None, clause=False, other_parties=(), other_speakers=())
    of_kind = engine.answer_query(alone, limit=_NEAR_BY)
    if of_kind.abstained or not of_kind.quotes:
        return found
    return replace(found, nearest=of_kind.quotes, nearest_kind="kind")
