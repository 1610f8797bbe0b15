"""The bot's state file and the index, on a disk that fails, and changed by others meanwhile."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.state.state import State
from index.errors import StoreError
from index.store.memory.store import MemoryStore
from index.types import (
    Article,
    Attribution,
    IndexedArticle,
    Party,
    Sentence,
    Span,
    Speaker,
    Statement,
    Withdrawal,
)
from tests.faults.simulation.world import Killed, World
from tests.index.arrivals.arrivals_builders import DIM, TinyEmbedder

NAMES = ("n0", "n1", "n2")
AT = datetime(2018, 2, 1, tzinfo=UTC)
# By what they talk about. Each team asks about one of them.
SPEAKERS = {
    "boats": Speaker("ana horvat", "Ana Horvat", "envoy", (Party("russia", "Russia"),)),
    "nets": Speaker("ilze kalna", "Ilze Kalna", "envoy", (Party("latvia", "Latvia"),)),
}


class FlakyState(State):
    """The bot's state file, on a disk that fails, and in processes that end."""

    def __init__(self, path: Path, world: World) -> None:
        self.world = world
        super().__init__(path)

    @contextmanager
    def transaction(self, *, durable: bool = True) -> Iterator[Any]:
        if self.world.happens(0.01):
            self.world.note("the disk fails")
            raise StoreError("the disk fails")
        with super().transaction(durable=False) as db:
            yield db
            if self.world.happens(0.003):
                raise Killed("before a commit")
        if self.world.happens(0.003):
            raise Killed("after a commit")

    @contextmanager
    def reading(self) -> Iterator[Any]:
        if self.world.happens(0.002):
            self.world.note("the disk cannot be read")
            raise StoreError("the disk cannot be read")
        with super().reading() as db:
            yield db


class BusyStore(MemoryStore):
    """An index that others change between any two readings, and that fails or lies at times."""

    fails, changes, lies = 0.02, 0.05, 0.04  # shares of the readings

    def __init__(self, world: World) -> None:
        super().__init__(DIM)
        self.world = world
        self.versions: Counter[str] = Counter()
        self.gone: dict[str, float] = {}  # what was said once, and until when
        for name in NAMES:
            self.write_next(name)

    def write_next(self, name: str) -> None:
        """Replace an article by its next version."""
        self._let_go(name)
        self.versions[name] += 1
        item, texts = article(name, self.versions[name])
        self.put(item, TinyEmbedder().embed_passages(texts))

    def holds(self, text: str) -> bool:
        """Tell, without any fault, whether an article says *text*, or did until this moment."""
        entries = self._snapshot().values()
        said = any(text in sentences_of(entry.item) for entry in entries)
        return said or self.gone.get(text) == self.world.now

    def _let_go(self, name: str) -> None:
        """Note that what an article says now is said no longer."""
        entry = self._snapshot().get(name)
        if entry is not None:
            self.gone.update(dict.fromkeys(sentences_of(entry.item), self.world.now))

    def select_columns(self, selection: Any) -> Any:
        self._fail()
        found = super().select_columns(selection)
        self._change()
        return found

    def statements(self, numbers: Any) -> Any:
        self._fail()
        found = super().statements(numbers)
        self._change()
        return found

    def get_many(self, article_ids: Any) -> Any:
        self._fail()
        found = super().get_many(article_ids)
        self._change()
        if found and self.world.happens(self.lies):
            name = self.world.chance.choice(sorted(found))
            at = self.world.chance.randrange(4)
            self.world.note("sentence", at, "of", name, "is read with another end")
            found[name] = _damaged(found[name], at)
        return found

    def _fail(self) -> None:
        if self.world.happens(self.fails):
            self.world.note("the index cannot be read")
            raise StoreError("the index cannot be read")

    def _change(self) -> None:
        if not self.world.happens(self.changes):
            return
        name = self.world.chance.choice(NAMES)
        if self.world.happens(0.2):
            self.world.note(name, "is withdrawn")
            self._let_go(name)
            self.withdraw(Withdrawal(name, "it was wrong", AT))
        else:
            self.write_next(name)
            self.world.note(name, "is of day", self.versions[name])


def article(name: str, day: int) -> tuple[IndexedArticle, list[str]]:
    """Write a version of an article; in every other one nobody said the first sentence."""
    texts = ["Rain fell on the boats and the nets."] * (day % 2)
    texts += [
        f"“The {what} of {name} wait on day {day}, in berth {berth}.”"
        for what in SPEAKERS
        for berth in range(2)
    ]
    starts = [sum(len(text) + 1 for text in texts[:n]) for n in range(len(texts))]
    spans = [Span(at, at + len(text)) for at, text in zip(starts, texts, strict=True)]
    statements = tuple(
        Statement(Attribution((), (), (span,), "direct"), SPEAKERS["boats" if n < 2 else "nets"])
        for n, span in enumerate(spans[day % 2 :])
    )
    made = Article(name, "Harbour", " ".join(texts), f"Paper {name}", None, AT)
    sentences = tuple(Sentence(n, *span) for n, span in enumerate(spans))
    return IndexedArticle(made, sentences, statements, AT), texts


def sentences_of(item: IndexedArticle) -> list[str]:
    """Cut the sentences of an article out of its text."""
    return [item.article.text[each.start : each.end] for each in item.sentences]


def _damaged(item: IndexedArticle, at: int) -> IndexedArticle:
    """Let a sentence end behind its article."""
    sentences = list(item.sentences)
    sentences[at] = replace(sentences[at], end=len(item.article.text) + 9)
    return replace(item, sentences=tuple(sentences))
