"""The menus of the question form: names on record, completed as they are typed."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, App

from bot.messages.views.question_form import LONGEST, MENUS, PARTY, option
from bot.services import Services

LIMIT = 20


def register(app: App, services: Services) -> None:
    """Complete names."""

    def value_of(menu: str, name: str) -> str:
        """Give what the entry carries: for a party its key."""
        party = services.engine.party_named(name) if menu == PARTY else None
        return party.key if party else name

    def complete(ack: Ack, payload: dict[str, Any]) -> None:
        menu = str(payload["action_id"])
        names = services.engine.suggest(MENUS[menu], str(payload.get("value") or ""), limit=LIMIT)
        found = [(name, value_of(menu, name)) for name in names]
        ack(options=[option(name, value) for name, value in found if 0 < len(value) <= LONGEST])

    for menu in MENUS:
        app.options(menu)(complete)
