"""
Slack's own judgement of every kind of message and view, before a user sees one refused.

Slack looks at samples (`blocks.validate`, for which a token needs no scope) and posts nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.doctor.samples import sample_messages, sample_views
from bot.messages.elements import clip
from bot.slack.client import BROKEN
from index.maintenance.doctor import Finding

CHECK = "messages"
_INVALID = ("invalid_blocks", "invalid_message", "invalid_view")
_FIX = (
    "upgrade onrecord: Slack has changed what it takes; until then such messages do not arrive, "
    "and the log names each"
)


def examine_messages(client: WebClient, token: str) -> Iterator[Finding]:
    """Ask Slack whether it would take each kind of message and view; what it refuses, in words."""
    payloads: list[tuple[str, dict[str, Any]]] = [
        *((name, {"message": {"blocks": blocks}}) for name, blocks in sample_messages()),
        *((name, {"view": view}) for name, view in sample_views()),
    ]
    taken = refused = 0
    for name, payload in payloads:
        try:
            client.blocks_validate(token=token, **payload)
        except SlackApiError as exc:
            error = str(exc.response.get("error"))
            if error not in _INVALID:
                detail = f"{taken} of {len(payloads)} kinds looked at; Slack answers {error}"
                yield Finding(CHECK, "info", detail, "try again later")
                return
            refused += 1
            yield Finding(f"{CHECK}: {name}", "fail", f"Slack refuses {_fault(exc.response)}", _FIX)
        except BROKEN as exc:
            detail = f"{taken} of {len(payloads)} kinds looked at; Slack does not answer ({exc})"
            yield Finding(CHECK, "info", detail, "try again later")
            return
        else:
            taken += 1
    if not refused:
        yield Finding(CHECK, "ok", f"Slack takes all {taken} kinds of messages and views")


def _fault(response: Mapping[str, Any]) -> str:
    """Word the first of the errors that Slack lists: where it is, and what is wrong there."""
    listed = response.get("errors") or ()
    first = listed[0] if listed and isinstance(listed[0], Mapping) else {}
    where, what = first.get("pointer"), first.get("message") or first.get("code")
    line = f"it at {where}: {what}" if where else f"it: {what or response.get('error')}"
    return clip(line, 300)
