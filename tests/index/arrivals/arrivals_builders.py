"""Small articles in invented words, and an index that reads them with little vectors."""

from __future__ import annotations

import hashlib
import threading
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from index.arrivals.worker import work
from index.core import Index
from index.settings import load_index_settings
from index.store.sqlite.store import SqliteStore
from index.types import Article

DIM = 8


class TinyEmbedder:
    """Vectors by hash: the same text has the same one, whichever process makes it."""

    name = "tiny"
    dim = DIM

    def embed_query(self, text):
        return self.embed_passages([text])[0]

    def embed_passages(self, texts):
        digests = [hashlib.sha256(text.encode()).digest()[:DIM] for text in texts]
        rows = np.array([list(d) for d in digests], dtype=np.float32).reshape(-1, DIM) + 1
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def open_tiny(folder: Path, **given: object) -> Index:
    settings = load_index_settings(data_dir=folder, **given)
    return Index(SqliteStore(folder, "tiny", DIM), TinyEmbedder(), settings)


def day(number: int) -> datetime:
    return datetime(2018, 2, number, 12, tzinfo=UTC)


def article(name: str, days: int = 3, **fields: object) -> Article:
    text = f"“We stay for {days} days,” Mayor Ana Horvat said. The boats of {name} left."
    return Article(name, f"Harbour {name}", text, **fields)


def lines(*names: str) -> bytes:
    made = [
        f'{{"id": "{name}", "title": "Harbour", "text": "{article(name).text}"}}' for name in names
    ]
    return ("\n".join(made) + "\n").encode()


@contextmanager
def working(index, queue):
    """Index what the queue holds in a thread, as the indexer's main thread does."""
    stop = threading.Event()
    thread = threading.Thread(target=work, args=(index, queue, stop))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
