"""What became of the articles of a store in memory; ``sqlite.revisions`` is its twin on disk."""

from __future__ import annotations

from datetime import datetime

from index.types import Revision, RevisionKind


class History:
    """A list of revisions, and which came last to each id and each canonical address."""

    def __init__(self) -> None:
        self._revisions: list[Revision] = []
        self._of_id: dict[str, Revision] = {}
        self._at_address: dict[str, Revision] = {}

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
            self._at_address[address] = revision

    def after(self, number: int) -> list[Revision]:
        """List what happened after the revision with this number."""
        return self._revisions[number:]

    def last(self, article_id: str, address: str | None) -> Revision | None:
        """Find what happened last to this id, or at this address."""
        last = (self._of_id.get(article_id), self._at_address.get(address or ""))
        return max((each for each in last if each), key=lambda each: each.number, default=None)
