"""
The thread that takes what watches have found, and has it posted.

Several processes share the work: a change of the index's alerts is written down by one of them,
with the position up to which they were read, and a message is put together by one. What is older
than two days when it is read is no news any more. The first look ever begins with what is new then.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial

import apsw
from slack_sdk import WebClient

from bot.alerts.stopping import Stopping
from bot.alerts.timing import due_at
from bot.alerts.watching import Watching
from bot.slack.payloads import ALERT, OWN
from bot.slack.people import People
from bot.state.inbox import Inbox
from bot.state.outbox import OutgoingAlert
from bot.state.watches import SlackWatch, watch_of_owner
from bot.types import SlackPlace
from index.alerts.book import Alert
from index.errors import OnRecordError
from index.maintenance.silence import Silence

PAUSE = 0.25  # seconds between two looks
LATER = 5.0  # seconds after a fault
BETWEEN_SILENCES = 600.0  # seconds between two looks for watches where nothing comes
AGE = 48 * 3_600.0  # seconds after which an alert is no news
_AT_ONCE = 200  # alerts
_LANES = 10  # messages that are put together at once

log = logging.getLogger(__name__)

# Lists which sources of articles have fallen silent by a moment.
Silent = Callable[[datetime], Sequence[Silence]]


class Follower:
    """Follows the alerts of the index in a thread of its own."""

    def __init__(
        self,
        watching: Watching,
        inbox: Inbox,
        people: People,
        client_of: Callable[[str], WebClient | None],
        window: float,
        stopping: Stopping,
        silent: Silent = lambda now: (),
    ) -> None:
        """Post to one lane every *window* seconds at most; *client_of* as for corrections."""
        self._watching = watching
        self._inbox = inbox
        self._people = people
        self._client_of = client_of
        self._window = window
        self._stopping = stopping
        self._silent = silent
        self._said = -BETWEEN_SILENCES
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._follow, name="alerts", daemon=True)

    def start(self) -> None:
        """Begin; what is found from now on is news, also where nothing was ever followed."""
        try:
            self._take()
        except OnRecordError:
            log.exception("alerts cannot be followed yet")
        self._thread.start()

    def stop(self) -> None:
        """End; what is not posted yet is at the next start."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()

    def look(self) -> None:
        """Take what is new, and put messages together for where it may go now."""
        self._take()
        self._assemble()
        if time.monotonic() - self._said >= BETWEEN_SILENCES:
            self._said = time.monotonic()
            now = datetime.now(UTC)
            self._stopping.say_silences(now, self._silent(now))

    def _follow(self) -> None:
        while not self._stop.is_set():
            try:
                self.look()
            except OnRecordError:
                log.exception("alerts cannot be followed")
                self._stop.wait(LATER)
            self._stop.wait(PAUSE)

    def _take(self) -> None:
        """Write down what the watches of workspaces have found since the last look."""
        outbox, book = self._watching.outbox, self._watching.shelf.kept()
        before = outbox.followed()
        if before is None:
            outbox.take(None, book.last_change() if book is not None else 0, (), ())
            return
        while book is not None and (changed := book.changed(before, _AT_ONCE)):
            known = {alert.number: outbox.known(alert.number) for alert in changed}
            new = [a for a in changed if known[a.number] is None and a.state != "withdrawn"]
            shown = [row for row in known.values() if row is not None and row.message]
            outbox.take(before, changed[-1].change, self._outgoing(new), shown)
            before = changed[-1].change

    def _outgoing(self, alerts: Sequence[Alert]) -> list[tuple[OutgoingAlert, float]]:
        """Find whom each alert is for, and when; those of the shell are for nobody here."""
        found = []
        now = datetime.now(UTC)
        for alert in alerts:
            watch = self._watch(alert)
            if watch is None or (now - alert.at).total_seconds() > AGE:
                continue
            row = OutgoingAlert(
                team=watch.team,
                number=alert.number,
                watch=alert.watch,
                place=watch.place,
                lane=watch.lane,
                statement=alert.statement,
                article=alert.article,
                at=now.timestamp(),
            )
            found.append((row, self._due(watch, now)))
        return found

    def _watch(self, alert: Alert) -> SlackWatch | None:
        """Find the watch of an alert, with the ordinary options where its own are lost."""
        book = self._watching.shelf.book()
        kept = book.watch(alert.watch)
        plain = watch_of_owner(kept.owner, alert.watch) if kept is not None else None
        if plain is None:
            return None
        mine = self._watching.watches.find(plain.team, alert.watch)
        if mine is None:
            self._watching.watches.keep(plain)
        return mine or plain

    def _due(self, watch: SlackWatch, now: datetime) -> float:
        options = watch.options
        if not options.digest_at and not (options.quiet_from and options.quiet_to):
            return now.timestamp()
        client = self._client_of(watch.team)
        zone = self._people.locale_of(client, watch.team, watch.creator).zone if client else UTC
        return due_at(options, now, zone).timestamp()

    def _assemble(self) -> None:
        """Put messages together, as far as the inbox has room for them beside questions."""
        outbox = self._watching.outbox
        for team, lane in outbox.ready(self._window, _LANES):
            if self._inbox.load().waiting >= self._inbox.room // 2:
                return
            place = lane.partition(":")[0]
            watches = {w.number: w for w in self._watching.watches.alerting(team, place)}
            caps = {number: watch.options.cap for number, watch in watches.items()}
            channel = outbox.conversation(team, place)
            send = partial(self._send, team, lane, channel, watches)
            if outbox.assemble(team, lane, self._window, caps, send):
                self._inbox.news.set()

    def _send(
        self,
        team: str,
        lane: str,
        channel: str,
        watches: dict[int, SlackWatch],
        db: apsw.Connection,
        message: str,
        rows: Sequence[OutgoingAlert],
    ) -> None:
        """Write the place of a message into the inbox, as part of a transaction."""
        outbox = self._watching.outbox
        creators = [watches[row.watch].creator for row in rows if row.watch in watches]
        thread = outbox.root(db, team, lane) if ":" in lane else ""
        if ":" in lane and not thread:
            outbox.begin_thread(db, team, lane, message)
        place = SlackPlace(
            surface=ALERT,
            team=team,
            channel=channel,
            user=creators[0] if creators else channel,
            thread=thread or None,
            in_thread=bool(thread),
            private=channel.startswith(("D", "U", "W")),
        )
        self._inbox.write(db, message, ALERT, team, {"type": OWN, "place": asdict(place)})
