"""`/watch`: have what is said from now on sent; without a text, the watches there are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from bot.listeners.watches.listing import show_list
from bot.listeners.watches.saving import show_preview
from bot.messages.alerts.words import ELSEWHERE
from bot.messages.talk.help import wants_help
from bot.services import Services
from bot.slack.payloads import question_of
from bot.slack.send import acknowledge
from bot.types import SlackPlace

NAME = "/watch"
USAGE = "NAME on TOPIC"
DESCRIPTION = "Sends what is said from now on; alone, lists your watches"
_LIST = re.compile(
    r"(?i)(?:list|show|mine|all|(?:(?:list|show)\s+)?(?:(?:all|my)\s+)*(?:watches|alerts))"
)
_CHANGE = re.compile(
    r"(?i)(?:stop|delete|remove|cancel|pause|resume|edit|change|end|unwatch|unsubscribe)\b\s*"
    r"(?:watching|alerts?\s+(?:on|for)|from|the\s+watch(?:\s+on)?)?\s*(?P<which>.*)"
)
_EVERY = re.compile(
    r"(?i)(?:(?:all|my|the|every|it|this|that|everything|watch(?:es)?|alerts?)\s*)*"
)
_WHERE = re.compile(r"(?i)\s+(?:in|to|for)\s+(?P<channel><#[A-Z0-9]+(?:\|[^>]*)?>|#[\w-]+)\s*$")


def register(app: App, services: Services) -> None:
    """Answer the command."""

    def answer(client: WebClient, place: SlackPlace, body: Mapping[str, Any]) -> None:
        typed = str(body.get("text") or "")
        where = _WHERE.search(typed)
        text = question_of(typed[: where.start()] if where else typed)
        if place.channel.startswith("D"):
            services.watching.outbox.meet(place.team, place.user, place.channel)
        if not text or _asks_for_list(services, place, text):
            show_list(services, client, place)
        elif wants_help(text):
            services.post(client, place, services.help(NAME))
        else:
            query = services.watching.understand(text, services.now(client, place))
            notes = [ELSEWHERE.format(channel=question_of(where["channel"]))] if where else []
            show_preview(services, client, place, text, query, notes)

    services.handlers[NAME] = answer
    app.command(NAME, middleware=[services.taking(NAME)])(acknowledge)


def _asks_for_list(services: Services, place: SlackPlace, text: str) -> bool:
    """Return whether somebody wants to see or change watches: the list has the buttons."""
    if _LIST.fullmatch(text):
        return True
    match = _CHANGE.fullmatch(text)
    if match is None:
        return False
    if _EVERY.fullmatch(match["which"]):
        return True
    # "stop the war" is a topic, unless there is such a watch.
    lines = services.watching.listed(place.team, place.user, place.channel)
    return any(match["which"].casefold() == line.text.casefold() for line in lines)
