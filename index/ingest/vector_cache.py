"""
Vectors that need not be made again.

A sentence has one vector whatever stands beside it. So the unchanged sentences of a revised
article keep those that the store has, and wire copy and boilerplate are embedded once. Half
precision is what the store keeps, so nothing is lost by remembering less.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from index.errors import StoreError
from index.ingest.versions import stored_version
from index.models.embedder import Embedder
from index.store import Store, Vectors
from index.types import Article

log = logging.getLogger(__name__)

# Sentences whose vectors are remembered: 16 MB.
MAX_REMEMBERED = 20_000


class CachingEmbedder:
    """Embeds sentences, each once as long as it is remembered. Safe for several threads."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._kept: dict[str, NDArray[np.float16]] = {}
        self._lock = Lock()

    def embed(self, texts: Sequence[str], known: Mapping[str, Vectors]) -> Vectors:
        """
        Embed *texts* as passages.

        Args:
            texts: n sentences.
            known: vectors of sentences that are taken as they are.

        Returns:
            Shape (n, dim), in the order of *texts*.
        """
        wanted = dict.fromkeys(texts)
        # One call at a time: another may be about to embed the same sentence.
        with self._lock:
            rows: dict[str, Vectors] = {
                text: self._kept[text].astype(np.float32) for text in wanted if text in self._kept
            }
            rows |= {text: known[text] for text in wanted if text in known}
            missing = [text for text in wanted if text not in rows]
            made = dict(zip(missing, self._embedder.embed_passages(missing), strict=True))
            self._kept |= {text: row.astype(np.float16) for text, row in made.items()}
            for oldest in list(self._kept)[: max(0, len(self._kept) - MAX_REMEMBERED)]:
                del self._kept[oldest]
        rows |= made
        wanted_rows = [rows[text] for text in texts]
        return np.stack(wanted_rows) if wanted_rows else self._embedder.embed_passages([])


def stored_vectors(article: Article, store: Store) -> dict[str, Vectors]:
    """
    Fetch the vectors of the version that *article* replaces, by the words of their sentences.

    None where there is no such version, it is damaged, or it was replaced meanwhile.
    """
    before = store.last_removal()
    stored = stored_version(article, store)
    if stored is None:
        return {}
    try:
        rows = store.vectors(stored.article.id)
    except StoreError as exc:
        # It is about to be replaced, which repairs it.
        log.warning("%s", exc)
        return {}
    if rows is None or store.last_removal() != before:
        return {}
    words = [stored.article.text[s.start : s.end] for s in stored.sentences]
    return dict(zip(words, rows, strict=True))
