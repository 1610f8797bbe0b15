"""
The Slack elements that answers are built of, as plain dicts.

Words from articles and from people only ever go into ``text`` elements of rich text or into
``plain_text`` objects: Slack parses neither, so nothing in them can ping or format. mrkdwn is
for our own fixed words.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterable

from bot.types import Block, Message

MAX_BLOCKS = 40
MAX_CHARACTERS = 10_000  # of a message's JSON; Slack refuses somewhere above 11,300
MAX_TEXT = 3_000  # of one text object
# Overrides of the direction of writing would show words in an order in which nobody said them.
_OVERRIDES = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)), "\ufffd")


def size(blocks: Iterable[Block]) -> int:
    """Count what *blocks* take of a message's budget."""
    return sum(len(json.dumps(block, ensure_ascii=False)) for block in blocks)


def escape(text: str) -> str:
    """Escape *text* for the few strings that Slack parses."""
    return html.escape(text.translate(_OVERRIDES), quote=False)


def clip(text: str, most: int) -> str:
    """Put *text* on one line and mark where it was cut. Never for a quote."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def words(text: str, **style: bool) -> list[Block]:
    """Make *text* into text elements, each within Slack's limit; none for an empty text."""
    text = text.translate(_OVERRIDES)
    parts = [text[at : at + MAX_TEXT] for at in range(0, len(text), MAX_TEXT)]
    styled = {"style": style} if style else {}
    return [{"type": "text", "text": part, **styled} for part in parts]


def link(url: str, text: str) -> Block:
    """Make a link element."""
    return {"type": "link", "url": url, "text": text.translate(_OVERRIDES)}


def person(user: str) -> Block:
    """Name a person; *user* is an id that Slack gave, never anything typed."""
    return {"type": "user", "user_id": user}


def section(*elements: Block) -> Block:
    """Make a line of rich text."""
    return {"type": "rich_text_section", "elements": list(elements)}


def quotation(texts: Iterable[str]) -> Block:
    """Make a block quote of sentences, a blank element between two; nothing else is in it."""
    elements: list[Block] = []
    for text in texts:
        elements += [*(words(" ") if elements else []), *words(text)]
    return {"type": "rich_text_quote", "elements": elements}


def rich_text(*elements: Block) -> Block:
    """Make a block of sections and quotes."""
    return {"type": "rich_text", "elements": list(elements)}


def context(mrkdwn: str) -> Block:
    """Make a small grey line. *mrkdwn* holds our own words only."""
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": mrkdwn}]}


def plain_text(text: str) -> Block:
    """Make a text object that Slack does not parse."""
    return {"type": "plain_text", "text": text.translate(_OVERRIDES), "emoji": False}


def field(label: str, element: Block, *, optional: bool = False) -> Block:
    """Make a field of a form; the values of a form are found by its element's action."""
    return {
        "type": "input",
        "block_id": element["action_id"],
        "optional": optional,
        "label": plain_text(label),
        "element": element,
    }


def heading(text: str) -> Block:
    """Make a heading."""
    return {
        "type": "header",
        "text": plain_text(clip(text, 150) or "…"),
    }


def plain(text: str) -> Message:
    """Make a message of one paragraph that Slack does not parse. Never for a quote."""
    # A control character takes six in JSON, and nobody sees it.
    seen = "".join(c for c in text if c.isprintable() or c == "\n") or "…"
    shown = seen if len(seen) <= MAX_TEXT else seen[: MAX_TEXT - 1] + "…"
    return Message([{"type": "section", "text": plain_text(shown)}], escape(shown))
