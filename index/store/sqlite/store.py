"""
The store on disk: SQLite is the truth, FAISS a projection of its vectors.

Several processes may have one folder open. Every write counts a generation up inside its own
transaction, and every read looks at that number first: what another process has put is found
by the next search without a message between them.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import apsw
import numpy as np

from index.database.database import Database, rows_of
from index.database.switch import clear
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
from index.store import fulltext as fts
from index.store.codec import check_item, from_micros
from index.store.known_speakers import known_speakers
from index.store.moving import MOVING
from index.store.revisions import BY_HAND
from index.store.sqlite import introductions, revisions
from index.store.sqlite.article_cache import ArticleCache
from index.store.sqlite.migrations import INDEX
from index.store.sqlite.near_copies import near_copies
from index.store.sqlite.origins import SqliteOrigins
from index.store.sqlite.projection_sync import ProjectionSync, unpack
from index.store.sqlite.rows import fetch
from index.store.sqlite.select import numbered, select, select_columns
from index.store.sqlite.speaker_counts import count_parties, speaker_changes
from index.store.sqlite.verify import problems
from index.store.vectors.cosine import checked_rows, unit, widened
from index.store.vectors.snapshot import Origin
from index.types import Article, Coverage, IndexedArticle, Party, Revision, Withdrawal

log = logging.getLogger(__name__)

DATABASE = "onrecord.sqlite3"
SNAPSHOT = "vectors.faiss"

_OUTLETS = "SELECT DISTINCT outlet FROM articles WHERE outlet > '' ORDER BY outlet"
_COVERAGE = """
SELECT (SELECT value FROM meta WHERE name = 'articles'),
       (SELECT value FROM meta WHERE name = 'sentences'),
       (SELECT max(published_at) FROM articles), (SELECT max(indexed_at) FROM articles)
"""
_STORED = """
SELECT v.rows, v.digest FROM articles a JOIN vectors v ON v.article = a.number WHERE a.id = ?
"""
_LOCATE = """
SELECT s.key, a.id, s.position FROM carray(?) c
CROSS JOIN sentences s ON s.key = c.value CROSS JOIN articles a ON a.number = s.article
"""

_T = TypeVar("_T")


class SqliteStore:
    """A `Store` in a folder, for vectors of one model."""

    def __init__(self, folder: Path, model: str, dim: int) -> None:
        self._model = model
        self._dim = dim
        self._folded: dict[str, tuple[int, Any]] = {}
        self._recent = ArticleCache()
        self._database = Database(folder / DATABASE, INDEX)
        self.origins = SqliteOrigins(self._database)
        self._snapshot = folder / SNAPSHOT
        self._sync = ProjectionSync(self._database, self._snapshot, self._origin)
        try:
            with self._database.writing() as db:
                claim(db, model, dim)
            self._sync.discard_foreign()
            # Nobody restores the folder now: what is aside was never used.
            clear(folder)
        except BaseException:
            self._database.close()
            raise

    def put(self, item: IndexedArticle, vectors: Vectors) -> None:
        """Store *item*, replacing whatever has its id; on disk when this returns."""
        check_item(item)
        rows = checked_rows(vectors, len(item.sentences), self._dim)
        with self._database.writing() as db:
            self._origin(db)
            revisions.replace(db, item, rows)

    def remove(self, article_id: str) -> bool:
        """Withdraw an article by hand; False if there was none."""
        known = self.fingerprint(article_id) is not None
        return known and self.withdraw(Withdrawal(article_id, BY_HAND))

    def withdraw(self, withdrawal: Withdrawal) -> bool:
        """Delete an article, and remember that it was withdrawn; False if there was none."""
        at = withdrawal.at or datetime.now(UTC)
        with self._database.writing() as db:
            return revisions.withdraw(db, withdrawal, at)

    def get(self, article_id: str) -> IndexedArticle | None:
        """Fetch one article whole."""
        return self.get_many([article_id]).get(article_id)

    def get_many(self, article_ids: Sequence[str]) -> dict[str, IndexedArticle]:
        """Fetch several articles whole, in one reading; unknown ids are left out."""
        with self._database.reading() as db:
            return fetch(db, article_ids, self._recent)

    def ids(self) -> Iterator[str]:
        """List the ids of all articles, sorted."""
        with self._database.reading() as db:
            rows = rows_of(db, "SELECT id FROM articles ORDER BY id")
        return iter([name for (name,) in rows])

    def vectors(self, article_id: str) -> Vectors | None:
        """Fetch the stored vectors of one article; None if unknown."""
        with self._database.reading() as db:
            stored = rows_of(db, _STORED, (article_id,))
        return widened(unpack(stored[0][0], stored[0][1], self._dim)) if stored else None

    def fingerprint(self, article_id: str) -> str | None:
        """Fetch the hash of the stored article; None if unknown."""
        with self._database.reading() as db:
            query = "SELECT fingerprint FROM articles WHERE id = ?"
            mark: str | None = db.execute(query, (article_id,)).get
        return mark

    def near_copies(self, article_id: str) -> tuple[str, ...]:
        """List the ids of the other articles with nearly the same text, sorted."""
        with self._database.reading() as db:
            return near_copies(db, article_id)

    def revisions(self, after: int, limit: int = 1_000) -> list[Revision]:
        """List what became of articles after the revision with this number, oldest first."""
        with self._database.reading() as db:
            return revisions.revisions(db, after, limit)

    def last_revision(self, article: Article) -> Revision | None:
        """Find what happened last to an article with this id or address."""
        with self._database.reading() as db:
            return revisions.last_revision(db, article)

    def select(self, selection: Selection, among: Keys | None = None) -> list[Candidate]:
        """List the sentences that carry content of the selected statements."""
        with self._database.reading() as db:
            return select(db, selection, among)

    def select_columns(self, selection: Selection) -> SentenceColumns:
        """List the sentences of the selected statements in columns."""
        with self._database.reading() as db:
            return select_columns(db, selection)

    def statements(self, numbers: Keys) -> list[Candidate]:
        """List the sentences of the statements with these numbers."""
        with self._database.reading() as db:
            return numbered(db, numbers)

    def search(self, vector: Vectors, k: int, among: Keys | None = None) -> list[Scored]:
        """Find the *k* sentences nearest to *vector* by exact cosine, best first."""
        return self._sync.search(unit(vector, self._dim), k, among)

    def match(self, words: str, k: int, among: Keys | None = None) -> list[Scored]:
        """Find the *k* sentences that share most with *words* by BM25, best first."""
        with self._database.reading() as db:
            return fts.match(db, words, k, among)

    def sentences_with(self, word: str, among: Keys) -> tuple[int, list[int]]:
        """Count the sentences that hold *word*, and list those *among*."""
        with self._database.reading() as db:
            return fts.sentences_with(db, word, among)

    def locate(self, keys: Sequence[int]) -> dict[int, tuple[str, int]]:
        """Map each key to article id and sentence index; unknown keys are left out."""
        if len(keys) == 0:
            return {}
        with self._database.reading() as db:
            asked = apsw.carray(np.array(keys, dtype=np.int64))
            rows = rows_of(db, _LOCATE, (asked,))
        return {key: (name, position) for key, name, position in rows}

    def speakers(self) -> list[KnownSpeaker]:
        """List the speakers on record, most statements first, then by key."""
        return known_speakers(voice for voice in self.speaker_changes().variants.values() if voice)

    def speaker_changes(self, since: int | None = None) -> SpeakerChanges:
        """List whom the articles quote: what has changed after a generation, or all."""
        with self._database.reading() as db:
            return speaker_changes(db, self._origin(db).generation, since)

    def parties(self, since: datetime | None = None) -> list[tuple[Party, int]]:
        """List the parties on record with their statement counts, most first."""
        if since is None:
            return list(self._once("parties", count_parties))
        with self._database.reading() as db:
            return count_parties(db, since)

    def introduced_as(self, party: str) -> list[str]:
        """List whom an introduction puts with *party*, if the articles that quote them do not."""
        with self._database.reading() as db:
            return introductions.introduced_as(db, party)

    def introduced_with_surname(self, surnames: Collection[str]) -> list[str]:
        """List those whom an article introduces with one of *surnames*."""
        with self._database.reading() as db:
            return introductions.introduced_with_surname(db, surnames)

    def votes(self, keys: Collection[str]) -> list[Vote]:
        """Add up the introductions of the people *keys*."""
        with self._database.reading() as db:
            return introductions.votes(db, keys)

    def outlets(self) -> list[str]:
        """List the outlets of all articles, each once, sorted."""
        return list(self._once("outlets", _outlets))

    def newest_ids(self, limit: int) -> list[str]:
        """List the articles published last, the newest first."""
        with self._database.reading() as db:
            rows = db.execute(
                "SELECT id FROM articles WHERE published_at IS NOT NULL "
                "ORDER BY published_at DESC, id LIMIT ?",
                (max(limit, 0),),
            )
            return [article_id for (article_id,) in rows]

    def coverage(self) -> Coverage:
        """Count articles and sentences; newest publication and last indexing."""
        return self._once("coverage", _coverage)

    def generation(self) -> int:
        """Count the puts and removals so far, by whichever process."""
        with self._database.reading() as db:
            return self._origin(db).generation

    def last_removal(self) -> int:
        """Find the generation in which an article last went or was replaced."""
        with self._database.reading() as db:
            return int(db.execute("SELECT coalesce(max(generation), 0) FROM removals").get)

    def close(self) -> None:
        """Write a snapshot if enough has changed, and release all files."""
        if self._database.closed:
            return
        try:
            self._sync.save_if_worth_it()
        except (OSError, StoreError) as exc:
            # Nothing is lost: what a snapshot holds can be read from SQLite.
            log.warning("snapshot of the vectors not written: %s", exc)
        finally:
            self._database.close()

    def rebuild_projection(self) -> None:
        """
        Read all vectors from SQLite again, and write the snapshot.

        Raises:
            StoreError: if the snapshot cannot be written.
        """
        try:
            self._sync.rebuild()
        except OSError as exc:
            raise StoreError(
                f"{self._snapshot} cannot be written ({exc.strerror}); free space there, and run "
                "`onrecord rebuild`"
            ) from exc

    def verify(self) -> list[str]:
        """Look for damage everywhere: a line for each problem, none for a sound index."""
        try:
            with self._sync.current() as projection, self._database.reading_afresh() as db:
                keys, rows = projection.keys, np.concatenate([*projection.parts()])
                return problems(db, self._dim, keys, rows, projection.generation)
        except StoreError as exc:
            return [str(exc)]

    def _origin(self, db: apsw.Connection) -> Origin:
        """Look at the state of the store, and that it still holds this model's vectors."""
        meta = claim(db, self._model, self._dim)
        return Origin(meta["identity"], self._model, self._dim, meta["generation"])

    def _once(self, name: str, fold: Callable[[apsw.Connection], _T]) -> _T:
        """Fold once for each generation: every question asks, few articles come."""
        with self._database.reading() as db:
            generation = self._origin(db).generation
            known = self._folded.get(name)
            if known is None or known[0] != generation:
                known = self._folded[name] = (generation, fold(db))
        value: _T = known[1]
        return value


def claim(db: apsw.Connection, model: str, dim: int) -> dict[str, Any]:
    """
    Read what the store says of itself; an empty one is given *model* and *dim*.

    Raises:
        StoreError: if it holds vectors of another model or length, or was brought to another
            format while it was open: what that one keeps, this version would not.
    """
    if (version := db.pragma("user_version")) != INDEX.format:
        raise StoreError(
            f"index {db.filename} was brought to format {version} by another version of onrecord, "
            f"this one uses {INDEX.format}; stop this process and start it with that version"
        )
    meta: dict[str, Any] = dict(rows_of(db, "SELECT name, value FROM meta"))
    if MOVING in meta:
        raise StoreError(
            f"index {db.filename} is half filled by `onrecord migrate`; run that again"
        )
    if "model" not in meta:
        db.execute("INSERT INTO meta VALUES ('model', ?), ('dim', ?)", (model, dim))
        meta |= {"model": model, "dim": dim}
    if meta["model"] != model:
        raise StoreError(
            f"store holds vectors of {meta['model']!r}, settings name {model!r}; set "
            f"INDEX_EMBEDDING_MODEL={meta['model']} or run `onrecord rebuild`"
        )
    if meta["dim"] != dim:
        raise StoreError(
            f"store holds vectors of length {meta['dim']}, {model!r} makes {dim}; "
            "install the version of the model that made them or run `onrecord rebuild`"
        )
    return meta


def _outlets(db: apsw.Connection) -> list[str]:
    return [name for (name,) in rows_of(db, _OUTLETS)]


def _coverage(db: apsw.Connection) -> Coverage:
    articles, sentences, newest, indexed_at = db.execute(_COVERAGE).get
    return Coverage(articles, sentences, from_micros(newest), from_micros(indexed_at))
