"""
The sides of a comparison, one below the other, each as a section of its own. Pure.

Each side has its heading and its first statements, for which it has its share of the message; a
side without any says so. The buttons below lead to each side alone, and to columns for as many
sides as a table holds: a phone is too narrow to begin with them.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.messages.blocks import WARNING, Sheet, answer_head
from bot.messages.controls import Page, side_buttons
from bot.messages.elements import clip, context, heading, rich_text, section, size, words
from bot.messages.statements import as_of, linked_block, total_of
from bot.messages.tables import MAX_SIDES, summary_of_sides
from bot.messages.wording import capitalised, doubt_of, nearest_note, reason_of
from bot.types import Block, Message
from index.labels import group_quotes
from index.types import Comparison, Side

MAX_SECTIONS = 8
SHOWN = 2  # statements of a side
SHOWN_OF_FEW = 3  # where a table would hold the sides


def sections_message(
    comparison: Comparison,
    understood: str,
    *,
    asked: str = "",
    page: Page | None = None,
    notice: Sequence[Block] = (),
    names: Sequence[str] = (),
) -> Message:
    """
    Lay out what each side said, one below the other, in the order of the question.

    Args:
        comparison: up to eight sides.
        understood: what the question was taken for, in words.
        asked: the question, to be repeated where nobody else sees it.
        page: gives the answer buttons; without it there are none.
        notice: a line of rich text above all.
        names: of the sides, as they stand within a sentence.

    Returns:
        At most 40 blocks and 10,000 characters of JSON, and which statements they show.
    """
    head = answer_head(understood, f"You asked: {clip(asked, 300)}" if asked else "", notice)
    few = len(comparison.sides) <= MAX_SIDES
    within = names or [side.party.name for side in comparison.sides]
    alone = [side_buttons(page, within, table=few)] if page else []
    sheet = Sheet(head, page, beside=alone)
    counts = []
    for number, side in enumerate(comparison.sides):
        left = len(comparison.sides) - number
        shown = _add_side(sheet, side, left, few=few)
        of = f" of {total_of(side):,}" if total_of(side) > shown else ""
        counts.append(f"{clip(side.party.name, 40)} {shown}{of}")
    coverage = comparison.sides[0].briefing.coverage
    footer = context(" · ".join([as_of(coverage), "quoted word for word", WARNING]))
    footer["elements"].insert(0, {"type": "plain_text", "text": " · ".join(counts), "emoji": False})
    sheet.blocks.extend(alone)
    return sheet.finish(footer, summary_of_sides(comparison.sides))


def _add_side(sheet: Sheet, side: Side, left: int, *, few: bool) -> int:
    """
    Add a side, the first of *left*, within its share of the room; at least as a link.

    Below one that abstains stands what it said on other matters, where the sides are *few*: it is
    no answer, and must not take the room of any.

    Returns:
        How many of its statements are shown.
    """
    name = capitalised(clip(side.party.name, 80)) or "…"
    above = heading(name)
    if not side.briefing.quotes:
        reason = clip(reason_of(side.briefing), 300)
        sheet.add(above, rich_text(section(*words(reason))))
        if few and side.briefing.nearest_kind in ("filters", "matters"):
            sheet.add(rich_text(section(*words(nearest_note(side.briefing), italic=True))))
            sheet.fill(group_quotes(side.briefing.nearest)[:1], bare=True)
        return 0
    room, spare = sheet.room // left, sheet.room - sheet.room // left
    sheet.room, sheet.most = room, room - size([above])
    statements = group_quotes(side.briefing.quotes)[: SHOWN_OF_FEW if few else SHOWN]
    before = len(sheet.shown)
    doubt = doubt_of(side.briefing)
    sheet.fill(statements, [name] * len(statements), bare=True, doubt=doubt)
    sheet.room += spare
    if len(sheet.shown) == before:
        sheet.add(above, linked_block(statements[0][0]))
        return 1
    return len(sheet.shown) - before
