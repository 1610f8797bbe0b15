"""
Which statements, and in which order: the boxes that two forms have in common. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.messages.elements import field, plain_text
from bot.types import Block

DIRECT, OFFICIALS, NEWEST = "direct", "officials", "newest"
_BOXES = {
    DIRECT: "Only direct quotes",
    OFFICIALS: "Only officials: those who speak for a country or an international body",
    NEWEST: "Newest first",
}


def choices(action: str, direct: bool, officials: bool, newest: bool) -> Block:
    """Make the boxes, ticked as given."""
    ticked = {DIRECT: direct, OFFICIALS: officials, NEWEST: newest}
    options = {name: {"text": plain_text(text), "value": name} for name, text in _BOXES.items()}
    initial = [options[name] for name, on in ticked.items() if on]
    boxes = {"type": "checkboxes", "action_id": action, "options": list(options.values())}
    chosen = {"initial_options": initial} if initial else {}
    return field("Which statements", {**boxes, **chosen}, optional=True)


def chosen_options(state: Mapping[str, Any]) -> frozenset[str]:
    """Read which boxes are ticked from what Slack says of them."""
    return frozenset(option["value"] for option in state.get("selected_options") or [])
