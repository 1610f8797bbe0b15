"""
Bringing a kept reply to Slack: once, at Slack's pace, and by another way where one is refused.

Nothing here sleeps: what cannot go now is deferred in the inbox, and the thread is free for other
channels. A reply that may be shown already is looked for before it is sent again. One whose
sentences are no longer said when its turn comes is not sent at all: it is worked out again. Nor is
one sent that cannot be checked: it waits until the articles can be read.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial

import apsw
from slack_sdk import WebClient

from bot.engine import Engine
from bot.errors import SlackError, UnconfirmedPost
from bot.messages.elements import plain, rich_text, section, words
from bot.metrics import Metrics
from bot.slack.error_messages import error_message
from bot.slack.pacing import Lane, Pacer
from bot.slack.payloads import ALERT, ASK_SHORTCUT, asked_at
from bot.slack.reconcile import PostOutcome, TryLater, outcome_of
from bot.slack.send import NotTaken, send
from bot.slack.status import AFTER
from bot.state.idempotency import release
from bot.state.inbox import Inbox, Job, Writing
from bot.state.shown import forget
from bot.types import Message, Post, SlackPlace
from index.errors import StoreError

LOOK_AFTER = 2.0  # seconds; Slack shows a post that it took by then, as a rule
# Times that, between looks that find nothing. Slack may be slow to list a post that it took a
# moment ago; and a process whose lease ran out, as the clock was put forward, may still be at it.
SURE_AFTER = 4
SURE = 2  # looks that find nothing, after which a post counts as missing
LOOKS = 6
STEPS = 2  # other ways that are tried
CHECK_AFTER = 1.0  # seconds; twice that after each time that the articles cannot be read
CHECKS = 5

log = logging.getLogger(__name__)

# Called with every post that Slack took: team, answer id, channel, ts.
Posted = Callable[[str, str, str, str], None]
# Called when a reply has to wait for Slack's pace; and when nothing more comes of a question.
Waiting = Callable[[WebClient, SlackPlace], None]
Settled = Callable[[WebClient, Job, Post], None]
# Called with the direct conversation in which Slack showed what was sent to a person: team, person.
Met = Callable[[str, str, str], None]
# Deals with what nobody asked for where Slack refuses it: whether that is all, or what to send.
Refused = Callable[[Job, Post, SlackError], Post | bool]


def _nothing(*given: object) -> None:
    """Do nothing."""


def _not_dealt_with(*given: object) -> bool:
    """Leave a refusal to the ordinary ways."""
    return False


@dataclass(frozen=True, slots=True)
class Delivery:
    """Brings replies out of the inbox to Slack."""

    inbox: Inbox
    metrics: Metrics
    posted: Posted
    engine: Engine
    pacer: Pacer = field(default_factory=Pacer)
    waiting: Waiting = _nothing
    settled: Settled = _nothing
    met: Met = _nothing
    refused: Refused = _not_dealt_with

    def deliver(self, client: WebClient, job: Job, post: Post) -> None:
        """Bring *post*, the reply of *job*, a step further: sent, deferred or given up."""
        if job.doubt == "cut" and not self._is_missing(client, job, post):
            return
        try:
            holds = self._still_holds(post.message)
        except StoreError as exc:
            self._check_later(client, job, post, exc)
            return
        if not holds:
            self.inbox.redo(job.id, also=_forgetting(job))
            return
        wait = self.pacer.wait(_lane(job, post), job.id)
        if wait > 0:
            if wait >= AFTER and not post.alone and post.place.surface != ALERT:
                self.waiting(client, post.place)
            self.inbox.defer(job.id, wait)
            return
        if not self.inbox.begin(job.id):
            return  # another process has it by now
        try:
            sent = send(client, post)
        except NotTaken as exc:
            self.pacer.hold_back(_lane(job, post), exc.wait)
            self._defer(job, post, exc.wait, "rate" if "rate" in str(exc) else "connection")
        except UnconfirmedPost as exc:
            log.warning("%s; looking whether it is shown", exc)
            self.inbox.defer(job.id, LOOK_AFTER, "cut")
            self.metrics.retries.labels(post.place.surface, "unknown").inc()
        except SlackError as exc:
            self._go_another_way(client, job, post, exc)
        else:
            if sent.channel:
                self.met(job.team, post.place.channel, sent.channel)
            self._end(client, job, post, "sent", sent.ts, sent.channel)

    def _still_holds(self, message: Message) -> bool:
        """Return whether each sentence of *message* is still said, verbatim, by its speaker."""
        return all(
            self.engine.still_said(each.article, each.text, speaker=each.speaker, url=each.url)
            for each in message.sentences
        )

    def _check_later(self, client: WebClient, job: Job, post: Post, fault: StoreError) -> None:
        """Defer a reply that cannot be checked; in the end its asker gets the *fault*."""
        checks = job.looks if job.doubt == "unread" else 0
        if checks < CHECKS:
            log.warning("an answer cannot be checked before it is posted: %s", fault)
            self.inbox.defer(job.id, CHECK_AFTER * 2**checks, "unread")
            self.metrics.retries.labels(post.place.surface, "unread").inc()
            return
        other = _instead(post, error_message(fault, post.place.surface).text, post.step)
        self._take(client, job, other, also=_undoing(job))

    def _is_missing(self, client: WebClient, job: Job, post: Post) -> bool:
        """Look for a reply that may be shown; True if it has to be sent again."""
        try:
            since = asked_at(job.body)
            outcome = outcome_of(client, post, job.id, job.at if since is None else since)
        except TryLater as exc:
            if job.looks < LOOKS:
                self.inbox.defer(job.id, max(exc.wait, LOOK_AFTER * 2**job.looks), job.doubt)
                return False
            outcome = PostOutcome("unknown")
        if outcome.what == "missing":
            if job.looks >= SURE:
                return True
            self.inbox.defer(job.id, LOOK_AFTER * SURE_AFTER, job.doubt)
        elif outcome.what == "shown":
            self._end(client, job, post, "found", outcome.ts)
        elif post.step < STEPS:
            lost = UnconfirmedPost("nobody can look whether a reply is shown")
            self._take(client, job, _instead(post, error_message(lost, post.place.surface).text))
        else:
            log.error("a reply on %s may not be shown and cannot be looked up", post.place.surface)
            self._end(client, job, post, "unknown")
        return False

    def _go_another_way(self, client: WebClient, job: Job, post: Post, refusal: SlackError) -> None:
        dealt = self.refused(job, post, refusal)
        if dealt is True or isinstance(dealt, Post):
            if isinstance(dealt, Post) and dealt.step <= STEPS:
                self._take(client, job, dealt)
            else:
                self._end(client, job, post, "refused")
            return
        text = error_message(refusal, post.place.surface).text
        other = another_way(post, text)
        if other is None:
            log.error("the asker could not be reached on %s: %s", post.place.surface, refusal)
            self._end(client, job, post, "refused")
        else:
            # Nothing of it is shown, so what the click was to do once can be tried again.
            self._take(client, job, other, also=partial(release, question=job.id))

    def _take(
        self, client: WebClient, job: Job, other: Post, *, also: Writing | None = None
    ) -> None:
        if self.inbox.hold(job.id, other, also=also):
            self.deliver(client, replace(job, doubt=""), other)

    def _defer(self, job: Job, post: Post, seconds: float, reason: str) -> None:
        self.inbox.defer(job.id, seconds)
        self.metrics.retries.labels(post.place.surface, reason).inc()

    def _end(
        self,
        client: WebClient,
        job: Job,
        post: Post,
        outcome: str,
        ts: str = "",
        channel: str = "",
    ) -> None:
        if ts and not post.alone:
            self.posted(job.team, job.id, channel or post.place.channel, ts)
        self.inbox.done(job.id)
        self.metrics.posts.labels(post.place.surface, outcome).inc()
        self.settled(client, job, post)


def another_way(post: Post, text: str) -> Post | None:
    """
    Choose how else the asker can be reached after *post* was refused.

    What only the asker was to see goes on as it is, first within the channel and then as a
    direct message; so does what was to go to a channel that was chosen in a form, below *text*.
    What was to stand in a conversation is replaced by *text*, for the asker.

    Returns:
        The next try; None if there is none left.
    """
    place, step = replace(post.place, response_url=None), post.step + 1
    if step > STEPS:
        return None
    if post.place.response_url is not None:
        return Post(place, post.message, True, step)
    if place.surface == ASK_SHORTCUT and not place.private:
        # Chosen in a form: there is no conversation yet that the asker looks at.
        direct = replace(place, channel=place.user, private=True)
        note = rich_text(section(*words(f"{text} Here is the answer:", italic=True)))
        return Post(direct, post.message._replace(blocks=[note, *post.message.blocks]), False, step)
    if post.alone:
        direct = replace(place, channel=place.user, thread=None, in_thread=False, private=True)
        return Post(direct, post.message, False, step)
    if place.private and step == 1:
        return Post(replace(place, thread=None), plain(text), False, step)
    return Post(place, plain(text), True, step)


def _instead(post: Post, text: str, step: int = STEPS) -> Post:
    """Make the post of *text* where the reply was to go, the last try unless *step* is less."""
    return Post(post.place, plain(text), post.alone or not post.place.private, step)


def _forgetting(job: Job) -> Writing:
    """Make what forgets, in the step that drops it, the answer that was to be shown."""
    return partial(forget, team=job.team, answer_id=job.id)


def _undoing(job: Job) -> Writing:
    """Make what forgets the answer, and gives back what the question had claimed."""

    def undo(db: apsw.Connection) -> None:
        forget(db, team=job.team, answer_id=job.id)
        release(db, job.id)

    return undo


def _lane(job: Job, post: Post) -> Lane:
    """Name the stream of messages whose pace counts for *post*."""
    place = post.place
    if place.response_url is not None:
        return ("url", place.response_url)
    if post.alone:
        return ("alone", job.team, place.channel, place.user)
    return ("channel", job.team, place.channel)
