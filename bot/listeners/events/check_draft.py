"""
The message shortcut "Check quotations": is what a message quotes on record, and whose is it?

The answer is for the person who asked: it may say that a colleague's draft is wrong.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from bot.messages.draft_report import report_message
from bot.services import Services
from bot.slack.payloads import question_of
from bot.slack.send import acknowledge
from bot.types import SlackPlace

SHORTCUT = "check_quotations"


def register(app: App, services: Services) -> None:
    """Answer the shortcut."""

    def check(client: WebClient, place: SlackPlace, body: Mapping[str, Any]) -> None:
        text = str((body.get("message") or {}).get("text") or "")
        # Line by line: what is set apart as a quotation, and who is named before it, is by lines.
        found = services.engine.check("\n".join(map(question_of, text.splitlines())))
        services.post(client, place, report_message(found), alone=True)
        services.note(place, "answered" if any(one.verdict for one in found) else "declined")

    services.handlers[SHORTCUT] = check
    app.shortcut(SHORTCUT, middleware=[services.taking(SHORTCUT)])(acknowledge)
