"""What became of the articles of a store in memory; `revising` is its twin on disk."""

from __future__ import annotations

from datetime import datetime

from index.types import Revision, RevisionKind


class History:
    """A list of revisions, each with the canonical address of its article."""

    def __init__(self) -> None:
        self._told: list[tuple[str | None, Revision]] = []

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
        """Add what happened."""
        number = len(self._told) + 1
        self._told.append((address, Revision(number, article_id, at, what, reason, old, new)))

    def after(self, number: int) -> list[Revision]:
        """List what happened after the revision with this number."""
        return [revision for _, revision in self._told[number:]]

    def last(self, article_id: str, address: str | None) -> Revision | None:
        """Tell what happened last to this id, or at this address."""
        told = (
            revision
            for where, revision in reversed(self._told)
            if revision.article_id == article_id or (address is not None and where == address)
        )
        return next(told, None)
