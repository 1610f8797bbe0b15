"""
An answer that was posted, with marks at the sentences that its articles no longer hold. Pure.

Nothing disappears: a journalist may have copied it by now. The words are struck through, and a
line below says since when, and why.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from bot.messages.controls import AGAIN, actions, button
from bot.messages.dates import moment
from bot.messages.elements import (
    clip,
    escape,
    quotation,
    rich_text,
    section,
    size,
    words,
)
from bot.types import Block, Mark, Marks, Message, ShownSentence

MAX_MARKED = 11_000  # characters of a message's JSON; Slack refuses somewhere above 11,300
LONGEST_REASON = 120
_KNOWN_BY = 8  # words of a sentence that is meant
MAX_TOLD = 3  # sentences
MAX_WORDING = 2_500  # characters of the JSON of one that is quoted again
_GONE = {
    "withdrawn": "Its article was withdrawn.",
    "corrected": "Its article no longer says this, nor anything like it.",
}
_MEANING = {
    "withdrawn": "the article was withdrawn",
    "corrected": "the article was changed and no longer says this in these words",
}


def marked(message: Message, sentences: Sequence[ShownSentence], marks: Marks) -> Message:
    """
    Strike the marked sentences through.

    Args:
        message: as it was posted first.
        sentences: those that it shows, in order.
        marks: by the number of the sentence.

    Returns:
        The message to put in its place; without the lines that say why if those do not fit.
    """
    if not marks:
        return message
    made = _marked(message, sentences, marks, noted=True)
    return made if size(made.blocks) <= MAX_MARKED else _marked(message, sentences, marks)


class TakenBack(NamedTuple):
    """
    A sentence that its article no longer has: "corrected" or "withdrawn".

    ``now`` is how it reads there, verbatim, None where nothing stands for it; ``carried`` another
    outlet that has it still, None where none has.
    """

    sentence: ShownSentence
    what: str
    now: str | None
    carried: str | None = None


def correction_message(answer_id: str, changes: Sequence[TakenBack]) -> Message:
    """
    Say below an answer what its articles no longer say, and how they read now.

    Args:
        answer_id: which answer, for the button that asks again.
        changes: in the order in which the answer shows them.

    Returns:
        A line for each of the first statements; the new wordings are those that must still be said.
    """
    parts: list[Block] = []
    new: list[ShownSentence] = []
    groups = [[*group] for _, group in groupby(changes, _statement)]
    for group in groups[:MAX_TOLD]:
        sentence, what, _, carried = group[0]
        who = clip(sentence.speaker or "", 80) or "an unnamed speaker"
        line = [
            *words(f"{what.capitalize()} since: ", bold=True),
            *words(f"a quote by {who}, "),
            *words(_beginning(sentence.text), italic=True),
        ]
        texts = list(dict.fromkeys(each.now for each in group if each.now is not None))
        if not texts or size([quotation(texts)]) > MAX_WORDING:
            parts.append(section(*line, *words(f" {_still_in(carried) or _GONE[what]}")))
            continue
        parts += [section(*line, *words(" It now reads:")), quotation(texts)]
        new += [replace(sentence, text=text) for text in texts]
    if len(groups) > MAX_TOLD:
        parts.append(section(*words(f"And {len(groups) - MAX_TOLD} more, struck through above.")))
    kinds = {each.what for each in changes}
    text = "Withdrawn since" if kinds == {"withdrawn"} else "Corrected since"
    again = actions(button("Ask again", AGAIN, answer_id, "Ask the same question again"))
    return Message([rich_text(*parts), again], f"{text}: a quote above", sentences=tuple(new))


def _statement(change: TakenBack) -> tuple[str, str | None, str]:
    """Name the statement of a sentence: those of one article and speaker that follow are one."""
    return change.sentence.article, change.sentence.speaker, change.what


def _beginning(text: str) -> str:
    """Give the first words of a sentence, by which it is known above."""
    first = text.split()
    shown = " ".join(first[:_KNOWN_BY])
    return shown if len(first) <= _KNOWN_BY else f"{shown} …"


def _still_in(outlet: str | None) -> str:
    if outlet is None:
        return ""
    return f"{clip(outlet, 80) or 'Another article'} still has it."


def _marked(
    message: Message, sentences: Sequence[ShownSentence], marks: Marks, *, noted: bool = False
) -> Message:
    blocks = copy.deepcopy(message.blocks)
    lines = list(_lines(blocks))
    after = (0, 0)
    for number, sentence in enumerate(sentences):
        wanted = [part["text"] for part in words(sentence.text)]
        found = _find(lines, after, wanted)
        if found is None:
            continue  # it was too long for the message, and only linked
        line, first = found
        after = (line, first + len(wanted))
        elements, owner = lines[line]
        mark = marks.get(number)
        if mark is None:
            continue
        for element in elements[first : after[1]]:
            element["style"] = {**element.get("style", {}), "strike": True}
        note = _note(mark)
        if noted and note not in owner["elements"]:
            owner["elements"].append(note)
    kinds = {mark.what for mark in marks.values()}
    word = "Withdrawn" if kinds == {"withdrawn"} else "Corrected"
    part = "" if len(marks) == len(sentences) else "Partly "
    begin = f"{part}{word.lower() if part else word}: "
    return Message([_notice(word), *blocks], escape(begin) + message.text)


class _Line(NamedTuple):
    """Elements that stand in a row, and the rich text that they are in."""

    elements: list[Block]
    owner: Block


def _lines(blocks: Sequence[Block]) -> Iterator[_Line]:
    """List where sentences can stand: block quotes, and the lines of a table's cells."""
    for block in blocks:
        if block["type"] == "rich_text":
            for part in block["elements"]:
                if part["type"] == "rich_text_quote":
                    yield _Line(part["elements"], block)
        elif block["type"] in ("table", "data_table"):
            for cell in (cell for row in block["rows"] for cell in row):
                for part in cell.get("elements", ()):
                    yield _Line(part["elements"], cell)


def _find(
    lines: Sequence[_Line], after: tuple[int, int], wanted: Sequence[str]
) -> tuple[int, int] | None:
    """Find the elements of a sentence behind a spot: the line, and the first of them in it."""
    for line in range(after[0], len(lines)):
        texts = [element.get("text") for element in lines[line].elements]
        for first in range(after[1] if line == after[0] else 0, len(texts)):
            if texts[first : first + len(wanted)] == wanted:
                return line, first
    return None


def _note(mark: Mark) -> Block:
    """Say below a statement what became of it."""
    reason = f": {clip(mark.reason, LONGEST_REASON)}" if mark.reason else ""
    return section(
        *words(f"{mark.what.capitalize()} ", bold=True),
        moment(mark.at),
        *words(f" · {_MEANING[mark.what]}{reason}"),
    )


def _notice(word: str) -> Block:
    note = " since: changed passages are struck through"
    return rich_text(section(*words(word, bold=True), *words(note)))
