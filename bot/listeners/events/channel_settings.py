"""
A channel chooses its defaults: `/said settings`, the menu under an answer, or the Home tab.

Slack accepts a form only within three seconds of the click, so nothing here waits in the inbox but
the note that tells the channel who changed what. Only members may: on the Home tab anybody can
pick any public channel.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.listeners.actions.clicks import open_form, value_of
from bot.listeners.commands import said
from bot.messages.controls import MENU, SETTINGS
from bot.messages.elements import plain
from bot.messages.views.channel_form import (
    FORM,
    OUTLETS,
    PARTIES,
    choice_form,
    chosen_in,
    options,
    saved_form,
    settings_message,
)
from bot.messages.wording import MEMBERS_ONLY
from bot.services import Services
from bot.slack.audience import is_member
from bot.slack.payloads import place_of, team_of
from bot.slack.send import reply
from bot.types import SlackPlace

SUBCOMMAND = "settings"


def register(app: App, services: Services) -> None:
    """Let channels choose."""
    _offer_names(app, services)

    def asks_for_it(body: dict[str, Any]) -> bool:
        return str(body.get("text") or "").strip().casefold() == SUBCOMMAND

    @app.command(said.NAME, matchers=[asks_for_it])
    def open_by_command(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        ack()
        show(body, client, str(body["channel_id"]))

    @app.action(SETTINGS)
    @app.action(MENU, matchers=[_picks_settings])
    def open_by_click(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        ack()
        picked = body["actions"][0].get("selected_conversation")
        place = place_of(body)
        if picked and place is not None and not may_change(client, str(picked), place.user):
            if services.takes(body):
                reply(client, place, plain(MEMBERS_ONLY))
            return
        show(body, client, str(picked or body["channel"]["id"]))

    def show(body: dict[str, Any], client: WebClient, channel: str) -> None:
        place = place_of(body)
        if place is not None and services.takes(body):
            chosen = services.channels.channel_defaults(place.team, channel)
            open_form(client, place, str(body["trigger_id"]), choice_form(channel, chosen))

    @app.view(FORM)
    def save(ack: Ack, body: dict[str, Any], view: dict[str, Any], client: WebClient) -> None:
        team, channel, chosen = team_of(body), str(view["private_metadata"]), chosen_in(view)
        place = place_of(body)
        allowed = place is not None and may_change(client, channel, place.user)
        if allowed and chosen != services.channels.channel_defaults(team, channel):
            services.channels.choose(team, channel, chosen)
            services.take(body, FORM)
        ack(response_action="update", view=saved_form(channel, member=allowed))

    def tell_channel(client: WebClient, place: SlackPlace, body: Mapping[str, Any]) -> None:
        view = body["view"]
        channel = str(view["private_metadata"])
        if channel.startswith("D") or services.audience.is_external(client, place.team, channel):
            return
        target = replace(place, channel=channel, private=False)
        services.post(client, target, settings_message(place.user, chosen_in(view)))

    services.handlers[FORM] = tell_channel


def _picks_settings(body: dict[str, Any]) -> bool:
    return value_of(body)[0] == SETTINGS


def _offer_names(app: App, services: Services) -> None:
    """Complete names in the menus of the form."""

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


def may_change(client: WebClient, channel: str, person: str) -> bool:
    """Return whether *person* may change the settings of *channel*: unless Slack says no."""
    return channel.startswith("D") or is_member(client, channel, person) is not False
