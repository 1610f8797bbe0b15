"""
What every listener works with, and the one way a question is answered.

A question goes two ways. The listener only has it written down (`Services.taking`) and
acknowledges. A worker then calls the handler of its kind, which ends in `Services.post`; what it
posts is kept before it is sent, so that a crash between the two neither loses nor doubles it.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from functools import partial
from typing import Any

from slack_sdk import WebClient

from bot.alerts.letters import Letters
from bot.alerts.stopping import Stopping
from bot.alerts.watching import Watching
from bot.answering import Answering, RenderedAnswer
from bot.engine import Engine
from bot.errors import InboxFull, SlackError
from bot.messages.elements import plain
from bot.messages.talk.asides import Aside, aside_line, on_record_line, stock_line
from bot.messages.talk.courtesy import HELLO
from bot.messages.talk.help import PATTERNS, help_message, wants_help
from bot.messages.wording import BUSY
from bot.metrics import Metrics
from bot.settings import BotSettings
from bot.slack.agent import Agent
from bot.slack.audience import Audience
from bot.slack.error_messages import ErrorMessage, error_message, without_memory
from bot.slack.payloads import keys_of, place_of, team_of
from bot.slack.people import People
from bot.slack.send import reply, whisper
from bot.slack.without_memory import WithoutMemory
from bot.state.answers import Answers
from bot.state.channels import Channels
from bot.state.feedback import Feedback
from bot.state.idempotency import Claims
from bot.state.inbox import Inbox, Taken
from bot.state.schedules import Schedules
from bot.state.shown import Shown
from bot.state.state import State, is_busy
from bot.state.teams import Teams, erase, erase_suspended, suspend
from bot.state.threads import Threads
from bot.suggestions import heard_most, questions_about
from bot.types import Message, Post, SlackPlace
from index.errors import OnRecordError, StoreError
from index.types import Query

log = logging.getLogger(__name__)

# What answers the questions of one kind: with the client of the asker's workspace.
Handler = Callable[[WebClient, SlackPlace, Mapping[str, Any]], None]
Middleware = Callable[..., None]


@dataclass(frozen=True, slots=True)
class Services:
    """The engine, the memory and the numbers behind all listeners."""

    engine: Engine
    settings: BotSettings
    claims: Claims
    threads: Threads
    metrics: Metrics
    teams: Teams
    channels: Channels
    people: People
    feedback: Feedback
    state: State
    inbox: Inbox
    answers: Answers
    shown: Shown
    agent: Agent
    watching: Watching
    schedules: Schedules
    audience: Audience = field(default_factory=Audience)
    loose: WithoutMemory = field(default_factory=WithoutMemory)
    handlers: dict[str, Handler] = field(default_factory=dict)

    def takes(self, body: Mapping[str, Any]) -> bool:
        """Take on what needs no worker; False if it, or its post, was taken on before."""
        try:
            first = self.claims.claim(*keys_of(body))
        except StoreError as exc:
            if is_busy(exc) or not self.state.fault():
                raise
            first = self.loose.is_first(keys_of(body))
        if not first:
            self.metrics.repeats.inc()
        return first

    def take(self, body: Mapping[str, Any], kind: str) -> Taken:
        """
        Write a question down for the handler of *kind*; from then on it will be answered.

        Raises:
            StoreError: if it cannot be written down.
            InboxFull: if too many wait, also of those that get the reply "busy".
        """
        place = place_of(body)
        busy = Post(place, plain(BUSY), alone=True) if place is not None else None
        taken = self.inbox.put(kind, team_of(body), keys_of(body), body, busy)
        surface = place.surface if place is not None else "other"
        self.metrics.taken.labels(surface, taken).inc()
        if taken == "full":
            raise InboxFull(f"{self.inbox.room} questions wait; BOT_QUEUE sets how many may")
        if taken == "again":
            self.metrics.repeats.inc()
        return taken

    def taking(
        self, kind: str, asks: Callable[[Mapping[str, Any]], bool] = lambda body: True
    ) -> Middleware:
        """
        Make the middleware of a listener that has questions written down before they are
        acknowledged; the listener itself is `acknowledge`.

        Args:
            kind: whose handler answers them.
            asks: returns whether a delivery wants an answer.
        """

        def take_first(body: dict[str, Any], client: WebClient, next_: Callable[[], None]) -> None:
            if asks(body):
                try:
                    self.take(body, kind)
                except StoreError as exc:
                    # What was written after all, its worker answers; a short fault, Slack repeats.
                    if is_busy(exc) or not self.state.fault() or self._is_taken(body):
                        raise
                    log.error("a question cannot be written down: %s", exc)
                    answer = partial(self.handlers[kind], client)
                    self.loose.answer(body, answer, partial(self._failed, client))
            next_()

        return take_first

    def _is_taken(self, body: Mapping[str, Any]) -> bool:
        return self.claims.are_taken(*keys_of(body))

    def remember(self, place: SlackPlace, query: Query, previous: Query | None) -> None:
        """Keep what a thread is about; an answer that is given without memory goes without it."""
        try:
            self.threads.remember(place, query, previous)
        except StoreError:
            if place.answer_id:
                raise

    def leave(self, team: str) -> None:
        """Forget a workspace: stop using its token and erase what is kept of it."""
        self.teams.forget(team)
        self.erase(team)

    def erase(self, team: str) -> None:
        """Erase what is kept of a workspace, its watches first: they stand in another file."""
        self.watching.forget_team(team)
        erase(self.state, team)

    def suspend(self, team: str) -> None:
        """Stop using the token of a workspace that was revoked; what is kept of it stays."""
        self.teams.forget(team)
        suspend(self.state, team, time.time())

    def fault(self) -> str:
        """Say why no question can be answered and remembered; "" where all is well."""
        return self.teams.fault or self.state.fault()

    def sweep(self) -> None:
        """Erase the workspaces that have had no token for a month."""
        for team in erase_suspended(self.state, time.time(), self.watching.forget_team):
            log.info("team %s has had no token for 30 days; its data is erased", team)

    def post(
        self, client: WebClient, place: SlackPlace, message: Message, *, alone: bool = False
    ) -> None:
        """
        Give the one reply to what was asked at *place*, when Slack allows.

        Args:
            client: of the asker's workspace.
            place: as the handler got it.
            message: the reply.
            alone: show it to the asker only.
        """
        if place.answer_id:
            # Another process has the question if this fails; that one answers.
            self.inbox.hold(place.answer_id, Post(place, message, alone))
        elif alone:
            whisper(client, place, message)
        else:
            reply(client, place, message)

    def command(
        self,
        client: WebClient,
        place: SlackPlace,
        text: str,
        name: str,
        render: Callable[[], RenderedAnswer],
    ) -> None:
        """
        Answer a slash command, to the asker alone.

        Args:
            client: of the asker's workspace.
            place: as the handler got it.
            text: what was typed behind the command.
            name: the command's.
            render: searches, and lays the answer out.
        """
        if wants_help(text):
            self.post(client, place, self.help(name))
            self.note(place, "help")
            return
        with self.metrics.seconds.time():
            rendered = render()
            self.post(client, place, rendered.message)
        self.count(place, rendered)

    def help(self, command: str = "") -> Message:
        """Say how to ask, with a question that can be answered now."""
        return help_message(self._questions(), command)

    def hello(self) -> Message:
        """Greet back, with a question that can be answered now."""
        return plain(HELLO.format(question=next(iter(self._questions()), PATTERNS[0])))

    def _questions(self) -> list[str]:
        try:
            return questions_about(self.engine, heard_most(self.engine, 1))
        except OnRecordError:
            return []

    def aside(self, aside: Aside) -> str:
        """Word the reply to a question about answers, about us, or about what is on record."""
        if aside == "names":
            parties = self.engine.most_quoted(since=datetime.fromtimestamp(0, UTC), limit=5)
            return on_record_line([self.engine.party_name(p.key, within=True) for p in parties])
        return stock_line(self.engine.stats()) if aside == "stock" else aside_line(aside)

    def said(self, client: WebClient, place: SlackPlace, question: str) -> RenderedAnswer:
        """Lay out the answer to *question*, which it repeats."""
        chosen = self.channels.channel_defaults(place.team, place.channel)
        rendered = self.answering.question(
            place,
            question,
            now=self.now(client, place),
            defaults=chosen.for_engine,
            repeat=True,
        )
        assert rendered is not None  # an abstention was wanted too
        return rendered

    def brief(self, client: WebClient, place: SlackPlace, topic: str) -> RenderedAnswer:
        """Lay out who said what on *topic*; a question is answered as one."""
        if self.engine.message_kind(topic) == "question":
            return self.said(client, place, topic)
        return self.answering.digest(place, topic, now=self.now(client, place))

    @property
    def answering(self) -> Answering:
        """What lays answers out."""
        return Answering(self.engine, self.answers, self.shown, self.settings.limit)

    @property
    def letters(self) -> Letters:
        """What lays alerts out."""
        return Letters(self.watching, self.answers, self.shown)

    @property
    def stopping(self) -> Stopping:
        """What pauses watches whose alerts do not arrive."""
        return Stopping(self.watching, self.inbox)

    def sees_external(self, client: WebClient, team: str, channel: str) -> bool:
        """Return whether other organisations read a channel, where that matters."""
        return (
            not self.settings.shared_channels
            and channel.startswith(("C", "G"))
            and self.audience.is_external(client, team, channel)
        )

    def now(self, client: WebClient, place: SlackPlace) -> datetime:
        """Return the time where the asker is, which is what their "yesterday" goes by."""
        return datetime.now(self.zone(client, place))

    def zone(self, client: WebClient, place: SlackPlace) -> tzinfo:
        """Look up the asker's time zone."""
        return self.people.locale_of(client, place.team, place.user, place.answer_id).zone

    def may_post(self, client: WebClient, place: SlackPlace) -> bool:
        """Return whether what one person has seen may be posted in the channel of *place*."""
        if self.settings.shared_channels or place.channel.startswith(("D", "U", "W")):
            return True
        return self.audience.is_internal(client, place.team, place.channel)

    def _failed(self, client: WebClient, error: Exception, place: SlackPlace) -> None:
        """Tell the asker, as a worker does, that a question ended in *error*."""
        found = self.error_message(error, place.surface)
        self.note(place, found.outcome)
        try:
            self.post(client, place, plain(found.text), alone=not place.private)
        except SlackError as exc:
            log.error("an error message could not be sent: %s", exc)

    def error_message(self, error: Exception, surface: str) -> ErrorMessage:
        """Word *error* for the asker: where the state cannot be written, that is what failed."""
        if isinstance(error, StoreError) and self.state.fault():
            return without_memory(error, surface)
        return error_message(error, surface)

    def count(self, place: SlackPlace, rendered: RenderedAnswer) -> None:
        """Count a question that was answered, or abstained from."""
        self.note(place, "abstained" if rendered.abstained else "answered")

    def note(self, place: SlackPlace, outcome: str) -> None:
        """Count a question by how it ended."""
        self.metrics.questions.labels(place.surface, outcome).inc()
