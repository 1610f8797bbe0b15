"""
Look for damage in a store in memory: whether everything that was put is still what was put.

Nothing is repaired here. A problem is one line that names the article.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import apsw

from index.database.database import rows_of
from index.errors import OnRecordError
from index.store.codec import check_item, fingerprint
from index.store.minhash import Signature
from index.store.statements import statement_parts
from index.store.vectors.cosine import Halves, checked_rows
from index.types import IndexedArticle


@dataclass(frozen=True, slots=True)
class Entry:
    """
    One article as the store in memory keeps it.

    ``rows`` is (sentences, dim), ``keys`` has one for each sentence, ``parts`` the sentences of
    each statement; ``fingerprint`` is that of the article when it was put.
    """

    item: IndexedArticle
    rows: Halves
    keys: tuple[int, ...]
    parts: list[list[int]]
    signature: Signature
    fingerprint: str


def problems(entries: Iterable[Entry], words: apsw.Connection, dim: int) -> list[str]:
    """
    List what is wrong, a line each.

    Args:
        entries: of all articles.
        words: holds the word index of their sentences.
        dim: the length of a vector.
    """
    kept = list(entries)
    found = [line for entry in kept for line in _article_problems(entry, dim)]
    keys = {key for entry in kept for key in entry.keys}
    indexed = {key for (key,) in rows_of(words, "SELECT id FROM words_docsize")}
    if unindexed := len(keys ^ indexed):
        found.append(f"word index: {unindexed} sentences more or less than there are")
    return found


def _article_problems(entry: Entry, dim: int) -> Iterator[str]:
    item, name = entry.item, entry.item.article.id
    try:
        check_item(item)
        checked_rows(entry.rows, len(item.sentences), dim)
    except OnRecordError as exc:
        yield f"article {name!r}: {exc}"
        return
    if fingerprint(item.article) != entry.fingerprint:
        yield f"article {name!r}: it does not have the hash it was stored with"
    if entry.parts != statement_parts(item) or len(entry.keys) != len(item.sentences):
        yield f"article {name!r}: its statements do not lead to the sentences that carry them"
