"""
What every listener works with, and the one way a question is answered.

A listener acknowledges, asks `Desk.takes` and calls `Desk.answer`; it catches nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.blocks import briefing_message, digest_message
from bot.client import BROKEN
from bot.elements import Message, plain
from bot.idempotency import Claims
from bot.metrics import Metrics
from bot.place import Place, keys_of
from bot.replying import reply, whisper
from bot.settings import BotSettings
from bot.threads import Threads
from bot.wording import ASK, SHARED, help_message, wants_help
from index.types import Briefing, Coverage, Query

log = logging.getLogger(__name__)


class Engine(Protocol):
    """What the bot needs of the index. Any method may raise; all are called from threads."""

    def answer(self, question: str, *, previous: Query | None = None, limit: int = 5) -> Briefing:
        """Answer *question*; *previous* is the query of the question before it in the thread."""

    def digest(self, topic: str, *, since: datetime | None = None, limit: int = 10) -> Briefing:
        """Gather who said what on *topic*."""

    def stats(self) -> Coverage:
        """Count what the index holds."""

    def describe(self, query: Query) -> str:
        """Word *query* for people."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The engine, the memory and the numbers behind all listeners."""

    engine: Engine
    settings: BotSettings
    claims: Claims
    threads: Threads
    metrics: Metrics

    def takes(self, body: Mapping[str, Any]) -> bool:
        """Take a delivery on; False if it, or its post, was taken on before."""
        first = self.claims.claim(*keys_of(body))
        if not first:
            self.metrics.repeats.inc()
        return first

    def answer(self, client: WebClient, place: Place, question: str) -> None:
        """Answer a question that was asked in a conversation, in its thread."""
        if place.shared and not self.settings.shared_channels:
            whisper(client, place, plain(SHARED))
            self._count(place, "declined")
            return
        if wants_help(question):
            reply(client, place, help_message(ASK))
            self._count(place, "help")
            return
        with self.metrics.seconds.time():
            self._tell_status(client, place)
            previous = self.threads.recall(place)
            briefing = self.engine.answer(question, previous=previous, limit=self.settings.limit)
            # Before the reply: an error after it would show the asker a second reply.
            self.threads.remember(place, briefing.query)
            understood = self.engine.describe(briefing.query)
            reply(client, place, briefing_message(briefing, understood))
        self._count(place, "abstained" if briefing.abstained else "answered")

    def command(
        self, client: WebClient, place: Place, text: str, usage: str, lay_out: Callable[[], Message]
    ) -> None:
        """Answer a slash command, to the asker alone; *lay_out* does the searching."""
        if wants_help(text):
            reply(client, place, help_message(usage))
            self._count(place, "help")
            return
        with self.metrics.seconds.time():
            reply(client, place, lay_out())
        self._count(place, "answered")

    def said(self, question: str) -> Message:
        """Lay out the answer to *question*, which it repeats."""
        briefing = self.engine.answer(question, limit=self.settings.limit)
        return briefing_message(briefing, self.engine.describe(briefing.query), asked=question)

    def brief(self, topic: str) -> Message:
        """Lay out who said what on *topic*, which it repeats."""
        briefing = self.engine.digest(topic, limit=2 * self.settings.limit)
        return digest_message(briefing, self.engine.describe(briefing.query), asked=topic)

    def _tell_status(self, client: WebClient, place: Place) -> None:
        """Show that the search is on; the reply clears it. Failing is no reason not to answer."""
        if place.thread is None:
            return
        sentences = self.engine.stats().sentences
        try:
            client.assistant_threads_setStatus(
                channel_id=place.channel,
                thread_ts=place.thread,
                status=f"is searching {sentences:,} sentences…",
            )
        except (SlackApiError, *BROKEN) as exc:
            log.info("the status could not be shown: %s", type(exc).__name__)

    def _count(self, place: Place, outcome: str) -> None:
        self.metrics.questions.labels(place.surface, outcome).inc()
