"""A button that asks: on the Home tab. The answer comes as a direct message."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from bot.messages.controls import ASK
from bot.services import Services
from bot.slack.send import acknowledge
from bot.types import SlackPlace


def register(app: App, services: Services) -> None:
    """Ask what the button says."""

    def ask(client: WebClient, place: SlackPlace, body: Mapping[str, Any]) -> None:
        question = str(body["actions"][0].get("value") or "")
        rendered = services.said(client, place, question)
        services.post(client, place, rendered.message)
        services.count(place, rendered)

    services.handlers[ASK] = ask
    app.action(re.compile(rf"^{ASK}-\d+$"), middleware=[services.taking(ASK)])(acknowledge)
