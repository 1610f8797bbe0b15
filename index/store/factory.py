"""Which store the settings mean."""

from __future__ import annotations

from contextlib import closing
from typing import Any

from index.database.database import Database, is_there, rows_of
from index.errors import StoreError
from index.settings import IndexSettings
from index.store import Store
from index.store.memory.store import MemoryStore
from index.store.sqlite.migrations import INDEX
from index.store.sqlite.store import DATABASE, SqliteStore


def open_store(settings: IndexSettings, model: str, dim: int) -> Store:
    """
    Open the store that *settings* name.

    Args:
        settings: name the engine and its folder.
        model: whose vectors it holds, as `Embedder.name` says.
        dim: their length.

    Raises:
        StoreError: if it cannot be opened, or holds vectors of something else.
    """
    if settings.store == "memory":
        return MemoryStore(dim)
    return SqliteStore(settings.data_dir, model, dim)


def index_metadata(settings: IndexSettings) -> dict[str, Any]:
    """
    Read what an index says of itself.

    Returns:
        By name: ``model``, ``dim``, ``generation``, ``articles``, ``sentences``; empty if there is
        no index yet.

    Raises:
        StoreError: if it cannot be opened.
    """
    path = settings.data_dir / DATABASE
    if settings.store == "memory" or not is_there(path, essential=True):
        return {}
    with closing(Database(path, INDEX)) as database, database.reading() as db:
        return dict(rows_of(db, "SELECT name, value FROM meta"))


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
    Refuse a folder without an index: asked by mistake, a new and empty one would "answer".

    Raises:
        StoreError: naming the folder; or what is left in it of an index that is gone.
    """
    if settings.store == "sqlite" and not is_there(settings.data_dir / DATABASE, essential=True):
        raise StoreError(
            f"no index in {settings.data_dir}; name its folder with --data-dir or INDEX_DATA_DIR, "
            "or make one there with `onrecord add PATH`"
        )
