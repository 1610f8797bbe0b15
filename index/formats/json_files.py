"""
JSON files: a ninjs item, a JSON Feed, a post of WordPress or Ghost, an article in our own words,
or a list of these.

Its fields show which it is. A list may mix them; an invalid one is named by its place.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from index.errors import ArticleError
from index.formats import feeds, jsonl, ninjs, posts
from index.formats.parts.decoding import decode
from index.types import Article, Withdrawal

SUFFIXES: tuple[str, ...] = (".json", ".ninjs")
MIME_TYPES: tuple[str, ...] = (
    "application/json",
    "application/feed+json",
    "application/vnd.iptc.ninjs+json",
)
SANDBOXED = True


def parse(
    data: bytes, name: str, charset: str | None = None
) -> Iterator[Article | Withdrawal | ArticleError]:
    """Read the articles of one file; raises ArticleError for what is no JSON."""
    try:
        value = json.loads(decode(data, name, charset))
    except (ValueError, RecursionError) as exc:
        raise ArticleError(f"{name}: not valid JSON ({exc}); export it again") from exc
    if isinstance(value, dict) and str(value.get("version")).startswith(feeds.JSON_FEED):
        yield from feeds.read_articles(feeds.read_feed(data, name), name)
        return
    wrapped = ninjs.wrapped_items(value) if isinstance(value, dict) else None
    value = value if wrapped is None else wrapped
    items = value if isinstance(value, list) else [value]
    for number, item in enumerate(items, start=1):
        try:
            yield _read(item, name)
        except ValueError as exc:
            place = f"{name}, item {number}" if isinstance(value, list) else name
            yield ArticleError(f"{place}: {exc}")
    if not items:
        yield ArticleError(f"{name}: the list is empty; leave the file out")


def _read(item: Any, name: str) -> Article | Withdrawal:
    """Read one object; ValueError says what is wrong with it."""
    if not isinstance(item, dict):
        raise ValueError("expected an object; write {…}")
    inner = ninjs.wrapped_items(item)
    item = inner[0] if inner and len(inner) == 1 and isinstance(inner[0], dict) else item
    if ninjs.looks_like_ninjs(item):
        return ninjs.read_item(item, name)
    if posts.looks_like_post(item):
        return posts.read_post(item, name)
    if "text" not in item and not item.get("withdrawn"):
        found = ", ".join(map(repr, list(item)[:8])) or "nothing"
        raise ValueError(
            f"no article: field 'text' is missing, found {found}; write id, title, text"
        )
    return jsonl.read_object(item)
