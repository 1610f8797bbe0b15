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
from datetime import datetime, timedelta

from index.alerts.book import Alert, Book, Changes, Watch
from index.alerts.sieve import Sieve
from index.answers.search.duplicates import same_wording
from index.core import Index
from index.errors import QuestionError
from index.speakers.gazetteer.names import name_key, names_agree
from index.text.words import words
from index.types import Query, Quote, Revision

log = logging.getLogger(__name__)

# Older than this when it is indexed, a publication is no news.
AGE = timedelta(hours=48)
# Alerts of a watch that a new statement is compared with.
_COMPARED = 300
_AT_ONCE = 100


def watchable(query: Query) -> Query:
    """
    Take what a question asks for as what a watch looks for.

    Raises:
        QuestionError: for a question that only what has been said can answer.
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
    return replace(query, order="best", most=None)


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


class Alerting:
    """Looks at what becomes of articles, and keeps what the watches find."""

    def __init__(self, index: Index, book: Book, *, age: timedelta = AGE) -> None:
        """
        Begin where the last one stopped.

        Args:
            index: the articles.
            book: the watches and their alerts.
            age: older than this when it is indexed, a publication causes no alert.
        """
        self._index = index
        self._book = book
        self._age = age
        self._sieve = Sieve(index)

    def catch_up(self) -> list[tuple[Watch, tuple[Quote, ...]]]:
        """
        Look at every revision since the last one that was looked at.

        Returns:
            What is new, in order: the watch, and the quotes of the statement that it found.

        Raises:
            StoreError: if the index or the book fails; nothing is lost, the next call goes on.
        """
        found = []
        watches = self._book.watches()
        while revisions := self._index.store.revisions(self._book.progress(), _AT_ONCE):
            for revision in revisions:
                found += self._look(revision, watches)
        return found

    def _look(
        self, revision: Revision, watches: Sequence[Watch]
    ) -> list[tuple[Watch, tuple[Quote, ...]]]:
        open_ = [each for each in watches if not each.paused and each.after < revision.number]
        said: dict[int, tuple[tuple[Quote, ...], ...]] = {}
        if revision.what != "withdrawn":
            passing = self._sieve.passing(revision.article_id, open_)
            found = self._index.said_in(revision.article_id, [each.query for each in passing])
            said = {watch.number: each for watch, each in zip(passing, found, strict=True)}
        known = self._book.alerts(article=revision.article_id)
        new = []
        with self._book.changing() as changes:
            for alert in known:
                self._review(alert, revision, changes)
            for watch in open_:
                new += self._news(watch, said.get(watch.number, ()), revision, changes)
            changes.done_with(revision.number)
        return new

    def _review(self, alert: Alert, revision: Revision, changes: Changes) -> None:
        """Mark an alert whose article has been withdrawn, corrected or restored."""
        first = alert.quotes[0]
        if revision.what == "withdrawn":
            changes.mark(alert, "withdrawn")
            return
        place, speaker, url = first.article_id, first.speaker, first.url
        if all(
            self._index.still_said(place, quote.text, speaker=speaker, url=url)
            for quote in alert.quotes
        ):
            changes.mark(alert, "new")
            return
        now = self._index.reworded(place, first.text, speaker, url)
        changes.mark(alert, "corrected", now)

    def _news(
        self,
        watch: Watch,
        said: Sequence[tuple[Quote, ...]],
        revision: Revision,
        changes: Changes,
    ) -> list[tuple[Watch, tuple[Quote, ...]]]:
        """Keep what *watch* has not found before."""
        if not said:
            return []
        before = self._book.alerts(watch=watch.number, limit=_COMPARED)
        new: list[tuple[Watch, tuple[Quote, ...]]] = []
        for quotes in said:
            if _is_unwanted(quotes[0], watch):
                continue
            same = next((each for each in before if _is_same(each.quotes, quotes)), None)
            if same is None and any(_is_same(each, quotes) for _, each in new):
                continue
            if same is None and not self._is_old(quotes[0].published_at, revision.at):
                changes.record(watch.number, quotes, revision.at)
                new.append((watch, quotes))
            elif same is not None and quotes[0].outlet not in (None, same.quotes[0].outlet):
                changes.carried_by(same, quotes[0].outlet or "")
        return new

    def _is_old(self, published_at: datetime | None, at: datetime) -> bool:
        return published_at is not None and at - published_at > self._age


def _is_unwanted(quote: Quote, watch: Watch) -> bool:
    """Return whether the owner of *watch* does not want who speaks, or the article."""
    if quote.article_id in watch.not_articles:
        return True
    key = name_key(quote.speaker) if quote.speaker else None
    return key is not None and any(names_agree(key, name_key(n)) for n in watch.not_speakers)


def _texts(quotes: Sequence[Quote]) -> list[str]:
    return [quote.text for quote in quotes]


def _is_same(known: Sequence[Quote], quotes: Sequence[Quote]) -> bool:
    """Return whether two statements are the same words out of the same mouth."""
    one, other = known[0], quotes[0]
    if one.speaker and other.speaker:
        shared = one.party is not None and one.party == other.party
        if not shared and not names_agree(name_key(one.speaker), name_key(other.speaker)):
            return False
    if (one.stance == "denied") != (other.stance == "denied"):
        return False
    return same_wording(words(" ".join(_texts(known))), words(" ".join(_texts(quotes))))
