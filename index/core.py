"""
The engine behind one door: add, remove, answer and its kin, stats.

``open_index`` puts the parts together; models are loaded when they are first needed. An Index
may be used from several threads; several processes may open one folder.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property, partial
from typing import TYPE_CHECKING, TypeVar

from index.answers import (
    answer,
    changes,
    comparison,
    context,
    digest,
    explanation,
    finishing,
    quoted_in,
)
from index.answers.context import QuoteKey
from index.answers.search.news import LATE, articles_since, is_news
from index.answers.search.session import ReadSession
from index.checking import checker
from index.checking.checked import Checked
from index.formats import Item
from index.ingest import indexing
from index.ingest.indexing import Outcome, Policy
from index.models import open_embedder
from index.models.embedder import Embedder
from index.on_record import OnRecord, tables_of
from index.outcomes import LinkOutcome
from index.questions.description import describe
from index.questions.overrides import FieldReader, Overrides, apply_overrides
from index.queue import hold_until_embargo
from index.roster.affiliations import Affiliations
from index.settings import IndexSettings
from index.store import Store
from index.store.factory import open_store, require_index, stored_model
from index.timelines import Timeline, making
from index.types import (
    Article,
    Briefing,
    Change,
    Comparison,
    Context,
    Coverage,
    Defaults,
    News,
    Query,
    Quote,
    Revision,
)

if TYPE_CHECKING:
    from index.queue.links import Links

READINGS = 8

_T = TypeVar("_T")

__all__ = ["Index", "open_index", "tables_of"]


class Index(OnRecord):
    """Articles, and the questions they answer."""

    def __init__(self, store: Store, embedder: Embedder, settings: IndexSettings) -> None:
        super().__init__(store, settings)
        self._embedder = embedder
        self._affiliations = Affiliations(store, lambda: self._roster.current().directory)

    def add(
        self,
        articles: Iterable[Item],
        *,
        force: bool = False,
        manual: bool = True,
        hold: Callable[[Article], None] | None = None,
    ) -> Iterator[Outcome]:
        """
        Index *articles*; each outcome is yielded once its article is durable and answerable.

        Args:
            force: index also those that are stored already, in this version or a newer one.
            manual: somebody chose these articles: a withdrawn one among them comes back.
            hold: keeps an article until its embargo ends; None puts it into the queue.

        Raises:
            StoreError: if the store cannot be written.
        """
        return indexing.index_articles(
            articles,
            self.store,
            self._embedder,
            self.tables,
            Policy(
                self._settings.max_characters,
                force,
                manual,
                hold or partial(hold_until_embargo, self._settings.data_dir),
                self.corrections,
            ),
        )

    def remove(self, article_id: str) -> bool:
        """Withdraw an article by hand; False if the index has none with that id."""
        return self.store.remove(article_id)

    def take_link(
        self, url: str, hosts: Collection[str], *, origin: str, seconds: float
    ) -> LinkOutcome:
        """
        Put the article at *url* into the queue, if it is one of *hosts*; see `Links.take`.

        Raises:
            StoreError: if the queue cannot be written.
        """
        return self._links.take(url, hosts, origin=origin, seconds=seconds)

    @cached_property
    def _links(self) -> Links:
        # Imported late: only the bot takes links, and the fetcher is slow to load.
        from index.queue.links import Links

        return Links(self._settings)

    def revisions(self, after: int) -> list[Revision]:
        """List what became of articles after the revision with this number, oldest first."""
        return self.store.revisions(after)

    def answer(
        self,
        text: str,
        *,
        previous: Query | None = None,
        limit: int = 5,
        offset: int = 0,
        now: datetime | None = None,
        defaults: Defaults | None = None,
    ) -> Briefing:
        """
        Answer a question with verbatim statements, or abstain with the reason.

        Args:
            text: the question as typed.
            previous: the query before it in the same thread, for a follow-up.
            limit: the maximum number of quotes.
            offset: how many quotes were shown before, in answers with this *limit*.
            now: the moment that "yesterday" is relative to; the clock's if None.
            defaults: whom and where to look when the question names nobody.

        Raises:
            QuestionError: if nothing in *text* can be understood; says what would work.
        """
        query = self.parse(text, previous=previous, now=now, defaults=defaults)
        return self.answer_query(query, limit=limit, offset=offset)

    def answer_query(self, query: Query, *, limit: int = 5, offset: int = 0) -> Briefing:
        """Answer a query that was understood before or made by hand, as `answer` does."""
        return self.read(
            lambda session: self._finished(
                answer.answer(query, session, limit=limit, offset=offset)
            )
        )

    def override(self, query: Query, typed: Overrides, *, now: datetime | None = None) -> Query:
        """
        Replace what was understood by what somebody *typed* (`index.questions.overrides`).

        Raises:
            QuestionError: for a field that cannot be read; names it and words that can.
        """
        known = self._roster.current()
        outlets = self._outlets(known.outlets)
        reader = FieldReader(known.directory, now or datetime.now(UTC), known.newest, outlets)
        return apply_overrides(query, typed, reader)

    def digest(
        self,
        topic: str | Query,
        *,
        since: datetime | None = None,
        limit: int = 10,
        now: datetime | None = None,
        news: News | None = None,
    ) -> Briefing:
        """
        Gather who said what on a topic, by party; days in it are those of *now*'s time zone.

        Args:
            topic: as typed (see `read_topic`), or what was understood of it.
            since: only what was published from then on; wins over a date in *topic*.
            limit: the maximum number of quotes.
            now: the moment that "yesterday" is relative to; the clock's if None.
            news: shows only what is news; what was published shortly before *since* and came in
                later is.
        """
        asked = self.read_topic(topic, now=now) if isinstance(topic, str) else topic
        asked = replace(asked, since=since or asked.since)
        if news is None:
            return self.read(
                lambda session: self._finished(digest.digest(asked, session, limit=limit))
            )
        wider = replace(asked, since=asked.since and asked.since - LATE)
        fresh = partial(is_news, articles=articles_since(self.store, news), shown=news.shown)
        found = self.read(lambda session: digest.digest(wider, session, limit=limit, fresh=fresh))
        return self._finished(replace(found, query=asked))

    def compare(self, query: Query, *, limit: int = 5) -> Comparison:
        """
        Answer *query* for each party that it names, side by side.

        Raises:
            QuestionError: if it names fewer than two.
        """
        found = self.read(lambda session: comparison.compare(query, session, limit=limit))
        return finishing.finished_sides(found, self.store, self.reader)

    def changes(self, query: Query, *, limit: int = 3) -> tuple[Change, ...]:
        """Find where a party's earlier and later statements on one matter differ."""
        found = self.read(lambda session: changes.changes(query, session, limit=limit))
        return tuple(Change(*self.opened((each.earlier, each.later))) for each in found)

    def quoted_in(self, url: str, *, limit: int = 10) -> Briefing | None:
        """List who is quoted in the article with that address; None if it is not indexed."""
        found = self.read(lambda session: quoted_in.quoted_in(url, session, limit=limit))
        return found and self._finished(found)

    def said_in(
        self, article_id: str, queries: Sequence[Query]
    ) -> list[tuple[tuple[Quote, ...], ...]]:
        """Find what an article says on *queries*: for each the quotes of every statement."""
        return self.read(lambda session: quoted_in.said_in(article_id, queries, session))

    def check(self, text: str) -> tuple[Checked, ...]:
        """Check what a draft quotes and reports against the articles; see `checking.checker`."""
        found = self.read(lambda session: checker.check(text, session))
        return tuple(self._opened_matches(one) for one in found)

    def check_quotation(self, text: str, speaker: str | None = None) -> Checked:
        """Check one quotation, said to be by *speaker*; see `checking.checker`."""
        found = self.read(lambda session: checker.check_quotation(text, speaker, session))
        return self._opened_matches(found)

    def timeline(self, query: Query) -> Timeline:
        """
        Count by month what those whom *query* names have said; see `timelines.making`.

        Raises:
            QuestionError: if it names nobody.
        """
        found = self.read(lambda session: making.timeline(query, session))
        ends = [self.opened([each])[0] if each else None for each in (found.first, found.last)]
        return replace(found, first=ends[0], last=ends[1])

    def explain(self, query: Query, place: QuoteKey) -> tuple[str, ...]:
        """Say in plain lines why the quote at *place* answers *query*."""
        why = self.read(lambda session: explanation.explain(query, place, session))
        return why + (finishing.explain_origin(place[0], self.store) if why else ())

    def context(self, article_id: str, start: int, end: int, *, around: int = 2) -> Context | None:
        """Fetch a quote with the sentences around it; None if it no longer stands there."""
        return context.context_of(self.store, (article_id, start, end), around=around)

    def still_said(
        self, article_id: str, text: str, *, speaker: str | None, url: str | None = None
    ) -> bool:
        """Return whether the article still holds this sentence, word for word, by *speaker*."""
        return context.still_said(self.store, article_id, text, speaker=speaker, url=url)

    def reworded(self, place: str, text: str, speaker: str | None, url: str | None) -> str | None:
        """Find what *speaker* now says in the article *place* instead of *text*, if anything."""
        return context.reworded(self.store, place, text, speaker, url)

    def read(self, read: Callable[[ReadSession], _T]) -> _T:
        """
        Read between two removals, so that no two versions of an article are mixed.

        New articles may come meanwhile. Under a steady stream of replacements the last of some
        readings is given.
        """
        for _ in range(READINGS):
            before = self.store.last_removal()
            directory = self._roster.current().directory
            parts = (self.store, self._embedder, self.tables)
            session = ReadSession(
                *parts,
                directory=directory,
                affiliations=self._affiliations,
                sets=self.outlet_sets(),
            )
            found = read(session)
            if self.store.last_removal() == before:
                break
        return found

    def describe(self, query: Query, *, noted: bool = False) -> str:
        """Word what was understood: "Statements by Russia · about the tank"; see `describe`."""
        return describe(query, self.tables, noted=noted)

    def newest(self, limit: int = 5) -> tuple[Article, ...]:
        """List the articles published last, the newest first; those without a date are left out."""
        return finishing.newest_texts(self.store, limit)

    def stats(self) -> Coverage:
        """Count articles and sentences, and how fresh they are."""
        return self.store.coverage()

    def verify(self) -> list[str]:
        """Check every stored sentence, vector and statement: a line for each problem."""
        return self.store.verify()

    def warm(self) -> None:
        """Load the models that a question needs, so that the first asker does not wait."""
        from index.serving import look_rarely_for_cycles  # with the web server, slow to load

        self._embedder.embed_query("warm up")
        self._roster.current().directory.prepare()
        look_rarely_for_cycles()

    def close(self) -> None:
        """Release the store; calling it twice is fine."""
        self.store.close()


def open_index(settings: IndexSettings, *, create: bool = True) -> Index:
    """
    Open the index of a data folder.

    Args:
        settings: name the folder.
        create: make folder and index where there is none.

    Raises:
        StoreError: if the folder cannot be used, holds vectors of another model, or has no
            index and none is to be made.
    """
    if not create:
        require_index(settings)
    embedder = open_embedder(settings, stored_model(settings))
    store = open_store(settings, embedder.name, embedder.dim)
    return Index(store, embedder, settings)
