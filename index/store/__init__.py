"""
The seam between the engine and what keeps its data.

One protocol, several engines: ``memory`` (the twin that tests and small scripts use),
``sqlite`` (SQLite is the truth, FAISS a projection that can be rebuilt from it), ``postgres`` (one
database for several machines). A sentence is known to its store by an integer ``key``; keys are
never reused within a store, and those of one article follow one another in reading order.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from index.store.origins import Origins
from index.types import (
    Article,
    Coverage,
    CueClass,
    IndexedArticle,
    Party,
    Revision,
    Span,
    Withdrawal,
)

Vectors = NDArray[np.float32]
Keys = NDArray[np.int64]

# The moment of an article without a date: before all others.
UNDATED = -(2**63)


class Tenure(NamedTuple):
    """
    When a speaker is taken to speak for a party, by what other articles call him.

    From *since* to before *until*, None for no border; *undated*: in articles without a date too.
    """

    key: str
    since: datetime | None
    until: datetime | None
    undated: bool = False


@dataclass(frozen=True, slots=True)
class Selection:
    """
    Which statements a question wants; an empty field does not restrict.

    ``parties`` and ``speakers`` hold keys; a statement is selected if it fits any of them
    (parties, speakers or learned: the union). ``learned``: of these speakers in these tenures, the
    statements for whose speaker the article itself names no party and gives no title.
    ``since`` is inclusive, ``until`` exclusive; an article of which only the day is known (midnight
    UTC) counts for that day in their zones, one without a date for none. ``outlets`` are compared
    case-folded, any of them fits. ``attributed``: True only with a speaker, False only without.
    """

    parties: frozenset[str] = frozenset()
    speakers: frozenset[str] = frozenset()
    since: datetime | None = None
    until: datetime | None = None
    outlets: frozenset[str] = frozenset()
    cue_classes: frozenset[CueClass] = frozenset()
    thoughts: bool = False
    attributed: bool | None = None
    article_id: str | None = None
    learned: frozenset[Tenure] = frozenset()


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


class SentenceColumns(NamedTuple):
    """
    Sentences that carry content of some statements, as columns of one length.

    Of each the key, its index in its article, a number that tells its statement from others, and
    when the article was published, in microseconds since 1970 (UNDATED if unknown). The rows of
    one statement stand together, in reading order.
    """

    keys: Keys
    sentences: Keys
    statements: Keys
    moments: Keys


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


class SpeakerVariant(NamedTuple):
    """A speaker as worded by *statements* statements, the newest of them at *newest*."""

    key: str
    name: str
    role: str | None
    parties: tuple[Party, ...]
    statements: int
    newest: datetime | None


class SpeakerChanges(NamedTuple):
    """
    Whom the articles of one generation quote, as a change to an earlier one.

    ``variants`` by a number that stays theirs; None for one that is no longer quoted. ``whole``:
    those are all there are, whatever was known before.
    """

    generation: int
    whole: bool
    variants: Mapping[int, SpeakerVariant | None]


class Vote(NamedTuple):
    """
    What the articles of one day call one person: for whom, in how many outlets.

    *parties* is empty where he is said to speak for nobody; *certain*: in one of them beyond
    doubt. *article_id* and *span* show one such wording. An article without an outlet counts as
    one; *day* is None for articles without a date.
    """

    key: str
    parties: tuple[Party, ...]
    day: date | None
    outlets: int
    certain: bool
    article_id: str
    span: Span


class Store(Protocol):
    """
    Keeps articles with their sentences, statements and vectors.

    Whole articles go in and out, so a reader never meets half of one. ``put`` and ``remove``
    are durable when they return, and seen at once by every other process that has the store
    open. Any method may raise StoreError. Readable from several threads; one writer at a time
    (a second writer waits). Moments are aware, in UTC.
    """

    @property
    def origins(self) -> Origins:
        """Whose each article is."""

    # Articles: in and out whole, and what there is of them.

    def put(self, item: IndexedArticle, vectors: Vectors) -> None:
        """
        Store *item*, replacing in one step what has its id, and what its origin may replace
        (`index.store.origins`) at its canonical address, and record the revision.

        Args:
            item: its sentences and spans fit its text.
            vectors: (sentences, dim), rows of length 1.

        Raises:
            ArticleError: for parts that do not fit its text; OwnedError for another origin's id.
        """

    def get(self, article_id: str) -> IndexedArticle | None:
        """Fetch one article whole; None if unknown."""

    def get_many(self, article_ids: Sequence[str]) -> dict[str, IndexedArticle]:
        """Fetch several articles whole, in one reading; unknown ids are left out."""

    def ids(self) -> Iterator[str]:
        """List the ids of all articles, sorted."""

    def newest_ids(self, limit: int) -> list[str]:
        """List the ids of the articles published last, the newest first; dated ones only."""

    def vectors(self, article_id: str) -> Vectors | None:
        """
        Fetch the vectors of one article, (sentences, dim), right to half precision; None if
        unknown.
        """

    def fingerprint(self, article_id: str) -> str | None:
        """Fetch the SHA-256 of the stored article (all its fields), to tell "unchanged"."""

    def near_copies(self, article_id: str) -> tuple[str, ...]:
        """List the ids of the other articles with nearly the same text, sorted."""

    def outlets(self) -> list[str]:
        """List the outlets of all articles, each once, sorted."""

    def coverage(self) -> Coverage:
        """Count articles and sentences; newest publication and last indexing."""

    # Revisions: what became of articles, and how readers notice.

    def remove(self, article_id: str) -> bool:
        """Withdraw an article by hand; False if there was none, and nothing is remembered."""

    def withdraw(self, withdrawal: Withdrawal) -> bool:
        """
        Delete an article and remember that it was withdrawn, also of one that never came.

        Returns:
            False if there was none.
        """

    def revisions(self, after: int, limit: int = 1_000) -> list[Revision]:
        """List what became of articles after the revision with this number, oldest first."""

    def last_revision(self, article: Article) -> Revision | None:
        """Find what happened last to its id, or to its origin's at its address; None if nothing."""

    def generation(self) -> int:
        """Count changes: a number that grows with every put and remove, in whichever process."""

    def last_removal(self) -> int:
        """
        Find the generation in which an article last went or was replaced; 0 if none did lately.

        What is read while it stands still holds no article in two versions.
        """

    # Selection: whose statements are wanted, exactly.

    def select(self, selection: Selection, among: Keys | None = None) -> list[Candidate]:
        """
        List the sentences that carry content of the selected statements, in order of
        article id, statement, part. A sentence with two such statements comes twice.

        Args:
            selection: whose statements, and which.
            among: keys of the sentences to restrict to; None for all, empty for none.
        """

    def select_columns(self, selection: Selection) -> SentenceColumns:
        """
        List the sentences of the selected statements as `select` does, in columns.

        A party may have made a million statements: most of them are only ranked and counted.
        """

    def statements(self, numbers: Keys) -> list[Candidate]:
        """
        List the sentences that carry content of the statements with these *numbers*, as
        `select_columns` gave them, in the order of `select`; unknown numbers are left out.
        """

    # Search: by meaning, by words, and where a key stands.

    def search(self, vector: Vectors, k: int, among: Keys | None = None) -> list[Scored]:
        """
        Find the *k* sentences nearest to *vector* by exact cosine with what `vectors` gives.

        Args:
            vector: (dim,), any length above zero.
            k: at most so many.
            among: keys to restrict to; None for all, empty for none. Unknown keys are ignored.

        Returns:
            min(k, matching) rows with cosines in [-1, 1], best first; ties by key.
        """

    def match(self, words: str, k: int, among: Keys | None = None) -> list[Scored]:
        """
        Find the *k* sentences that share most with *words* by BM25, best first; ties by key.

        Args:
            words: any text; operators of a query language are plain words here.
            k: at most so many.
            among: as for `search`.
        """

    def sentences_with(self, word: str, among: Keys) -> tuple[int, list[int]]:
        """Count the sentences that hold *word* as `match` reads it; and list those *among*."""

    def locate(self, keys: Sequence[int]) -> dict[int, tuple[str, int]]:
        """Map keys, in their order, to article id and sentence index; unknown are left out."""

    # Who is on record, over all articles.

    def speakers(self) -> list[KnownSpeaker]:
        """List the speakers on record, most statements first, then by key."""

    def speaker_changes(self, since: int | None = None) -> SpeakerChanges:
        """
        List whom the articles quote.

        Args:
            since: only what has changed after this generation; all if None, or if it is too long
                ago to know.
        """

    def parties(self, since: datetime | None = None) -> list[tuple[Party, int]]:
        """
        List the parties on record with their statement counts, most first; with *since*,
        of the articles published from then on.
        """

    def introduced_as(self, party: str) -> list[str]:
        """
        List the keys of those whom some article's introduction puts with *party*, sorted.

        Only of those with statements, by full name or surname, whose own article names no party.
        """

    def introduced_with_surname(self, surnames: Collection[str]) -> list[str]:
        """List the keys of those whom an article introduces with one of *surnames*, sorted."""

    def votes(self, keys: Collection[str]) -> list[Vote]:
        """Add up the introductions of *keys*, by key, day (unknown first) and parties."""

    # The whole of it.

    def verify(self) -> list[str]:
        """Look for damage everywhere: a line for each problem, none for a sound store."""

    def close(self) -> None:
        """Release files and threads; calling it twice is fine."""
