"""Messages by which a reader checks one statement: what stands around it, and why it is shown."""

from __future__ import annotations

from collections.abc import Sequence

from bot.messages.elements import (
    MAX_CHARACTERS,
    clip,
    context,
    plain,
    quotation,
    rich_text,
    section,
    size,
    words,
)
from bot.messages.wording import SENTENCE_GONE
from bot.types import Message
from index.types import Context

RESERVE = 400  # characters kept free for the notification and the line below
MAX_LINES = 12


def context_message(contexts: Sequence[Context]) -> Message | None:
    """
    Show the sentences of one statement between those before and after it, each verbatim.

    Args:
        contexts: one for each sentence of the statement; none if the article has changed.

    Returns:
        None if that is more than a message holds.
    """
    if not contexts:
        return plain(SENTENCE_GONE)
    before, after = contexts[0].before, contexts[-1].after
    parts = [
        section(*words("From the article, word for word:", bold=True)),
        *([section(*words(" ".join(before)))] if before else []),
        quotation(each.text for each in contexts),
        *([section(*words(" ".join(after)))] if after else []),
    ]
    blocks = [rich_text(*parts), context("the statement is indented · only you see this")]
    if size(blocks) > MAX_CHARACTERS - RESERVE:
        return None
    return Message(blocks, "The sentences before and after this statement")


def why_message(lines: Sequence[str]) -> Message:
    """Explain in plain lines why a statement is shown; no lines if the article has changed."""
    shown = [clip(line, 600) for line in lines if line.strip()]
    if not shown:
        return plain(SENTENCE_GONE)
    items = [section(*words(line)) for line in shown[:MAX_LINES]]
    listed = {"type": "rich_text_list", "style": "bullet", "elements": items}
    title = section(*words("Why this statement is shown:", bold=True))
    note = context("found by a program that can be wrong: open the link · only you see this")
    return Message([rich_text(title, listed), note], "Why this statement is shown")
