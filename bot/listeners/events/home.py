"""
Opening the app shows what can be asked of today's index.

The Home tab says so when the index cannot be read; then one prompt beside the messages asks for
help. Failing here is no reason for an error message: nobody has asked anything.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.messages.alerts.watch_list import WatchLine
from bot.messages.talk.help import WHAT_CAN_I_ASK
from bot.messages.views.home import home_view
from bot.services import Services
from bot.slack.client import BROKEN
from bot.slack.payloads import team_of, viewed_channel
from bot.suggestions import heard_most, questions_about
from index.errors import OnRecordError
from index.types import Article, Coverage, Party

PROMPTS = 3
NEWEST = 5

log = logging.getLogger(__name__)


def register(app: App, services: Services) -> None:
    """Show the Home tab, and suggest questions."""

    @app.event("app_context_changed")
    def look_again(body: dict[str, Any], event: dict[str, Any], client: WebClient) -> None:
        # Where the conversation with the person is, Slack does not always say.
        if event.get("channel"):
            suggest(body, event, client)

    @app.event("app_home_opened")
    def welcome(body: dict[str, Any], event: dict[str, Any], client: WebClient) -> None:
        if event.get("tab") != "home":
            if event.get("channel"):
                suggest(body, event, client)
            return
        show_home(services, client, team_of(body), str(event["user"]))

    def suggest(body: dict[str, Any], event: dict[str, Any], client: WebClient) -> None:
        """Suggest questions: about whom the viewed channel asks, and who is quoted most."""
        viewed = services.channels.channel_defaults(team_of(body), viewed_channel(event))
        chosen = map(Party, viewed.parties, viewed.names)
        parties = [*chosen, *_today(services)[1]]
        prompts = questions_about(services.engine, parties)[:PROMPTS]
        with _harmless():
            client.assistant_threads_setSuggestedPrompts(
                channel_id=str(event["channel"]),
                title="Ask who said what",
                prompts=[{"title": text, "message": text} for text in prompts or [WHAT_CAN_I_ASK]],
            )


def show_home(services: Services, client: WebClient, team: str, person: str) -> None:
    """Show a person the Home tab, as it is now."""
    coverage, quoted, newest = _today(services)
    with _harmless():
        questions = questions_about(services.engine, quoted)
        view = home_view(coverage, questions, newest, _watches(services, team, person))
        client.views_publish(user_id=person, view=view)


def _watches(services: Services, team: str, person: str) -> list[WatchLine]:
    """List the watches that a person made; none where they cannot be read."""
    try:
        return services.watching.listed(team, person)
    except OnRecordError:
        log.exception("the watches cannot be read")
        return []


@contextmanager
def _harmless() -> Iterator[None]:
    """Log what goes wrong: nobody has asked anything."""
    try:
        yield
    except (SlackApiError, *BROKEN) as exc:
        log.info("the app's first page could not be shown: %s", type(exc).__name__)


def _today(services: Services) -> tuple[Coverage | None, tuple[Party, ...], tuple[Article, ...]]:
    """Read what the index holds, who is quoted most on its newest day, and its newest articles."""
    try:
        coverage = services.engine.stats()
        return coverage, heard_most(services.engine, PROMPTS), services.engine.newest(NEWEST)
    except OnRecordError:
        log.exception("the index cannot be read")
        return None, (), ()
