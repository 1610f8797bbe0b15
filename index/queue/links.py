"""
Links that people send: the article goes into the queue, and its sender learns what became of it.

Only pages of the hosts that were allowed are taken. The check is made twice, before anything is
asked and where the page was found in the end, for an allowed page may lead anywhere.
"""

from __future__ import annotations

import time
from collections.abc import Collection
from contextlib import closing

from index.errors import ArticleError
from index.outcomes import LinkOutcome
from index.queue import Queue
from index.queue.running import indexer_runs
from index.settings import IndexSettings
from index.sources.feed import is_feed
from index.sources.url import read_page
from index.sources.web.addresses import read_address
from index.sources.web.connect import ForbiddenAddress
from index.sources.web.fetch import Fetcher
from index.types import Article

# Seconds between two looks at the queue.
_LOOK = 0.05


class Links:
    """Takes links into the queue of one data folder; usable from several threads."""

    def __init__(self, settings: IndexSettings, fetcher: Fetcher | None = None) -> None:
        self._settings = settings
        self._fetcher = fetcher or Fetcher(allowed=settings.fetch_allow)

    def take(self, url: str, hosts: Collection[str], *, origin: str, seconds: float) -> LinkOutcome:
        """
        Fetch the article at *url*, put it into the queue and wait until it is indexed; where no
        indexer runs, do not wait.

        Args:
            hosts: those allowed, each with the names below it.
            origin: who sent it, as `stats` shows it.
            seconds: how long to wait for the indexer; it may be busy.

        Raises:
            StoreError: if the queue cannot be written.
        """
        try:
            articles = self._read(url, hosts)
        except ArticleError as exc:
            with closing(Queue(self._settings.data_dir)) as queue:
                queue.receive(origin, [exc])
            return LinkOutcome(url, "refused", reason=str(exc), for_operators=_of_settings(exc))
        with closing(Queue(self._settings.data_dir)) as queue:
            # A live blog is a page of many; what became of its first is told.
            article = articles[0]
            queue.receive(origin, articles, published_by=article.origin)
            deadline = time.monotonic() + seconds
            while True:
                status = queue.status(article.id, origin)
                state = status.state if status else "waiting"
                watched = state != "waiting" or indexer_runs(self._settings.data_dir)
                if state != "waiting" or not watched or time.monotonic() >= deadline:
                    reason = status.reason if status else None
                    title, outlet = article.title, article.outlet
                    return LinkOutcome(url, state, title, outlet, reason, is_watched=watched)
                time.sleep(_LOOK)

    def _read(self, url: str, hosts: Collection[str]) -> list[Article]:
        """Read what is at *url*: an article, or all of a live blog; raises ArticleError."""
        self._check(url, hosts)
        found = self._fetcher.fetch(url)
        self._check(found.url, hosts)
        if is_feed(found):
            raise ArticleError(f"{url}: this is a feed; follow it with `onrecord feeds add`")
        items = list(read_page(found))
        articles = [item for item in items if isinstance(item, Article)]
        if articles:
            return articles
        for item in items:
            if isinstance(item, ArticleError):
                raise item
        raise ArticleError(f"{url}: no article was found there; save the page and add the file")

    def _check(self, url: str, hosts: Collection[str]) -> None:
        """Raise ArticleError for an address of a host that is not allowed."""
        try:
            host = read_address(url, any_port=self._settings.fetch_allow).host
        except ValueError as exc:
            raise ArticleError(f"{url[:200]}: not fetched: {exc}; check the address") from exc
        if not any(host == one or host.endswith(f".{one}") for one in hosts):
            raise ArticleError(
                f"{url[:200]}: links to {host} are not allowed; ask for it to be allowed"
            )


def _of_settings(exc: BaseException) -> bool:
    """Return whether the address itself was refused, which settings decide and no sender."""
    cause: BaseException | None = exc
    while cause is not None and not isinstance(cause, ValueError | ForbiddenAddress):
        cause = cause.__cause__
    return cause is not None
