"""
Check a draft: is what it quotes on record, and whose is it?

By the message shortcut "Check quotations", or by the shortcut "Check a draft", whose form takes
pasted text. The answer is for the person who asked: it may say that a colleague's draft is wrong.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.listeners.actions.clicks import open_form
from bot.messages.draft_report import report_message
from bot.messages.elements import field, plain_text
from bot.services import Services
from bot.slack.payloads import note_in_form, place_of, question_of
from bot.slack.send import acknowledge
from bot.types import Block, SlackPlace

SHORTCUT = "check_quotations"
PASTE = "check_draft"
FORM, TEXT = "check-draft-form", "check-draft-text"
LONGEST = 3_000  # characters of a field in Slack


def register(app: App, services: Services) -> None:
    """Answer the shortcuts."""

    def report(client: WebClient, place: SlackPlace, text: str, *, alone: bool) -> None:
        found = services.engine.check(text)
        services.post(client, place, report_message(found), alone=alone)
        services.note(place, "answered" if any(one.verdict for one in found) else "declined")

    def check(client: WebClient, place: SlackPlace, body: Mapping[str, Any]) -> None:
        text = str((body.get("message") or {}).get("text") or "")
        # Line by line: what is set apart as a quotation, and who is named before it, is by lines.
        report(client, place, "\n".join(map(question_of, text.splitlines())), alone=True)

    def check_pasted(client: WebClient, place: SlackPlace, body: Mapping[str, Any]) -> None:
        values = (body["view"].get("state") or {}).get("values") or {}
        given = (values.get(TEXT) or {}).get(TEXT) or {}
        # In a direct message, where nobody else is.
        report(client, place, str(given.get("value") or "")[:LONGEST], alone=False)

    @app.shortcut(PASTE)
    def ask_text(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        ack()
        place = place_of(body)
        if place is not None and services.takes(body):
            form = draft_form(note_in_form(place))
            open_form(client, place, str(body.get("trigger_id")), form)

    services.handlers[SHORTCUT] = check
    services.handlers[FORM] = check_pasted
    app.shortcut(SHORTCUT, middleware=[services.taking(SHORTCUT)])(acknowledge)
    app.view(FORM, middleware=[services.taking(FORM)])(acknowledge)


def draft_form(note: str) -> Block:
    """Make the form that takes a draft; it carries *note* unseen."""
    text = {
        "type": "plain_text_input",
        "action_id": TEXT,
        "multiline": True,
        "max_length": LONGEST,
    }
    return {
        "type": "modal",
        "callback_id": FORM,
        "private_metadata": note,
        "title": plain_text("Check a draft"),
        "submit": plain_text("Check"),
        "close": plain_text("Cancel"),
        "blocks": [field("Text with quotations (up to 3,000 characters)", text)],
    }
