"""
Two or three sides as a table: a column for each, a statement in each cell. Pure.

Slack takes one table a message and cuts no cell. In a cell there is no bar for a quotation, so
the words stand in a line of their own, between the speaker and the place. Clients that know no
tables show the message's text, which says who made how many statements.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from bot.messages.blocks import WARNING, answer_head
from bot.messages.controls import BUTTON_CHARACTERS, Page, answer_buttons, side_buttons
from bot.messages.elements import (
    MAX_CHARACTERS,
    clip,
    context,
    escape,
    plain_text,
    rich_text,
    section,
    size,
    words,
)
from bot.messages.statements import as_of, key_of, source_line, speaker_line, total_of
from bot.messages.wording import capitalised, reason_of
from bot.types import Block, Message, QuoteKey
from index.labels import group_quotes
from index.types import Comparison, Quote, Side

MAX_SIDES = 3
RESERVE = 1_200  # characters kept free for the footer and the notification


def comparison_message(
    comparison: Comparison,
    understood: str,
    *,
    asked: str = "",
    page: Page | None = None,
    notice: Sequence[Block] = (),
    names: Sequence[str] = (),
) -> Message:
    """
    Lay out what each side said: the n-th statements of all stand in one row.

    A sentence that makes a row too long for the message is linked in its cell; rows without
    room are left out and counted.

    Args:
        comparison: two or three sides; each becomes a column.
        understood: what the question was taken for, in words.
        asked: the question, to be repeated where nobody else sees it.
        page: gives the answer buttons; without it there are none.
        notice: a line of rich text above all.
        names: of the sides, as they stand within a sentence.

    Returns:
        One table within Slack's limits, and which statements it shows.
    """
    head = answer_head(understood, f"You asked: {clip(asked, 300)}" if asked else "", notice)
    sides = comparison.sides
    rows = [[_title(side) for side in sides]]
    alone = [side_buttons(page, names or [side.party.name for side in sides])] if page else []
    taken = size([*head, *rows[0], *alone]) + (BUTTON_CHARACTERS if page else 0)
    room = MAX_CHARACTERS - RESERVE - taken
    shown: list[tuple[QuoteKey, ...]] = []
    for number, quotes in enumerate(zip_longest(*(side.briefing.quotes for side in sides))):
        row = _row(comparison, quotes, first=number == 0)
        if size(row) > room and number == 0:
            row = [
                _linked(quote) if quote else cell for quote, cell in zip(quotes, row, strict=True)
            ]
        if size(row) > room:
            break
        room -= size(row)
        rows.append(row)
        shown += [(key_of(quote),) for quote in quotes if quote is not None]
    settings = [{"is_wrapped": True} for _ in sides]
    table: Block = {"type": "table", "column_settings": settings, "rows": rows}
    buttons = answer_buttons(page) if page else []
    blocks = [*head, table, *alone, _footer(comparison, len(rows) - 1), *buttons]
    return Message(blocks, summary_of_sides(sides), tuple(shown))


def _title(side: Side) -> Block:
    return _cell(words(capitalised(clip(side.party.name, 80)) or "…", bold=True))


def _row(comparison: Comparison, quotes: Sequence[Quote | None], *, first: bool) -> list[Block]:
    """Make a row; a side without any statement says so in the first."""
    return [
        _statement(quote)
        if quote is not None
        else _cell(words(clip(reason_of(side.briefing), 300) if first else "–"))
        for side, quote in zip(comparison.sides, quotes, strict=True)
    ]


def _statement(quote: Quote) -> Block:
    return _cell(speaker_line(quote), words(quote.text), source_line([quote]))


def _linked(quote: Quote) -> Block:
    note = f"A sentence of {len(quote.text):,} characters, too long for a table: open the link"
    return _cell(speaker_line(quote), words(note, italic=True), source_line([quote]))


def _cell(*lines: Sequence[Block]) -> Block:
    return rich_text(*(section(*line) for line in lines if line))


def _footer(comparison: Comparison, rows: int) -> Block:
    coverage = comparison.sides[0].briefing.coverage
    # A name is never parsed: in mrkdwn "~" would strike it through.
    counts = [
        f"{clip(side.party.name, 40)} {shown} of {total_of(side):,}"
        for side in comparison.sides
        for shown in (len(group_quotes(side.briefing.quotes[:rows])),)
    ]
    copied = "quoted word for word"
    line = context(" · ".join([as_of(coverage), copied, WARNING]))
    return {**line, "elements": [plain_text(" · ".join(counts)), *line["elements"]]}


def summary_of_sides(sides: Sequence[Side]) -> str:
    """Say how many statements each side has made, for the notification and for older clients."""
    counts = (f"{clip(side.party.name, 60)}: {_statements(side)}" for side in sides)
    return escape("; ".join(counts))


def _statements(side: Side) -> str:
    count = total_of(side)
    return f"{f'{count:,}' if count else 'no'} {'statement' if count == 1 else 'statements'}"
