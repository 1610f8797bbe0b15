"""What must hold of what the workspaces show; the numbers are those of `simulate`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from bot.messages.wording import UNCONFIRMED
from tests.acceptance import slack_payloads
from tests.faults.simulation.disk import SPEAKERS
from tests.faults.simulation.slack import Visible

NOTICE = UNCONFIRMED.partition(" (")[0]
BOTH = "both"
_SAID = re.compile(r"“The (boats|nets) of (n\d) wait on day (\d+), in berth \d\.”")


class Asked(NamedTuple):
    """A question: who asks, where and about what; where it ``follows``, its thread tells that."""

    name: str
    team: str
    channel: str
    user: str
    ts: str
    thread: str
    what: str
    follows: bool = False
    command: bool = False


def quoted(sent: dict[str, Any]) -> list[str]:
    """List the sentences that stand in block quotes, and in the cells of a table."""
    blocks = sent.get("blocks") or []
    tables = [block for block in blocks if block["type"] == "table"]
    cells = [cell["elements"] for table in tables for row in table["rows"] for cell in row]
    # Who, what, and where it is from: other cells have one line.
    told = ["".join(part["text"] for part in cell[1]["elements"]) for cell in cells if cell[1:]]
    return [*slack_payloads.quoted({"blocks": blocks}), *told]


def is_notice(post: Visible) -> bool:
    """Tell a notice that a reply may be lost from a reply."""
    return str(post.sent["text"]).startswith(NOTICE)


def faults_of_post(post: Visible, asked: Asked) -> Iterator[str]:
    """Tell what is wrong with one post, a line each."""
    if not _is_its_place(post, asked):
        yield f"15: a reply to {asked} stands in {post.team}: {post.method} {post.sent}"
    told = json.dumps(post.sent)
    for what, speaker in SPEAKERS.items():
        if what != asked.what != BOTH and f"Statements by {speaker.parties[0].name}" in told:
            yield f"15: {asked.name} is understood as another team's question"
    days: dict[str, set[str]] = {}
    for text in quoted(post.sent):
        found = _SAID.fullmatch(text)
        if found is None:
            yield f"14: nobody said {text!r}"
            continue
        what, name, day = found.groups()
        days.setdefault(name, set()).add(day)
        # Where nothing was found, what others say is shown apart.
        nearest = "nearest statements only" in told
        if what != asked.what != BOTH and not asked.follows and not nearest:
            yield f"15: {asked.name} asks about {asked.what} and reads {text!r}"
    yield from (f"14: no article said {text!r} any more" for text in post.gone)
    yield from (f"8: {name} of days {sorted(d)}" for name, d in days.items() if len(d) > 1)


def _is_its_place(post: Visible, asked: Asked) -> bool:
    """Return whether a post stands where it was asked for, or before its asker alone."""
    sent, private = post.sent, asked.channel.startswith("D")
    if post.team != asked.team:
        return False
    if post.method == "response_url":
        return asked.command
    if post.method == "chat_postEphemeral":
        return (sent["channel"], sent["user"]) == (asked.channel, asked.user)
    if sent["channel"] == asked.user:
        return sent["thread_ts"] is None
    threads = (asked.thread, None) if private else (asked.thread,)
    return not asked.command and sent["channel"] == asked.channel and sent["thread_ts"] in threads
