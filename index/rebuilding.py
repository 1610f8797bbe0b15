"""Read a whole index again: after an upgrade, or with new tables of parties."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing

from index import ingest
from index.backends import open_embedder
from index.core import tables_of
from index.errors import StoreError
from index.settings import IndexSettings
from index.store.opening import require_index
from index.store.reindexing import reindex
from index.store.sqlite import SqliteStore
from index.types import Article, IndexedArticle


def rebuild_index(settings: IndexSettings, each: Callable[[str], None] | None = None) -> int:
    """
    Read every stored article again with the models and tables of today.

    Others go on asking and adding meanwhile; a kill leaves every article whole, as it was or
    as it was read again.

    Args:
        each: called with the id of each article when it has been read.

    Returns:
        The number of articles.

    Raises:
        StoreError: if the folder cannot be used.
    """
    if settings.store != "sqlite":
        raise StoreError(f"store {settings.store!r} keeps nothing to rebuild; INDEX_STORE=sqlite")
    require_index(settings)
    embedder = open_embedder(settings)
    tables = tables_of(settings)

    def analyse(article: Article) -> IndexedArticle:
        (item,) = ingest.analyse([article], tables)
        if each is not None:
            each(article.id)
        return item

    count = reindex(
        settings.data_dir, embedder.name, embedder.dim, analyse, embedder.embed_passages
    )
    with closing(SqliteStore(settings.data_dir, embedder.name, embedder.dim)) as store:
        store.rebuild_projection()
    return count
