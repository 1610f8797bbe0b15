"""
Turn what is indexed into alerts.

Each revision of the index is looked at once, in order, whoever made it: a kill between two of them
costs nothing. What is published long ago is no news however late it arrives, and a statement that
another outlet or a later version repeats is the one that is known.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from index.alerts.book import Alert, Book, Watch
from index.alerts.changes import Changes
from index.alerts.recent import FirstSaid, RecentStatements
from index.alerts.register import Asked, Register
from index.alerts.standing import standing
from index.answers.quoted_in import find_in
from index.answers.search.arrived import prepare
from index.answers.search.backdrop import Backdrops
from index.answers.search.scoring.lasting import Judge, will_last
from index.core import Index
from index.errors import QuestionError
from index.speakers.gazetteer.names import name_key, names_agree
from index.store import Vectors
from index.text.date_format import is_day_only
from index.types import IndexedArticle, Query, Quote, Revision

log = logging.getLogger(__name__)

# Older than this when it is looked at, a publication is no news.
AGE = timedelta(hours=48)
# For so long a statement is known when it comes again.
_REMEMBERED = timedelta(days=30)
_AT_ONCE = 100
_DAY = timedelta(days=1)


def watchable(query: Query) -> Query:
    """
    Take what a question asks for as what a watch looks for.

    Raises:
        QuestionError: for a question that only what has been said can answer, or that everything
            does.
    """
    if query.quotation is not None:
        raise QuestionError(
            "a watch finds what somebody says or what is said on something; name that instead of "
            "a quotation"
        )
    if query.changes:
        raise QuestionError("a watch cannot look for changes of position; name who or what")
    if query.since is not None or query.until is not None:
        raise QuestionError("a watch looks at what is still to come; leave the dates out")
    if not _restricts(query):
        raise QuestionError(
            "that would be every statement there is; name who speaks, or what it is about"
        )
    return replace(query, order="best", most=None)


def _restricts(query: Query) -> bool:
    """Return whether *query* leaves anything out."""
    who = query.party or query.speaker or query.other_parties or query.other_speakers
    return bool(who or query.topic or query.stance or query.outlet or query.besides)


def last_number(index: Index) -> int:
    """
    Find the number of the last revision of *index*; 0 if there is none.

    Raises:
        StoreError: if the store cannot be read.
    """
    known, beyond = 0, 1
    while index.store.revisions(beyond - 1, 1):
        known, beyond = beyond, 2 * beyond
    while known + 1 < beyond:
        middle = (known + beyond) // 2
        if index.store.revisions(middle - 1, 1):
            known = middle
        else:
            beyond = middle
    return known


News = tuple[Watch, tuple[Quote, ...]]


class Alerting:
    """Looks at what becomes of articles, and keeps what the watches find."""

    def __init__(
        self,
        index: Index,
        book: Book,
        *,
        age: timedelta = AGE,
        judge: Judge = will_last,
    ) -> None:
        """
        Begin where the last one stopped.

        Args:
            index: the articles.
            book: the watches and their alerts.
            age: older than this when it is looked at, a publication causes no alert.
            judge: chooses among what the questions find.
        """
        self._index = index
        self._book = book
        self._age = age
        self._backdrops = index.read(lambda each: Backdrops(each.store, each.embedder, judge))
        self._register: Register | None = None
        self._version = -1
        self._unprepared: list[Query] = []
        self._recent: RecentStatements | None = None
        # When the statements of the revision that is looked at were first said.
        self._first = 0, FirstSaid(index.store)

    def catch_up(self) -> list[News]:
        """
        Look at every revision since the last one that was looked at.

        Returns:
            What is new, in order: the watch, and the quotes of the statement that it found.

        Raises:
            StoreError: if the index or the book fails; nothing is lost, the next call goes on.
        """
        found = []
        register = self._current()
        self._pass_over(register)
        while revisions := self._index.store.revisions(self._book.progress(), _AT_ONCE):
            for revision in revisions:
                try:
                    found += self._look(revision, register)
                except BaseException:
                    # It may remember what was not written.
                    self._recent = None
                    raise
        return found

    def _current(self) -> Register:
        """Take in the watches, if one has changed."""
        version = self._book.watches_version()
        if self._register is None or version != self._version:
            self._register = Register(self._book.watches(), self._backdrops)
            self._version = version
            self._unprepared = self._register.queries()
        return self._register

    def _pass_over(self, register: Register) -> None:
        """Pass over what was indexed before the first watch, if nothing was found in it."""
        first = register.first()
        if first is not None and first > self._book.progress() and not self._book.alerts(limit=1):
            with self._book.changing() as changes:
                changes.done_with(first)

    def prepare(self) -> bool:
        """
        Embed some topics, or look at what all articles say on the question of one watch.

        So the articles that are to come need not wait for it.

        Returns:
            False if all watches are prepared.

        Raises:
            StoreError: if the index or the book fails.
        """
        if self._current().prepare():
            return True
        if not self._unprepared:
            return False
        query = self._unprepared.pop()
        self._index.read(lambda session: prepare(query, session, self._backdrops))
        return True

    def _look(self, revision: Revision, register: Register) -> list[News]:
        said: list[tuple[Watch, tuple[Quote, ...]]] = []
        if revision.what != "withdrawn":
            said = self._said(revision, register)
        known = self._book.alerts(article=revision.article_id)
        carried = self._book.carried_in(revision.article_id)
        new = []
        with self._book.changing() as changes:
            for alert in (*known, *carried):
                self._review(alert, known, revision.what == "withdrawn", changes)
            for watch, quotes in said:
                if not _is_unwanted(quotes[0], watch):
                    new += self._news(watch, quotes, revision, changes)
            changes.done_with(revision.number)
        return new

    def _said(self, revision: Revision, register: Register) -> list[News]:
        """Find what the article of a revision says that watches look for."""
        asked: dict[Query, Asked] = {}

        def choose(item: IndexedArticle, vectors: Vectors) -> list[Query]:
            asked.clear()
            passing = register.passing(item, vectors, revision.number)
            asked.update((each.query, each) for each in passing)
            return [*asked]

        found = self._index.read(
            lambda session: [*find_in(revision.article_id, choose, session, self._backdrops)]
        )
        return [(watch, quotes) for query, quotes in found for watch in asked[query].watches]

    def _review(
        self, alert: Alert, others: Sequence[Alert], withdrawn: bool, changes: Changes
    ) -> None:
        """Mark an alert that an article of it has been withdrawn, corrected or restored."""
        stands = standing(alert, self._index, others)
        changes.also_in(alert, stands.also_in)
        if stands.said:
            changes.mark(alert, "new")
        elif withdrawn or (alert.state == "withdrawn" and not stands.now):
            changes.mark(alert, "withdrawn")
        else:
            said = {quote.text for quote in alert.quotes}
            now = " ".join(quote.text for quote in stands.now if quote.text not in said)
            changes.mark(alert, "corrected", now or None)
            if stands.now:
                # The corrected statement is the one that is known, here and elsewhere.
                self._known().reword(alert.statement, stands.now)

    def _known(self) -> RecentStatements:
        if self._recent is None:
            self._recent = RecentStatements(self._book.since(datetime.now(UTC) - _REMEMBERED))
        return self._recent

    def _news(
        self, watch: Watch, quotes: tuple[Quote, ...], revision: Revision, changes: Changes
    ) -> list[News]:
        """Keep what *watch* has not found before."""
        known = self._known().find(quotes)
        same = next((each for each in known if watch.number in each.alerts), None)
        if same is not None:
            number, outlet = same.alerts[watch.number]
            self._carry(number, quotes, outlet, changes)
            return []
        if not self._is_news(watch, quotes, revision):
            return []
        number, statement = changes.record(
            watch.number, quotes, revision.at, known[0].number if known else None
        )
        self._known().add(number, watch.number, quotes, statement)
        return [(watch, quotes)]

    def _carry(
        self, number: int, quotes: tuple[Quote, ...], outlet: str | None, changes: Changes
    ) -> None:
        """Note that another article carries the statement of an alert."""
        alert = changes.alert(number)
        if alert is None or quotes[0].article_id == alert.article:
            return
        other = quotes[0].outlet
        changes.carried_by(number, other if other and other != outlet else "", quotes)
        if alert.state != "new" and (now := changes.alert(number)) is not None:
            self._review(now, (), False, changes)

    def _is_news(self, watch: Watch, quotes: Sequence[Quote], revision: Revision) -> bool:
        """Return whether a statement is new to *watch*: by its date, its arrival and its words."""
        moment = _latest_moment(quotes[0].published_at, revision.at)
        if moment < datetime.now(UTC) - self._age:
            return False
        # An older watch has seen what came before.
        if revision.at - watch.created_at >= self._age:
            return True
        if self._first[0] != revision.number:
            self._first = revision.number, FirstSaid(self._index.store)
        first = self._first[1].find(quotes)
        return first is None or first >= watch.created_at


def _latest_moment(published_at: datetime | None, at: datetime) -> datetime:
    """Return when at the latest an article was published that arrived at *at*."""
    if published_at is None:
        return at
    return min(at, published_at + _DAY if is_day_only(published_at) else published_at)


def _is_unwanted(quote: Quote, watch: Watch) -> bool:
    """Return whether the owner of *watch* does not want who speaks, or the article."""
    if quote.article_id in watch.not_articles:
        return True
    key = name_key(quote.speaker) if quote.speaker else None
    return key is not None and any(names_agree(key, name_key(n)) for n in watch.not_speakers)
