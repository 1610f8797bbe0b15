"""
Find sentences by their words: one FTS5 table, the same in every store.

The table keeps no text of its own (the sentences are slices of their articles); its rowid is
the sentence's key. FTS5 reads AND, NEAR, ``*`` or ``text:`` in a query as commands, so a
question goes in as quoted words only. A word with punctuation inside ("F-16", "U.S.") is one
quoted phrase: its pieces must stand side by side. Porter stems join "tank" and "tanks".
"""

from __future__ import annotations

import json
import re
import unicodedata
from typing import Any

import apsw
import numpy as np

from index.store import Keys, Scored

TABLE = """
CREATE VIRTUAL TABLE words USING fts5(
    text, content='', contentless_delete=1, tokenize='porter unicode61 remove_diacritics 2'
)
"""
# A question may have 3,000 characters; beyond this many words ranking only costs time.
MAX_WORDS = 64
# Only what stands inside words joins its sides; a bracket or comma parts them.
_WORD = re.compile(r"[\w.'’&\-]+")
_POSSESSIVE = re.compile(r"['’]s$", re.IGNORECASE)
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")

_MATCH = """
SELECT rowid, bm25(words) AS lack FROM words WHERE words MATCH ? {among}
ORDER BY lack, rowid LIMIT ?
"""

# Scoring looks up the length of each sentence, and takes twenty times as long.
_HOLDERS = """
SELECT count(*), json_group_array(rowid)
FILTER (WHERE rowid IN (SELECT value FROM carray(?2))) FROM words WHERE words MATCH ?1
"""


def words_of(text: str) -> list[str]:
    """List the words that a question holds, each once however it is cased, the first 64."""
    wanted: dict[str, str] = {}
    readable = text.encode("utf-8", "replace").decode()
    for raw in _WORD.findall(unicodedata.normalize("NFC", readable)):
        word = _POSSESSIVE.sub("", _EDGES.sub("", raw))
        if any(character.isalnum() for character in word):
            wanted.setdefault(word.casefold(), word)
    return [*wanted.values()][:MAX_WORDS]


def expression(words: str) -> str | None:
    """Write *words* as an FTS5 query that any of them satisfies; None if there is no word."""
    return " OR ".join(f'"{word}"' for word in words_of(words)) or None


def match(db: apsw.Connection, words: str, k: int, among: Keys | None) -> list[Scored]:
    """Find the *k* best rows of the table by BM25, as ``Store.match`` promises."""
    query = expression(words)
    if query is None or k <= 0 or (among is not None and len(among) == 0):
        return []
    bindings: list[Any] = [query]
    if among is not None:
        bindings.append(apsw.carray(np.ascontiguousarray(among, dtype=np.int64)))
    # The plus keeps SQLite from running the whole match once for every key.
    clause = "" if among is None else "AND +rowid IN (SELECT value FROM carray(?))"
    rows = db.execute(_MATCH.format(among=clause), (*bindings, min(k, 2**31)))
    return [Scored(key, -lack) for key, lack in rows]


def sentences_with(db: apsw.Connection, word: str, among: Keys) -> tuple[int, list[int]]:
    """Count the rows with *word* and list those *among*, as ``Store.sentences_with`` promises."""
    query = expression(word)
    if query is None:
        return 0, []
    if len(among) == 0:
        among = np.array([-1], dtype=np.int64)  # no sentence's, and an empty array is refused
    keys = apsw.carray(np.ascontiguousarray(among, dtype=np.int64))
    count, found = db.execute(_HOLDERS, (query, keys)).get
    listed: list[int] = json.loads(found)
    return int(count), listed
