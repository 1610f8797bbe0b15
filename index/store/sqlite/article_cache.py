"""
The articles read last.

An article is kept by its number, which is never given again: a corrected article has another
one, so nothing here can be out of date. Who asks still asks the store which number is the
article's now.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

from index.types import IndexedArticle

# Some 10 MB of articles of usual length, once all their statements were looked at.
_MAX_ARTICLES = 256


class ArticleCache:
    """Articles by number, the least recently used forgotten; for several threads."""

    def __init__(self, most: int = _MAX_ARTICLES) -> None:
        self._most = most
        self._articles: OrderedDict[int, IndexedArticle] = OrderedDict()
        self._lock = Lock()

    def get(self, number: int) -> IndexedArticle | None:
        """Fetch the article with that number, if it is here."""
        with self._lock:
            if number in self._articles:
                self._articles.move_to_end(number)
            return self._articles.get(number)

    def keep(self, number: int, item: IndexedArticle) -> None:
        """Keep *item*; an older one may be forgotten."""
        with self._lock:
            self._articles[number] = item
            while len(self._articles) > self._most:
                self._articles.popitem(last=False)
