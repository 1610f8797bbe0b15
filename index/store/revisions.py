"""What storing an article does to its history, the same in every store. Pure."""

from __future__ import annotations

from index.origins import may_replace
from index.types import Revision, RevisionKind

# Why an article is gone that no publisher withdrew.
BY_HAND = "removed by hand"


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


def counts_for(last: Revision, owner: str | None, origin: str | None, address: str | None) -> bool:
    """
    Return whether what happened to an article counts for another one at its address.

    Args:
        last: what happened; what was removed by hand counts for everybody.
        owner: whose that article is.
        origin: who brings the other one.
        address: their canonical address.
    """
    by_hand = last.what == "withdrawn" and last.reason == BY_HAND
    return by_hand or may_replace(owner, origin, address)
