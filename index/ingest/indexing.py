"""
Articles -> sentences -> attributions -> speakers -> vectors -> store.

A bad article is reported and set aside, the others go on. Articles are worked on a few at a
time: the models are faster on full batches, and a kill loses no more than some batches, none of
which had been acknowledged. What is read ahead is judged against the store before its
predecessors are in it, so another version of one of those waits until they are.
"""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Literal

from index.attribution import find_many
from index.errors import ArticleError
from index.formats import Item
from index.ingest.pipeline import PREFETCH, Begun, Failed, Pipeline
from index.ingest.vector_cache import CachingEmbedder, held_vectors
from index.ingest.versions import Standing, judge, judge_withdrawal, newest_of_each
from index.models.embedder import Embedder
from index.speakers import read_speakers
from index.store import Store, Vectors
from index.text.language import refuse_foreign
from index.text.sentences import split_sentences
from index.text.urls import canonical_url
from index.types import Article, Attribution, IndexedArticle, Sentence, Withdrawal

if TYPE_CHECKING:
    from index.speakers import Tables

log = logging.getLogger(__name__)
BATCH = 8
# Seconds after which an item was long in coming: a page that is fetched, a line that is typed.
SLOW = 0.2
LONGEST_ID = 500


@dataclass(frozen=True, slots=True)
class Outcome:
    """
    What became of one article; ``error`` is why it was refused, ``note`` what else to know.

    A failed one is no good to the models, though nothing can be said against it; another try may
    help.
    """

    id: str | None
    status: Literal["indexed", "refused", "failed"] | Standing
    sentences: int = 0
    statements: int = 0
    error: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class _Batch:
    """Some items in their order: what is settled already, and articles that are being read."""

    told: Sequence[Article | Outcome]
    begun: Begun


def index_articles(
    articles: Iterable[Item],
    store: Store,
    embedder: Embedder,
    tables: Tables,
    *,
    max_characters: int,
    force: bool = False,
    manual: bool = True,
    hold: Callable[[Article], None] | None = None,
) -> Iterator[Outcome]:
    """
    Index *articles* in order; an outcome is yielded when its article is durable.

    Args:
        articles: from a source; an error among them is passed on as a refusal, a withdrawal
            takes its article out.
        max_characters: a longer text is refused.
        force: index also what is stored already, in this version or a newer one.
        manual: somebody chose these articles: a withdrawn one among them comes back.
        hold: keeps an article until its embargo ends.

    Raises:
        StoreError: if the store fails; nothing of the article at hand is stored then.
    """

    def judged(item: Article) -> Outcome | None:
        return _standing(item, store, force=force, manual=manual, hold=hold)

    stream = iter(articles)
    under_way: deque[_Batch] = deque()
    with Pipeline(partial(analyse, tables=tables), CachingEmbedder(embedder).embed) as pipeline:
        for items, slow in _gathered(stream):
            for part in _apart(items):
                if isinstance(part, Withdrawal) or _names(part) & _names_in(under_way):
                    yield from _stored(under_way, store, pipeline, leave=0)
                if isinstance(part, Withdrawal):
                    yield _withdraw(part, store)
                    continue
                told = _sorted_out(part, max_characters, judged)
                good = [each for each in told if isinstance(each, Article)]
                known: dict[str, Vectors] = {}
                for article in () if force else good:
                    known |= held_vectors(article, store)
                under_way.append(_Batch(told, pipeline.begin(good, known)))
            # Nothing that is read waits for what may be long in coming.
            yield from _stored(under_way, store, pipeline, leave=0 if slow else PREFETCH)
        yield from _stored(under_way, store, pipeline, leave=0)


def _gathered(stream: Iterator[Item]) -> Iterator[tuple[list[Item], bool]]:
    """Gather items a few at a time, fewer where one was long in coming; tells whether it was."""
    items: list[Item] = []
    asked = time.monotonic()
    for item in stream:
        items.append(item)
        slow = time.monotonic() - asked > SLOW
        if slow or len(items) == BATCH:
            yield items, slow
            items = []
        asked = time.monotonic()
    if items:
        yield items, False


def _apart(items: Iterable[Item]) -> Iterator[list[Article | ArticleError] | Withdrawal]:
    """
    Take items apart where one must wait until those before it are stored.

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


def _names_in(under_way: Iterable[_Batch]) -> set[str]:
    return _names(each for batch in under_way for each in batch.told)


def _sorted_out(
    items: Sequence[Article | ArticleError],
    max_characters: int,
    judged: Callable[[Article], Outcome | None],
) -> list[Article | Outcome]:
    """Say in order what becomes of *items*; of what is to be read, the newest of each id."""
    told: list[Article | Outcome] = []
    for item in items:
        outcome = refusal(item, max_characters)
        if outcome is None and isinstance(item, Article):
            told.append(judged(item) or item)
        elif outcome is not None:
            told.append(outcome)
    newest = {*map(id, newest_of_each(a for a in told if isinstance(a, Article)))}
    return [each for each in told if isinstance(each, Outcome) or id(each) in newest]


def _withdraw(withdrawal: Withdrawal, store: Store) -> Outcome:
    """Take an article out as its publisher asks, unless a newer version has come since."""
    if verdict := judge_withdrawal(withdrawal, store):
        return Outcome(withdrawal.id, verdict.standing, note=verdict.told)
    store.withdraw(withdrawal)
    return Outcome(withdrawal.id, "withdrawn", note=withdrawal.reason)


def _standing(
    article: Article,
    store: Store,
    *,
    force: bool,
    manual: bool,
    hold: Callable[[Article], None] | None,
) -> Outcome | None:
    """Say why a sound article is not indexed now; None if it is."""
    verdict = judge(article, store, manual=manual)
    if verdict is None or (force and verdict.standing != "held"):
        return None
    if verdict.standing == "held" and hold is not None:
        hold(article)
    return Outcome(article.id, verdict.standing, note=verdict.told)


def refusal(item: Article | ArticleError, max_characters: int) -> Outcome | None:
    """Say why an article cannot be indexed; None if it can."""
    if isinstance(item, ArticleError):
        return Outcome(None, "refused", error=str(item))
    reason: ArticleError | str | None = None
    if not item.id or len(item.id) > LONGEST_ID:
        reason = f"id has {len(item.id)} characters; give it 1 to {LONGEST_ID}"
    elif len(item.text) > max_characters:
        reason = (
            f"{len(item.text):,} characters, the limit is {max_characters:,}; split the article "
            "or raise INDEX_MAX_CHARACTERS"
        )
    elif any("\ud800" <= c <= "\udfff" for c in item.text + item.title + item.id):
        reason = "text holds half a surrogate pair; save it as UTF-8"
    elif not split_sentences(item.text):
        reason = "no text; an article needs at least one sentence"
    else:
        reason = refuse_foreign(item)
    return None if reason is None else Outcome(item.id, "refused", error=_named(item.id, reason))


def _named(article_id: str, reason: ArticleError | str) -> str:
    """Begin a reason with the article's id, unless it does already."""
    text = str(reason)
    return text if article_id in text else f"{article_id[:80]}: {text}"


def _stored(
    under_way: deque[_Batch], store: Store, pipeline: Pipeline, *, leave: int
) -> Iterator[Outcome]:
    """Store batches until only *leave* are under way, and none of them is read already."""
    while under_way and (len(under_way) > leave or under_way[0].begun.done()):
        batch = under_way.popleft()
        ready = pipeline.finish(batch.begun)
        for each in batch.told:
            yield each if isinstance(each, Outcome) else _put(next(ready), store)


def _put(ready: tuple[IndexedArticle, Vectors] | Failed, store: Store) -> Outcome:
    """Store an article that has been read."""
    if isinstance(ready, Failed):
        reason = f"{type(ready.error).__name__}: {ready.error}"
        return Outcome(ready.article.id, "failed", error=_named(ready.article.id, reason))
    item, vectors = ready
    store.put(item, vectors)
    return Outcome(item.article.id, "indexed", len(item.sentences), len(item.statements))


def analyse(articles: Sequence[Article], tables: Tables) -> list[IndexedArticle]:
    """Find the sentences, statements and speakers of *articles*; nothing is stored."""
    if not articles:
        return []
    now = datetime.now(UTC)
    sentences = [tuple(split_sentences(article.text)) for article in articles]
    attributions = find_many(articles)
    return [
        _indexed(a, s, found, tables, now)
        for a, s, found in zip(articles, sentences, attributions, strict=True)
    ]


def _indexed(
    article: Article,
    sentences: tuple[Sentence, ...],
    attributions: Sequence[Attribution],
    tables: Tables,
    now: datetime,
) -> IndexedArticle:
    """Put together what is known of one article."""
    statements, titles = read_speakers(article, sentences, attributions, tables)
    return IndexedArticle(article, sentences, statements, now, titles)
