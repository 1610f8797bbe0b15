"""Which store the settings mean."""

from __future__ import annotations

from index.settings import IndexSettings
from index.store import Store
from index.store.memory import MemoryStore
from index.store.sqlite import SqliteStore


def open_store(settings: IndexSettings, model: str, dim: int) -> Store:
    """
    Open the store that *settings* name, for vectors of *model* with length *dim*.

    Raises:
        StoreError: if it cannot be opened, or holds vectors of something else.
    """
    if settings.store == "memory":
        return MemoryStore(dim)
    return SqliteStore(settings.data_dir, model, dim)
