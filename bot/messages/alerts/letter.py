"""
An alert as a Slack message: what is new, and which watches match it. Pure.

A statement stands once however many watches match it. What has no room is counted, and a button
shows it. Each statement's menu names its alert by the number in the index.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bot.messages.alerts.words import (
    ALERT_MENU,
    LIST,
    LONGEST_NAME,
    MUTE,
    NO_LONGER_IN,
    NOT_SPEAKER,
    NOT_TOPIC,
    NOW_READS,
    REST,
)
from bot.messages.blocks import DIVIDER, WARNING
from bot.messages.controls import CONTEXT, WHY, actions, button
from bot.messages.elements import (
    MAX_BLOCKS,
    MAX_CHARACTERS,
    clip,
    context,
    escape,
    plain_text,
    quotation,
    rich_text,
    section,
    size,
    words,
)
from bot.messages.statements import key_of, linked_block, statement_blocks, summary
from bot.types import Block, Message, QuoteKey, ShownSentence
from index.types import Quote

_RESERVE = 2_000  # characters kept free for the foot, its buttons, and what other outlets add
_FOOT = 2  # blocks
_SENTENCES = 3  # of one statement in an alert; its link and Context show the others
_NAMES = 4  # watches that are named in one line


class Entry(NamedTuple):
    """
    A statement, the number of its alert, and the watches that match it, in their words.

    ``now`` is how its article words it since; ``left`` an outlet that no longer has it.
    """

    alert: int
    quotes: tuple[Quote, ...]
    watches: tuple[str, ...]
    now: tuple[Quote, ...] = ()
    left: str = ""


def alert_message(
    entries: Sequence[Entry], answer_id: str, *, others: int = 0, begin: int | None = None
) -> Message:
    """
    Lay out what watches have found.

    Args:
        entries: the statements, as they came.
        answer_id: names the message in its buttons.
        others: statements that are only to be counted.
        begin: for a page of what an earlier message counted: how many stand on those before it.

    Returns:
        As many of the first statements as fit, and which they are.
    """
    names = list(dict.fromkeys(name for entry in entries for name in entry.watches))
    count = len(entries) + others
    blocks = [rich_text(section(*words(_title(names, count), bold=True)))]
    shown: list[Entry] = []
    keys: list[tuple[QuoteKey, ...]] = []
    for entry in entries:
        made, taken = _entry_blocks(entry, several=len(names) > 1)
        made = [*([DIVIDER] if shown else []), *made]
        too_large = size([*blocks, *made]) > MAX_CHARACTERS - _RESERVE
        if too_large and not shown:
            made, too_large = [linked_block(entry.quotes[0])], False
        if too_large or len(blocks) + len(made) > MAX_BLOCKS - _FOOT:
            break
        blocks += made
        shown.append(entry)
        keys.append(tuple(key_of(quote) for quote in entry.quotes[:taken]))
    rest = count - len(shown)
    page = f"{answer_id}:{0 if begin is None else begin + len(shown)}"
    foot = context(" · ".join([*([f"and {rest:,} more"] if rest else []), WARNING]))
    row = [
        *([button(f"Show {rest:,} more", REST, page)] if rest else []),
        button("Mute an hour", MUTE, answer_id, "Hold the alerts here for an hour"),
        button("Watches", LIST, answer_id, "List the watches, to pause, change or delete them"),
    ]
    told = summary([entry.quotes for entry in shown]) + (f" and {rest:,} more" if rest else "")
    text = f"{escape(watch_names(names))}: {told}"
    return Message([*blocks, foot, actions(*row)], text, tuple(keys), _sentences(shown, keys))


def watch_names(names: Sequence[str]) -> str:
    """Name watches in a few words."""
    shown = "; ".join(clip(name, LONGEST_NAME) for name in names[:_NAMES])
    return shown + (f" and {len(names) - _NAMES} more" if len(names) > _NAMES else "")


def _title(names: Sequence[str], count: int) -> str:
    if len(names) == 1:
        return clip(names[0], LONGEST_NAME)
    return "1 new statement" if count == 1 else f"{count:,} new statements"


def _entry_blocks(entry: Entry, *, several: bool) -> tuple[list[Block], int]:
    """Show a statement, and which watches match it; with how many of its sentences are shown."""
    quotes = entry.quotes[:_SENTENCES]
    unseen = len(entry.quotes) - len(quotes)
    made = statement_blocks(quotes, unseen, menu=_menu(entry.alert), timed=True)
    if entry.now:
        new = quotation([quote.text for quote in entry.now])
        made.append(rich_text(section(*words(NOW_READS, bold=True)), new))
    if entry.left:
        line = words(NO_LONGER_IN.format(outlet=clip(entry.left, 80)), italic=True)
        made.append(rich_text(section(*line)))
    if several or len(entry.watches) > 1:
        line = words(f"matches: {watch_names(entry.watches)}", italic=True)
        made.append(rich_text(section(*line)))
    return made, len(quotes)


def _menu(alert: int) -> Block:
    entries = (
        ("Context", CONTEXT),
        ("Why this?", WHY),
        ("Not this speaker", NOT_SPEAKER),
        ("Not this topic", NOT_TOPIC),
    )
    options = [{"text": plain_text(text), "value": f"{alert}:{what}"} for text, what in entries]
    return {"type": "overflow", "action_id": ALERT_MENU, "options": options}


def _sentences(
    shown: Sequence[Entry], keys: Sequence[tuple[QuoteKey, ...]]
) -> tuple[ShownSentence, ...]:
    return tuple(
        ShownSentence(quote.article_id, quote.text, quote.speaker, quote.url)
        for entry, each in zip(shown, keys, strict=True)
        for quote in (*entry.quotes[: len(each)], *entry.now)
    )
