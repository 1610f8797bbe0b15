"""
The engine behind one door: add, remove, answer, digest, stats.

``open_index`` puts the parts together; models are loaded when they are first needed. An Index
may be used from several threads; several processes may open one folder.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from threading import Lock

from index import briefing, ingest, question
from index.embedding import Embedder, SentenceTransformerEmbedder, Vectors
from index.errors import ArticleError, StoreError
from index.ingest import Outcome
from index.settings import IndexSettings
from index.speakers import Tables, load_tables
from index.store import KnownSpeaker, Store
from index.store.opening import open_store
from index.store.sqlite import SqliteStore, reindex
from index.types import Article, Briefing, Coverage, IndexedArticle, Query

READINGS = 8

__all__ = ["Index", "open_index", "rebuild_index", "tables_of"]


@dataclass(frozen=True, slots=True)
class _Known:
    """What the questions of one generation are read against."""

    generation: int
    speakers: list[KnownSpeaker]
    outlets: list[str]
    newest: datetime | None


class Index:
    """Articles, and the questions they answer."""

    def __init__(self, store: Store, embedder: Embedder, settings: IndexSettings) -> None:
        self.store = store
        self._embedder = embedder
        self._settings = settings
        self._known: _Known | None = None
        self._lock = Lock()

    @cached_property
    def tables(self) -> Tables:
        """The tables of parties, the user's own first."""
        return tables_of(self._settings)

    def add(
        self, articles: Iterable[Article | ArticleError], *, again: bool = False
    ) -> Iterator[Outcome]:
        """
        Index *articles*; each outcome is yielded once its article is durable and answerable.

        Args:
            again: index also those that are stored already, unchanged.

        Raises:
            StoreError: if the store cannot be written.
        """
        return ingest.index_articles(
            articles,
            self.store,
            self._embedder,
            self.tables,
            max_characters=self._settings.max_characters,
            again=again,
        )

    def remove(self, article_id: str) -> bool:
        """Forget an article; False if the index has none with that id."""
        return self.store.remove(article_id)

    def answer(
        self,
        text: str,
        *,
        previous: Query | None = None,
        limit: int = 5,
        now: datetime | None = None,
    ) -> Briefing:
        """
        Answer a question with verbatim statements, or abstain with the reason.

        Args:
            text: the question as typed.
            previous: the query before it in the same thread, for a follow-up.
            limit: how many quotes at the most.
            now: the moment that "yesterday" is relative to; the clock's if None.

        Raises:
            QuestionError: if nothing in *text* can be understood; says what would work.
        """
        query = self.parse(text, previous=previous, now=now)
        return self._in_one_generation(
            lambda: briefing.answer(
                query, self.store, self._embedder, limit=limit, tables=self.tables
            )
        )

    def parse(
        self, text: str, *, previous: Query | None = None, now: datetime | None = None
    ) -> Query:
        """Understand a question without answering it."""
        known = self._known_now()
        return question.parse_question(
            text,
            speakers=known.speakers,
            tables=self.tables,
            now=now or datetime.now(UTC),
            newest=known.newest,
            previous=previous,
            outlets=known.outlets,
        )

    def digest(self, topic: str, *, since: datetime | None = None, limit: int = 10) -> Briefing:
        """Tell who said what on a topic, by party."""
        return self._in_one_generation(
            lambda: briefing.digest(
                topic,
                self.store,
                self._embedder,
                since=since,
                limit=limit,
                tables=self.tables,
                now=datetime.now(UTC),
            )
        )

    def _in_one_generation(self, read: Callable[[], Briefing]) -> Briefing:
        """
        Read an answer between two writes, so that it mixes no two versions of an article.

        Under a steady stream of writes the last of some readings is given.
        """
        for _ in range(READINGS):
            before = self.store.generation()
            found = read()
            if self.store.generation() == before:
                break
        return _told_if_empty(found)

    def describe(self, query: Query) -> str:
        """Word what was understood: "Statements by Russia · about the tank"."""
        return briefing.describe(query, self.tables)

    def stats(self) -> Coverage:
        """Count articles and sentences, and how fresh they are."""
        return self.store.coverage()

    def verify(self) -> list[str]:
        """Check every stored sentence, vector and statement: a line for each problem."""
        return self.store.verify() if isinstance(self.store, SqliteStore) else []

    def warm(self) -> None:
        """Load the models that a question needs, so that the first asker does not wait."""
        self._embedder.embed_query("warm up")
        self._known_now()

    def close(self) -> None:
        """Release the store; calling it twice is fine."""
        self.store.close()

    def _known_now(self) -> _Known:
        """Who and which outlets are on record, read again only when the store has changed."""
        generation = self.store.generation()
        with self._lock:
            if self._known is None or self._known.generation != generation:
                newest = self.store.coverage().newest
                self._known = _Known(
                    generation, self.store.speakers(), self.store.outlets(), newest
                )
            return self._known


def rebuild_index(settings: IndexSettings, each: Callable[[str], None] | None = None) -> int:
    """
    Read every stored article again with the models and tables of today.

    Another process sees the index as it was until all is done; a kill leaves it so.

    Args:
        each: called with the id of each article when it has been read.

    Returns:
        The number of articles.

    Raises:
        StoreError: if the folder cannot be used.
    """
    if settings.store != "sqlite":
        raise StoreError(f"store {settings.store!r} keeps nothing to rebuild; INDEX_STORE=sqlite")
    embedder = SentenceTransformerEmbedder(settings.embedding_model, threads=settings.threads)
    tables = tables_of(settings)

    def redo(article: Article) -> tuple[IndexedArticle, Vectors]:
        (item,) = ingest.analyse([article], tables)
        if each is not None:
            each(article.id)
        texts = [article.text[s.start : s.end] for s in item.sentences]
        return item, embedder.embed_passages(texts)

    count = reindex(settings.data_dir, embedder.name, embedder.dim, redo)
    with closing(SqliteStore(settings.data_dir, embedder.name, embedder.dim)) as store:
        store.rebuild_projection()
    return count


def tables_of(settings: IndexSettings) -> Tables:
    """Load the tables of parties; the user's own, ``parties.tsv`` in the data folder, wins."""
    own = settings.data_dir / "parties.tsv"
    return load_tables(own if own.exists() else None)


def _told_if_empty(found: Briefing) -> Briefing:
    """Give an abstention over an empty index the reason that helps."""
    if found.abstained and not found.coverage.articles:
        return replace(found, reason="The index is empty: add articles with `onrecord add PATH`.")
    return found


def open_index(settings: IndexSettings) -> Index:
    """
    Open the index of a data folder; the folder is made when missing.

    Raises:
        StoreError: if the folder cannot be used, or holds vectors of another model.
    """
    embedder = SentenceTransformerEmbedder(settings.embedding_model, threads=settings.threads)
    store = open_store(settings, embedder.name, embedder.dim)
    return Index(store, embedder, settings)
