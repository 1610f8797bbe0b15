"""
Direct messages, and messages that go on with a question in its thread.

Bolt answers 404 to events without a listener, and Slack repeats those: edits, deletions and all
that people say to each other come here too, and are let pass.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from bot.listeners import conversation
from bot.listeners.events import index_link
from bot.services import Services
from bot.slack.payloads import from_a_person, place_of, question_of, viewed_channel
from bot.slack.send import acknowledge
from bot.types import SlackPlace
from index.errors import QuestionError

DIRECT = "direct"
FOLLOW_UP = "follow-up"


def said_in(body: Mapping[str, Any]) -> str:
    """Read what was posted, as plain text."""
    return question_of(str(body["event"].get("text") or ""))


def register(app: App, services: Services) -> None:
    """Answer direct messages and follow-ups."""

    def asks(body: Mapping[str, Any]) -> bool:
        place = place_of(body)
        return place is not None and place.private and from_a_person(body["event"])

    def follows(body: Mapping[str, Any]) -> bool:
        """Return whether it is a follow-up: in a thread of ours, and calling nobody."""
        place, event = place_of(body), body["event"]
        if place is None or place.private or not place.in_thread or not from_a_person(event):
            return False
        text = str(event.get("text") or "")
        if "<@" in text or (place.shared and not services.settings.shared_channels):
            return False
        previous = services.threads.recall(place)
        if previous is None or not conversation.may_go_on(
            services, place, question_of(text), previous
        ):
            return False
        return not services.channels.channel_defaults(place.team, place.channel).mention_only

    def answer(client: WebClient, place: SlackPlace, body: Mapping[str, Any]) -> None:
        conversation.answer(
            services, client, place, said_in(body), viewed=viewed_channel(body["event"])
        )

    def go_on(client: WebClient, place: SlackPlace, body: Mapping[str, Any]) -> None:
        try:
            conversation.answer(services, client, place, said_in(body), called=False)
        except QuestionError:
            return  # nobody called us: it was said to somebody else

    services.handlers[DIRECT] = answer
    services.handlers[FOLLOW_UP] = go_on
    links = services.taking(index_link.LINKS, partial(index_link.brings_links, services))
    # One listener for all messages: Bolt runs the first that fits.
    taking = [services.taking(DIRECT, asks), services.taking(FOLLOW_UP, follows), links]
    app.event("message", middleware=taking)(acknowledge)
