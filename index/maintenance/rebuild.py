"""Read a whole index again: after an upgrade, or with new tables of parties."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from functools import partial

from index.alerts.book import ALERTS
from index.core import tables_of
from index.database.database import accept_loss
from index.errors import StoreError
from index.ingest.analysis import analyse
from index.ingest.corrections_file import CorrectionsFile
from index.ingest.indexing import BATCH_SIZE
from index.ingest.pipeline import Pipeline
from index.ingest.vector_cache import CachingEmbedder
from index.models import open_embedder
from index.queue import ARRIVALS
from index.settings import IndexSettings
from index.store import Vectors
from index.store.factory import require_index, stored_model
from index.store.sqlite.reindex import KnownVectors, reindex
from index.store.sqlite.store import DATABASE, SqliteStore
from index.types import Article, IndexedArticle

Ready = tuple[IndexedArticle, Vectors]


def accept_losses(settings: IndexSettings) -> list[str]:
    """
    Go on with what is left of an index whose write-ahead log is damaged or missing.

    Returns:
        What is lost of its files, a line each; none if nothing is.

    Raises:
        StoreError: if what is left is no whole index.
    """
    _require_kept(settings)
    paths = [settings.data_dir / name for name in (DATABASE, ARRIVALS, ALERTS)]
    lost = {path: accept_loss(path) for path in paths if path.exists()}
    return [f"{path}: {clause}" for path, clause in lost.items() if clause is not None]


def rebuild_index(settings: IndexSettings, each: Callable[[str, int], None] | None = None) -> int:
    """
    Read every stored article again with the models and tables of today.

    Others go on asking and adding meanwhile; a kill leaves every article whole, as it was or
    as it was read again.

    Args:
        each: called with the id of each article when it has been read, and its sentences.

    Returns:
        The number of articles.

    Raises:
        StoreError: if the folder cannot be used.
    """
    _require_kept(settings)
    embedder = open_embedder(settings, stored_model(settings))
    find_speakers = partial(
        analyse, tables=tables_of(settings), desk=CorrectionsFile(settings.data_dir)
    )
    with Pipeline(find_speakers, CachingEmbedder(embedder).embed) as pipeline:

        def read(articles: Iterable[tuple[Article, KnownVectors]]) -> Iterator[Ready]:
            for item, vectors in pipeline.read(articles, BATCH_SIZE):
                yield item, vectors
                if each is not None:
                    each(item.article.id, len(item.sentences))

        count = reindex(
            settings.data_dir, embedder.name, embedder.dim, read, embedder.embed_passages
        )
    with closing(SqliteStore(settings.data_dir, embedder.name, embedder.dim)) as store:
        store.rebuild_projection()
    return count


def _require_kept(settings: IndexSettings) -> None:
    if settings.store != "sqlite":
        raise StoreError(
            "only an index in a folder is rebuilt in place (INDEX_STORE=sqlite); for one in a "
            "database name an empty one in INDEX_STORE and add the articles again"
        )
    require_index(settings)
