"""Small articles with vectors, for the tests of the stores."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np
import pytest
from numpy.typing import NDArray

from index.store import Selection
from index.types import (
    Article,
    Attribution,
    IndexedArticle,
    Party,
    Sentence,
    Span,
    Speaker,
    Statement,
)

DIM = 2
EAST, NORTH, WEST = [1.0, 0.0], [0.0, 1.0], [-1.0, 0.0]
NORTH_EAST = [0.5**0.5, 0.5**0.5]

NORLAND = Party("norland", "Norland")
SUDLAND = Party("sudland", "Sudland")
UNION = Party("harbour union", "Harbour Union", "group")


def day(number: int) -> datetime:
    return datetime(2018, 2, number, 12, tzinfo=UTC)


def speaker(name: str, *parties: Party, role: str | None = None) -> Speaker:
    return Speaker(name.lower(), name, role, parties)


def article(
    name: str,
    *texts: str,
    says: Sequence[Statement] = (),
    published_at: datetime | None = None,
    outlet: str | None = None,
) -> IndexedArticle:
    """An article whose sentences are *texts*, a blank between two of them."""
    sentences, start = [], 0
    for index, text in enumerate(texts):
        sentences.append(Sentence(index, start, start + len(text)))
        start += len(text) + 1
    made = Article(name, f"Title of {name}", " ".join(texts), outlet, None, published_at)
    return IndexedArticle(made, tuple(sentences), tuple(says), day(28))


def said(
    who: Speaker | None,
    *content: tuple[int, int],
    cue_class: str = "said",
    thought: bool = False,
) -> Statement:
    """A statement by *who* with the spans *content*."""
    spans = tuple(Span(*span) for span in content)
    attribution = Attribution((), (), spans, cue_class=cue_class, thought=thought)
    return Statement(attribution, who)


def vectors(*rows: Sequence[float]) -> NDArray[np.float32]:
    return np.array(rows, dtype=np.float32).reshape(-1, DIM)


def keys_of(store, *names: str) -> NDArray[np.int64]:
    """The keys of all sentences of the articles *names*, in order."""
    found = store.search(np.array(EAST, np.float32), 10**6)
    places = store.locate([row.key for row in found])
    return np.array(sorted(key for key, (name, _) in places.items() if name in names), np.int64)


VIK = speaker("Vik", NORLAND, role="Foreign Minister")
SOL = speaker("Sol", SUDLAND)
BRYN = speaker("Bryn", UNION, NORLAND)


def put(store, name, *rows, **more):
    store.put(article(name, *(f"word{n}" for n in range(len(rows))), **more), vectors(*rows))


def found(store, vector, k=10, among=None):
    rows = store.search(np.array(vector, np.float32), k, among)
    places = store.locate([row.key for row in rows])
    return [(places[row.key][0], pytest.approx(row.score, abs=1e-6)) for row in rows]


def matched(store, words, k=10, among=None):
    rows = store.match(words, k, among)
    places = store.locate([row.key for row in rows])
    return [places[row.key] for row in rows]


def selected(store, **fields):
    return [(c.article_id, c.statement, c.sentence) for c in store.select(Selection(**fields))]


def steps_of(store, call):
    """Count the steps of SQLite's machine during *call*, made in this thread."""
    steps = []

    def go_on():
        steps.append(1)
        return False

    with store._database.reading() as db:
        db.set_progress_handler(go_on, 1)
    call()
    with store._database.reading() as db:
        db.set_progress_handler(None)
    return len(steps)


def nearest(store, vector, k=10):
    hits = store.search(np.array(vector, np.float32), k)
    places = store.locate([hit.key for hit in hits])
    return [places[hit.key] for hit in hits]
