"""
The tables of an index in PostgreSQL: made, checked at the start, and refused where they differ.

An older onrecord must never write into newer tables, nor this one into those of another model:
both are said before anything is read.
"""

from __future__ import annotations

import re
from importlib.resources import files
from typing import Any

from index.errors import StoreError
from index.store.moving import MOVING
from index.store.postgres.database import Connection, PostgresDatabase, one, rows

FORMAT = 1
# Earlier ones damage an index of vectors under concurrent writing and vacuum.
OLDEST_PGVECTOR = (0, 8, 4)
# Any number: who makes the tables holds it, so that two processes do not both make them.
_MAKING = 0x6F6E7263
_VECTOR = "SELECT extversion FROM pg_extension WHERE extname = 'vector'"
_AVAILABLE = "SELECT default_version FROM pg_available_extensions WHERE name = 'vector'"
_PROBE = """
SELECT '[1]'::vector <=> '[1]', set_config('hnsw.iterative_scan', 'relaxed_order', true),
       set_config('hnsw.ef_search', '100', true)
"""
_TAKEN = "SELECT count(*) FROM pg_settings WHERE name IN ('hnsw.iterative_scan', 'hnsw.ef_search')"


def metadata(db: Connection) -> dict[str, Any]:
    """
    Read what an index says of itself.

    Returns:
        By name: ``format``, ``model``, ``dim``, ``generation``, ``articles``, ``sentences``; empty
        if there is no index yet.
    """
    if not (_has(db, "meta") and _has(db, "state")):
        return {}
    meta: dict[str, Any] = dict(rows(db, "SELECT name, value FROM meta"))
    state = one(db, "SELECT generation, articles, sentences FROM state") or (0, 0, 0)
    meta |= zip(("generation", "articles", "sentences"), state, strict=True)
    return meta | {name: int(meta[name]) for name in ("format", "dim") if name in meta}


def prepare(database: PostgresDatabase, model: str, dim: int) -> None:
    """
    Make the tables where there are none, and check all that a store stands on.

    Raises:
        StoreError: naming what is missing or other than it should be, and the way out.
    """
    meta = database.read(metadata)
    if not meta:
        database.write(lambda db: _create(db, database.place, model, dim))
        meta = database.read(metadata)
    check(meta, database.place, model, dim)
    database.write(lambda db: _check_server(db, database.place))


def check(meta: dict[str, Any], place: str, model: str, dim: int) -> None:
    """
    Refuse tables of another format, model or length of vectors.

    Raises:
        StoreError: as said.
    """
    if meta.get("format") != FORMAT:
        raise StoreError(
            f"store {place} has format {meta.get('format')}, this version of onrecord uses "
            f"{FORMAT}; use the version that wrote it, or name another database in INDEX_STORE"
        )
    if MOVING in meta:
        raise StoreError(
            f"store {place} is half filled by `onrecord migrate`; run that again to the end"
        )
    if meta["model"] != model:
        raise StoreError(
            f"store holds vectors of {meta['model']!r}, settings name {model!r}; set "
            f"INDEX_EMBEDDING_MODEL={meta['model']} or name another database in INDEX_STORE"
        )
    if meta["dim"] != dim:
        raise StoreError(
            f"store holds vectors of length {meta['dim']}, {model!r} makes {dim}; "
            "install the version of the model that made them"
        )


def _create(db: Connection, place: str, model: str, dim: int) -> None:
    db.execute("SELECT pg_advisory_xact_lock(%s)", (_MAKING,))
    if metadata(db):
        return
    _need_extension(db, place)
    if _has(db, "articles"):
        raise StoreError(
            f"store {place} has a table 'articles' of another program; give onrecord a "
            "database of its own in INDEX_STORE"
        )
    text = files("index.store.postgres").joinpath("schema.sql").read_text(encoding="utf-8")
    db.execute(text.replace("{dim}", str(dim)).encode())
    add = "INSERT INTO meta VALUES ('format', %s), ('model', %s), ('dim', %s)"
    db.execute(add, (str(FORMAT), model, str(dim)))


def _has(db: Connection, table: str) -> bool:
    """Return whether the first schema of the search path has a table: others' do not count."""
    query = "SELECT to_regclass(quote_ident(current_schema()) || '.' || %s)"
    return one(db, query, (table,)) not in (None, (None,))


def _need_extension(db: Connection, place: str) -> None:
    """Make pgvector available in this database, if the server has it."""
    found = one(db, _VECTOR)
    if found is None:
        offered = one(db, _AVAILABLE)
        if offered is None:
            raise StoreError(
                f"store {place}: the server does not have the extension pgvector; install version "
                f"{_dotted(OLDEST_PGVECTOR)} or later there"
            )
        require_pgvector(str(offered[0]), place)
        db.execute("CREATE EXTENSION vector")


def require_pgvector(version: str, place: str) -> None:
    """
    Refuse a version of pgvector that damages its indexes.

    Raises:
        StoreError: naming both versions.
    """
    numbers = tuple(int(part) for part in re.findall(r"\d+", version)[:3])
    if numbers < OLDEST_PGVECTOR:
        raise StoreError(
            f"store {place} has pgvector {version}, which can damage its index when sentences come "
            f"and go; install {_dotted(OLDEST_PGVECTOR)} or later and run ALTER EXTENSION vector "
            "UPDATE"
        )


def _check_server(db: Connection, place: str) -> None:
    """Check the version of pgvector, and that its settings are known to the server."""
    found = one(db, _VECTOR)
    if found is None:
        raise StoreError(
            f"store {place}: the extension vector was dropped; run CREATE EXTENSION vector, or "
            "restore the database from a backup"
        )
    require_pgvector(str(found[0]), place)
    db.execute(_PROBE)
    (known,) = one(db, _TAKEN) or (0,)
    if known != 2:
        raise StoreError(
            f"store {place}: its pgvector knows no iterative index scans; install "
            f"{_dotted(OLDEST_PGVECTOR)} or later"
        )


def _dotted(version: tuple[int, ...]) -> str:
    return ".".join(map(str, version))
