"""
Whose an article is: it belongs to the origin that published it.

An origin is a feed, a watched folder, the program that pushes, a page's own address, or the
operator. What another one brings under the same id or at the same address is an article of its
own beside the first, under an id made of both (`second_id`); its ``given_id`` is then the one
that it came with. So nobody speaks for another source. Pure.
"""

from __future__ import annotations

import hashlib
from pathlib import PurePath

from index.text.urls import canonical_url, site_of

# How an origin begins; the rest is an address or a path. None, or FILES, is the operator.
FEED, FOLDER, PAGE, FILES = "feed ", "folder ", "page ", "files "
# Whoever holds the token.
PUSH = "push"


def may_replace(owner: str | None, origin: str | None, address: str | None = None) -> bool:
    """
    Return whether what *origin* brings is a version of what *owner* has published.

    The operator may replace what came from files; a watched folder, what he added out of it; a
    page, at its own *address*, what a feed of its site says of it. Else each only its own.

    Args:
        owner: whose the stored article is.
        origin: who brings another.
        address: the canonical address of what is brought.
    """
    if owner == origin:
        return True
    if _is_operator(origin):
        return _is_operator(owner) or (owner or "").startswith(FOLDER)
    owner, origin = owner or "", origin or ""
    if owner.startswith(FEED) and origin.startswith(FEED):
        known = canonical_url(owner.removeprefix(FEED))
        return known is not None and known == canonical_url(origin.removeprefix(FEED))
    if owner.startswith(FILES) and origin.startswith(FOLDER):
        inside = PurePath(owner.removeprefix(FILES))
        return inside.is_relative_to(PurePath(origin.removeprefix(FOLDER)))
    own_page = address is not None and origin == PAGE + address
    return own_page and owner.startswith(FEED) and speaks_for(owner, f"https://{address}")


def owner_after(owner: str | None, origin: str | None) -> str | None:
    """Say whose an article is after *origin* has replaced the version of *owner*."""
    wins = owner is None or (owner.startswith(FILES) and origin is not None)
    return origin if wins else owner


def speaks_for(origin: str | None, url: str | None) -> bool:
    """Return whether a feed or page stands on the site of *url*, or the operator is asked."""
    if _is_operator(origin):
        return True
    place = (origin or "").removeprefix(FEED)
    if origin is not None and origin.startswith(PAGE):
        place = f"https://{origin.removeprefix(PAGE)}"
    site = site_of(place)
    return site is not None and site == site_of(url)


def second_id(given_id: str, origin: str | None) -> str:
    """Make the id of an article whose own is another origin's; ids are seen by everybody."""
    mark = hashlib.sha256((origin or "").encode()).hexdigest()[:6]
    return f"{given_id} · {word_origin(origin)} {mark}"


def word_origin(origin: str | None) -> str:
    """Name an origin to everybody: without a folder's path, or what a feed's address may hold."""
    if _is_operator(origin):
        return "by hand"
    kind, _, rest = (origin or "").partition(" ")
    if kind + " " not in (FEED, PAGE):
        return kind
    site = site_of(rest if kind + " " == FEED else f"https://{rest}")
    return f"{kind} {site}" if site else kind


def _is_operator(origin: str | None) -> bool:
    return origin is None or origin.startswith(FILES)
