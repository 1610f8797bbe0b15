"""
The buttons of an answer. Pure.

A value is the answer's id, with ":" and a number for one of its statements. What can be done with
a statement stands in a small menu beside its last line: on a phone the words outweigh the buttons.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.messages.elements import clip, plain_text
from bot.types import Block
from index.query import without_inherited
from index.types import Query

MORE = "more"
ALL = "all"
DROP = "drop"
CONTEXT = "context"
WHY = "why"
CHECK = "check"
REFINE = "refine"
SHARE = "share"
DELETE = "delete"
VERDICT = "verdict"
AGAIN = "again"
ASK = "ask"
ASK_FORM = "ask-form"
SIDE = "side"
TABLE = "table"
SETTINGS = "channel-settings"
MENU = "answer-menu"  # whose entries are the channel's settings, and a watch
WATCH_ENTRY = "watch"
REGULAR = "send-regularly"

RIGHT, WRONG = "right", "wrong"
BUTTONS = 3  # blocks that `answer_buttons` takes at most, with the line above them
BUTTON_CHARACTERS = 1_600  # and the room for their JSON


@dataclass(frozen=True, slots=True)
class Page:
    """
    One page of an answer: what its buttons are about, and what stood on the pages before.

    ``limit`` is how many quotes a page holds; fewer mean that it is the last, as does ``last``.
    ``kept`` words what was kept of the question before, on the button that drops it. ``again``:
    it comes again by itself.
    """

    answer_id: str
    limit: int = 5
    seen: int = 0
    private: bool = False
    kept: str = ""
    last: bool = False
    again: bool = False


def button(text: str, action: str, value: str, label: str = "", **more: Any) -> Block:
    """
    Make a button.

    Args:
        text: what stands on it; cut at Slack's limit.
        action: its action id.
        value: what a click brings back.
        label: what screen readers say instead of *text*.
        **more: other fields of Slack's button element.
    """
    spoken = {"accessibility_label": clip(label, 75)} if label else {}
    return {
        "type": "button",
        "action_id": action,
        "text": plain_text(clip(text, 75)),
        "value": value,
        **spoken,
        **more,
    }


def actions(*buttons: Block) -> Block:
    """Make a row of buttons."""
    return {"type": "actions", "elements": list(buttons)}


def statement_menu(page: Page, number: int) -> Block:
    """Make the menu beside the *number*-th statement of an answer."""
    entries = (("Context", CONTEXT), ("Why this?", WHY))
    options = [
        {"text": plain_text(text), "value": f"{page.answer_id}:{number}:{what}"}
        for text, what in entries
    ]
    return {"type": "overflow", "action_id": CHECK, "options": options}


def side_buttons(page: Page, names: Sequence[str], *, table: bool = False) -> Block:
    """
    Make a button for each side of a comparison: its answer alone, with all its buttons.

    Args:
        page: what they are about.
        names: of the sides, as they stand within a sentence.
        table: begin with the button for all sides in columns.
    """
    columns = button("Side by side", TABLE, page.answer_id, "Show the sides in columns")
    return actions(
        *([columns] if table else []),
        *(
            button(
                f"Only {clip(name, 60)}",
                f"{SIDE}-{number}",
                f"{page.answer_id}:{number}",
                f"Only {clip(name, 30)}, with context and reasons",
            )
            for number, name in enumerate(names)
        ),
    )


def answer_buttons(
    page: Page, more: str = "", *, shows: bool = True, action: str = MORE
) -> list[Block]:
    """
    Make the buttons at the foot of an answer.

    Args:
        page: what they are about.
        more: the words of the button for what else there is; without any there is none.
        shows: whether it shows what was asked for: nothing else is there to be shared.
        action: what that button does.
    """
    value = page.answer_id
    row = [button(more, action, value)] if more else []
    if page.kept:
        row.append(button(page.kept, DROP, value, f"{page.kept} of the question before"))
    row.append(button("Refine", REFINE, value, "Change the question"))
    if action == ALL and shows and not page.again:
        row.append(button("Send this regularly", REGULAR, value))
    if page.private and shows:
        row.append(button("Share to channel", SHARE, value))
    if not page.private:
        row.append(button("Delete", DELETE, value, "Delete this answer", confirm=_SURE))
    entries = (("Watch this", f"{value}:{WATCH_ENTRY}"), ("Channel settings", SETTINGS))
    options = [{"text": plain_text(text), "value": what} for text, what in entries]
    menu = {"type": "overflow", "action_id": MENU, "options": options}
    return [actions(*row, menu), _feedback(value)]


_SURE = {
    "title": plain_text("Delete this answer?"),
    "text": plain_text("It disappears for everybody in this conversation."),
    "confirm": plain_text("Delete"),
    "deny": plain_text("Keep"),
}


def _feedback(answer_id: str) -> Block:
    """Ask whether the answer was right; only the person who clicks sees the response."""

    def choice(text: str, verdict: str) -> Block:
        return {
            "text": plain_text(text),
            "value": f"{answer_id}:{verdict}",
            "accessibility_label": f"{text} answer",
        }

    buttons = {
        "type": "feedback_buttons",
        "action_id": VERDICT,
        "positive_button": choice("Right", RIGHT),
        "negative_button": choice("Wrong", WRONG),
    }
    return {"type": "context_actions", "elements": [buttons]}


_KEPT = {
    "who": "the speaker",
    "days": "the dates",
    "outlet": "the outlet",
    "stance": "the kind of statement",
}


def _form(query: Query) -> str:
    """Name the form that was wished for: "“direct quotes only”"."""
    order = query.order if query.order != "best" else ""
    wishes = [
        *(["direct quotes only"] if query.direct else []),
        *(["officials only"] if query.officials else []),
        *(f"no {group}" for group in query.without),
        *([f"{order} first"] if order else []),
    ]
    return f"“{', '.join(wishes)}”" if wishes else "the limit"


def kept_label(query: Query) -> str:
    """Word the button that drops what *query* kept of the question before; "" for nothing."""
    if without_inherited(query) == Query(query.text, anyone=True):
        return ""  # nothing would be left to ask for
    topic = f"“{clip(query.topic or '', 30)}”"
    kept = [
        topic if name == "topic" else _form(query) if name == "form" else _KEPT[name]
        for name in query.inherited
    ]
    if query.inherited == ("who",):
        return "Ask about everybody"
    if len(kept) > 1:
        kept = [f"{', '.join(kept[:-1])} and {kept[-1]}"]
    return f"Ask without {kept[0]}" if kept else ""
