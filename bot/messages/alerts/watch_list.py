"""Watches before they are saved, and in lists. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from bot.messages.alerts.words import (
    CANCEL,
    DAILY,
    EDIT,
    EVERYTHING,
    FEED,
    FEED_IS,
    FEED_PATH,
    HERE,
    LIST,
    LONGEST_NAME,
    MANY,
    MINE,
    NO_WATCHES,
    PAUSE,
    REFINE_WATCH,
    REMOVE,
    RESUME,
    SAVED,
    UNMUTE,
)
from bot.messages.controls import actions, button
from bot.messages.dates import moment
from bot.messages.elements import (
    MAX_CHARACTERS,
    clip,
    escape,
    person,
    plain,
    plain_text,
    rich_text,
    section,
    size,
    words,
)
from bot.messages.statements import statement_blocks
from bot.types import Block, Message, ShownSentence
from index.labels import group_quotes
from index.types import Quote

DAYS = 7  # that a preview looks back
_EXAMPLES = 3
_LISTED = 7  # watches of one message
_SURE = {
    "title": plain_text("Delete this watch?"),
    "text": plain_text("No alert of it comes any more."),
    "confirm": plain_text("Delete"),
    "deny": plain_text("Keep"),
}


class WatchLine(NamedTuple):
    """
    A watch as it stands in a list.

    ``place`` is the channel, "" for the reader; ``details`` says when its alerts come, in words;
    ``without`` what is left out of it; ``creator`` is "" for the reader. ``muted`` is until when
    nothing is posted where its alerts go.
    """

    number: int
    text: str
    place: str
    paused: bool
    last: datetime | None
    details: str = ""
    creator: str = ""
    without: str = ""
    muted: datetime | None = None


def preview_message(
    understood: str,
    total: int,
    latest: Sequence[Quote],
    answer_id: str,
    *,
    here: bool = False,
    notes: Sequence[str] = (),
    estimated: bool = False,
) -> Message:
    """
    Show what a watch would look for, and what it would have sent lately.

    Args:
        understood: what it looks for, in words.
        total: statements of the last `DAYS` days.
        latest: of those, the newest.
        answer_id: names the draft in the buttons.
        here: whether it may be saved for the channel.
        notes: lines of our own below the count.
        estimated: not all statements were looked at.
    """
    count = "nothing" if not total else f"{total:,} alert{'s' if total > 1 else ''}"
    about = "about " if estimated and total else ""
    line = f"In the last {DAYS} days this would have sent {about}{count}"
    line += "; the latest:" if latest else "."
    blocks: list[Block] = [
        rich_text(
            section(*words("Watch: "), *words(clip(understood, 300), bold=True)),
            section(*words(line)),
        )
    ]
    sentences: list[ShownSentence] = []
    for group in group_quotes(latest)[:_EXAMPLES]:
        made = statement_blocks(group)
        if size([*blocks, *made]) > MAX_CHARACTERS - 3_000:
            break
        blocks += made
        sentences += [ShownSentence(q.article_id, q.text, q.speaker, q.url) for q in group]
    many = total > MANY * DAYS
    if many:
        notes = [*notes, f"That is more than {MANY} a day: a daily digest may serve you better."]
    if notes:
        blocks.append(rich_text(section(*words("\n".join(notes), italic=True))))
    row = _ways_to_save(answer_id, here=here, many=many)
    text = f"A watch: {count} in the last {DAYS} days"
    return Message([*blocks, row], text, sentences=tuple(sentences))


def _ways_to_save(answer_id: str, *, here: bool, many: bool) -> Block:
    first = {"style": "primary"}
    return actions(
        *([button("Save for this channel", HERE, answer_id, **first)] if here else []),
        button("Save for me", MINE, answer_id, "Alert me alone", **({} if here else first)),
        *([button("Daily digest for me", DAILY, answer_id)] if many else []),
        button("Refine", REFINE_WATCH, answer_id, "Change the watch before saving it"),
        button("Cancel", CANCEL, answer_id),
    )


def watch_list_message(lines: Sequence[WatchLine], *, more: int = 0) -> Message:
    """
    List watches, each with what can be done with it.

    Args:
        lines: those of one page.
        more: how many follow on the next; the button begins there.
    """
    if not lines:
        return plain(NO_WATCHES.replace("`", ""))
    blocks = [block for line in lines for block in watch_blocks(line)]
    if more:
        blocks.append(actions(button(f"{more:,} more", LIST, f":{lines[-1].number}")))
    return Message(blocks, f"{len(lines)} watch{'es' if len(lines) > 1 else ''}")


def saved_message(line: WatchLine) -> Message:
    """Say that a watch is saved, with buttons to change it."""
    return Message([rich_text(section(*words(SAVED))), *watch_blocks(line)], SAVED)


def done_message(text: str, undo: Sequence[str] = (), by: str = "") -> Message:
    """
    Say what was done to watches.

    Args:
        text: what, in words.
        undo: the label, name and value of the button that undoes it, if any.
        by: who did it, where others read it.
    """
    who = [*words("By "), person(by), *words(": ")] if by else []
    row = [actions(button(*undo))] if undo else []
    line = f"By <@{escape(by)}>: {escape(text)}" if by else escape(text)
    return Message([rich_text(section(*who, *words(text))), *row], line)


def feed_message(text: str, address: str) -> Message:
    """Say the address of a watch's feed; of a path alone, where it is served."""
    where = [] if "://" in address else [section(*words(FEED_PATH, italic=True))]
    line = FEED_IS.format(text=clip(text, LONGEST_NAME))
    code: Block = {"type": "rich_text_preformatted", "elements": words(address)}
    return Message([rich_text(section(*words(line)), code, *where)], line)


def page_of(lines: Sequence[WatchLine], after: int) -> tuple[list[WatchLine], int]:
    """Take the page of a list that follows the watch *after*, and count what follows it."""
    rest = [line for line in lines if line.number > after]
    return rest[:_LISTED], max(0, len(rest) - _LISTED)


def watch_blocks(line: WatchLine) -> list[Block]:
    """Show a watch, and buttons to pause, change and delete it."""
    where = (
        [*words("to "), {"type": "channel", "channel_id": line.place}]
        if line.place.startswith(("C", "G"))
        else words("to you")
    )
    state = words(" · paused", bold=True) if line.paused else []
    last = [*words("last alert "), moment(line.last)] if line.last else words("no alert yet")
    details = words(f" · {line.details}") if line.details else []
    by = [*words(" · set by "), person(line.creator)] if line.creator else []
    out = words(f" · leaves out {clip(line.without, 200)}") if line.without else []
    muted = [*words(" · muted until "), moment(line.muted)] if line.muted else []
    number = str(line.number)
    rest = button("Resume", RESUME, number) if line.paused else button("Pause", PAUSE, number)
    return [
        rich_text(
            section(*words(clip(line.text, LONGEST_NAME) or "…", bold=True), *state),
            section(*where, *words(" · "), *last, *details, *out, *muted, *by),
        ),
        actions(
            rest,
            button("Edit", EDIT, number),
            *([button("Unmute", UNMUTE, number)] if line.muted else []),
            *([button("Leave nothing out", EVERYTHING, number)] if line.without else []),
            *([] if line.creator else [button("Feed", FEED, number, "Show the feed’s address")]),
            button("Delete", REMOVE, number, confirm=_SURE),
        ),
    ]
