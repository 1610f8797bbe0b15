"""Who is quoted in one article: for a link that somebody shares."""

from __future__ import annotations

from index.answers.pages import page_of
from index.answers.quotes import make_quotes
from index.answers.search.duplicates import Match, fold_copies, interleave_speakers
from index.answers.search.session import ReadSession
from index.store.origins import article_at
from index.store.statements import statement_parts
from index.types import Briefing, Query


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
