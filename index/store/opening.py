"""Which store the settings mean."""

from __future__ import annotations

from contextlib import closing

from index.errors import StoreError
from index.settings import IndexSettings
from index.store import Store
from index.store.database import Database
from index.store.memory import MemoryStore
from index.store.migrations import INDEX
from index.store.sqlite import DATABASE, SqliteStore


def open_store(settings: IndexSettings, model: str, dim: int) -> Store:
    """
    Open the store that *settings* name, for vectors of *model* with length *dim*.

    Raises:
        StoreError: if it cannot be opened, or holds vectors of something else.
    """
    if settings.store == "memory":
        return MemoryStore(dim)
    return SqliteStore(settings.data_dir, model, dim)


def stored_model(settings: IndexSettings) -> str | None:
    """
    Name the model whose vectors the index holds; None if there is no index yet.

    Raises:
        StoreError: if it cannot be opened.
    """
    path = settings.data_dir / DATABASE
    if settings.store == "memory" or not path.exists():
        return None
    with closing(Database(path, INDEX)) as database, database.reading() as db:
        name: str | None = db.execute("SELECT value FROM meta WHERE name = 'model'").get
    return name


def require_index(settings: IndexSettings) -> None:
    """
    Refuse a folder without an index: asked by mistake, a new and empty one would "answer".

    Raises:
        StoreError: naming the folder.
    """
    if settings.store == "sqlite" and not (settings.data_dir / DATABASE).exists():
        raise StoreError(
            f"no index in {settings.data_dir}; name its folder with --data-dir or INDEX_DATA_DIR, "
            "or make one there with `onrecord add PATH`"
        )
