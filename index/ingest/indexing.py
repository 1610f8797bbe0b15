"""
Articles → checked → analysed and embedded → stored.

A bad article is reported and set aside, the others go on. Articles are read a few at a time: the
models are faster on full batches, and a kill loses a few batches at most, none of which had been
acknowledged. Articles are checked against the store before those ahead of them are in it,
so another version of one that is still being read waits until it is stored.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Literal

from index.errors import ArticleError
from index.formats import Item
from index.ingest.analysis import analyse
from index.ingest.pipeline import PREFETCH, Begun, Failed, Pipeline
from index.ingest.validation import refusal, with_id
from index.ingest.vector_cache import CachingEmbedder, stored_vectors
from index.ingest.versions import (
    EMBARGOED,
    Standing,
    judge,
    judge_withdrawal,
    newest_of_each,
)
from index.models.embedder import Embedder
from index.store import Store, Vectors
from index.text.urls import canonical_url
from index.types import Article, IndexedArticle, Withdrawal

if TYPE_CHECKING:
    from index.speakers import Tables

BATCH_SIZE = 8
# Seconds after which an item was slow to arrive: a page that is fetched, a line that is typed.
SLOW = 0.2


@dataclass(frozen=True, slots=True)
class Outcome:
    """
    What became of one article; ``error`` is why it was refused, ``note`` what else to know.

    "failed": the models could not read it, though nothing is wrong with it; another try may help.
    """

    id: str | None
    status: Literal["indexed", "refused", "failed"] | Standing
    sentences: int = 0
    statements: int = 0
    error: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """
    Which articles are taken.

    Args:
        max_characters: a longer text is refused.
        force: index also what is stored already, in this version or a newer one.
        manual: somebody chose these articles: a withdrawn one among them comes back.
        hold_until_embargo: keeps an article that is under embargo until it may be read.
    """

    max_characters: int
    force: bool = False
    manual: bool = True
    hold_until_embargo: Callable[[Article], None] | None = None


def index_articles(
    articles: Iterable[Item], store: Store, embedder: Embedder, tables: Tables, policy: Policy
) -> Iterator[Outcome]:
    """
    Index *articles* in order; an outcome is yielded when its article is durable.

    Args:
        articles: from a source; an error among them is passed on as a refusal, a withdrawal
            removes its article.

    Raises:
        StoreError: if the store fails; nothing of the article at hand is stored then.
    """
    with Pipeline(partial(analyse, tables=tables), CachingEmbedder(embedder).embed) as pipeline:
        run = _Run(store, pipeline, policy)
        for batch, slow in _batches(articles):
            for part in _parts(batch):
                yield from run.withdraw(part) if isinstance(part, Withdrawal) else run.begin(part)
            # What has been read does not wait for an item that may take long to arrive.
            yield from run.store_read(leave=0 if slow else PREFETCH)
        yield from run.store_read(leave=0)


@dataclass(frozen=True, slots=True)
class _Batch:
    """Articles that are being read and outcomes that are settled, in the order of the input."""

    entries: Sequence[Article | Outcome]
    reading: Begun


class _Run:
    """One run of `index_articles`: which batches are being read, and how they get stored."""

    def __init__(self, store: Store, pipeline: Pipeline, policy: Policy) -> None:
        self._store = store
        self._pipeline = pipeline
        self._policy = policy
        self._under_way: deque[_Batch] = deque()

    def begin(self, items: Sequence[Article | ArticleError]) -> Iterator[Outcome]:
        """Check *items* and begin to read the good ones; first stores other versions of them."""
        if _names(items) & _names(e for batch in self._under_way for e in batch.entries):
            yield from self.store_read(leave=0)
        entries = _one_of_each_id([self._checked(item) for item in items])
        good = [entry for entry in entries if isinstance(entry, Article)]
        known: dict[str, Vectors] = {}
        for article in () if self._policy.force else good:
            known |= stored_vectors(article, self._store)
        self._under_way.append(_Batch(entries, self._pipeline.begin(good, known)))

    def withdraw(self, withdrawal: Withdrawal) -> Iterator[Outcome]:
        """Remove an article, as its publisher asks, unless a newer version has come since."""
        yield from self.store_read(leave=0)
        verdict = judge_withdrawal(withdrawal, self._store)
        if verdict is not None:
            yield Outcome(withdrawal.id, verdict.standing, note=verdict.note)
            return
        self._store.withdraw(withdrawal)
        yield Outcome(withdrawal.id, "withdrawn", note=withdrawal.reason)

    def store_read(self, *, leave: int) -> Iterator[Outcome]:
        """Store batches until at most *leave* are under way, and none of those has been read."""
        while self._under_way and (
            len(self._under_way) > leave or self._under_way[0].reading.done()
        ):
            batch = self._under_way.popleft()
            read = self._pipeline.finish(batch.reading)
            for entry in batch.entries:
                yield entry if isinstance(entry, Outcome) else self._put(next(read))

    def _checked(self, item: Article | ArticleError) -> Article | Outcome:
        """Return *item* if it is to be indexed now, else what becomes of it."""
        if isinstance(item, ArticleError):
            return Outcome(None, "refused", error=str(item))
        if reason := refusal(item, self._policy.max_characters):
            return Outcome(item.id, "refused", error=reason)
        verdict = judge(item, self._store, manual=self._policy.manual)
        if verdict is None or (self._policy.force and verdict.standing != EMBARGOED):
            return item
        if verdict.standing == EMBARGOED and self._policy.hold_until_embargo is not None:
            self._policy.hold_until_embargo(item)
        return Outcome(item.id, verdict.standing, note=verdict.note)

    def _put(self, read: tuple[IndexedArticle, Vectors] | Failed) -> Outcome:
        """Store an article that has been read."""
        if isinstance(read, Failed):
            reason = f"{type(read.error).__name__}: {read.error}"
            return Outcome(read.article.id, "failed", error=with_id(read.article.id, reason))
        item, vectors = read
        self._store.put(item, vectors)
        return Outcome(item.article.id, "indexed", len(item.sentences), len(item.statements))


def _batches(items: Iterable[Item]) -> Iterator[tuple[list[Item], bool]]:
    """Gather items a few at a time, fewer where one was slow to arrive; and whether it was."""
    batch: list[Item] = []
    began = time.monotonic()
    for item in items:
        batch.append(item)
        slow = time.monotonic() - began > SLOW
        if slow or len(batch) == BATCH_SIZE:
            yield batch, slow
            batch = []
        began = time.monotonic()
    if batch:
        yield batch, False


def _parts(items: Iterable[Item]) -> Iterator[list[Article | ArticleError] | Withdrawal]:
    """
    Split *items* where one must wait until those before it are stored.

    So does a withdrawal, and an article under the address of another one.
    """
    part: list[Article | ArticleError] = []
    addresses: dict[str, str] = {}
    for item in items:
        if isinstance(item, Article) and (address := canonical_url(item.url)):
            if addresses.setdefault(address, item.id) != item.id:
                yield part
                part, addresses = [], {address: item.id}
        elif isinstance(item, Withdrawal):
            if part:
                yield part
            yield item
            part, addresses = [], {}
            continue
        part.append(item)
    if part:
        yield part


def _names(items: Iterable[object]) -> set[str]:
    """Collect the ids and addresses of the articles among *items*."""
    articles = [item for item in items if isinstance(item, Article)]
    return {a.id for a in articles} | {canonical_url(a.url) or a.id for a in articles}


def _one_of_each_id(entries: Sequence[Article | Outcome]) -> list[Article | Outcome]:
    """Keep of several versions of one article only the newest; outcomes stay."""
    newest = {*map(id, newest_of_each(e for e in entries if isinstance(e, Article)))}
    return [e for e in entries if isinstance(e, Outcome) or id(e) in newest]
