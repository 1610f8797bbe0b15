"""
What is said of watches unasked: that their alerts no longer arrive, or that nothing comes.

A channel or person that alerts no longer reach gets its watches paused, and each creator hears of
it once, in a direct message; who cannot be reached at all hears nothing. A watch with nothing for
as many days as its creator chose says so once where its alerts go.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import apsw

from bot.alerts.watching import Kept, Watching
from bot.errors import SlackError
from bot.messages.alerts.letter import watch_names
from bot.messages.alerts.words import NOTHING_COMES, SILENT, STOPPED, STOPPED_OTHERWISE, WHY_STOPPED
from bot.slack.payloads import ALERT, OWN
from bot.state.inbox import Inbox, Job
from bot.state.watches import SlackWatch
from bot.types import Post, SlackPlace
from index.maintenance.silence import Silence

NOTE = "watch-note"  # the kind of what stands in the inbox for a person who is told something
EXTERNAL = "external"  # why, where Slack refuses nothing but we do

# Slack's words for a place where nothing can be posted until somebody changes that.
_FOR_GOOD = frozenset(
    {
        *("not_in_channel", "channel_not_found", "is_archived", "user_not_found"),
        *("user_disabled", "cannot_dm_bot", "messages_tab_disabled", "restricted_action"),
        *("restricted_action_read_only_channel", "restricted_action_thread_only_channel"),
    }
)
_THREAD_GONE = ("thread_not_found", "message_not_found", "cannot_reply_to_message")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Stopping:
    """What pauses watches whose alerts do not arrive."""

    watching: Watching
    inbox: Inbox

    def refused(self, job: Job, post: Post, refusal: SlackError) -> Post | bool:
        """
        Deal with an alert that Slack refuses.

        Returns:
            Whether nothing more is to be done, or what to send instead.
        """
        if post.place.surface != ALERT:
            return False
        if refusal.fault in _THREAD_GONE and post.place.thread is not None:
            self.watching.outbox.new_thread(job.team, job.id)
            place = replace(post.place, thread=None, in_thread=False)
            return Post(place, post.message, step=post.step + 1)
        if refusal.fault not in _FOR_GOOD:
            return False
        log.warning("alerts to %s are paused: Slack answers %s", job.team, refusal.fault)
        rows = self.watching.outbox.of_message(job.team, job.id)
        for place_name in {row.place for row in rows}:
            self.stop(job.team, place_name, refusal.fault, job.id)
        return True

    def stop(self, team: str, place: str, why: str, occasion: str) -> None:
        """
        Pause the watches that alert a channel or person, and tell those who made them.

        Args:
            team: the workspace.
            place: the channel or person.
            why: Slack's word for it.
            occasion: the message that did not arrive; for one of them a creator is told once.
        """
        found = (
            self.watching.find(team, w.number) for w in self.watching.watches.alerting(team, place)
        )
        running = [kept for kept in found if kept is not None and not kept.watch.paused]
        creators: dict[str, list[Kept]] = {}
        for kept in running:
            creators.setdefault(kept.mine.creator, []).append(kept)
        for creator, theirs in creators.items():
            if creator != place:
                names = watch_names([f"“{kept.watch.text}”" for kept in theirs])
                reason = WHY_STOPPED.get(why, STOPPED_OTHERWISE)
                text = STOPPED.format(names=names, why=reason)
                self.note(team, creator, text, f"stopped:{occasion}")
        for kept in running:
            self.watching.pause(kept, True)

    def say_silences(self, now: datetime, sources: Sequence[Silence] = ()) -> None:
        """Say where watches alert that want it that nothing came, or that *sources* are silent."""
        book = self.watching.shelf.kept()
        said: set[tuple[str, str]] = set()
        for mine in self.watching.watches.with_silence() if book is not None else ():
            kept = self.watching.find(mine.team, mine.number)
            if book is None or kept is None or kept.watch.paused:
                continue
            if (mine.team, mine.place) not in said:  # once in a place, whatever watches there are
                said.add((mine.team, mine.place))
                for each in sources:
                    since = each.since.timestamp() if each.since is not None else 0.0
                    text = NOTHING_COMES.format(text=_worded(each))
                    self._say(mine, text, since, what=each.name or each.kind)
            last = next(iter(book.alerts(watch=mine.number, limit=1)), None)
            since = (last.at if last is not None else kept.watch.created_at).timestamp()
            days = mine.options.silent_after
            if now.timestamp() - since >= timedelta(days=days).total_seconds():
                window = "1 day" if days == 1 else f"{days} days"
                self._say(mine, SILENT.format(text=kept.watch.text, days=window), since)

    def _say(self, mine: SlackWatch, text: str, since: float, *, what: str = "") -> None:
        """Have something said where a watch alerts, once for what is silent *since* then."""
        channel = self.watching.outbox.conversation(mine.team, mine.place)
        private = channel.startswith(("D", "U", "W"))
        place = SlackPlace("watch", mine.team, channel, mine.creator, private=private)
        body = {"type": OWN, "place": asdict(place), "text": text}
        say = partial(self._write, mine.team, body)
        if self.watching.watches.first_to_say(mine, since, say, what=what):
            self.inbox.news.set()

    def _write(self, team: str, body: dict[str, Any], db: apsw.Connection) -> None:
        self.inbox.write(db, secrets.token_hex(8), NOTE, team, body)

    def note(
        self,
        team: str,
        person: str,
        text: str,
        occasion: str,
        *,
        by: str = "",
        undo: Sequence[str] = (),
    ) -> None:
        """
        Have a person told something in a direct message, once for an *occasion*.

        Args:
            team: the workspace.
            person: who is told.
            text: what.
            occasion: names what happened.
            by: who did it, if that is to be said.
            undo: of that, the label, name and value of the button that undoes it.
        """
        channel = self.watching.outbox.conversation(team, person)
        place = SlackPlace("watch", team, channel, person, private=True)
        body = {"type": OWN, "place": asdict(place), "text": text, "by": by, "undo": [*undo]}
        self.inbox.put(NOTE, team, (f"note:{team}:{person}:{occasion}",), body)


def _worded(silence: Silence) -> str:
    """Word a silent source; of a feed the host alone, for an address may hold a password."""
    if silence.kind != "feed":
        return silence.text
    host = urlsplit(silence.name).hostname or "a feed"
    return f"no article comes from {host} any more"
