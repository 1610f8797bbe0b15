"""What storing an article does to its history, the same in every store. Pure."""

from __future__ import annotations

from index.errors import OwnedError
from index.origins import may_replace
from index.types import Article, Revision, RevisionKind

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


def check_owner(article: Article, owner: str | None, address: str | None) -> None:
    """
    Raise OwnedError if *article* would replace what another origin, *owner*, has stored.

    Args:
        article: one that does not say where it came from replaces whatever has its id.
        owner: whose the stored article with its id is.
        address: the canonical address of *article*.
    """
    if article.origin is not None and not may_replace(owner, article.origin, address):
        raise OwnedError(
            f"{article.id}: another source's article has just been stored under this id; send it "
            "again, and it is kept beside that one"
        )


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
