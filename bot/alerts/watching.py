"""
Setting, changing and listing the watches of a workspace.

A watch is in two places: what it looks for in the book beside the index, where its alerts go in the
bot's file. The book comes first, and saving the same watch again finds it there, so a crash
between the two is made good by the next try.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo
from typing import NamedTuple

from bot.alerts.shelf import Shelf
from bot.alerts.timing import due_at
from bot.engine import Engine
from bot.messages.alerts.watch_list import DAYS, WatchLine
from bot.messages.views.watch_form import described_options
from bot.state.outbox import Outbox
from bot.state.shown import Shown
from bot.state.watches import SlackWatch, Watches
from bot.types import WatchOptions
from index.alerts.book import Watch
from index.alerts.preview import LOOKED_AT, as_alerts
from index.alerts.wording import read_watch
from index.types import Briefing, Query

_EXAMPLES = 9  # quotes, of three statements as a rule


class Kept(NamedTuple):
    """A watch, as the bot and as the index have it."""

    mine: SlackWatch
    watch: Watch


@dataclass(frozen=True, slots=True)
class Watching:
    """What sets and changes watches."""

    engine: Engine
    shelf: Shelf
    watches: Watches
    outbox: Outbox
    shown: Shown

    def understand(self, text: str, now: datetime) -> Query:
        """
        Read what a watch looks for.

        Raises:
            QuestionError: if nothing can be understood, or no watch can look for it.
        """
        return read_watch(text, lambda asked: self.engine.parse(asked, now=now))

    def lately(self, query: Query) -> Briefing:
        """Find what a watch would have found in the last days, the newest first."""
        since = datetime.now(UTC) - timedelta(days=DAYS)
        newest = replace(query, since=since, order="newest")
        found = as_alerts(self.engine.answer_query(newest, limit=LOOKED_AT))
        return replace(found, quotes=found.quotes[:_EXAMPLES])

    def add(
        self, team: str, place: str, creator: str, text: str, query: Query, options: WatchOptions
    ) -> Kept:
        """
        Keep a watch; one that its creator has there already gets the options.

        Args:
            team: the workspace.
            place: the channel or person that it alerts.
            creator: who sets it.
            text: as typed.
            query: as understood.
            options: when its alerts come.
        """
        book = self.shelf.book()
        draft = SlackWatch(team, 0, place, creator, options)
        same = (each for each in book.watches(draft.owner) if each.text == text)
        watch = next(same, None) or book.add(text, query, after=self._newest(), owner=draft.owner)
        return Kept(self._keep(replace(draft, number=watch.number)), watch)

    def _keep(self, mine: SlackWatch) -> SlackWatch:
        """Keep where the alerts of a watch go; how long it may be silent, in the book too."""
        silent_after = mine.options.silent_after or None
        self.shelf.book().say_silence(mine.number, silent_after, owner=mine.owner)
        self.watches.keep(mine)
        return mine

    def edit(
        self, kept: Kept, place: str, text: str, query: Query, options: WatchOptions, zone: tzinfo
    ) -> Kept | None:
        """
        Change a watch; to another place it moves as a new one.

        Args:
            kept: as it is.
            place: the channel or person that it is to alert.
            text: as typed.
            query: as understood.
            options: when its alerts come.
            zone: where its creator reads.

        Returns:
            None if it is gone.
        """
        mine = kept.mine
        if place != mine.place:
            made = self.add(mine.team, place, mine.creator, text, query, options)
            self.remove(kept)
            return made
        book, watch = self.shelf.book(), kept.watch
        if (text, query) != (watch.text, watch.query):
            edited = book.edit(watch.number, text, query, after=self._newest(), owner=mine.owner)
            if edited is None:
                return None
            watch = edited
        mine = self._keep(replace(mine, options=options))
        due = due_at(options, datetime.now(UTC), zone).timestamp()
        self.outbox.reschedule(mine.team, mine.number, mine.lane, due)
        return Kept(mine, watch)

    def pause(self, kept: Kept, paused: bool) -> bool:
        """Let a watch rest, or go on; False if it is gone."""
        return self.shelf.book().pause(kept.mine.number, paused, owner=kept.mine.owner)

    def remove(self, kept: Kept) -> None:
        """Delete a watch, with what it has found and nobody was shown."""
        self.shelf.book().remove(kept.mine.number, owner=kept.mine.owner)
        self.watches.drop(kept.mine.team, kept.mine.number)

    def find(self, team: str, number: int) -> Kept | None:
        """Fetch the watch of *team* with that number; None if it has none."""
        mine, book = self.watches.find(team, number), self.shelf.kept()
        watch = book.watch(number) if mine is not None and book is not None else None
        if mine is None or watch is None or watch.owner != mine.owner:
            return None
        return Kept(mine, watch)

    def listed(self, team: str, person: str, channel: str = "") -> list[WatchLine]:
        """List a person's watches, and those of the channel in which they ask, oldest first."""
        chosen = [*self.watches.made_by(team, person)]
        if channel:
            chosen += self.watches.alerting(team, channel)
        numbers = sorted({each.number for each in chosen})
        found = (self.find(team, number) for number in numbers)
        return [self._line(kept, person) for kept in found if kept is not None]

    def lines(self, kept: Iterable[Kept], person: str) -> list[WatchLine]:
        """Describe watches as *person* reads of them."""
        return [self._line(each, person) for each in kept]

    def _line(self, kept: Kept, person: str) -> WatchLine:
        mine, watch = kept
        last = next(iter(self.shelf.book().alerts(watch=watch.number, limit=1)), None)
        until = self.outbox.muted_until(mine.team, mine.lane)
        return WatchLine(
            mine.number,
            watch.text,
            mine.place if mine.place != mine.creator else "",
            watch.paused,
            last.at if last else None,
            described_options(mine.options),
            mine.creator if mine.creator != person else "",
            _left_out(watch),
            datetime.fromtimestamp(until, UTC) if until is not None else None,
        )

    def leave_out(
        self, kept: Kept, *, speaker: str | None, article: str | None, undo: bool = False
    ) -> None:
        """Leave a speaker or an article out of a watch, or no longer; *undo* without both: all."""
        book = self.shelf.book()
        change = book.include if undo else book.exclude
        change(kept.watch.number, speaker=speaker, article=article, owner=kept.mine.owner)

    def forget_team(self, team: str) -> None:
        """Delete every watch of a workspace from the book of the index."""
        book = self.shelf.kept()
        for watch in book.watches() if book is not None else ():
            if watch.owner.startswith(f"slack:{team}:"):
                self.shelf.book().remove(watch.number, owner=watch.owner)

    def _newest(self) -> int:
        """Find the last revision of the index: nothing up to it is news."""
        number = self.shown.followed()
        while revisions := self.engine.revisions(number):
            number = revisions[-1].number
        return number


def _left_out(watch: Watch) -> str:
    """Name what is left out of a watch; "" for nothing."""
    stories = len(watch.not_articles)
    counted = [f"{stories} stor{'ies' if stories > 1 else 'y'}"] if stories else []
    return ", ".join((*watch.not_speakers, *counted))
