"""What is news: it came in lately, and no article had it before."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from index.answers.search.duplicates import UniqueMatch
from index.store import Store
from index.types import News

# Between an article's publication and its coming in; what takes longer is no news.
LATE = timedelta(days=2)


def articles_since(store: Store, news: News) -> frozenset[str]:
    """
    List the articles that came in, or were changed, within the revisions of *news*.

    Raises:
        StoreError: if the store cannot be read.
    """
    found: set[str] = set()
    after = news.after
    while after < news.upto and (revisions := store.revisions(after)):
        for each in revisions:
            if each.number <= news.upto and each.what != "withdrawn":
                found.add(each.article_id)
        after = revisions[-1].number
    return frozenset(found)


def is_news(
    found: UniqueMatch, *, articles: Collection[str], shown: Collection[tuple[str, str]]
) -> bool:
    """
    Return whether a statement is news.

    Args:
        found: the statement, with the articles that have it.
        articles: those that came in lately.
        shown: sentences (article id, text) that were shown before.
    """
    place = found.shown.item.article.id
    known = all((place, text) in shown for text in found.shown.texts)
    return not known and all(each in articles for each in found.articles)
