"""
A channel chooses its defaults: `/said settings`, the menu under an answer, or the Home tab.

Slack accepts a form only within three seconds of the click, so nothing here waits in the inbox.
"""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.listeners.actions.clicks import open_form
from bot.listeners.commands import said
from bot.messages.controls import SETTINGS
from bot.messages.views.channel_form import (
    FORM,
    OUTLETS,
    PARTIES,
    choice_form,
    chosen_in,
    options,
    saved_form,
)
from bot.services import Services
from bot.slack.payloads import place_of, team_of

SUBCOMMAND = "settings"


def register(app: App, services: Services) -> None:
    """Let channels choose."""

    def asks_for_it(body: dict[str, Any]) -> bool:
        return str(body.get("text") or "").strip().casefold() == SUBCOMMAND

    @app.command(said.NAME, matchers=[asks_for_it])
    def open_by_command(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        ack()
        show(body, client, str(body["channel_id"]))

    @app.action(SETTINGS)
    def open_by_click(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        ack()
        picked = body["actions"][0].get("selected_conversation")
        show(body, client, str(picked or body["channel"]["id"]))

    def show(body: dict[str, Any], client: WebClient, channel: str) -> None:
        place = place_of(body)
        if place is not None and services.takes(body):
            chosen = services.channels.channel_defaults(place.team, channel)
            open_form(client, place, str(body["trigger_id"]), choice_form(channel, chosen))

    @app.options(PARTIES)
    def offer_parties(ack: Ack, payload: dict[str, Any]) -> None:
        names = services.engine.suggest("party", str(payload.get("value") or ""))
        found = [
            (name, party.key) for name in names if (party := services.engine.party_named(name))
        ]
        ack(options=options(found))

    @app.options(OUTLETS)
    def offer_outlets(ack: Ack, payload: dict[str, Any]) -> None:
        names = services.engine.suggest("outlet", str(payload.get("value") or ""))
        ack(options=options((name, name) for name in names))

    @app.view(FORM)
    def save(ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
        services.channels.choose(team_of(body), str(view["private_metadata"]), chosen_in(view))
        ack(response_action="update", view=saved_form())
