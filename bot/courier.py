"""
Bringing a kept reply to Slack: once, at Slack's pace, and by another way where one is refused.

Nothing here sleeps: what cannot go now is put off in the inbox, and the thread is free for other
channels. A reply that may be shown already is looked for before it is sent again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from slack_sdk import WebClient

from bot.elements import plain
from bot.errors import SlackError, UnconfirmedPost
from bot.excuses import excuse
from bot.inbox import Inbox, Job, Post
from bot.metrics import Metrics
from bot.pacing import Lane, Pacer
from bot.reconciling import TryLater, fate_of
from bot.replying import NotTaken, send

LOOK_AFTER = 2.0  # seconds; Slack shows a post that it took by then
LOOKS = 6
STEPS = 2  # other ways that are tried

log = logging.getLogger(__name__)

# Told of every post that Slack took: team, answer id, channel, ts.
Posted = Callable[[str, str, str, str], None]


@dataclass(frozen=True, slots=True)
class Courier:
    """Brings replies out of the inbox to Slack."""

    inbox: Inbox
    metrics: Metrics
    posted: Posted
    pacer: Pacer = field(default_factory=Pacer)

    def deliver(self, client: WebClient, job: Job, post: Post) -> None:
        """Bring *post*, the reply of *job*, a step further: sent, put off or given up."""
        if job.doubt and not self._is_missing(client, job, post):
            return
        wait = self.pacer.wait(_lane(job, post), job.id)
        if wait > 0:
            self.inbox.defer(job.id, wait)
            return
        if not self.inbox.begin(job.id):
            return  # another process has it by now
        try:
            ts = send(client, post)
        except NotTaken as exc:
            self.pacer.hold_back(_lane(job, post), exc.wait)
            self._put_off(job, post, exc.wait, "rate" if "rate" in str(exc) else "connection")
        except UnconfirmedPost as exc:
            log.warning("%s; looking whether it is shown", exc)
            self.inbox.defer(job.id, LOOK_AFTER, "cut")
            self.metrics.retries.labels(post.place.surface, "unknown").inc()
        except SlackError as exc:
            self._go_another_way(client, job, post, exc)
        else:
            if ts and not post.alone:
                self.posted(job.team, job.id, post.place.channel, ts)
            self._end(job, post, "sent")

    def _is_missing(self, client: WebClient, job: Job, post: Post) -> bool:
        """Look for a reply that may be shown; True if it has to be sent again."""
        try:
            fate = fate_of(client, post, job.id, job.at)
        except TryLater as exc:
            if job.looks < LOOKS:
                self.inbox.defer(job.id, max(exc.wait, LOOK_AFTER * 2**job.looks), job.doubt)
                return False
            fate = "unknown"
        if fate == "missing":
            return True
        if fate == "shown":
            self._end(job, post, "found")
        elif post.step < STEPS:
            lost = UnconfirmedPost("nobody can look whether a reply is shown")
            self._take(client, job, _told(post, excuse(lost, post.place.surface).text))
        else:
            log.error("a reply on %s may not be shown and cannot be looked up", post.place.surface)
            self._end(job, post, "unknown")
        return False

    def _go_another_way(self, client: WebClient, job: Job, post: Post, refusal: SlackError) -> None:
        text = excuse(refusal, post.place.surface).text
        other = another_way(post, text)
        if other is None:
            log.error("nobody could be told on %s: %s", post.place.surface, refusal)
            self._end(job, post, "refused")
        else:
            self._take(client, job, other)

    def _take(self, client: WebClient, job: Job, other: Post) -> None:
        if self.inbox.hold(job.id, other):
            self.deliver(client, replace(job, doubt=""), other)

    def _put_off(self, job: Job, post: Post, seconds: float, reason: str) -> None:
        self.inbox.defer(job.id, seconds)
        self.metrics.retries.labels(post.place.surface, reason).inc()

    def _end(self, job: Job, post: Post, fate: str) -> None:
        self.inbox.done(job.id)
        self.metrics.posts.labels(post.place.surface, fate).inc()


def another_way(post: Post, text: str) -> Post | None:
    """
    Choose how else the asker can be reached after *post* was refused.

    What only the asker was to see goes on as it is, first within the channel and then as a
    direct message. What was to stand in a conversation is replaced by *text*, for the asker.

    Returns:
        The next try; None if there is none left.
    """
    place, step = replace(post.place, response_url=None), post.step + 1
    if step > STEPS:
        return None
    if post.place.response_url is not None:
        return Post(place, post.message, True, step)
    if post.alone:
        direct = replace(place, channel=place.user, thread=None, in_thread=False)
        return Post(direct, post.message, False, step)
    if place.private and step == 1:
        return Post(replace(place, thread=None), plain(text), False, step)
    return Post(place, plain(text), True, step)


def _told(post: Post, text: str) -> Post:
    """Tell the asker *text* where the reply was to go, as the last try."""
    return Post(post.place, plain(text), not post.place.private, STEPS)


def _lane(job: Job, post: Post) -> Lane:
    """Name the stream of messages whose pace counts for *post*."""
    place = post.place
    if place.response_url is not None:
        return ("url", place.response_url)
    if post.alone:
        return ("alone", job.team, place.channel, place.user)
    return ("channel", job.team, place.channel)
