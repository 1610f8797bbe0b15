"""
The threads that answer what stands in the inbox.

One thread looks for work and renews the leases, each job runs in a thread of its own. A question
that failed three times (its processes ended, or its articles changed before the reply went out)
is not tried again, and its asker gets a message.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from slack_sdk import WebClient

from bot.messages.elements import plain
from bot.services import Services
from bot.slack.delivery import Delivery
from bot.slack.error_messages import error_message
from bot.slack.payloads import place_of
from bot.state.idempotency import release
from bot.state.inbox import LEASE, Job
from bot.types import Post, SlackPlace
from index.errors import StoreError

TRIES = 3
PAUSE = 0.1  # seconds between two looks for what became due, or another process left
BETWEEN_SWEEPS = 3_600.0  # seconds
AFTER_FAULT = 1.0  # seconds until the state file may be well again

log = logging.getLogger(__name__)

# Makes the client of the workspace that a payload is from; None for one that has left.
ClientOf = Callable[[Job], WebClient | None]


class Workers:
    """Answers the questions of one inbox, a few at a time."""

    def __init__(self, services: Services, delivery: Delivery, client_of: ClientOf) -> None:
        self.services = services
        self.delivery = delivery
        self.client_of = client_of
        self._busy: set[str] = set()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._look, name="inbox", daemon=True)

    def start(self) -> None:
        """Begin, with what an earlier process left."""
        self._thread.start()

    def stop(self, seconds: float) -> bool:
        """
        Finish what can be finished in *seconds*; the rest stays in the inbox.

        Returns:
            Whether nothing was left under way.
        """
        self._stopping.set()
        self.services.inbox.news.set()
        if self._thread.is_alive():
            self._thread.join(seconds)
        return not self._thread.is_alive() and not self._busy

    def _look(self) -> None:
        """Hand out jobs until stopped, and then until none is due."""
        renewed = time.monotonic()
        swept = renewed - BETWEEN_SWEEPS
        while True:
            stopping = self._stopping.is_set()
            self.services.inbox.news.clear()
            try:
                if time.monotonic() - renewed > LEASE / 3:
                    self.services.inbox.renew(tuple(self._busy))
                    renewed = time.monotonic()
                if time.monotonic() - swept >= BETWEEN_SWEEPS:
                    self.services.sweep()
                    swept = time.monotonic()
                found = self._hand_out()
            except StoreError:
                log.exception("the inbox cannot be read")
                time.sleep(AFTER_FAULT)
                continue
            if not found:
                if stopping and not self._busy:
                    return
                self.services.inbox.news.wait(PAUSE)

    def _hand_out(self) -> bool:
        free = self.services.settings.threads - len(self._busy)
        jobs = self.services.inbox.take(free) if free > 0 else []
        for job in jobs:
            self._busy.add(job.id)
            threading.Thread(target=self._run, args=(job,), name="answer", daemon=True).start()
        return bool(jobs)

    def _run(self, job: Job) -> None:
        try:
            self.work(job)
        except Exception:
            # Its lease runs out, and it is tried again.
            log.exception("job %s of kind %s failed", job.id, job.kind)
        finally:
            self._busy.discard(job.id)
            self.services.inbox.news.set()

    def work(self, job: Job) -> None:
        """Bring *job* a step further: its reply is laid out, or sent, deferred or given up."""
        client = self.client_of(job)
        place = place_of(job.body)
        if client is None or place is None:
            log.warning("job %s of kind %s has nobody to answer", job.id, job.kind)
            self.services.inbox.done(job.id)
            return
        post = job.post or self._laid_out(client, replace(place, answer_id=job.id), job)
        if post is None:
            self.services.inbox.done(job.id)
            self.services.agent.sessions.settled(client, place, job.at)
        else:
            self.delivery.deliver(client, job, post)

    def _laid_out(self, client: WebClient, place: SlackPlace, job: Job) -> Post | None:
        """Let the handler work the reply out; an error becomes the reply."""
        try:
            if job.tries > TRIES:
                raise RuntimeError(f"a question of kind {job.kind} failed {TRIES} times")
            self.services.handlers[job.kind](client, place, job.body)
        except Exception as exc:
            found = error_message(exc, place.surface)
            self.services.metrics.questions.labels(place.surface, found.outcome).inc()
            post = Post(place, plain(found.text), not place.private)
            self.services.inbox.hold(job.id, post, also=partial(release, question=job.id))
        return self.services.inbox.held(job.id)
