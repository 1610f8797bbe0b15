"""What became of the articles of a store in memory; ``sqlite.revisions`` is its twin on disk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime

from index.store.revisions import counts_for
from index.text.urls import canonical_url
from index.types import Article, Revision, RevisionKind


class History:
    """A list of revisions, the last of each id, and those at each canonical address."""

    def __init__(self) -> None:
        self._revisions: list[Revision] = []
        self._of_id: dict[str, Revision] = {}
        self._at_address: defaultdict[str, list[Revision]] = defaultdict(list)

    def record(
        self,
        address: str | None,
        article_id: str,
        at: datetime,
        what: RevisionKind,
        reason: str | None,
        old: str | None,
        new: str | None,
    ) -> None:
        """
        Add what happened.

        Args:
            address: the canonical address of the article, by which it is known too.
            article_id: which article.
            at: when.
            what: as in `Revision`, like *reason*.
            reason: why, in a clause; None if nobody said.
            old: the fingerprint before; None if there was no article.
            new: the fingerprint after; None if there is none.
        """
        revision = Revision(len(self._revisions) + 1, article_id, at, what, reason, old, new)
        self._revisions.append(revision)
        self._of_id[article_id] = revision
        if address is not None:
            self._at_address[address].append(revision)

    def after(self, number: int) -> list[Revision]:
        """List what happened after the revision with this number."""
        return self._revisions[number:]

    def last_of(self, article_id: str) -> Revision | None:
        """Find what happened last to this id."""
        return self._of_id.get(article_id)

    def last(self, article: Article, owner: Callable[[str], str | None]) -> Revision | None:
        """
        Find what happened last to an article with this id, or of its origin at its address.

        Args:
            article: the one that is asked for.
            owner: gives the origin of an article.
        """
        address = canonical_url(article.url)
        there = (
            revision
            for revision in reversed(self._at_address.get(address or "", []))
            if counts_for(revision, owner(revision.article_id), article.origin, address)
        )
        last = (self.last_of(article.id), next(there, None))
        return max((each for each in last if each), key=lambda each: each.number, default=None)
