"""
What stands beside "no statement", and what in the place of an answer: that it stands above, or
that a message was not understood.
"""

from __future__ import annotations

import re
from dataclasses import replace

from bot.answering.going_on import ASKS_WHO
from bot.engine import Engine
from bot.messages.heads import listed
from bot.messages.talk.asides import introduction_line, unclear_line
from bot.messages.wording import (
    ALL_ABOVE,
    KINDS_OF,
    NOTICES,
    OTHERS_ABOVE,
    SHOWN_ABOVE,
    WITHOUT_ABOVE,
    reason_of,
)
from index.types import Briefing, Query

_WORD = re.compile(r"[^\W\d_]{4,}")
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


def not_understood(engine: Engine, text: str, found: Briefing, previous: Query | None) -> str:
    """
    Say that *text* is no question: "undo", "he contradicted", "the second quote".

    Args:
        engine: the index.
        text: as it was typed.
        found: what it was answered with.
        previous: the question before it in the thread; None outside one.

    Returns:
        A line; "" for what may be a question.
    """
    kind = engine.message_kind(text)
    pointing = kind == "pointer" and previous is not None and not found.query.besides
    if not (pointing or (kind == "order" and not _names_topic(found))):
        return ""
    name = previous.speaker or "" if previous else ""
    if previous and previous.party and not name:
        name = engine.party_name(previous.party, within=True)
    return unclear_line(text, previous, name, pointing=pointing)


def _names_topic(found: Briefing) -> bool:
    """Return whether a statement that is *found* holds a word of the topic."""
    asked = set(_WORD.findall((found.query.topic or "").casefold()))
    said = {word for quote in found.quotes for word in _WORD.findall(quote.text.casefold())}
    return not found.abstained and (not asked or not asked.isdisjoint(said))


def pointing_line(found: Briefing, understood: str) -> str:
    """Say that what answers a query, worded as *understood*, stands above, or what comes near."""
    query = found.query
    if found.abstained:
        there = WITHOUT_ABOVE if found.nearest_kind == "filters" else OTHERS_ABOVE
        return f"{reason_of(found)} {there}"
    if "why" in query.assumed:
        return ALL_ABOVE
    noted = [NOTICES[name] for name in query.assumed if name in NOTICES]
    if ASKS_WHO.match(query.text) and query.anyone:
        names = dict.fromkeys(quote.speaker for quote in found.quotes if quote.speaker)
        understood += f" · by {listed(list(names), others=False)}" if names else ""
    line = SHOWN_ABOVE if noted else f"{understood}: {SHOWN_ABOVE[:1].lower()}{SHOWN_ABOVE[1:]}"
    return " ".join([*noted, line])


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
