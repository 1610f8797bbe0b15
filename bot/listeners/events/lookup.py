"""
The message shortcut "Who said this?": looks up the words of any message.

Words in quotation marks are looked up alone; of a message without any, all of it. The answer is
for the person who asked: it may say that nobody said what a colleague has just posted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from bot.messages.elements import clip, plain
from bot.messages.wording import NO_WORDS, ONLY_A_LINK, OWN_ANSWER, TOO_SHORT
from bot.services import Services
from bot.slack.payloads import question_of
from bot.slack.send import EVENT, acknowledge
from bot.types import SlackPlace
from index.types import Query

SHORTCUT = "who_said_this"
MAX_CHARACTERS = 1_000  # characters that are looked up; no quotation is longer
MIN_WORDS = 3  # words between quotation marks that are taken for a quotation
MIN_LETTERS = 2  # a word of no more says nothing by itself

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_QUOTED = re.compile(r"[“„«\"]([^“”„«»\"]+)[”“»\"]")


def register(app: App, services: Services) -> None:
    """Answer the shortcut."""

    def look_up(client: WebClient, place: SlackPlace, body: Mapping[str, Any]) -> None:
        message = body.get("message") or {}
        wanted = quotation_in(question_of(str(message.get("text") or "")))
        if reason := _not_to_look_up(message, str(body.get("api_app_id")), wanted):
            services.post(client, place, plain(reason), alone=True)
            services.note(place, "declined")
            return
        query = Query(text=f"who said “{wanted}”?", quotation=wanted)
        rendered = services.answering.query(place, query)
        services.post(client, place, rendered.message, alone=True)
        services.count(place, rendered)

    services.handlers[SHORTCUT] = look_up
    app.shortcut(SHORTCUT, middleware=[services.taking(SHORTCUT)])(acknowledge)


def _not_to_look_up(message: Mapping[str, Any], app: str, wanted: str) -> str:
    """Say why a message is not looked up: it is our own, a link, or too short; "" if it is."""
    authors = (message.get("app_id"), (message.get("bot_profile") or {}).get("app_id"))
    if app in authors or (message.get("metadata") or {}).get("event_type") == EVENT:
        return OWN_ANSWER
    words = re.findall(r"[^\W\d_]{2,}", _ADDRESS.sub(" ", wanted))
    if not words:
        return ONLY_A_LINK if _ADDRESS.search(wanted) else NO_WORDS
    content = [word for word in words if len(word) > MIN_LETTERS]
    return TOO_SHORT.format(words=clip(wanted, 60)) if len(content) < MIN_WORDS else ""


def quotation_in(text: str) -> str:
    """Take the longest quotation out of *text*; all of it where there is none worth the name."""
    found = [quoted for quoted in _QUOTED.findall(text) if len(quoted.split()) >= MIN_WORDS]
    return str(max(found, key=len, default=text))[:MAX_CHARACTERS].strip()
