"""
Slack's documented limits, and what it would bring to life, checked over the JSON of a message.

From docs.slack.dev, reference/block-kit, with what people report where it says nothing: a message
is refused above some 11,300 characters of JSON, one table a message.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

JSON_CHARACTERS = 11_300
BLOCKS = {"message": 50, "modal": 100, "home": 100}
ELEMENTS = {"actions": 25, "context": 10, "context_actions": 5}
TEXTS = {"header": 150, "button": 75, "option": 75}
DATE = re.compile(r"<!date\^\d+\^[{}a-z_ ]+\|[0-9A-Za-z: -]+>")
OVERRIDES = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)), "\ufffd")
RICH = {"text", "link", "date", "user"}


def nodes(tree: Any) -> Iterator[dict[str, Any]]:
    """Every object of a JSON tree."""
    if isinstance(tree, dict):
        yield tree
        tree = list(tree.values())
    for item in tree if isinstance(tree, list) else ():
        yield from nodes(item)


def broken_limits(blocks: list[dict[str, Any]], kind: str = "message") -> list[str]:
    """What Slack would refuse about *blocks*, in words; none if it takes them."""
    found = []
    size = len(json.dumps(blocks, ensure_ascii=False))
    if kind == "message" and size > JSON_CHARACTERS:
        found.append(f"{size} characters of JSON")
    if not 0 < len(blocks) <= BLOCKS[kind]:
        found.append(f"{len(blocks)} blocks")
    if sum("table" in block["type"] for block in blocks) > 1:
        found.append("two tables")
    for node in nodes(blocks):
        found += _broken(node)
    return found


def _broken(node: dict[str, Any]) -> list[str]:
    """What is wrong with one object."""
    found, kind = [], node.get("type", "option" if "value" in node else "")
    text = node.get("text")
    words = text.get("text") if isinstance(text, dict) else text
    most = TEXTS.get(kind, 3_000)
    if isinstance(words, str) and not 1 <= len(words) <= most:
        found.append(f"{kind} with {len(words)} characters")
    for name, limit in (("url", 3_000), ("value", 2_000), ("action_id", 255), ("block_id", 255),
                        ("accessibility_label", 75), ("initial_value", 3_000),
                        ("private_metadata", 3_000)):  # fmt: skip
        if len(str(node.get(name, ""))) > limit:
            found.append(f"{kind} with a long {name}")
    if kind in ELEMENTS and not 1 <= len(node["elements"]) <= ELEMENTS[kind]:
        found.append(f"{kind} with {len(node['elements'])} elements")
    if kind.startswith("rich_text") and not node["elements"]:
        found.append(f"an empty {kind}")
    if kind in ("table", "data_table"):
        rows, most = node["rows"], 100 if kind == "table" else 101
        if not (most - 99 <= len(rows) <= most and all(1 <= len(row) <= 20 for row in rows)):
            found.append("a table of the wrong size")
        if len({len(row) for row in rows}) != 1:
            found.append("a table with rows of different lengths")
        if kind == "data_table" and not (
            node["caption"] and {cell["type"] for cell in rows[0]} == {"raw_text"}
        ):
            found.append("a data table without caption or plain names of its columns")
        if sum(len(cell.get("text", "")) for cell in nodes(rows)) > 10_000:
            found.append("a table of more than 10,000 characters")
    return found


def alive(blocks: list[dict[str, Any]], text: str = "") -> list[str]:
    """
    What Slack would bring to life without our wish: mentions, links and formats in strings that
    it parses, and elements of a kind that no answer has.
    """
    parsed = [node["text"] for node in nodes(blocks) if node.get("type") == "mrkdwn"]
    found = [each for each in (*parsed, text) if re.search(r"[<>]", DATE.sub("", each))]
    found += [each for each in parsed if re.search(r"[*_~`]", DATE.sub("", each))]
    for node in nodes(blocks):
        if str(node.get("type")) in ("rich_text_section", "rich_text_quote"):
            found += [str(part) for part in node["elements"] if part["type"] not in RICH]
    return found


def as_shown(text: str) -> str:
    """Any text as it is shown: overrides of the direction of writing cannot take effect."""
    return text.translate(OVERRIDES)


def as_read(text: str) -> str:
    """A string that Slack parses, as its readers see it."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
