"""
More sides than a table holds, each as a section of its own. Pure.

Each side has its heading and its first statements; a side without any says so. The buttons below
lead to each side alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.messages.blocks import WARNING, Sheet, answer_head
from bot.messages.controls import Page, side_buttons
from bot.messages.elements import clip, context, heading, rich_text, section, words
from bot.messages.statements import as_of
from bot.messages.tables import summary_of_sides
from bot.messages.wording import capitalised, reason_of
from bot.types import Block, Message
from index.labels import group_quotes
from index.types import Comparison

MAX_SECTIONS = 8
SHOWN = 2  # statements of a side


def sections_message(
    comparison: Comparison,
    understood: str,
    *,
    asked: str = "",
    page: Page | None = None,
    notice: Sequence[Block] = (),
) -> Message:
    """
    Lay out what each side said, one below the other, in the order of the question.

    Args:
        comparison: up to eight sides.
        understood: what the question was taken for, in words.
        asked: the question, to be repeated where nobody else sees it.
        page: gives the answer buttons; without it there are none.
        notice: a line of rich text above all.

    Returns:
        At most 40 blocks and 10,000 characters of JSON, and which statements they show.
    """
    head = answer_head(understood, f"You asked: {clip(asked, 300)}" if asked else "", notice)
    names = [capitalised(clip(side.party.name, 80)) or "…" for side in comparison.sides]
    alone = [side_buttons(page, names)] if page else []
    sheet = Sheet(head, page, beside=alone)
    for side, name in zip(comparison.sides, names, strict=True):
        if not side.briefing.quotes:
            reason = clip(reason_of(side.briefing), 300)
            sheet.add(heading(name), rich_text(section(*words(reason))))
            continue
        statements = group_quotes(side.briefing.quotes)[:SHOWN]
        sheet.fill(statements, [name] * len(statements), bare=True)
    counts = " · ".join(
        f"{clip(side.party.name, 40)} {max(side.briefing.total, len(side.briefing.quotes)):,}"
        for side in comparison.sides
    )
    coverage = comparison.sides[0].briefing.coverage
    footer = context(" · ".join([as_of(coverage), "quoted word for word", WARNING]))
    footer["elements"].insert(0, {"type": "plain_text", "text": counts, "emoji": False})
    sheet.blocks.extend(alone)
    return sheet.finish(footer, summary_of_sides(comparison.sides))
