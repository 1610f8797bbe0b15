"""
The form in which a channel chooses its defaults. Pure.

The channel travels in the form's hidden field; the team never does, it is read from the
delivery that Slack signed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from bot.messages.elements import clip, context, person, plain_text, rich_text, section, words
from bot.messages.views.choices import DIRECT, NEWEST, OFFICIALS, choices
from bot.types import Block, ChannelDefaults, Message

FORM = "channel_defaults"
PARTIES = "default_parties"
OUTLETS = "default_outlets"
WAYS = "default_ways"
CHOICE = "default_choice"
WATCHING = "default_watching"
WATCHERS = "default_watchers"
PRIVATE, MENTION_ONLY = "private", "mention_only"

MAX_CHOICES = 10  # parties, and outlets, that a channel can choose
MAX_OPTIONS = 100  # Slack's own limit of a menu
_TEXT = 75  # characters of an option
_VALUE = 150

TITLE = "Channel settings"
_INTRO = (
    "Settings of {channel}. Used when a question there names no person, country or outlet; they "
    "apply to everyone, and the channel is told who changed them."
)
_SAVED = "Saved. Applies to new questions in {channel}."
_NOT_A_MEMBER = "Not saved: only members of {channel} can change its settings. Join it first."
_ID = re.compile(r"[A-Z][A-Z0-9]{1,30}")
_WAYS = {
    PRIVATE: "Show answers only to the person who asked",
    MENTION_ONLY: "Answer only when I am mentioned, also in threads",
}


_WATCHING = {
    "everyone": "Everyone in the channel",
    "chosen": "Only the people below",
    "nobody": "Nobody",
}


def choice_form(channel: str, chosen: ChannelDefaults) -> dict[str, Any]:
    """Make the form, filled in with what the channel has chosen."""
    parties = zip(chosen.names, chosen.parties, strict=True)
    outlets = zip(chosen.outlets, chosen.outlets, strict=True)
    ways = {PRIVATE: chosen.private, MENTION_ONLY: chosen.mention_only}
    return {
        "type": "modal",
        "callback_id": FORM,
        "private_metadata": channel,
        "title": plain_text(TITLE),
        "submit": plain_text("Save"),
        "close": plain_text("Cancel"),
        "blocks": [
            _about(_INTRO, channel),
            _menu(PARTIES, "Whose statements", options(parties)),
            _menu(OUTLETS, "Reported by which outlets", options(outlets)),
            choices(CHOICE, chosen.direct, chosen.officials, chosen.newest),
            _ways([_option(_WAYS[name], name) for name, on in ways.items() if on]),
            *_watching(chosen),
        ],
    }


def saved_form(channel: str, *, member: bool = True) -> dict[str, Any]:
    """Make what the form turns into once it is saved, or not, as a *member* alone may."""
    blocks = [_about(_SAVED if member else _NOT_A_MEMBER, channel)]
    close = plain_text("Close")
    return {"type": "modal", "title": plain_text(TITLE), "close": close, "blocks": blocks}


def settings_message(person_id: str, chosen: ChannelDefaults) -> Message:
    """Tell a channel who has changed its settings, and to what."""
    parts = [
        f"asks about {', '.join(chosen.names)}" if chosen.names else "",
        f"reported by {', '.join(chosen.outlets)}" if chosen.outlets else "",
        "direct quotes only" if chosen.direct else "",
        "officials only" if chosen.officials else "",
        "newest first" if chosen.newest else "",
        "answers are shown only to the person who asked" if chosen.private else "",
        "I answer only when I am mentioned" if chosen.mention_only else "",
        {
            "chosen": "only some may set watches here",
            "nobody": "nobody may set watches here",
        }.get(chosen.watching, ""),
    ]
    now = "; ".join(part for part in parts if part) or "none; questions are taken as they stand"
    line = words(clip(f" changed my settings for this channel. Now: {now}.", 2_000))
    how = context("To see or change them: `/said settings`")
    return Message([rich_text(section(person(person_id), *line)), how], "My settings were changed")


def options(named: Iterable[tuple[str, str]]) -> list[Block]:
    """Make menu options of pairs (text, value); one that Slack cannot carry is left out."""
    fitting = [
        _option(text, value) for text, value in named if text.strip() and 0 < len(value) <= _VALUE
    ]
    return fitting[:MAX_OPTIONS]


def chosen_in(view: Mapping[str, Any]) -> ChannelDefaults:
    """Read what somebody chose in the form."""
    values = (view.get("state") or {}).get("values") or {}

    def picked(menu: str) -> list[dict[str, Any]]:
        return ((values.get(menu) or {}).get(menu) or {}).get("selected_options") or []

    parties = picked(PARTIES)[:MAX_CHOICES]
    ways = {option["value"] for option in picked(WAYS)}
    kinds = {option["value"] for option in picked(CHOICE)}
    who = ((values.get(WATCHING) or {}).get(WATCHING) or {}).get("selected_option") or {}
    people = ((values.get(WATCHERS) or {}).get(WATCHERS) or {}).get("selected_users") or []
    watching = str(who.get("value") or "everyone")
    return ChannelDefaults(
        parties=tuple(option["value"] for option in parties),
        outlets=tuple(option["value"] for option in picked(OUTLETS)[:MAX_CHOICES]),
        private=PRIVATE in ways,
        mention_only=MENTION_ONLY in ways,
        direct=DIRECT in kinds,
        officials=OFFICIALS in kinds,
        newest=NEWEST in kinds,
        names=tuple(option["text"]["text"] for option in parties),
        watching="chosen"
        if watching == "chosen"
        else "nobody"
        if watching == "nobody"
        else "everyone",
        watchers=tuple(map(str, people[:MAX_CHOICES])) if watching == "chosen" else (),
    )


def _about(text: str, channel: str) -> Block:
    """Say something about a channel, which Slack shows by its name to those who may know it."""
    named = f"<#{channel}>" if _ID.fullmatch(channel) else "this conversation"
    return {"type": "section", "text": {"type": "mrkdwn", "text": text.format(channel=named)}}


def _menu(name: str, label: str, initial: list[Block]) -> Block:
    menu: Block = {
        "type": "multi_external_select",
        "action_id": name,
        "min_query_length": 1,
        "max_selected_items": MAX_CHOICES,
        "placeholder": plain_text("Anybody" if name == PARTIES else "Any"),
    }
    return _input(name, label, {**menu, **({"initial_options": initial} if initial else {})})


def _ways(initial: list[Block]) -> Block:
    boxes: Block = {
        "type": "checkboxes",
        "action_id": WAYS,
        "options": [_option(text, name) for name, text in _WAYS.items()],
    }
    return _input(WAYS, "Answers", {**boxes, **({"initial_options": initial} if initial else {})})


def _watching(chosen: ChannelDefaults) -> list[Block]:
    """Ask who may set watches and briefings for the channel."""
    entries = {value: _option(text, value) for value, text in _WATCHING.items()}
    who: Block = {
        "type": "static_select",
        "action_id": WATCHING,
        "options": list(entries.values()),
        "initial_option": entries[chosen.watching],
    }
    people: Block = {
        "type": "multi_users_select",
        "action_id": WATCHERS,
        "max_selected_items": MAX_CHOICES,
        "placeholder": plain_text("People"),
        **({"initial_users": list(chosen.watchers)} if chosen.watchers else {}),
    }
    return [
        _input(WATCHING, "Who may set watches and briefings for this channel", who),
        _input(WATCHERS, "These people", people),
    ]


def _input(name: str, label: str, element: Block) -> Block:
    return {
        "type": "input",
        "block_id": name,
        "optional": True,
        "label": plain_text(label),
        "element": element,
    }


def _option(text: str, value: str) -> Block:
    return {"text": plain_text(clip(text, _TEXT)), "value": value}
