"""What storing an article does to its history, the same in every store. Pure."""

from __future__ import annotations

from index.types import Revision, RevisionKind


def kind_of_change(old: str | None, last: Revision | None) -> RevisionKind:
    """
    Name what storing an article does.

    Args:
        old: the fingerprint of the version that it replaces; None if there is none.
        last: what happened last to its id or its address; None if nothing did.
    """
    if old is not None:
        return "changed"
    return "restored" if last is not None and last.what == "withdrawn" else "added"
