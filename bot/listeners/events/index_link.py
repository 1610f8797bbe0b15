"""
Links that people want indexed: the message shortcut "Index this link", and channels for links.

Off until an administrator names hosts. What became of each link only its sender
reads. A message that calls the bot is a question, whatever links it holds.
"""

from __future__ import annotations

import html
import logging
import re
import time
from collections.abc import Mapping
from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from bot.messages.elements import clip, plain
from bot.messages.wording import (
    LINK_FOR_OPERATORS,
    LINK_OUTCOMES,
    LINKS_OFF,
    NO_INDEXER,
    NO_LINK,
)
from bot.services import Services
from bot.slack.payloads import from_a_person, place_of
from bot.slack.send import acknowledge
from bot.types import SlackPlace
from index.maintenance.doctor import split_hint
from index.outcomes import LinkOutcome

SHORTCUT = "index_this_link"
LINKS = "links"
ORIGIN = "Slack"
MAX_LINKS = 5  # links of one message
PATIENCE = 10.0  # seconds that a worker waits for the indexer

log = logging.getLogger(__name__)

_DETAILS = re.compile(r"\s*\(.*\)\s*$")
_LINK = re.compile(r"<(https?://[^<>|\s]+)", re.IGNORECASE)


def register(app: App, services: Services) -> None:
    """Take links."""

    def index_links(client: WebClient, place: SlackPlace, body: Mapping[str, Any]) -> None:
        message = body.get("message") or body.get("event") or {}
        links = links_in(str(message.get("text") or ""))
        hosts = services.settings.link_hosts
        if not hosts or not links:
            services.post(client, place, plain(NO_LINK if hosts else LINKS_OFF), alone=True)
            return
        until = time.monotonic() + PATIENCE
        lines = []
        for link in links:
            left = max(0.0, until - time.monotonic())
            outcome = services.engine.take_link(link, hosts, origin=ORIGIN, seconds=left)
            if not outcome.is_watched:
                log.warning("a link waits to be indexed, but no indexer runs: onrecord watch")
            lines.append(outcome_line(outcome))
        services.post(client, place, plain("\n".join(lines)), alone=True)

    services.handlers[SHORTCUT] = services.handlers[LINKS] = index_links
    app.shortcut(SHORTCUT, middleware=[services.taking(SHORTCUT)])(acknowledge)


def brings_links(services: Services, body: Mapping[str, Any]) -> bool:
    """Return whether a message has links and stands in a channel for them."""
    place, event = place_of(body), body["event"]
    if place is None or place.channel not in services.settings.link_channels:
        return False
    if not services.settings.link_hosts or (place.shared and not services.settings.shared_channels):
        return False
    text = str(event.get("text") or "")
    ours = (str(each.get("user_id")) for each in body.get("authorizations") or ())
    calls_us = any(f"<@{user}" in text for user in ours)
    return from_a_person(event) and not calls_us and bool(links_in(text))


def links_in(text: str) -> list[str]:
    """List the links of a message as Slack writes it, each once."""
    return list(dict.fromkeys(html.unescape(link) for link in _LINK.findall(text)))[:MAX_LINKS]


def outcome_line(outcome: LinkOutcome) -> str:
    """Say what became of a link."""
    title = f"“{clip(outcome.title, 120)}”" if outcome.title else clip(outcome.url, 200)
    outlet = f" ({clip(outcome.outlet, 60)})" if outcome.outlet else ""
    # The end of a reason says what to do about it, to those who run the app; brackets hold details.
    reason = split_hint(outcome.reason or "no reason was given")[0]
    reason = clip(_DETAILS.sub("", reason) or reason, 400)
    form = LINK_OUTCOMES[outcome.state]
    if outcome.for_operators:
        form = LINK_FOR_OPERATORS
    elif not outcome.is_watched:
        form = NO_INDEXER
    return form.format(title=title + outlet, reason=reason)
