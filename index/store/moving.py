"""
What an index owes when it is moved to another store, whole and with its history.

A copy by `put` would be a new history: every article "added" today, and what was withdrawn
forgotten. So articles and history go over as they are kept, under the numbers that they have.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol

from index.store.vectors.cosine import Halves
from index.types import IndexedArticle

# Stands in `meta` of an index that is not filled yet, with what it is filled from.
MOVING = "moving from"


class Marks(NamedTuple):
    """The hashes of an article, of what was derived from it, and of its vectors."""

    fingerprint: str
    seal: str
    digest: str


class History(NamedTuple):
    """
    What became of articles, and whose they are.

    ``revisions``: (number, article, canonical address, microseconds since 1970, what, reason, old
    fingerprint, new fingerprint), by number. ``origins``: (article, origin, given id), sorted.
    """

    revisions: Sequence[tuple[Any, ...]]
    origins: Sequence[tuple[Any, ...]]


class Side(Protocol):
    """An index that is read, or filled; any method may raise StoreError."""

    @property
    def place(self) -> str:
        """Name it, without a password."""

    def metadata(self) -> dict[str, Any]:
        """Read ``model``, ``dim`` and, in one that is not filled yet, what it is filled from."""

    def generation(self) -> int:
        """Count its changes."""

    def marks(self) -> dict[str, Marks]:
        """Read the hashes of all articles by id, in the order in which they came."""

    def read(self, article_id: str) -> tuple[IndexedArticle, Halves] | None:
        """Read an article with its vectors, (sentences, dim); None if it has gone."""

    def history(self) -> History:
        """Read the history whole."""

    def begin(self, source: str, model: str, dim: int) -> None:
        """Mark this index, an empty one, as being filled from *source*."""

    def write(self, item: IndexedArticle, vectors: Halves) -> None:
        """Write an article over the one with its id, and nothing into the history."""

    def drop(self, article_id: str) -> None:
        """Take an article out, and write nothing into the history."""

    def write_history(self, history: History) -> None:
        """Write the history over what is there, in one step."""

    def finish(self) -> None:
        """Take the mark away: from here on the index can be used."""

    def close(self) -> None:
        """Release it."""
