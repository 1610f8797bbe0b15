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

from bot.messages.elements import plain
from bot.messages.wording import NO_WORDS
from bot.services import Services
from bot.slack.payloads import question_of
from bot.slack.send import acknowledge
from bot.types import SlackPlace
from index.types import Query

SHORTCUT = "who_said_this"
MAX_CHARACTERS = 1_000  # characters that are looked up; no quotation is longer
MIN_WORDS = 3  # words between quotation marks that are taken for a quotation

_QUOTED = re.compile(r"[“„«\"]([^“”„«»\"]+)[”“»\"]")


def register(app: App, services: Services) -> None:
    """Answer the shortcut."""

    def look_up(client: WebClient, place: SlackPlace, body: Mapping[str, Any]) -> None:
        wanted = quotation_in(question_of(str((body.get("message") or {}).get("text") or "")))
        if not re.search(r"\w", wanted):
            services.post(client, place, plain(NO_WORDS), alone=True)
            return
        query = Query(text=f"who said “{wanted}”?", quotation=wanted)
        rendered = services.answering.query(place, query)
        services.post(client, place, rendered.message, alone=True)
        services.count(place, rendered)

    services.handlers[SHORTCUT] = look_up
    app.shortcut(SHORTCUT, middleware=[services.taking(SHORTCUT)])(acknowledge)


def quotation_in(text: str) -> str:
    """Take the longest quotation out of *text*; all of it where there is none worth the name."""
    found = [quoted for quoted in _QUOTED.findall(text) if len(quoted.split()) >= MIN_WORDS]
    return str(max(found, key=len, default=text))[:MAX_CHARACTERS].strip()
