"""
"is searching …" beside the bot's name, where an answer lets people wait.

Most answers are quicker than Slack's own request for it. The reply clears the status, so one
that Slack hears of after the reply would stand for minutes: leaving `searching` waits for a
request that is under way.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.engine import Engine
from bot.slack.client import BROKEN
from bot.types import SlackPlace
from index.errors import StoreError

AFTER = 0.3  # seconds of waiting that need no status

log = logging.getLogger(__name__)


@contextmanager
def searching(client: WebClient, place: SlackPlace, engine: Engine) -> Iterator[None]:
    """Show the asker at *place* that the search is on, if what is done inside takes long."""
    if place.thread is None:
        yield
        return
    timer = Timer(AFTER, _show, (client, place, engine))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()


def _show(client: WebClient, place: SlackPlace, engine: Engine) -> None:
    """Set the status; failing is no reason not to answer."""
    try:
        client.assistant_threads_setStatus(
            channel_id=place.channel,
            thread_ts=place.thread or "",
            status=f"is searching {engine.stats().sentences:,} sentences…",
        )
    except (SlackApiError, StoreError, *BROKEN) as exc:
        log.info("the status could not be shown: %s", type(exc).__name__)
