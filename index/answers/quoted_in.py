"""Who is quoted in one article, all of them or on a question: for a link, and for alerts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from index.answers.pages import page_of
from index.answers.quotes import QuoteMaker, make_quotes
from index.answers.search.arrived import ArrivedArticle
from index.answers.search.backdrop import Backdrops
from index.answers.search.duplicates import Match, fold_copies, interleave_speakers
from index.answers.search.scoring.lasting import pass_all
from index.answers.search.selection import party_keys
from index.answers.search.session import ReadSession
from index.store import Vectors
from index.store.origins import article_at
from index.store.statements import statement_parts
from index.types import Briefing, IndexedArticle, Query, Quote


def quoted_in(url: str, session: ReadSession, *, limit: int | None = 10) -> Briefing | None:
    """
    Quote those who are on record in the article with the address *url*, each in turn.

    Thoughts and quotations without a speaker are left out: a link says who speaks.

    Args:
        url: the article's address, in any spelling that means it.
        session: the articles, the model of their vectors, the parties.
        limit: the maximum number of quotes; None for all.

    Returns:
        None if no article has that address; no quotes if nobody is quoted in it.

    Raises:
        StoreError: if the store cannot be read.
    """
    article_id = article_at(session.store.origins, url)
    item = session.get_many([article_id]).get(article_id) if article_id is not None else None
    if item is None:
        return None
    taken: set[int] = set()
    found = []
    for number, parts in enumerate(statement_parts(item)):
        statement, fresh = item.statements[number], tuple(at for at in parts if at not in taken)
        if statement.speaker is not None and not statement.attribution.thought and fresh:
            taken.update(fresh)
            found.append(Match(item, number, fresh, 0.0))
    folded = interleave_speakers(fold_copies(found), at_once=1)
    each = (make_quotes(entry, tables=session.tables) for entry in folded)
    query = Query(text=url, anyone=True)
    quotes = page_of(each, limit)
    return Briefing(query, quotes, session.store.coverage(), total=len(folded))


def said_in(
    article_id: str, queries: Sequence[Query], session: ReadSession
) -> list[tuple[tuple[Quote, ...], ...]]:
    """
    Find what an article says that *queries* ask for, as the index would answer them.

    Args:
        article_id: the article.
        queries: parsed questions, none of them for a quotation.
        session: the articles, the model of their vectors, the parties.

    Returns:
        For each query the quotes of every statement; nothing for an unknown article.

    Raises:
        StoreError: if the store cannot be read.
    """
    backdrops = Backdrops(session.store, session.embedder, pass_all)

    def quotes_on(query: Query) -> tuple[tuple[Quote, ...], ...]:
        found = find_in(article_id, lambda *_: [query], session, backdrops)
        return tuple(quotes for _, quotes in found)

    return [quotes_on(query) for query in queries]


def find_in(
    article_id: str,
    choose: Callable[[IndexedArticle, Vectors], Sequence[Query]],
    session: ReadSession,
    backdrops: Backdrops,
) -> Iterator[tuple[Query, tuple[Quote, ...]]]:
    """
    List what an article says that questions ask for: each question, the quotes of a statement.

    Args:
        article_id: the article.
        choose: chooses the questions for it and the vectors of its sentences.
        session: the articles, the model of their vectors, the parties.
        backdrops: what the questions looked at before, which grows.

    Raises:
        StoreError: if the store cannot be read.
    """
    item = session.store.get(article_id)
    if item is None or not item.sentences:
        return
    maker = QuoteMaker(session.tables)
    for query, each in ArrivedArticle(item, session, backdrops).find_all(choose):
        yield query, maker.make(each, party_keys(query))
