"""
The store in PostgreSQL: several bots and indexers, on whatever machines, over one database.

Everything is in one transaction an article. Writers follow one another, held by the one row of
`state`; readers see one snapshot each and wait for nobody.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

import numpy as np

from index.errors import StoreError
from index.store import (
    Candidate,
    Keys,
    KnownSpeaker,
    Scored,
    Selection,
    SentenceColumns,
    SpeakerChanges,
    Vectors,
    Vote,
)
from index.store.codec import check_item, from_micros
from index.store.known_speakers import known_speakers
from index.store.postgres import fulltext, introductions, layout, nearest, revisions
from index.store.postgres.database import Connection, PostgresDatabase, one, rows
from index.store.postgres.near_copies import near_copies
from index.store.postgres.origins import PostgresOrigins
from index.store.postgres.rows import digest_of, fetch
from index.store.postgres.select import numbered, select, select_columns
from index.store.postgres.speaker_counts import count_parties, speaker_changes
from index.store.postgres.verify import problems, stored_vectors
from index.store.revisions import BY_HAND
from index.store.sqlite.article_cache import ArticleCache
from index.store.vectors.cosine import checked_rows, unit, widened
from index.types import Article, Coverage, IndexedArticle, Party, Revision, Withdrawal

log = logging.getLogger(__name__)

_STATE = """
SELECT generation, last_removal, (SELECT value FROM meta WHERE name = 'format') FROM state
"""
_COVERAGE = """
SELECT articles, sentences, (SELECT max(published_at) FROM articles),
       (SELECT max(indexed_at) FROM articles) FROM state
"""
_NEWEST = """
SELECT id FROM articles WHERE published_at IS NOT NULL ORDER BY published_at DESC, id LIMIT %s
"""
_LOCATE = """
SELECT s.key, a.id, s.position FROM sentences s JOIN articles a ON a.number = s.article
WHERE s.key = ANY(%s::bigint[])
"""

_T = TypeVar("_T")


class PostgresStore:
    """
    A `Store` in a database, for vectors of one model.

    Args:
        url: of the database, as libpq reads it.
        model: whose vectors it holds.
        dim: their length.

    Raises:
        StoreError: if it cannot be used, or holds vectors of another model.
    """

    def __init__(self, url: str, model: str, dim: int) -> None:
        self._dim = dim
        self._folded: dict[str, tuple[int, Any]] = {}
        self._recent = ArticleCache()
        self._database = PostgresDatabase(url)
        self.origins = PostgresOrigins(self._database)
        try:
            layout.prepare(self._database, model, dim)
        except BaseException:
            self._database.close()
            raise

    def put(self, item: IndexedArticle, vectors: Vectors) -> None:
        """Store *item*, replacing whatever has its id; on the server's disk when this returns."""
        check_item(item)
        rows_ = checked_rows(vectors, len(item.sentences), self._dim)
        self._write(lambda db: revisions.replace(db, item, rows_))
        if self._database.read(nearest.is_needed):
            self.index_vectors()

    def remove(self, article_id: str) -> bool:
        """Withdraw an article by hand; False if there was none."""
        known = self.fingerprint(article_id) is not None
        return known and self.withdraw(Withdrawal(article_id, BY_HAND))

    def withdraw(self, withdrawal: Withdrawal) -> bool:
        """Delete an article, and remember that it was withdrawn; False if there was none."""
        at = withdrawal.at or datetime.now(UTC)
        return self._write(lambda db: revisions.withdraw(db, withdrawal, at))

    def get(self, article_id: str) -> IndexedArticle | None:
        """Fetch one article whole."""
        return self.get_many([article_id]).get(article_id)

    def get_many(self, article_ids: Sequence[str]) -> dict[str, IndexedArticle]:
        """Fetch several articles whole, in one reading; unknown ids are left out."""
        place = self._database.place
        return self._database.read(lambda db: fetch(db, article_ids, place, self._recent))

    def ids(self) -> Iterator[str]:
        """List the ids of all articles, sorted."""
        found = self._database.read(lambda db: rows(db, "SELECT id FROM articles ORDER BY id"))
        return iter([name for (name,) in found])

    def vectors(self, article_id: str) -> Vectors | None:
        """Fetch the stored vectors of one article; None if unknown."""
        return self._database.read(lambda db: self._vectors(db, article_id))

    def _vectors(self, db: Connection, article_id: str) -> Vectors | None:
        stored = one(db, "SELECT number, digest FROM articles WHERE id = %s", (article_id,))
        if stored is None:
            return None
        keys, held = stored_vectors(db, stored[0])
        halves = np.empty((0, self._dim), dtype="<f2") if held is None else held
        if len(halves) != len(keys) or digest_of(halves) != stored[1]:
            raise StoreError(
                f"vectors of article {article_id!r} in {self._database.place} are damaged; add it "
                "again with --force, or restore the database from a backup"
            )
        return widened(halves)

    def fingerprint(self, article_id: str) -> str | None:
        """Fetch the hash of the stored article; None if unknown."""
        query = "SELECT fingerprint FROM articles WHERE id = %s"
        found = self._database.read(lambda db: one(db, query, (article_id,)))
        return found[0] if found is not None else None

    def near_copies(self, article_id: str) -> tuple[str, ...]:
        """List the ids of the other articles with nearly the same text, sorted."""
        return self._database.read(lambda db: near_copies(db, article_id))

    def revisions(self, after: int, limit: int = 1_000) -> list[Revision]:
        """List what became of articles after the revision with this number, oldest first."""
        return self._database.read(lambda db: revisions.revisions(db, after, limit))

    def last_revision(self, article: Article) -> Revision | None:
        """Find what happened last to an article with this id or address."""
        return self._database.read(lambda db: revisions.last_revision(db, article))

    def select(self, selection: Selection, among: Keys | None = None) -> list[Candidate]:
        """List the sentences that carry content of the selected statements."""
        return self._database.read(lambda db: select(db, selection, among))

    def select_columns(self, selection: Selection) -> SentenceColumns:
        """List the sentences of the selected statements in columns."""
        return self._database.read(lambda db: select_columns(db, selection))

    def statements(self, numbers: Keys) -> list[Candidate]:
        """List the sentences of the statements with these numbers."""
        return self._database.read(lambda db: numbered(db, numbers))

    def search(self, vector: Vectors, k: int, among: Keys | None = None) -> list[Scored]:
        """
        Find the *k* sentences nearest to *vector*, best first, with their exact cosines.

        Among up to `nearest.EXACT` sentences these are the nearest; beyond, one in a thousand of
        them may be missed.
        """
        query = unit(vector, self._dim)
        return self._database.read(lambda db: nearest.search(db, query, k, among))

    def match(self, words: str, k: int, among: Keys | None = None) -> list[Scored]:
        """Find the *k* sentences that share most with *words* by BM25, best first."""
        return self._database.read(lambda db: fulltext.match(db, words, k, among))

    def sentences_with(self, word: str, among: Keys) -> tuple[int, list[int]]:
        """Count the sentences that hold *word*, and list those *among*."""
        return self._database.read(lambda db: fulltext.sentences_with(db, word, among))

    def locate(self, keys: Sequence[int]) -> dict[int, tuple[str, int]]:
        """Map each key to article id and sentence index; unknown keys are left out."""
        asked = [int(key) for key in keys]
        found = self._database.read(lambda db: rows(db, _LOCATE, (fulltext.array(asked),)))
        places = {key: (name, position) for key, name, position in found}
        return {key: places[key] for key in asked if key in places}

    def speakers(self) -> list[KnownSpeaker]:
        """List the speakers on record, most statements first, then by key."""
        return known_speakers(voice for voice in self.speaker_changes().variants.values() if voice)

    def speaker_changes(self, since: int | None = None) -> SpeakerChanges:
        """List whom the articles quote: what has changed after a generation, or all."""
        return self._database.read(lambda db: speaker_changes(db, self._state(db)[0], since))

    def parties(self, since: datetime | None = None) -> list[tuple[Party, int]]:
        """List the parties on record with their statement counts, most first."""
        if since is None:
            return list(self._fold_once("parties", count_parties))
        return self._database.read(lambda db: count_parties(db, since))

    def introduced_as(self, party: str) -> list[str]:
        """List whom an introduction puts with *party*, if the articles that quote them do not."""
        return self._database.read(lambda db: introductions.introduced_as(db, party))

    def introduced_with_surname(self, surnames: Collection[str]) -> list[str]:
        """List those whom an article introduces with one of *surnames*."""
        return self._database.read(lambda db: introductions.introduced_with_surname(db, surnames))

    def votes(self, keys: Collection[str]) -> list[Vote]:
        """Add up the introductions of the people *keys*."""
        return self._database.read(lambda db: introductions.votes(db, keys))

    def outlets(self) -> list[str]:
        """List the outlets of all articles, each once, sorted."""
        return list(self._fold_once("outlets", _outlets))

    def newest_ids(self, limit: int) -> list[str]:
        """List the articles published last, the newest first."""
        found = self._database.read(lambda db: rows(db, _NEWEST, (max(limit, 0),)))
        return [name for (name,) in found]

    def coverage(self) -> Coverage:
        """Count articles and sentences; newest publication and last indexing."""
        return self._fold_once("coverage", _coverage)

    def generation(self) -> int:
        """Count the puts and removals so far, by whichever process."""
        return self._database.read(self._state)[0]

    def last_removal(self) -> int:
        """Find the generation in which an article last went or was replaced."""
        return self._database.read(self._state)[1]

    def index_vectors(self) -> None:
        """Build the index of vectors where there is none; who writes waits meanwhile."""
        log.info("building the index of vectors in %s", self._database.place)
        self._database.write(nearest.build)

    def verify(self) -> list[str]:
        """Look for damage everywhere: a line for each problem, none for a sound index."""
        try:
            return self._database.read(lambda db: problems(db, self._dim, self._database.place))
        except StoreError as exc:
            return [str(exc)]

    def close(self) -> None:
        """Close all connections; calling it twice is fine."""
        self._database.close()

    def _write(self, work: Callable[[Connection], _T]) -> _T:
        """Write as the only writer: the next waits until this one's transaction has ended."""

        def alone(db: Connection) -> _T:
            db.execute("SELECT 1 FROM state FOR UPDATE")
            self._state(db)
            return work(db)

        return self._database.write(alone)

    def _state(self, db: Connection) -> tuple[int, int]:
        """Read the generation and that of the last removal; the format must still be ours."""
        generation, removal, version = one(db, _STATE) or (0, 0, None)
        if version != str(layout.FORMAT):
            raise StoreError(
                f"store {self._database.place} was brought to format {version} by another version "
                f"of onrecord, this one uses {layout.FORMAT}; stop this process and start it with "
                "that version"
            )
        return generation, removal

    def _fold_once(self, name: str, fold: Callable[[Connection], _T]) -> _T:
        """Fold once for each generation: every question asks, few articles come."""

        def folded(db: Connection) -> tuple[int, Any]:
            generation = self._state(db)[0]
            known = self._folded.get(name)
            return known if known and known[0] == generation else (generation, fold(db))

        self._folded[name] = self._database.read(folded)
        value: _T = self._folded[name][1]
        return value


def _outlets(db: Connection) -> list[str]:
    query = "SELECT DISTINCT outlet FROM articles WHERE outlet > '' ORDER BY outlet"
    return [name for (name,) in rows(db, query)]


def _coverage(db: Connection) -> Coverage:
    articles, sentences, newest, indexed_at = one(db, _COVERAGE) or (0, 0, None, None)
    return Coverage(articles, sentences, from_micros(newest), from_micros(indexed_at))
