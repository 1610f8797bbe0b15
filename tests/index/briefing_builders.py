"""
Small articles for the tests of answers, one statement a sentence, and a model of words.

`said("Gromov", "The tank is ours.")` makes a sentence with its speaker; the embedder counts
hashed words, so sentences that share words are near and nothing else is.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import numpy as np

from index.answers.search.session import ReadSession
from index.models.embedder import Embedder
from index.speakers.gazetteer.names import name_key
from index.speakers.gazetteer.tables import load_tables
from index.store.memory.store import MemoryStore
from index.text.words import content_words, stem
from index.types import Article, Attribution, IndexedArticle, Sentence, Span, Speaker, Statement

TABLES = load_tables()
DIM = 256
PARTIES = {
    "Ilya Gromov": ("russia",),
    "Pavel Sorin": ("russia",),
    "Anna Weller": ("united states",),
    "Defne Okumus": ("turkey",),
}
Said = tuple[str | None, tuple[str, ...], dict[str, Any]]


class WordEmbedder:
    """Counts hashed words; deterministic."""

    name = "words"
    dim = DIM

    def embed_query(self, text: str) -> np.ndarray:
        return self.embed_passages([text])[0]

    def embed_passages(self, texts: Sequence[str]) -> np.ndarray:
        rows = np.zeros((len(texts), DIM), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in content_words(text) or ["-"]:
                row[zlib.crc32(stem(word).encode()) % DIM] += 1
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def said(speaker: str | None, *sentences: str, **more: Any) -> Said:
    """A statement of one or more whole sentences; *more*: fields of Attribution and Statement."""
    return speaker, sentences, more


def article(
    name: str, *statements: Said, day: int | None = None, outlet: str = "Harbour Post"
) -> IndexedArticle:
    """An article of *statements*, published on that day of February 2018."""
    text, sentences, made = "", [], []
    for speaker, lines, more in statements:
        content = []
        for line in lines:
            sentences.append(Sentence(len(sentences), len(text), len(text) + len(line)))
            content.append(Span(len(text), len(text) + len(line)))
            text += f"{line} "
        made.append(_statement(speaker, content, dict(more)))
    published = None if day is None else datetime(2018, 2, day, tzinfo=UTC)
    stored = Article(
        name, f"Title of {name}", text, outlet, f"https://{name}.example/story", published
    )
    kept = tuple(statement for statement in made if statement is not None)
    return IndexedArticle(stored, tuple(sentences), kept, datetime(2018, 3, 1, tzinfo=UTC))


def _statement(speaker: str | None, content: list[Span], more: dict[str, Any]) -> Statement | None:
    if more.pop("own_words", False):
        return None
    labels, role = more.pop("labels", ()), more.pop("role", None)
    parties = tuple(TABLES.parties[key] for key in PARTIES.get(speaker or "", ()))
    found = Speaker(name_key(speaker), speaker, role, parties) if speaker else None
    cue = more.pop("cue", (Span(content[0].start, content[0].start + 1),))
    return Statement(Attribution((), cue, tuple(content), **more), found, labels)


def store_of(*articles: IndexedArticle, model: Embedder | None = None) -> MemoryStore:
    model = model or WordEmbedder()
    store = MemoryStore(model.dim)
    for item in articles:
        texts = [item.article.text[s.start : s.end] for s in item.sentences]
        store.put(item, model.embed_passages(texts))
    return store


def session_of(*articles: IndexedArticle, model: Embedder | None = None) -> ReadSession:
    model = model or WordEmbedder()
    return ReadSession(store_of(*articles, model=model), model, TABLES)
