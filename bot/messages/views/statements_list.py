"""
All statements of a digest in a window of their own: by party, as many as the digest counts. Pure.

A message holds some fifteen statements, a window hundreds. It opens for whoever clicks, on a phone
as a page to scroll.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from bot.messages.blocks import WARNING, is_said_by, party_heading
from bot.messages.elements import (
    clip,
    context,
    heading,
    plain_text,
    rich_text,
    section,
    size,
    words,
)
from bot.messages.statements import as_of, linked_block, same_voice, statement_blocks
from bot.types import Block
from index.labels import group_quotes
from index.types import Briefing, Quote

MAX_BLOCKS = 98  # Slack takes 100; the line below all others is one of them
MAX_CHARACTERS = 200_000  # of the window's JSON; Slack takes 250,000
MAX_TOGETHER = 10  # statements in one block
LONGEST = 20_000  # characters of one statement's JSON; a longer one is linked
TITLE = "All statements"


def statements_view(briefing: Briefing, understood: str) -> Block:
    """
    Make the window.

    Args:
        briefing: the whole digest.
        understood: what the topic was taken for, in words.

    Returns:
        A modal within Slack's limits. What has no room is counted in its last line.
    """
    blocks = [rich_text(section(*words(clip(understood, 300) or "Statements", bold=True)))]
    statements = group_quotes(briefing.quotes)
    room, shown = MAX_CHARACTERS, 0
    for part, held in _parts(briefing, statements):
        room -= size(part)
        if room < 0 or len(blocks) + len(part) > MAX_BLOCKS:
            break
        blocks += part
        shown += held
    total = max(briefing.total, len(statements))
    rest = f" · {total - shown:,} more: narrow the topic" if shown < total else ""
    count = f"{shown:,} of {total:,} {'statement' if total == 1 else 'statements'}"
    line = f"{count} · {as_of(briefing.coverage)} · quoted word for word · {WARNING}{rest}"
    return {
        "type": "modal",
        "title": plain_text(TITLE),
        "close": plain_text("Close"),
        "blocks": [*blocks, context(line)],
    }


def _parts(
    briefing: Briefing, statements: Sequence[Sequence[Quote]]
) -> Iterator[tuple[list[Block], int]]:
    """Make the blocks of a few statements of one party at a time, and count them."""
    parted = groupby(statements, lambda group: party_heading(briefing, group[0]))
    for title, groups in parted:
        of_party = list(groups)
        for first in range(0, len(of_party), MAX_TOGETHER):
            some = of_party[first : first + MAX_TOGETHER]
            elements = [
                element
                for before, group in zip([None, *some], some, strict=False)
                for element in _elements(title, before, group)
            ]
            above = [] if first else [heading(title)]
            yield [*above, rich_text(*elements)], len(some)


def _elements(title: str, before: Sequence[Quote] | None, group: Sequence[Quote]) -> list[Block]:
    """Show one statement below its speaker, who is named unless the lines above do so."""
    goes_on = before is not None and same_voice(before[0], group[0])
    named = not goes_on and not (before is None and is_said_by(title, group[0]))
    whole = statement_blocks(group, named=named)
    shown = whole if size(whole) <= LONGEST else [linked_block(group[0])]
    return [element for block in shown for element in block["elements"]]
