"""
The nearest sentences in PostgreSQL with pgvector.

Where few are left to choose from, all are compared: pgvector's index looks first and filters
afterwards, and finds too few then without saying so. Beyond that its index (HNSW) proposes three
times as many as are wanted. Either way the scores that count are computed here, as in every store.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.store import Keys, Scored
from index.store.postgres.database import Connection, one
from index.store.postgres.fulltext import array
from index.store.vectors.cosine import Halves, best, cosines

# Up to so many sentences are compared one by one: some 50 ms.
EXACT = 20_000
_INDEX = "vectors_by_meaning"
# pgvector computes in float32: who is that near to the last may be before it.
_DOUBT = 1e-5
_MARGIN = 16
_PROPOSED = 3
# What lies deeper than this is not looked for by the index.
_DEEPEST = 2_000

_EXACTLY = """
WITH f AS MATERIALIZED (SELECT key, embedding FROM vectors {where})
SELECT key, embedding, (embedding::vector <=> %(asked)s::vector)::float8 AS far FROM f
ORDER BY far, key LIMIT %(most)s
"""
_NEARLY = """
SELECT key, embedding FROM vectors {where}
ORDER BY embedding <=> %(asked)s::halfvec LIMIT %(most)s
"""
# Read from an index with this setting, a filter costs more steps and never rows.
_SETTINGS = {
    "hnsw.iterative_scan": "relaxed_order",
    "hnsw.ef_search": "100",
    "enable_sort": "off",
}
_BUILD = f"""
CREATE INDEX IF NOT EXISTS {_INDEX} ON vectors USING hnsw (embedding halfvec_cosine_ops)
"""
_READY = """
SELECT coalesce((SELECT i.indisvalid FROM pg_index i WHERE i.indexrelid = to_regclass(%s)), false),
       (SELECT sentences FROM state)
"""


def search(db: Connection, query: NDArray[np.float64], k: int, among: Keys | None) -> list[Scored]:
    """
    Find the *k* nearest sentences, as ``Store.search`` promises.

    Args:
        db: inside a transaction that only reads.
        query: (dim,), of length 1.
        k: at most so many.
        among: keys to restrict to; None for all.
    """
    if k <= 0 or (among is not None and len(among) == 0):
        return []
    values: dict[str, Any] = {"asked": as_vector(query)}
    where = ""
    if among is not None:
        among = np.unique(np.asarray(among, dtype=np.int64))
        where, values["among"] = "WHERE key = ANY(%(among)s::bigint[])", array(among)
    built, sentences = one(db, _READY, (_INDEX,)) or (False, 0)
    most = sentences if among is None else min(sentences, len(among))
    if built and most > EXACT and k <= _DEEPEST:
        return _nearly(db, _NEARLY.format(where=where), values, query, k)
    return _exactly(db, _EXACTLY.format(where=where), values, query, k)


def _exactly(
    db: Connection, text: str, values: dict[str, Any], query: NDArray[np.float64], k: int
) -> list[Scored]:
    """Compare all; read on while what was left out may be as near as the last."""
    most = k + _MARGIN
    while True:
        found = _rows(db, text, values | {"most": min(most, 2**31)})
        if not found:
            return []
        keys, held = _columns(found)
        scored = best(keys, cosines(held, query), k)
        if len(found) < most or 1.0 - found[-1][2] < scored[-1].score - _DOUBT:
            return scored
        most *= 4


def _nearly(
    db: Connection, text: str, values: dict[str, Any], query: NDArray[np.float64], k: int
) -> list[Scored]:
    for name, value in _SETTINGS.items():
        db.execute("SELECT set_config(%s, %s, true)", (name, value))
    found = _rows(db, text, values | {"most": max(_PROPOSED * k, 100)})
    return best(*_scored(found, query), k) if found else []


def _scored(
    found: list[tuple[Any, ...]], query: NDArray[np.float64]
) -> tuple[Keys, NDArray[np.float64]]:
    keys, held = _columns(found)
    return keys, cosines(held, query)


def _rows(db: Connection, text: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with db.cursor(binary=True) as cursor:
        return cursor.execute(text.encode(), values).fetchall()


def _columns(found: list[tuple[Any, ...]]) -> tuple[Keys, Halves]:
    keys = np.array([row[0] for row in found], dtype=np.int64)
    return keys, as_halves([row[1] for row in found])


def as_halves(sent: list[bytes]) -> Halves:
    """Read vectors as pgvector sends them: two numbers of two bytes, then the halves."""
    dim = (len(sent[0]) - 4) // 2
    every = np.frombuffer(b"".join(bytes(each) for each in sent), ">f2").reshape(-1, dim + 2)
    return every[:, 2:].astype("<f2")


def as_vector(query: NDArray[np.float64]) -> str:
    """Write a vector as pgvector reads it."""
    return "[" + ",".join(map(repr, query.astype(np.float32).tolist())) + "]"


def is_needed(db: Connection) -> bool:
    """Return whether there are more sentences than are compared one by one, and no index."""
    built, sentences = one(db, _READY, (_INDEX,)) or (False, 0)
    return bool(not built and sentences > EXACT)


def build(db: Connection) -> None:
    """Build the index; who writes waits, who reads does not."""
    db.execute(_BUILD.encode())


def drop(db: Connection) -> None:
    """Drop the index: what comes in bulk is indexed ten times as fast afterwards."""
    db.execute(f"DROP INDEX IF EXISTS {_INDEX}".encode())
