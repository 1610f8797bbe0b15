"""
Articles for the drivers: small, in invented words, each version different from the others.

Vectors are made by hash, so that whoever holds a text knows its vector without a model.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.store.sqlite.store import SqliteStore
from index.types import (
    Article,
    Attribution,
    IndexedArticle,
    Introduction,
    Party,
    Sentence,
    Span,
    Speaker,
    Statement,
)

MODEL = "tiny"
DIM = 8
_AT = datetime(2018, 2, 1, 12, tzinfo=UTC)
_NORLAND = Party("norland", "Norland")


def open_tiny(folder: Path) -> SqliteStore:
    """Open the store of *folder*."""
    return SqliteStore(folder, MODEL, DIM)


def make(name: str, version: int = 0, sentences: int = 4) -> IndexedArticle:
    """Make a version of an article: Vik says its first sentence, and is introduced by title."""
    texts = [
        f"“Line {n} of {name} holds in version v{version},” he said." for n in range(sentences)
    ]
    article = Article(name, f"News of {name}", " ".join(texts), "Herald", None, _AT)
    spoken = Attribution((), (), (Span(0, len(texts[0])),))
    speaker = Speaker("ana vik", "Ana Vik", "Minister", (_NORLAND,))
    title = Introduction("ana vik", "Ana Vik", "Minister", (_NORLAND,), Span(0, 4))
    return IndexedArticle(article, tuple(_cut(texts)), (Statement(spoken, speaker),), _AT, (title,))


def read_again(article: Article) -> IndexedArticle:
    """Read an article as one whose sentences end at every word that ends in a comma."""
    texts = article.text.replace(",” he", ",”\n he").split("\n")
    sentences = tuple(_cut([text.strip() for text in texts]))
    return IndexedArticle(article, sentences, (), _AT)


def embed(texts: Sequence[str]) -> NDArray[np.float32]:
    """Make the vectors of *texts*, (n, DIM), by hash."""
    digests = [hashlib.sha256(text.encode()).digest()[:DIM] for text in texts]
    rows = np.array([list(digest) for digest in digests], dtype=np.float32).reshape(-1, DIM) + 1
    unit: NDArray[np.float32] = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit


class Tiny:
    """An embedder that makes its vectors by hash."""

    name = MODEL
    dim = DIM

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Make the vector of a question, (DIM,)."""
        vector: NDArray[np.float32] = embed([text])[0]
        return vector

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Make the vectors of sentences, (n, DIM)."""
        return embed(texts)


def vectors(item: IndexedArticle) -> NDArray[np.float32]:
    """Make the vectors of an article's sentences."""
    return embed([item.article.text[s.start : s.end] for s in item.sentences])


def report(what: str, passed: int, total: int, seed: int, more: str = "") -> int:
    """Print the line of a driver; returns its exit code."""
    print(f"{what}: {passed}/{total}, seed {seed}{more and f'; {more}'}", flush=True)
    return 0 if passed == total and total else 1


def _cut(texts: Sequence[str]) -> list[Sentence]:
    """Place *texts* one after another, a blank between two of them."""
    sentences, start = [], 0
    for index, text in enumerate(texts):
        sentences.append(Sentence(index, start, start + len(text)))
        start += len(text) + 1
    return sentences


def one_by_one(analyse, embed):
    """Let `reindex` read articles one after the other, and embed all of their sentences."""

    def read(articles):
        for stored, _ in articles:
            item = analyse(stored)
            text = item.article.text
            yield item, embed([text[s.start : s.end] for s in item.sentences])

    return read
