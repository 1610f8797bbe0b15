"""Which store the settings mean. What PostgreSQL needs is imported only where they name one."""

from __future__ import annotations

from contextlib import closing
from typing import Any

from index.database.database import Database, is_there, rows_of
from index.errors import SettingsError, StoreError
from index.settings import POSTGRES, IndexSettings
from index.store import Store
from index.store.memory.store import MemoryStore
from index.store.moving import Side
from index.store.sqlite.migrations import INDEX
from index.store.sqlite.moving import SqliteSide
from index.store.sqlite.store import DATABASE, SqliteStore


def open_store(settings: IndexSettings, model: str, dim: int) -> Store:
    """
    Open the store that *settings* name.

    Args:
        settings: name the engine and its folder, or its database.
        model: whose vectors it holds, as `Embedder.name` says.
        dim: their length.

    Raises:
        StoreError: if it cannot be opened, or holds vectors of something else.
        SettingsError: if what it needs is not installed.
    """
    if settings.store == "memory":
        return MemoryStore(dim)
    if settings.store == "sqlite":
        return SqliteStore(settings.data_dir, model, dim)
    _require_extra()
    from index.store.postgres.store import PostgresStore

    return PostgresStore(settings.store, model, dim)


def open_side(settings: IndexSettings, store: str) -> Side:
    """
    Open an index to move it to another store, or another store into it.

    Args:
        settings: name the folder.
        store: ``sqlite``, or the address of a database.

    Raises:
        StoreError: if it cannot be opened.
        SettingsError: for what is no store, or if what it needs is not installed.
    """
    if store == "sqlite":
        return SqliteSide(settings.data_dir / DATABASE)
    if not store.startswith(POSTGRES):
        raise SettingsError("name sqlite, or a database: postgresql://user@host/database")
    _require_extra()
    from index.store.postgres.moving import PostgresSide

    return PostgresSide(store)


def index_metadata(settings: IndexSettings) -> dict[str, Any]:
    """
    Read what an index says of itself.

    Returns:
        By name: ``model``, ``dim``, ``generation``, ``articles``, ``sentences``; empty if there is
        no index yet.

    Raises:
        StoreError: if it cannot be opened.
        SettingsError: if what it needs is not installed.
    """
    if settings.store not in ("sqlite", "memory"):
        return _database_metadata(settings.store)
    path = settings.data_dir / DATABASE
    if settings.store == "memory" or not is_there(path, essential=True):
        return {}
    with closing(Database(path, INDEX)) as database, database.reading() as db:
        return dict(rows_of(db, "SELECT name, value FROM meta"))


def is_index(settings: IndexSettings) -> bool:
    """Return whether there is an index that is kept: not one in memory."""
    if settings.store == "sqlite":
        return is_there(settings.data_dir / DATABASE, essential=True)
    return settings.store != "memory" and bool(index_metadata(settings))


def stored_model(settings: IndexSettings) -> str | None:
    """
    Read the name of the model whose vectors an index holds; None if there is no index yet.

    Raises:
        StoreError: if the index cannot be opened.
    """
    model: str | None = index_metadata(settings).get("model")
    return model


def require_index(settings: IndexSettings) -> None:
    """
    Refuse a place without an index: asked by mistake, a new and empty one would "answer".

    Raises:
        StoreError: naming the folder; or what is left in it of an index that is gone.
    """
    if settings.store == "memory" or is_index(settings):
        return
    if settings.store == "sqlite":
        raise StoreError(
            f"no index in {settings.data_dir}; name its folder with --data-dir or INDEX_DATA_DIR, "
            "or make one there with `onrecord add PATH`"
        )
    raise StoreError(
        "no index in the database that INDEX_STORE names; name another one, or make an index "
        "there with `onrecord add PATH`"
    )


def _database_metadata(url: str) -> dict[str, Any]:
    _require_extra()
    from index.store.postgres.database import PostgresDatabase
    from index.store.postgres.layout import metadata

    with closing(PostgresDatabase(url)) as database:
        return database.read(metadata)


def _require_extra() -> None:
    try:
        import psycopg  # noqa: F401
    except ImportError as exc:
        raise SettingsError(
            "INDEX_STORE names a PostgreSQL database, for which psycopg is needed; run "
            "pip install 'onrecord[postgres]'"
        ) from exc
