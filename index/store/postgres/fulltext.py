"""
Find sentences by their words in PostgreSQL, with the very scores of FTS5.

PostgreSQL's own ranking knows no rarity, so BM25 is computed as FTS5 does (k1 1.2, b 0.75), over
the words that FTS5's own tokenizer makes: the same question finds the same sentences here as in
SQLite. A `tsvector` holds them and a GIN index finds them. How often a word stands in a sentence
is read from the weight of its places, which is forty times as fast as counting them.
"""

from __future__ import annotations

from collections.abc import Sequence
from threading import local
from typing import Any

import apsw
import numpy as np

from index.store import Keys, Scored
from index.store.fulltext import words_of
from index.store.postgres.database import Connection, one, rows

# The limits of a tsvector: bytes of a word, the last place, places of one word.
_LONGEST, _LAST_PLACE, _MOST_PLACES = 2_000, 16_383, 256
_TOKENIZER = ("porter", ["unicode61", "remove_diacritics", "2"])

_MATCH = """
WITH hit AS MATERIALIZED (
    SELECT key, size::float8 AS size, {counts} FROM sentences WHERE words @@ %(query)s::tsquery
), rarity AS (
    SELECT {rarities} FROM hit,
    (SELECT sentences::float8 AS n, words::float8 / nullif(sentences, 0) AS mean FROM state) state
    GROUP BY n, mean
)
SELECT key, {score} AS score FROM hit, rarity {among} ORDER BY score DESC, key LIMIT %(k)s
"""
_HOLDERS = """
SELECT count(*), coalesce(array_agg(key ORDER BY key) FILTER (WHERE key = ANY(%s::bigint[])), '{}')
FROM sentences WHERE words @@ %s::tsquery
"""

_own = local()


def tokens(text: str) -> list[str]:
    """Take a text apart into words as FTS5 does: folded, without accents, stemmed."""
    if not hasattr(_own, "tokenizer"):
        # A connection of apsw is tied to its thread while it works.
        _own.connection = apsw.Connection(":memory:")
        _own.tokenizer = _own.connection.fts5_tokenizer(*_TOKENIZER)
    encoded = text.encode("utf-8", "replace")
    made: list[str] = _own.tokenizer(
        encoded,
        apsw.FTS5_TOKENIZE_DOCUMENT,
        None,
        include_offsets=False,
        include_colocated=False,
    )
    return [_cut(token) for token in made]


def as_tsvector(words: Sequence[str]) -> str:
    """Write the words of a sentence as a `tsvector`."""
    places: dict[str, list[int]] = {}
    for place, word in enumerate(words, 1):
        places.setdefault(word, []).append(min(place, _LAST_PLACE))
    return " ".join(
        f"{_quoted(word)}:"
        + ",".join(f"{at}{_weight(len(held))}" for at in sorted(set(held))[:_MOST_PLACES])
        for word, held in places.items()
    )


def match(db: Connection, words: str, k: int, among: Keys | None) -> list[Scored]:
    """Find the *k* best sentences by BM25, as ``Store.match`` promises."""
    phrases = [phrase for word in words_of(words) if (phrase := tokens(word))]
    if not phrases or k <= 0 or (among is not None and len(among) == 0):
        return []
    values: dict[str, Any] = {"k": min(k, 2**31), "query": " | ".join(map(_query, phrases))}
    values |= {f"q{n}": _query(phrase) for n, phrase in enumerate(phrases)}
    values |= {f"p{n}": phrase for n, phrase in enumerate(phrases)}
    values |= {f"w{n}{w}": f"{_quoted(p[0])}:{w}" for n, p in enumerate(phrases) for w in "ABCD"}
    if among is not None:
        values["among"] = array(among)
    numbers = range(len(phrases))
    query = _MATCH.format(
        counts=", ".join(f"{_count(n, phrases[n])} AS f{n}" for n in numbers),
        rarities=", ".join([*(_rarity(n) for n in numbers), "mean"]),
        score=" + ".join(_share(n) for n in numbers),
        among="" if among is None else "WHERE key = ANY(%(among)s::bigint[])",
    )
    used = {name: value for name, value in values.items() if f"%({name})s" in query}
    return [Scored(key, score) for key, score in rows(db, query, used)]


def sentences_with(db: Connection, word: str, among: Keys) -> tuple[int, list[int]]:
    """Count the sentences with *word* and list those *among*, as the method promises."""
    phrases = [phrase for each in words_of(word) if (phrase := tokens(each))]
    if not phrases:
        return 0, []
    query = " | ".join(map(_query, phrases))
    count, found = one(db, _HOLDERS, (array(among), query)) or (0, [])
    return int(count), list(found)


def array(values: Keys | Sequence[int]) -> str:
    """Write integers as an array of PostgreSQL: faster than one by one."""
    listed = values.tolist() if isinstance(values, np.ndarray) else values
    return "{" + ",".join(map(str, listed)) + "}"


def _count(number: int, phrase: Sequence[str]) -> str:
    """Write how often a phrase stands in a sentence."""
    exact = f"occurrences(words, %(p{number})s::text[])"
    if len(phrase) > 1:
        return f"CASE WHEN words @@ %(q{number})s::tsquery THEN {exact} ELSE 0 END"
    weighed = " ".join(
        f"WHEN words @@ %(w{number}{weight})s::tsquery THEN {count}"
        for weight, count in (("D", "1"), ("C", "2"), ("B", "3"), ("A", exact))
    )
    return f"CASE {weighed} ELSE 0 END"


def _rarity(number: int) -> str:
    """Write how much a phrase tells; one that stands in half of all sentences next to nothing."""
    holders = f"count(*) FILTER (WHERE f{number} > 0)"
    rare = f"ln((n - {holders} + 0.5::float8) / ({holders} + 0.5::float8))"
    return f"CASE WHEN {rare} <= 0 THEN 1e-6::float8 ELSE {rare} END AS r{number}"


def _share(number: int) -> str:
    """Write what a phrase adds to a score; in the order of FTS5, which decides the last bit."""
    often = f"f{number}::float8"
    worth = f"{often} * (1.2::float8 + 1)"
    length = "1.2::float8 * (1 - 0.75::float8 + 0.75::float8 * size / mean)"
    return f"r{number} * (({worth}) / ({often} + {length}))"


def _query(phrase: Sequence[str]) -> str:
    return "(" + " <-> ".join(map(_quoted, phrase)) + ")"


def _quoted(word: str) -> str:
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"


def _weight(often: int) -> str:
    return {1: "", 2: "C", 3: "B"}.get(often, "A")


def _cut(token: str) -> str:
    if len(token) * 4 <= _LONGEST:
        return token
    return token.encode()[:_LONGEST].decode("utf-8", "ignore")
