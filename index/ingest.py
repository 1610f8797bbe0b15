"""
Articles -> sentences -> attributions -> speakers -> vectors -> store.

A bad article is reported and set aside, the others go on. Articles are worked on a few at a
time: the models are faster on full batches, and a kill loses no more than one batch, none of
which had been acknowledged.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, Literal

from index.attribution import find_many
from index.embedding import Embedder
from index.errors import ArticleError
from index.formats import Item
from index.language import refuse_foreign
from index.sentences import split_sentences
from index.speakers import read_speakers
from index.store import Store
from index.types import Article, Attribution, IndexedArticle, Sentence, Withdrawal
from index.versions import Standing, judge, judge_withdrawal, newest_of_each

if TYPE_CHECKING:
    from index.speakers import Tables

log = logging.getLogger(__name__)
BATCH = 8
LONGEST_ID = 500


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one article; ``error`` is why it was refused, ``note`` what else to know."""

    id: str | None
    status: Literal["indexed", "refused"] | Standing
    sentences: int = 0
    statements: int = 0
    error: str | None = None
    note: str | None = None


def index_articles(
    articles: Iterable[Item],
    store: Store,
    embedder: Embedder,
    tables: Tables,
    *,
    max_characters: int,
    again: bool = False,
    by_hand: bool = True,
    hold: Callable[[Article], None] | None = None,
) -> Iterator[Outcome]:
    """
    Index *articles* in order; an outcome is yielded when its article is durable.

    Args:
        articles: from a source; an error among them is passed on as a refusal, a withdrawal
            takes its article out.
        max_characters: a longer text is refused.
        again: index also what is stored already, in this version or a newer one.
        by_hand: somebody chose these articles: a withdrawn one among them comes back.
        hold: keeps an article until its embargo ends.

    Raises:
        StoreError: if the store fails; nothing of the article at hand is stored then.
    """
    stream = iter(articles)
    while batch := list(islice(stream, BATCH)):
        good: list[Article] = []
        for item in batch:
            if isinstance(item, Withdrawal):
                yield from _index(newest_of_each(good), store, embedder, tables)
                good = []
                yield _withdraw(item, store)
                continue
            outcome = refusal(item, max_characters)
            if outcome is None and isinstance(item, Article):
                outcome = _standing(item, store, again=again, by_hand=by_hand, hold=hold)
                if outcome is None:
                    good.append(item)
            if outcome is not None:
                yield outcome
        yield from _index(newest_of_each(good), store, embedder, tables)


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
    again: bool,
    by_hand: bool,
    hold: Callable[[Article], None] | None,
) -> Outcome | None:
    """Say why a sound article is not indexed now; None if it is."""
    verdict = judge(article, store, by_hand=by_hand)
    if verdict is None or (again and verdict.standing != "held"):
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


def _index(
    articles: Sequence[Article], store: Store, embedder: Embedder, tables: Tables
) -> Iterator[Outcome]:
    """Run the whole line over a few articles and store each in a transaction of its own."""
    if not articles:
        return
    read = analyse(articles, tables)
    texts = [item.article.text[s.start : s.end] for item in read for s in item.sentences]
    vectors = embedder.embed_passages(texts)
    at = 0
    for item in read:
        count = len(item.sentences)
        store.put(item, vectors[at : at + count])
        at += count
        yield Outcome(item.article.id, "indexed", count, len(item.statements))


def analyse(articles: Sequence[Article], tables: Tables) -> list[IndexedArticle]:
    """Find the sentences, statements and speakers of *articles*; nothing is stored."""
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
