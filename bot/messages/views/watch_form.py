"""
The form of a watch: what it looks for, where its alerts go, and when. Pure.

Times are those of whoever fills it in. Which watch or draft it changes travels in the form's
hidden field; the team and the person never do.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from bot.messages.alerts.words import DIGEST_AT
from bot.messages.elements import clip, field, plain_text
from bot.types import CAP, Block, WatchOptions

WATCH_FORM = "watch-form"
TEXT, WHERE = "watch-text", "watch-where"
CAPS, QUIET_FROM, QUIET_TO = "watch-cap", "watch-quiet-from", "watch-quiet-to"
WAYS, AT, SILENCE = "watch-ways", "watch-at", "watch-silence"
DIGEST, THREAD = "digest", "thread"

_LONGEST = 3_000  # that Slack lets people type
_CAPS = {"5": "5", "10": "10", str(CAP): str(CAP), "50": "50", "0": "No limit"}
_SILENCES = {"0": "Never", "1": "1 day", "3": "3 days", "7": "7 days", "30": "30 days"}
_WAYS = {
    DIGEST: "One digest a day instead of single alerts",
    THREAD: "All alerts of this watch in one thread",
}


class FilledWatch(NamedTuple):
    """What somebody has filled in; ``place`` is "" for themselves."""

    text: str
    place: str
    options: WatchOptions


def watch_form(note: str, text: str, place: str, options: WatchOptions) -> Block:
    """
    Make the form.

    Args:
        note: what it carries unseen.
        text: of the watch.
        place: the channel that its alerts go to; "" for the person who fills it in.
        options: as they are.
    """
    typed = {"type": "plain_text_input", "action_id": TEXT, "max_length": _LONGEST}
    where: Block = {
        "type": "conversations_select",
        "action_id": WHERE,
        "placeholder": plain_text("A direct message to me"),
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
    }
    if place:
        where["initial_conversation"] = place
    on = [name for name, is_on in ((DIGEST, options.digest_at), (THREAD, options.thread)) if is_on]
    boxes: Block = {
        "type": "checkboxes",
        "action_id": WAYS,
        "options": [_option(label, name) for name, label in _WAYS.items()],
    }
    if on:
        boxes["initial_options"] = [_option(_WAYS[name], name) for name in on]
    return {
        "type": "modal",
        "callback_id": WATCH_FORM,
        "private_metadata": note,
        "title": plain_text("Watch"),
        "submit": plain_text("Save"),
        "close": plain_text("Cancel"),
        "blocks": [
            field("What to look for", {**typed, "initial_value": clip(text, _LONGEST)}),
            field("Send alerts to", where, optional=True),
            field("At most, an hour", _menu(CAPS, _CAPS, str(options.cap))),
            field("No alerts from", _time(QUIET_FROM, options.quiet_from), optional=True),
            field("Until", _time(QUIET_TO, options.quiet_to), optional=True),
            field("How they come", boxes, optional=True),
            field("Time of the digest", _time(AT, options.digest_at or DIGEST_AT), optional=True),
            field(
                "Say so when nothing came for", _menu(SILENCE, _SILENCES, str(options.silent_after))
            ),
        ],
    }


def filled_watch(view: Mapping[str, Any]) -> FilledWatch:
    """Read what was filled in."""
    values = (view.get("state") or {}).get("values") or {}
    states = {action: state or {} for block in values.values() for action, state in block.items()}

    def at(action: str, kind: str) -> Any:
        return (states.get(action) or {}).get(kind)

    def number(action: str, among: Mapping[str, str], otherwise: int) -> int:
        chosen = str((at(action, "selected_option") or {}).get("value") or "")
        return int(chosen) if chosen in among else otherwise

    ways = {option["value"] for option in at(WAYS, "selected_options") or ()}
    options = WatchOptions(
        cap=number(CAPS, _CAPS, CAP),
        quiet_from=str(at(QUIET_FROM, "selected_time") or ""),
        quiet_to=str(at(QUIET_TO, "selected_time") or ""),
        digest_at=str(at(AT, "selected_time") or DIGEST_AT) if DIGEST in ways else "",
        thread=THREAD in ways,
        silent_after=number(SILENCE, _SILENCES, 0),
    )
    text = " ".join(str(at(TEXT, "value") or "").split())
    return FilledWatch(text, str(at(WHERE, "selected_conversation") or ""), options)


def described_options(options: WatchOptions) -> str:
    """Say when the alerts of a watch come, in a few words; "" for the ordinary way."""
    parts = [
        f"daily at {options.digest_at}" if options.digest_at else "",
        f"quiet {options.quiet_from}–{options.quiet_to}"
        if options.quiet_from and options.quiet_to and not options.digest_at
        else "",
        "in one thread" if options.thread else "",
        f"at most {options.cap} an hour" if options.cap not in (0, CAP) else "",
        f"says so after {options.silent_after} silent days" if options.silent_after else "",
    ]
    return " · ".join(part for part in parts if part)


def _menu(action: str, entries: Mapping[str, str], chosen: str) -> Block:
    entries = entries if chosen in entries else {**entries, chosen: chosen}
    return {
        "type": "static_select",
        "action_id": action,
        "options": [_option(label, value) for value, label in entries.items()],
        "initial_option": _option(entries[chosen], chosen),
    }


def _time(action: str, chosen: str) -> Block:
    picker: Block = {"type": "timepicker", "action_id": action}
    return {**picker, "initial_time": chosen} if chosen else picker


def _option(text: str, value: str) -> Block:
    return {"text": plain_text(clip(text, 75)), "value": value}
