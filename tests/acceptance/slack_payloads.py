"""Events and commands as Slack delivers them, and what readers see of a posted message."""

from __future__ import annotations

import itertools
from itertools import groupby

_ids = itertools.count(1)


def mention(text, *, ts=None, thread=None, event_id=None, user="U1", **more):
    """An app_mention event as Slack delivers it."""
    number = next(_ids)
    event = {
        "type": "app_mention",
        "user": user,
        "text": text,
        "channel": "C1",
        "ts": ts or f"1700000000.{number:06}",
        **more,
    }
    if thread:
        event["thread_ts"] = thread
    return _delivery(event, event_id or f"Ev{number:08}")


def direct(text, *, ts=None, thread=None, event_id=None, user="U1", **more):
    """A direct message as Slack delivers it."""
    payload = mention(text, ts=ts, thread=thread, event_id=event_id, user=user, **more)
    payload["event"].update({"type": "message", "channel_type": "im", "channel": "D1"})
    return payload


def _delivery(event, event_id):
    return {
        "type": "event_callback",
        "team_id": "T1",
        "api_app_id": "A1",
        "event_id": event_id,
        "event_time": 1700000000,
        "event": event,
        "authorizations": [{"team_id": "T1", "user_id": "U0BOT", "is_bot": True}],
    }


def command(slack, name, text, trigger=None):
    """A slash command as Slack delivers it."""
    number = next(_ids)
    return {
        "command": name,
        "text": text,
        "team_id": "T1",
        "channel_id": "C1",
        "user_id": "U1",
        "trigger_id": trigger or f"t{number}",
        "response_url": f"http://127.0.0.1:{slack.port}/respond/{number}",
    }


def quoted(sent):
    """The sentences that stand in block quotes, read back from a posted message."""
    return [sentence for bar in quote_bars(sent["blocks"]) for sentence in bar]


def quote_bars(blocks):
    """The sentences of each block quote; an element that is one blank parts two of them."""
    bars = [
        [part["text"] for part in element["elements"]]
        for block in blocks
        if block["type"] == "rich_text"
        for element in block["elements"]
        if element["type"] == "rich_text_quote"
    ]
    return [
        ["".join(run) for blank, run in groupby(bar, lambda text: text == " ") if not blank]
        for bar in bars
    ]


def wording(sent):
    """Every text of a posted message, joined."""
    found = []

    def walk(node):
        if isinstance(node, dict):
            found.extend(
                v for k, v in node.items() if k in ("text", "fallback") and isinstance(v, str)
            )
            node = list(node.values())
        if isinstance(node, list):
            for item in node:
                walk(item)

    walk(sent["blocks"])
    return " ".join(found)
