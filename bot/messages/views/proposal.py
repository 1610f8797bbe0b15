"""
"Wrong speaker": the fields that ask who it was, and the question to who may decide. Pure.

A button says which sentence of which answer it is about and whom somebody has named; the sentence
itself is looked up again, so that nobody decides about words that are not shown.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from bot.messages.controls import actions, button
from bot.messages.elements import (
    clip,
    escape,
    field,
    plain_text,
    quotation,
    rich_text,
    section,
    words,
)
from bot.types import Block, Message, ShownSentence

STATEMENT, WHO = "verdict-statement", "verdict-who"
ACCEPT, DECLINE = "correction-accept", "correction-decline"
MAX_NAME = 200  # characters
_MOST = 50  # sentences to choose from

NOT_ALLOWED = "Only those named in BOT_CORRECTORS decide who said what."
WRONG_SPEAKER = "the speaker was wrong"
DECLINED = "Left as it is."
DECIDED = "That cannot be changed (any more): somebody has decided it, or the article has changed."
NOT_THERE = "That answer is too old; `onrecord corrections add` still works."


class Proposal(NamedTuple):
    """Who is said to have said the *number*-th sentence of an answer."""

    answer: str
    number: int
    speaker: str


def who_fields(sentences: Sequence[ShownSentence]) -> list[Block]:
    """Ask which sentence has the wrong speaker, and who it was; nothing where none is shown."""
    options = [
        {"text": plain_text(clip(f"{s.speaker or 'Nobody'}: {s.text}", 75)), "value": str(number)}
        for number, s in enumerate(sentences[:_MOST])
    ]
    if not options:
        return []
    chosen = {"type": "static_select", "action_id": STATEMENT, "options": options}
    who = {"type": "plain_text_input", "action_id": WHO, "max_length": MAX_NAME}
    return [
        field("Wrong speaker: of which statement?", chosen, optional=True),
        field("Wrong speaker: who said it?", who, optional=True),
    ]


def proposal_message(made: Proposal, sentence: ShownSentence, proposer: str) -> Message:
    """Ask whether *sentence* is to have another speaker, as *proposer* says."""
    was = clip(sentence.speaker or "", 120) or "nobody by name"
    line = [
        {"type": "user", "user_id": proposer},
        *words(" says that this is not by "),
        *words(was, bold=True),
        *words(" but by "),
        *words(clip(made.speaker, MAX_NAME), bold=True),
        *words(". Accepted, it counts for everybody, whatever the models find:"),
    ]
    value = json.dumps(made)
    row = actions(
        button("Accept", ACCEPT, value, "Change the speaker"),
        button("Decline", DECLINE, value, "Leave the speaker"),
    )
    blocks = [rich_text(section(*line), quotation([sentence.text])), row]
    return Message(blocks, escape("A wrong speaker? Yours to decide."))


def proposal_in(value: str) -> Proposal | None:
    """Read a button's value; None for one that is none."""
    try:
        given: Any = json.loads(value)
    except ValueError:
        return None
    shape = [type(each) for each in given] if isinstance(given, list) else []
    return Proposal(*given) if shape == [str, int, str] else None
