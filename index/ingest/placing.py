"""
Where in the index an article goes: in the place of its own version, or beside another origin's.

The index keeps one article to an id. Who comes first with an id has it; another origin's article
of that id is kept under one made of both, so that neither replaces or withdraws the other's.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TypeVar

from index.origins import may_replace, owner_after, second_id, speaks_for
from index.store import Store
from index.store.origins import Claim
from index.text.urls import canonical_url
from index.types import Article, Withdrawal

_Item = TypeVar("_Item", Article, Withdrawal)


def placed(item: _Item, store: Store, *, force: bool = False) -> _Item:
    """
    Give *item* the id under which the index keeps it, and the origin that it has then.

    Args:
        item: as it came, with where it came from.
        force: it takes the place of the first that is stored, whoever published that.
    """
    claims = store.origins.claims(item.id)
    address = canonical_url(item.url) if isinstance(item, Article) else None
    own = _first_stored(claims, store) if force else None
    own = own or _own(claims, item.origin, address)
    if own is not None:
        given = item.id if own.article_id != item.id else None
        origin = owner_after(own.origin, item.origin)
        return replace(item, id=own.article_id, given_id=given, origin=origin)
    if isinstance(item, Article):
        there = store.origins.at_address(item.url)
        own = there[0] if force and there else _own(there, item.origin, address)
    origin = item.origin if own is None else owner_after(own.origin, item.origin)
    name = _free_id(item, store)
    return replace(item, id=name, given_id=item.id if name != item.id else None, origin=origin)


def others_of(item: Article | Withdrawal, store: Store) -> list[Claim]:
    """
    List the stored articles of other origins with the id or the address of *item*, oldest first.

    Args:
        item: as `placed` gave it.
    """
    address = canonical_url(item.url) if isinstance(item, Article) else None
    at_address = store.origins.at_address(item.url) if isinstance(item, Article) else []
    near = dict.fromkeys(chain(store.origins.claims(item.given_id or item.id), at_address))
    return [
        claim
        for claim in near
        if claim.article_id != item.id
        and not may_replace(claim.origin, item.origin, address)
        and store.fingerprint(claim.article_id) is not None
    ]


def is_said_by(article: Article, other: Article) -> bool:
    """
    Return whether *other* says what *article* does, and stands on the site of its address.

    Such a copy needs no place of its own: whoever published *other* could have written both. One
    that stands elsewhere could be changed, or withdrawn, by somebody else.
    """
    same = (article.text, article.title, article.published_at)
    return (
        same == (other.text, other.title, other.published_at)
        and article.outlet in (None, other.outlet)
        and speaks_for(other.origin, article.url)
    )


def _first_stored(claims: list[Claim], store: Store) -> Claim | None:
    return next((c for c in claims if store.fingerprint(c.article_id) is not None), None)


def _own(claims: list[Claim], origin: str | None, address: str | None) -> Claim | None:
    """Choose the article that *origin* may replace, if possible one of its very own."""
    mine = (claim for claim in claims if claim.origin == origin)
    open_ = (claim for claim in claims if may_replace(claim.origin, origin, address))
    return next(chain(mine, open_), None)


def _free_id(item: Article | Withdrawal, store: Store) -> str:
    """Give the item's own id if nobody has it, else the first one made of it that is free."""
    name = item.id
    while not _is_free(name, store):
        name = second_id(name, item.origin)
    return name


def _is_free(name: str, store: Store) -> bool:
    known = store.origins.owner(name) is not None or store.origins.claims(name)
    return not known and store.fingerprint(name) is None
