"""
One run of a briefing that comes again. Pure.

First where a party now says another thing than before, each pair whole or not at all; then what is
new, by party. A run without anything new says so, and since when.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.messages.blocks import WARNING, Sheet, answer_head, counted, party_heading
from bot.messages.controls import ALL, Page
from bot.messages.dates import moment
from bot.messages.elements import (
    clip,
    context,
    heading,
    person,
    rich_text,
    section,
    words,
)
from bot.messages.statements import as_of, key_of, statement_blocks, summary
from bot.types import Block, Message
from index.labels import group_quotes
from index.types import Briefing, Change

PAIRS = 3  # of statements that differ, in one message
_NOTHING = "Nothing new since "


def run_message(
    briefing: Briefing,
    understood: str,
    changes: Mapping[str, Sequence[Change]],
    *,
    since: datetime,
    page: Page,
    notice: Sequence[Block] = (),
) -> Message:
    """
    Lay out what is new.

    Args:
        briefing: the digest.
        understood: what the schedule is about, in words.
        changes: earlier and later statements that differ, by party.
        since: from when on all is new.
        page: gives the answer buttons.
        notice: a line of rich text above all.

    Returns:
        At most 40 blocks and 10,000 characters of JSON, and which statements they show.
    """
    if briefing.abstained or not briefing.quotes:
        line = section(*words(_NOTHING), moment(since), *words("."))
        head = [*answer_head(understood, "", notice), rich_text(line)]
        return Message([*head, context(as_of(briefing.coverage))], "Nothing new in your briefing")
    sheet = Sheet(answer_head(understood, "", notice), page)
    for name, change in _first(changes):
        _add_change(sheet, name, change)
    differing = len(sheet.shown)
    statements = group_quotes(briefing.quotes)
    sheet.fill(statements, [party_heading(briefing, group[0]) for group in statements])
    shown = len(sheet.shown) - differing
    parts = [f"new: {counted(briefing, 0, shown, len(statements))}", as_of(briefing.coverage)]
    footer = context(" · ".join([*parts, "quoted word for word", WARNING]))
    number = "" if briefing.estimated else f"{briefing.total:,} "
    more = f"All {number}statements" if shown < briefing.total or briefing.estimated else ""
    text = f"Briefing: {summary(statements[:shown] or statements)}"
    return sheet.finish(footer, text, more, action=ALL)


def run_notice(
    creator: str, when: str, late: datetime | None, *, left: bool = False
) -> list[Block]:
    """
    Say on whose behalf a briefing comes, and when it does.

    Args:
        creator: the id of who set it up.
        when: its days and time, in words.
        late: when it was due, where that is long over.
        left: whether the account of who set it up has ended.
    """
    line = [*words("Briefing "), *words(f"{when}, set up by ", italic=True), person(creator)]
    if left:
        line += words(". That account has ended; /brief schedules changes or deletes it.")
    if late is not None:
        line += [*words(". It was due "), moment(late), *words(", when I was not running.")]
    return line


def _first(changes: Mapping[str, Sequence[Change]]) -> list[tuple[str, Change]]:
    return [(name, each) for name, pairs in changes.items() for each in pairs][:PAIRS]


def _add_change(sheet: Sheet, name: str, change: Change) -> None:
    """Add an earlier and a later statement, if there is room for both."""
    title = heading(f"{clip(name, 80)} differs from an earlier statement")
    blocks = [title]
    for word, quote in (("Earlier", change.earlier), ("Later", change.later)):
        blocks += [rich_text(section(*words(f"{word}:", bold=True))), *statement_blocks([quote])]
    if sheet.add(*blocks):
        sheet.shown += [(key_of(change.earlier),), (key_of(change.later),)]
