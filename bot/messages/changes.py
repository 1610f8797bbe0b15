"""
Earlier and later statements of one side that differ. Pure.

Nothing is judged: both stand one below the other, each with its date and its link.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.messages.blocks import WARNING, Sheet, answer_head
from bot.messages.controls import Page
from bot.messages.elements import clip, context
from bot.messages.statements import as_of, summary
from bot.types import Block, Message
from index.types import Briefing


def changes_message(
    briefing: Briefing,
    understood: str,
    *,
    asked: str = "",
    page: Page | None = None,
    notice: Sequence[Block] = (),
) -> Message:
    """
    Lay out pairs of statements, the earlier of each first.

    Args:
        briefing: its quotes are earlier and later ones in turns.
        understood: what the question was taken for, in words.
        asked: the question, to be repeated where nobody else sees it.
        page: gives the answer buttons; without it there are none.
        notice: a line of rich text above all.

    Returns:
        At most 40 blocks and 10,000 characters of JSON; pairs without room are left out.
    """
    head = answer_head(understood, f"You asked: {clip(asked, 300)}" if asked else "", notice)
    sheet = Sheet(head, page)
    statements = [[quote] for quote in briefing.quotes]
    pairs = len(statements) // 2
    titles = [
        f"{word} {number}" if pairs > 1 else word
        for number in range(1, pairs + 1)
        for word in ("Earlier", "Later")
    ]
    sheet.fill(statements, titles)
    found = "1 difference" if pairs == 1 else f"{pairs} differences"
    line = [found, as_of(briefing.coverage), "both quoted word for word, nothing judged", WARNING]
    return sheet.finish(context(" · ".join(line)), summary(statements))
