"""
The store's twin in memory: for tests, and for scripts that index a handful of articles.

Keeps the nouns as they came in and looks through all of them at every question. Words go
through the same FTS5 table as in SQLite, or the two would disagree on what a word is. One lock
guards everything; nothing outlives the process.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, datetime
from itertools import count
from threading import RLock

import apsw
import numpy as np

from index.errors import StoreError
from index.origins import may_replace
from index.speakers.gazetteer.names import surname
from index.store import (
    UNDATED,
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
from index.store.codec import check_item, fingerprint, to_micros
from index.store.known_speakers import known_speakers
from index.store.memory.history import History
from index.store.memory.origins import MemoryOrigins
from index.store.memory.speaker_counts import count_parties, speaker_variants
from index.store.memory.verify import Entry, problems
from index.store.memory.votes import count_votes, introduced_as
from index.store.minhash import alike, bands, sign
from index.store.revisions import BY_HAND, check_owner, kind_of_change
from index.store.selection import in_columns, matches_article, matches_statement
from index.store.statements import statement_parts
from index.store.vectors.cosine import best, checked_rows, cosines, unit
from index.text.urls import canonical_url
from index.types import (
    Article,
    Coverage,
    IndexedArticle,
    Party,
    Revision,
    Withdrawal,
)


class MemoryStore:
    """A `Store` without files."""

    def __init__(self, dim: int) -> None:
        self._dim = dim
        self._lock = RLock()
        self._entries: dict[str, Entry] = {}
        self.origins = MemoryOrigins(lambda: (self._snapshot(), self._history), self._lock)
        self._history = History()
        self._keys = count(1)
        self._generation = 0
        self._last_removal = 0
        self._words: apsw.Connection | None = apsw.Connection(":memory:")
        self._words.execute(fts.TABLE)

    def put(self, item: IndexedArticle, vectors: Vectors) -> None:
        """Store *item*, replacing whatever has its id."""
        check_item(item)
        rows = checked_rows(vectors, len(item.sentences), self._dim).copy()
        with self._lock:
            db = self._open()
            self._revise(db, item)
            self._forget(db, item.article.id)
            item = self.origins.with_origin(item)
            keys = tuple(next(self._keys) for _ in item.sentences)
            text = item.article.text
            db.executemany(
                "INSERT INTO words(rowid, text) VALUES (?, ?)",
                [(k, text[s.start : s.end]) for k, s in zip(keys, item.sentences, strict=True)],
            )
            self._entries[item.article.id] = Entry(
                item, rows, keys, statement_parts(item), sign(text), fingerprint(item.article)
            )
            self._generation += 1

    def remove(self, article_id: str) -> bool:
        """Withdraw an article by hand; False if there was none."""
        known = self.fingerprint(article_id) is not None
        return known and self.withdraw(Withdrawal(article_id, BY_HAND))

    def withdraw(self, withdrawal: Withdrawal) -> bool:
        """Delete an article, and remember that it was withdrawn; False if there was none."""
        name, at = withdrawal.id, withdrawal.at or datetime.now(UTC)
        with self._lock:
            db, last, old = self._open(), self._history.last_of(name), self.fingerprint(name)
            if old is None:
                self.origins.note(name, withdrawal.origin, withdrawal.given_id)
            if old is not None or last is None or last.what != "withdrawn":
                url = self._entries[name].item.article.url if old is not None else None
                reason = withdrawal.reason
                self._history.record(canonical_url(url), name, at, "withdrawn", reason, old, None)
            forgotten = self._forget(db, name)
            self._generation += forgotten
            return forgotten

    def get(self, article_id: str) -> IndexedArticle | None:
        """Fetch one article whole."""
        return self.get_many([article_id]).get(article_id)

    def get_many(self, article_ids: Sequence[str]) -> dict[str, IndexedArticle]:
        """Fetch several articles whole; unknown ids are left out."""
        entries = self._snapshot()
        return {name: entries[name].item for name in article_ids if name in entries}

    def ids(self) -> Iterator[str]:
        """List the ids of all articles, sorted."""
        return iter(sorted(self._snapshot()))

    def vectors(self, article_id: str) -> Vectors | None:
        """Fetch the stored vectors of one article; None if unknown."""
        entry = self._snapshot().get(article_id)
        return None if entry is None else entry.rows.astype(np.float32)

    def fingerprint(self, article_id: str) -> str | None:
        """Fetch the hash of the stored article; None if unknown."""
        entry = self._snapshot().get(article_id)
        return None if entry is None else entry.fingerprint

    def near_copies(self, article_id: str) -> tuple[str, ...]:
        """List the ids of the other articles with nearly the same text, sorted."""
        entries = self._snapshot()
        if article_id not in entries:
            return ()
        own = entries.pop(article_id).signature
        wanted = set(bands(own))
        return tuple(
            name
            for name, entry in sorted(entries.items())
            if wanted & set(bands(entry.signature)) and alike(own, entry.signature)
        )

    def revisions(self, after: int, limit: int = 1_000) -> list[Revision]:
        """List what became of articles after the revision with this number, oldest first."""
        with self._lock:
            self._open()
            return self._history.after(after)[:limit]

    def last_revision(self, article: Article) -> Revision | None:
        """Find what happened last to an article with this id or address."""
        with self._lock:
            self._open()
            return self._history.last(article, self.origins.owner)

    def select(self, selection: Selection, among: Keys | None = None) -> list[Candidate]:
        """List the sentences that carry content of the selected statements."""
        wanted = None if among is None else {int(key) for key in among}
        return [c for _, c in self._selected(selection) if wanted is None or c.key in wanted]

    def select_columns(self, selection: Selection) -> SentenceColumns:
        """List the sentences of the selected statements in columns."""
        rows = [
            (c.key, c.sentence, number,
             UNDATED if (micros := to_micros(c.published_at)) is None else micros)
            for number, c in self._selected(selection)
        ]  # fmt: skip
        return in_columns(np.array(rows, dtype=np.int64).reshape(-1, len(SentenceColumns._fields)))

    def statements(self, numbers: Keys) -> list[Candidate]:
        """List the sentences of the statements with these numbers."""
        wanted = {int(number) for number in numbers}
        return [c for n, c in self._selected(Selection(thoughts=True)) if n in wanted]

    def _selected(self, selection: Selection) -> Iterator[tuple[int, Candidate]]:
        """List candidates, each with the number of its statement: keys are never given twice."""
        for name, entry in sorted(self._snapshot().items()):
            if not matches_article(entry.item.article, selection):
                continue
            published_at = entry.item.article.published_at
            for number, statement in enumerate(entry.item.statements):
                if matches_statement(statement, entry.item, selection):
                    for part, at in enumerate(entry.parts[number]):
                        own = (entry.keys[0] << 20) + number
                        yield own, Candidate(entry.keys[at], name, at, number, part, published_at)

    def search(self, vector: Vectors, k: int, among: Keys | None = None) -> list[Scored]:
        """Find the *k* sentences nearest to *vector* by exact cosine, best first."""
        query = unit(vector, self._dim)
        entries = [entry for entry in self._snapshot().values() if entry.keys]
        if not entries:
            return []
        keys = np.concatenate([np.array(entry.keys, dtype=np.int64) for entry in entries])
        rows = np.concatenate([entry.rows for entry in entries])
        if among is not None:
            wanted = np.isin(keys, among)
            keys, rows = keys[wanted], rows[wanted]
        return best(keys, cosines(rows, query), k)

    def match(self, words: str, k: int, among: Keys | None = None) -> list[Scored]:
        """Find the *k* sentences that share most with *words* by BM25, best first."""
        with self._lock:
            return fts.match(self._open(), words, k, among)

    def sentences_with(self, word: str, among: Keys) -> tuple[int, list[int]]:
        """Count the sentences that hold *word*, and list those *among*."""
        with self._lock:
            return fts.sentences_with(self._open(), word, among)

    def locate(self, keys: Sequence[int]) -> dict[int, tuple[str, int]]:
        """Map each key to article id and sentence index; unknown keys are left out."""
        asked = [int(key) for key in keys]
        wanted = set(asked)
        places = {
            key: (name, position)
            for name, entry in self._snapshot().items()
            for position, key in enumerate(entry.keys)
            if key in wanted
        }
        return {key: places[key] for key in asked if key in places}

    def speakers(self) -> list[KnownSpeaker]:
        """List the speakers on record, most statements first, then by key."""
        return known_speakers(voice for voice in self.speaker_changes().variants.values() if voice)

    def speaker_changes(self, since: int | None = None) -> SpeakerChanges:
        """List whom the articles quote; always all."""
        with self._lock:
            generation, items = self.generation(), self._items()
        variants = speaker_variants(items)
        return SpeakerChanges(generation, whole=True, variants=dict(enumerate(variants)))

    def parties(self, since: datetime | None = None) -> list[tuple[Party, int]]:
        """List the parties on record with their statement counts, most first."""
        return count_parties(self._items(), since)

    def introduced_as(self, party: str) -> list[str]:
        """List whom an introduction puts with *party*, if the articles that quote them do not."""
        return introduced_as(party, self._items())

    def introduced_with_surname(self, surnames: Collection[str]) -> list[str]:
        """List those whom an article introduces with one of *surnames*."""
        keys = {t.key for entry in self._snapshot().values() for t in entry.item.introductions}
        return sorted(key for key in keys if surname(key) in surnames)

    def votes(self, keys: Collection[str]) -> list[Vote]:
        """Add up the introductions of the people *keys*."""
        return count_votes(self._items(), keys)

    def outlets(self) -> list[str]:
        """List the outlets of all articles, each once, sorted."""
        entries = self._snapshot().values()
        return sorted({e.item.article.outlet for e in entries if e.item.article.outlet})

    def newest_ids(self, limit: int) -> list[str]:
        """List the articles published last, the newest first."""
        articles = [entry.item.article for entry in self._snapshot().values()]
        dated = [(-a.published_at.timestamp(), a.id) for a in articles if a.published_at]
        return [article_id for _, article_id in sorted(dated)[: max(limit, 0)]]

    def coverage(self) -> Coverage:
        """Count articles and sentences; newest publication and last indexing."""
        items = self._items()
        published = [i.article.published_at for i in items if i.article.published_at is not None]
        return Coverage(
            articles=len(items),
            sentences=sum(len(item.sentences) for item in items),
            newest=max(published, default=None),
            indexed_at=max((item.indexed_at for item in items), default=None),
        )

    def generation(self) -> int:
        """Count the puts and removals so far."""
        with self._lock:
            self._open()
            return self._generation

    def last_removal(self) -> int:
        """Find the generation in which an article last went or was replaced."""
        with self._lock:
            self._open()
            return self._last_removal

    def verify(self) -> list[str]:
        """Look for damage everywhere: a line for each problem, none for a sound store."""
        with self._lock:
            return problems(self._entries.values(), self._open(), self._dim)

    def close(self) -> None:
        """Drop everything; calling it twice is fine."""
        with self._lock:
            if self._words is not None:
                self._words.close()
            self._words = None
            self._entries.clear()

    def _open(self) -> apsw.Connection:
        if self._words is None:
            raise StoreError("the store is closed; open it again")
        return self._words

    def _snapshot(self) -> dict[str, Entry]:
        with self._lock:
            self._open()
            return dict(self._entries)

    def _items(self) -> list[IndexedArticle]:
        return [entry.item for entry in self._snapshot().values()]

    def _revise(self, db: apsw.Connection, item: IndexedArticle) -> None:
        """Forget what has the address of *item* under another id, and note what changes."""
        article, at = item.article, item.indexed_at
        address, new = canonical_url(article.url), fingerprint(article)
        if (old := self.fingerprint(article.id)) is not None:
            check_owner(article, self.origins.owner(article.id), address)
        for other, owner in self.origins.at_address(article.url):
            if other != article.id and may_replace(owner, article.origin, address):
                replaced = (f"replaced by {article.id}", self.fingerprint(other), new)
                self._forget(db, other)
                self._history.record(address, other, at, "changed", *replaced)
        if old != new:
            what = kind_of_change(old, self._history.last(article, self.origins.owner))
            self._history.record(address, article.id, at, what, article.note, old, new)
        self.origins.note(article.id, article.origin, article.given_id)

    def _forget(self, db: apsw.Connection, article_id: str) -> bool:
        entry = self._entries.pop(article_id, None)
        if entry is None:
            return False
        if entry.keys:
            self._last_removal = self._generation + 1
        db.executemany("DELETE FROM words WHERE rowid = ?", [(key,) for key in entry.keys])
        return True
