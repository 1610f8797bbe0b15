"""
All statements of a digest as a table that the reader's client pages through. Pure.

Slack sorts a data table by letters and takes 100 rows of one, and 10,000 characters in all cells
of a message. A row is one statement, whole; what has no room follows on the next message, and a
statement that no message could hold is linked. No button stands in a table, so none is there for
context: the link leads to the very sentence.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.messages.blocks import WARNING, answer_head, counted, topic_line
from bot.messages.controls import BUTTON_CHARACTERS, Page, answer_buttons
from bot.messages.elements import MAX_CHARACTERS, clip, context, rich_text, section, size, words
from bot.messages.statements import as_of, key_of, source_line, summary
from bot.messages.wording import NOT_NAMED, capitalised
from bot.types import Block, Message, QuoteKey
from index.labels import group_quotes
from index.types import Briefing, Quote

MAX_LISTED = 1_000  # quotes; who wants more narrows the topic
MAX_ROWS = 100
PAGE_SIZE = 10  # rows that the client shows at a time
RESERVE = 1_400  # characters kept free for the names of the columns, the footer and its like
_COLUMNS = ("Side", "Speaker", "Statement", "Source")


def listing_message(
    briefing: Briefing,
    understood: str,
    *,
    asked: str = "",
    page: Page | None = None,
    notice: Sequence[Block] = (),
) -> Message:
    """
    Lay out what there is from a quote of a digest on, a row for each statement.

    Args:
        briefing: the digest, without the quotes of the pages before.
        understood: what the topic was taken for, in words.
        asked: the topic as typed.
        page: gives the answer buttons; without it there are none.
        notice: a line of rich text above all.

    Returns:
        One table within Slack's limits, and which statements it shows.
    """
    head = answer_head(understood, topic_line(understood, asked), notice)
    statements = group_quotes(briefing.quotes)
    taken = size(head) + (BUTTON_CHARACTERS if page else 0)
    rows, keys = _rows(briefing, statements, MAX_CHARACTERS - RESERVE - taken)
    seen = page.seen if page else 0
    left = len(statements) - len(keys)
    line = [counted(briefing, seen, len(keys), len(statements)), as_of(briefing.coverage)]
    if not left and seen + len(keys) < briefing.total:
        line.append("narrow the topic to see the others")
    footer = context(" · ".join([*line, "quoted word for word", WARNING]))
    buttons = answer_buttons(page, "More" if left else "") if page else []
    table = {
        "type": "data_table",
        "caption": clip(understood, 150) or "Statements",
        "page_size": PAGE_SIZE,
        "row_header_column_index": 1,
        "rows": [[_raw(name) for name in _COLUMNS], *rows],
    }
    text = summary(statements[: len(keys)])
    return Message([*head, table, footer, *buttons], text, tuple(keys))


def _rows(
    briefing: Briefing, statements: Sequence[Sequence[Quote]], room: int
) -> tuple[list[list[Block]], list[tuple[QuoteKey, ...]]]:
    """Make the rows of the first statements, as many as fit, and the keys of their sentences."""
    rows: list[list[Block]] = []
    keys: list[tuple[QuoteKey, ...]] = []
    for group in statements[:MAX_ROWS]:
        row = _row(briefing, group, _sentences(group))
        if not rows and size(row) > room:
            note = f"A statement of {len(group[0].text):,} characters: open the link"
            cell = rich_text(section(*words(note, italic=True)))
            row = _row(briefing, group, cell)
            if size(row) > room:  # names of control characters, which take six each in JSON
                row = [_raw("–"), _raw(clip(group[0].speaker or "", 40)), cell, _raw("–")]
        room -= size(row)
        if rows and room < 0:  # a table without any row is none
            break
        rows.append(row)
        keys.append(tuple(key_of(quote) for quote in group))
    return rows, keys


def _row(briefing: Briefing, group: Sequence[Quote], statement: Block) -> list[Block]:
    party = group[0].party
    speaker = clip(group[0].speaker or "", 120) or NOT_NAMED
    return [
        _raw(capitalised(clip(briefing.headings.get(party, party) if party else "Others", 80))),
        _raw(capitalised(speaker)),
        statement,
        rich_text(section(*source_line(group))),
    ]


def _sentences(group: Sequence[Quote]) -> Block:
    """Show the sentences of a statement, each in a line of its own."""
    texts = [words(quote.text) for quote in group if quote.text] or [words("–")]
    return rich_text(*(section(*text) for text in texts))


def _raw(text: str) -> Block:
    """Make a cell of plain text; Slack takes no empty one."""
    return {"type": "raw_text", "text": text or "–"}
