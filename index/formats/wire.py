"""
The JSON in which the child process answers what it has read.

Read against the types of the nouns: nothing but articles, withdrawals, refusals and feeds
can come out of a child. A refusal travels as its message.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pydantic import TypeAdapter, ValidationError

from index.errors import ArticleError
from index.formats.feeds import Feed
from index.formats.opml import ListedFeed
from index.types import Article, Withdrawal

Item = Article | Withdrawal | ArticleError


@dataclass(frozen=True, slots=True)
class _Refusal:
    error: str


_ITEMS: TypeAdapter[list[Article | Withdrawal | _Refusal]] = TypeAdapter(
    list[Article | Withdrawal | _Refusal]
)
_FEED: TypeAdapter[Feed] = TypeAdapter(Feed)
_LIST: TypeAdapter[list[ListedFeed]] = TypeAdapter(list[ListedFeed])


def write_items(items: Iterable[Item]) -> bytes:
    """Write what was read of a file."""
    written = [_Refusal(str(item)) if isinstance(item, ArticleError) else item for item in items]
    return _ITEMS.dump_json(written)


def read_items(body: bytes, name: str) -> list[Item]:
    """Read what `write_items` wrote; raises ArticleError naming *name* for anything else."""
    try:
        items = _ITEMS.validate_json(body)
    except ValidationError as exc:
        raise _garbled(name) from exc
    return [ArticleError(item.error) if isinstance(item, _Refusal) else item for item in items]


def write_feed(feed: Feed) -> bytes:
    """Write a feed."""
    return _FEED.dump_json(feed)


def read_feed(body: bytes, name: str) -> Feed:
    """Read what `write_feed` wrote; raises ArticleError naming *name* for anything else."""
    try:
        return _FEED.validate_json(body)
    except ValidationError as exc:
        raise _garbled(name) from exc


def write_list(feeds: list[ListedFeed]) -> bytes:
    """Write a list of feeds."""
    return _LIST.dump_json(feeds)


def read_list(body: bytes, name: str) -> list[ListedFeed]:
    """Read what `write_list` wrote; raises ArticleError naming *name* for anything else."""
    try:
        return _LIST.validate_json(body)
    except ValidationError as exc:
        raise _garbled(name) from exc


def _garbled(name: str) -> ArticleError:
    return ArticleError(f"{name}: the reader gave no sense; save the article's text as .txt")
