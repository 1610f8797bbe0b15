"""
The seam between the engine and what keeps its data.

One protocol, several engines: ``memory`` (the twin that tests and small scripts use),
``sqlite`` (SQLite is the truth, FAISS a projection that can be rebuilt from it). A sentence is
known to its store by an integer ``key``; keys are never reused within a store.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from index.types import Coverage, CueClass, IndexedArticle, Party

Vectors = NDArray[np.float32]
Keys = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Selection:
    """
    Which statements a question wants; an empty field does not restrict.

    ``parties`` and ``speakers`` hold keys; a statement is selected if it fits any of them
    (parties or speakers: the union). ``since`` is inclusive, ``until`` exclusive, both against
    the article's ``published_at``; an article without a date passes neither. ``outlet`` is
    compared case-folded. ``attributed``: True only with a speaker, False only without.
    """

    parties: frozenset[str] = frozenset()
    speakers: frozenset[str] = frozenset()
    since: datetime | None = None
    until: datetime | None = None
    outlet: str | None = None
    cue_classes: frozenset[CueClass] = frozenset()
    thoughts: bool = False
    attributed: bool | None = None
    article_id: str | None = None


class Candidate(NamedTuple):
    """
    A sentence that carries content of a statement.

    ``statement`` is the statement's index in its article, ``part`` counts the sentences of the
    statement from 0 in reading order (a part above 0 continues the one before).
    """

    key: int
    article_id: str
    sentence: int
    statement: int
    part: int
    published_at: datetime | None


class Scored(NamedTuple):
    """A sentence's key with its score, higher is nearer."""

    key: int
    score: float


class KnownSpeaker(NamedTuple):
    """A speaker on record: how often, and for whom (the parties of the newest statements)."""

    key: str
    name: str
    role: str | None
    parties: tuple[Party, ...]
    statements: int


class Store(Protocol):
    """
    Keeps articles with their sentences, statements and vectors.

    Whole articles go in and out, so a reader never meets half of one. ``put`` and ``remove``
    are durable when they return, and seen at once by every other process that has the store
    open. Any method may raise StoreError. Readable from several threads; one writer at a time
    (a second writer waits).
    """

    def put(self, item: IndexedArticle, vectors: Vectors) -> None:
        """Store *item*, replacing whatever has its id; *vectors* is (sentences, dim), unit rows."""

    def remove(self, article_id: str) -> bool:
        """Forget an article; False if there was none."""

    def get(self, article_id: str) -> IndexedArticle | None:
        """Fetch one article whole."""

    def get_many(self, article_ids: Sequence[str]) -> dict[str, IndexedArticle]:
        """Fetch several articles whole, in one reading; unknown ids are left out."""

    def ids(self) -> Iterator[str]:
        """List the ids of all articles, sorted."""

    def vectors(self, article_id: str) -> Vectors | None:
        """Fetch the stored vectors of one article, (sentences, dim); None if unknown."""

    def fingerprint(self, article_id: str) -> str | None:
        """Fetch the SHA-256 of the stored article (all its fields), to tell "unchanged"."""

    def select(self, selection: Selection) -> list[Candidate]:
        """
        List the sentences that carry content of the selected statements, in order of
        article id, statement, part. A sentence with two such statements comes twice.
        """

    def search(self, vector: Vectors, k: int, among: Keys | None = None) -> list[Scored]:
        """
        Find the *k* sentences nearest to *vector* by exact cosine, best first.

        Args:
            vector: (dim,), any length above zero.
            among: keys to restrict to; None for all, empty for none. Unknown keys are ignored.

        Returns:
            min(k, matching) rows with cosines in [-1, 1]; ties by key.
        """

    def match(self, words: str, k: int, among: Keys | None = None) -> list[Scored]:
        """
        Find the *k* sentences that share most with *words* by BM25, best first.

        Any text is accepted: operators of a query language are plain words here.
        """

    def locate(self, keys: Sequence[int]) -> dict[int, tuple[str, int]]:
        """Tell article id and sentence index of each key; unknown keys are left out."""

    def speakers(self) -> list[KnownSpeaker]:
        """List the speakers on record, most statements first, then by key."""

    def parties(self) -> list[tuple[Party, int]]:
        """List the parties on record with their statement counts, most first."""

    def outlets(self) -> list[str]:
        """List the outlets of all articles, each once, sorted."""

    def coverage(self) -> Coverage:
        """Count articles and sentences; newest publication and last indexing."""

    def generation(self) -> int:
        """A number that grows with every put and remove, in whichever process."""

    def close(self) -> None:
        """Release files and threads; calling it twice is fine."""
