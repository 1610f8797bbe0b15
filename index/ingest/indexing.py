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

from index.errors import ArticleError, OwnedError
from index.formats import Item
from index.ingest.analysis import analyse
from index.ingest.corrections_file import CorrectionsFile
from index.ingest.pipeline import PREFETCH, Begun, Failed, Pipeline
from index.ingest.placing import others_of, placed
from index.ingest.validation import refusal, with_id
from index.ingest.vector_cache import CachingEmbedder, stored_vectors
from index.ingest.versions import (
    EMBARGOED,
    Standing,
    judge,
    judge_withdrawal,
    newest_of_each,
    replaced_at_address,
)
from index.models.embedder import Embedder
from index.origins import word_origin
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
    ``given_id`` is the id that it came with, where the index keeps it by another.
    """

    id: str | None
    status: Literal["indexed", "refused", "failed"] | Standing
    sentences: int = 0
    statements: int = 0
    error: str | None = None
    note: str | None = None
    given_id: str | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """
    Which articles are taken.

    Args:
        max_characters: a longer text is refused.
        force: index also what is stored already, in this version or a newer one, in the place of
            what another origin has published under that id or address.
        manual: somebody chose these articles: a withdrawn one among them comes back.
        hold_until_embargo: keeps an article that is under embargo until it may be read.
        desk: what has been decided of articles, whatever the models find.
    """

    max_characters: int
    force: bool = False
    manual: bool = True
    hold_until_embargo: Callable[[Article], None] | None = None
    desk: CorrectionsFile | None = None


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
    read = partial(analyse, tables=tables, desk=policy.desk)
    with Pipeline(read, CachingEmbedder(embedder).embed) as pipeline:
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
        # What stood beside the article whose place its origin's next version is forced into.
        self._beside: dict[str, str] = {}

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
        own = placed(withdrawal, self._store, force=self._policy.force)
        verdict = judge_withdrawal(own, self._store)
        if verdict is not None:
            yield Outcome(own.id, verdict.standing, note=verdict.note, given_id=own.given_id)
            return
        self._store.withdraw(own)
        beside = _beside(own, self._store)
        note = f"{own.reason}; {beside}" if beside else own.reason
        yield Outcome(own.id, "withdrawn", note=note, given_id=own.given_id)

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
        own = placed(item, self._store, force=self._policy.force)
        if self._policy.force and (before := placed(item, self._store).id) != own.id:
            self._beside[own.id] = before
        verdict = judge(own, self._store, manual=self._policy.manual)
        if verdict is None or (self._policy.force and verdict.standing != EMBARGOED):
            return own
        if verdict.standing == EMBARGOED and self._policy.hold_until_embargo is not None:
            self._policy.hold_until_embargo(item)
        return Outcome(own.id, verdict.standing, note=verdict.note, given_id=own.given_id)

    def _put(self, read: tuple[IndexedArticle, Vectors] | Failed) -> Outcome:
        """Store an article that has been read."""
        if isinstance(read, Failed):
            reason, article = f"{type(read.error).__name__}: {read.error}", read.article
            error = with_id(article.id, reason)
            return Outcome(article.id, "failed", error=error, given_id=article.given_id)
        item, vectors = read
        name, given = item.article.id, item.article.given_id
        replaced = replaced_at_address(item.article, self._store)
        try:
            self._store.put(item, vectors)
        except OwnedError as exc:
            # Another process was faster: the next try finds that one there.
            return Outcome(name, "failed", error=str(exc), given_id=given)
        if (before := self._beside.pop(name, None)) and self._store.fingerprint(before):
            self._store.withdraw(Withdrawal(before, f"replaced by {name}"))
        counts = len(item.sentences), len(item.statements)
        notes = [f"replaced {replaced}, which had its address" if replaced else None]
        notes.append(_beside(item.article, self._store))
        note = "; ".join(one for one in notes if one) or None
        return Outcome(name, "indexed", *counts, None, note, given)


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


def _beside(item: Article | Withdrawal, store: Store) -> str | None:
    """Name the first article of another origin with the id or the address of *item*."""
    others = others_of(item, store)
    if not others:
        return None
    name, origin = others[0]
    return f"beside {name}, which belongs to another source ({word_origin(origin)})"


def _parts(items: Iterable[Item]) -> Iterator[list[Article | ArticleError] | Withdrawal]:
    """
    Split *items* where one must wait until those before it are stored.

    So does a withdrawal, and an article under the address, or the id, of another one.
    """
    part: list[Article | ArticleError] = []
    named: dict[str, tuple[str, str | None]] = {}
    for item in items:
        if isinstance(item, Article):
            own = item.id, item.origin
            names = {f"id {item.id}", f"at {canonical_url(item.url) or item.id}"}
            if any(named.get(name, own) != own for name in names):
                yield part
                part, named = [], {}
            named |= dict.fromkeys(names, own)
        elif isinstance(item, Withdrawal):
            if part:
                yield part
            yield item
            part, named = [], {}
            continue
        part.append(item)
    if part:
        yield part


def _names(items: Iterable[object]) -> set[str]:
    """Collect the ids, as kept and as given, and the addresses of the articles among *items*."""
    articles = [item for item in items if isinstance(item, Article)]
    ids = {a.id for a in articles} | {a.given_id or a.id for a in articles}
    return ids | {canonical_url(a.url) or a.id for a in articles}


def _one_of_each_id(entries: Sequence[Article | Outcome]) -> list[Article | Outcome]:
    """Keep of several versions of one article only the newest; outcomes stay."""
    newest = {*map(id, newest_of_each(e for e in entries if isinstance(e, Article)))}
    return [e for e in entries if isinstance(e, Outcome) or id(e) in newest]
