"""
Articles through the models, some batches ahead of the store.

What is said in a batch and what its sentences mean is found at the same time, and the next batch
is begun before the store has taken this one: no processor waits for the interpreter or the disk.
Batches come out in their order, and at most a few are kept. Whatever goes wrong with a batch
is found again with each of its articles alone, so that a bad one takes no other with it.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from types import TracebackType
from typing import Self

from index.attribution.stance.choice import with_stances
from index.errors import OnRecordError, lack_of
from index.store import Vectors
from index.text.sentences import split_sentences
from index.types import Article, IndexedArticle

log = logging.getLogger(__name__)

# Batches that are begun while an earlier one is stored.
PREFETCH = 2

Analyse = Callable[[Sequence[Article]], list[IndexedArticle]]
Embed = Callable[[Sequence[str], Mapping[str, Vectors]], Vectors]


@dataclass(frozen=True, slots=True)
class Failed:
    """An article that the models could not read, and why."""

    article: Article
    error: Exception


@dataclass(frozen=True, slots=True)
class Begun:
    """A batch on its way; ``known`` are vectors of sentences that need no embedding."""

    articles: Sequence[Article]
    known: Mapping[str, Vectors]
    analysed: Future[list[IndexedArticle]]
    embedded: Future[Vectors]

    def done(self) -> bool:
        """Return whether `Pipeline.finish` would not wait."""
        return self.analysed.done() and self.embedded.done()


class Pipeline:
    """Reads batches of articles in threads of its own; a context, at whose end they stop."""

    def __init__(self, analyse: Analyse, embed: Embed) -> None:
        self._analyse = analyse
        self._embed = embed
        self._pool = ThreadPoolExecutor(2 * PREFETCH, thread_name_prefix="articles")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._pool.shutdown(cancel_futures=True)

    def begin(self, articles: Sequence[Article], known: Mapping[str, Vectors]) -> Begun:
        """
        Begin to read *articles*; returns at once.

        Args:
            articles: of one batch.
            known: vectors (dim,) of sentences, by their words, that need no embedding.
        """
        return Begun(
            articles,
            known,
            self._pool.submit(self._analyse, articles),
            self._pool.submit(self._embed_all, articles, known),
        )

    def finish(self, begun: Begun) -> Iterator[tuple[IndexedArticle, Vectors] | Failed]:
        """
        Wait for a batch.

        Yields:
            Each article as it is to be stored, in order, with its vectors (sentences, dim); or
            why it cannot be read.

        Raises:
            OnRecordError: if a model fails, or the machine, whatever the article.
        """
        try:
            items, vectors = begun.analysed.result(), begun.embedded.result()
        except OnRecordError:
            raise
        except Exception as exc:
            if (lack := lack_of(exc)) is not None:
                raise lack from exc
            if len(begun.articles) > 1:
                for article in begun.articles:
                    yield from self.finish(self.begin([article], begun.known))
            else:
                log.exception("reading %s failed", begun.articles[0].id)
                yield Failed(begun.articles[0], exc)
            return
        at = 0
        for item in items:
            own = vectors[at : at + len(item.sentences)]
            yield with_stances(item, own), own
            at += len(item.sentences)

    def read(
        self, articles: Iterable[tuple[Article, Mapping[str, Vectors]]], size: int
    ) -> Iterator[tuple[IndexedArticle, Vectors]]:
        """
        Read *articles*, each with vectors of sentences that need no embedding, in their order.

        Args:
            articles: of which some are taken ahead.
            size: how many are read together.

        Raises:
            Exception: whatever *articles* raises, or the models cannot read an article for; those
                before it have come out.
        """
        coming, under_way = iter(articles), deque[Begun]()
        failed: Exception | None = None
        more = True
        while more or under_way:
            batch: list[tuple[Article, Mapping[str, Vectors]]] = []
            try:
                batch += islice(coming, size if more else 0)
            except Exception as exc:
                # What was taken before it is read all the same.
                failed = exc
            more = len(batch) == size and failed is None
            if batch:
                known = {text: row for _, rows in batch for text, row in rows.items()}
                under_way.append(self.begin([article for article, _ in batch], known))
            while under_way and (not more or len(under_way) > PREFETCH):
                for ready in self.finish(under_way.popleft()):
                    if isinstance(ready, Failed):
                        raise ready.error
                    yield ready
        if failed is not None:
            raise failed

    def _embed_all(self, articles: Sequence[Article], known: Mapping[str, Vectors]) -> Vectors:
        """Embed the sentences of several articles, one after the other."""
        texts = [a.text[s.start : s.end] for a in articles for s in split_sentences(a.text)]
        return self._embed(texts, known)
