"""The agent sessions of threads: named when they begin, settled by a reply, stopped by a click."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field, replace

from slack_sdk import WebClient

from bot.engine import Engine
from bot.messages.elements import plain
from bot.messages.wording import STOPPED, session_title
from bot.slack.payloads import place_of
from bot.slack.status import Sessions
from bot.state.inbox import Inbox, Job
from bot.state.threads import Threads
from bot.types import Post, SlackPlace
from index.errors import OnRecordError

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Agent:
    """The inbox and the threads, as Slack's sessions show them."""

    engine: Engine
    threads: Threads
    inbox: Inbox
    sessions: Sessions = field(default_factory=Sessions)

    def settled(self, client: WebClient, job: Job, post: Post) -> None:
        """Show in the thread of a reply that nothing is on its way, and name it if it is new."""
        place, title = replace(post.place, answer_id=""), ""
        if place.private and not place.in_thread and place.thread is not None:
            try:
                query = self.threads.recall(place)
                title = session_title(self.engine.describe(query)) if query is not None else ""
            except OnRecordError as exc:
                log.info("a session has no title: %s", exc)
        self.sessions.settled(client, place, job.at, title)

    def stop(self, place: SlackPlace, at: float) -> None:
        """Stop what was asked in the thread of *place* before *at*; its askers are told so."""
        for job in self.inbox.in_thread(place.team, place.channel, place.thread or "", at):
            self.inbox.stop(job.id, Post(place_of(job.body) or place, plain(STOPPED)))
