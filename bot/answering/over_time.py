"""
"Lavrov over time": how many statements there are by month, above the newest of them.

The counts hold no words of anybody; the statements below are an answer like any other.
"""

from __future__ import annotations

from bot.engine import Engine
from bot.messages.elements import words
from bot.types import Block
from index.timelines.drawing import bars
from index.timelines.words import over_time
from index.types import Briefing

_WIDEST = 12  # characters of a bar: a phone shows it on one line
_MOST = 24  # months; over more, years are counted
_COPIES = "copies in other outlets count too"


def without_over_time(text: str) -> str:
    """Turn a question of what was said over time into one for the newest; others stay."""
    asked = over_time(text)
    return f"{asked}, newest first" if asked else text


def counts(engine: Engine, text: str, found: Briefing) -> list[Block]:
    """
    Count the statements of those whom *text* asks for over time, as a line of rich text.

    Args:
        engine: counts.
        text: as typed; anything but a question over time gives nothing.
        found: the answer to `without_over_time`; an abstention has nothing to count.

    Raises:
        QuestionError: if nobody is asked for.
    """
    if over_time(text) is None or found.abstained:
        return []
    timeline = engine.timeline(found.query)
    noun = "statement" if timeline.statements == 1 else "statements"
    undated = f", {timeline.undated} without a date" if timeline.undated else ""
    lines = "\n".join(bars(timeline, _WIDEST, _MOST))
    head = words(f"{timeline.statements:,} {noun}{undated}; {_COPIES}.\n", italic=True)
    return [*head, *words(lines, code=True)] if timeline.statements else []
