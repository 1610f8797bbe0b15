"""
The agent session of a thread: its title, and that an answer is on its way, with a stop button.

Most answers are quicker than Slack's own request for it, so the status comes only where people
wait: for a long search, or for Slack's pace of one post a second. A reply does not clear it; nor
does the end of a process, so a reply to a question that an earlier process took clears it too.
Failing here is no reason not to answer.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Timer

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.messages.elements import clip
from bot.slack.client import BROKEN
from bot.types import SlackPlace

AFTER = 0.3  # seconds of waiting that need no status
LONGEST_TITLE = 80  # characters; Slack takes 200
_TURNS = 64
_MAX_THREADS = 1_000  # before all are forgotten

log = logging.getLogger(__name__)

Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Sessions:
    """The threads of one process in which an answer is on its way."""

    clock: Callable[[], float] = time.time
    # Of one thread, one request at a time: Slack might take them in another order.
    _turns: tuple[threading.Lock, ...] = field(
        default_factory=lambda: tuple(threading.Lock() for _ in range(_TURNS))
    )
    _processing: set[Key] = field(default_factory=set)
    _started: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._started.append(self.clock())

    @contextmanager
    def searching(self, client: WebClient, place: SlackPlace) -> Iterator[None]:
        """Show the asker at *place* that the search is on, if what is done inside takes long."""
        if _key(place) is None:
            yield
            return
        timer = Timer(AFTER, self.processing, (client, place))
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            # A status that Slack hears of after the reply would stand for an hour.
            timer.cancel()
            timer.join()

    def processing(self, client: WebClient, place: SlackPlace) -> None:
        """Show that an answer is on its way in the thread of *place*; once until it is there."""
        key = _key(place)
        if key is None:
            return
        with self._turns[hash(key) % len(self._turns)]:
            if key in self._processing:
                return
            if len(self._processing) >= _MAX_THREADS:
                self._processing.clear()
            self._processing.add(key)
            self._set(client, place, "processing")

    def settled(self, client: WebClient, place: SlackPlace, since: float, title: str = "") -> None:
        """
        Show that nothing is on its way any more.

        Args:
            client: of the workspace.
            place: where the reply went.
            since: when the question was taken, a Unix time.
            title: the name of a session that begins with this reply; "" for one that goes on.
        """
        key = _key(place)
        if key is None:
            return
        title = clip(title, LONGEST_TITLE)
        with self._turns[hash(key) % len(self._turns)]:
            shown = key in self._processing
            self._processing.discard(key)
            if shown or title or since < self._started[0]:
                self._set(client, place, "active", title)
        if shown and title:  # the session began without a title
            self._call(
                lambda: client.agents_sessions_rename(
                    channel_id=place.channel, thread_ts=place.thread, title=title
                )
            )

    def _set(self, client: WebClient, place: SlackPlace, status: str, title: str = "") -> None:
        self._call(
            lambda: client.agents_sessions_setStatus(
                channel_id=place.channel,
                thread_ts=place.thread,
                status=status,
                title=title or None,
            )
        )

    def _call(self, request: Callable[[], object]) -> None:
        try:
            request()
        except SlackApiError as exc:
            log.info("a status was not shown: Slack answers %s", exc.response.get("error"))
        except BROKEN as exc:
            log.info("a status was not shown: %s", type(exc).__name__)


def _key(place: SlackPlace) -> Key | None:
    """Name the session of *place*; None where there can be none: what only one person sees."""
    if place.thread is None or place.response_url is not None or place.channel.startswith("U"):
        return None
    return place.team, place.channel, place.thread
