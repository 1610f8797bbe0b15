"""
What the options of `add` do to the articles that come in.

What is given by hand wins over what a file says of itself: whoever adds a scan or a transcript
knows its outlet and date better than its file does.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from index.errors import ArticleError, SettingsError
from index.formats import Item
from index.formats.parts.fields import read_date
from index.settings import IndexSettings
from index.text.date_format import iso_moment
from index.types import Article, Withdrawal


def read_given(
    paths: Sequence[str], settings: IndexSettings, outlet: str | None, published_at: str | None
) -> Iterator[Item]:
    """
    Read what *paths* name, with the outlet and date given by hand.

    Raises:
        SettingsError: for a date that is none, before anything is read.
    """
    from index.sources.folder import read_paths
    from index.sources.web.fetch import Fetcher

    moment = _moment(published_at)
    items = read_paths(paths, fetcher=Fetcher(allowed=settings.fetch_allow))
    return (_with(item, outlet, moment) for item in items)


def _moment(given: str | None) -> datetime | None:
    try:
        return None if given is None else read_date(given)
    except ValueError as exc:
        raise SettingsError(
            f"--published-at {given!r} is no date; write 2018-02-13 or 2018-02-13T10:30:00Z"
        ) from exc


def _with(item: Item, outlet: str | None, published_at: datetime | None) -> Item:
    if not isinstance(item, Article):
        return item
    return replace(
        item, outlet=outlet or item.outlet, published_at=published_at or item.published_at
    )


def preview(
    items: Iterable[Item],
    settings: IndexSettings,
    tell: Callable[[dict[str, Any]], None] | None,
) -> int:
    """
    Tell what `add` would do; nothing is stored, no model is loaded.

    Args:
        tell: takes a record of each article; lines on stdout if None.

    Returns:
        The exit code: 1 if anything would be refused, or there is nothing.
    """
    from index.ingest.validation import refusal

    wanted = refused = 0
    for item in items:
        reason = refusal(item, settings.max_characters) if isinstance(item, Article) else None
        if reason is not None or isinstance(item, ArticleError):
            refused += 1
            print(f"refused: {reason or item}", file=sys.stderr)
            continue
        wanted += 1
        record = _record(item)
        if tell is not None:
            tell(record)
        else:
            print(" · ".join(str(value) for value in record.values() if value))
    if tell is None:
        print(f"{wanted} would be taken, {refused} refused; nothing was stored")
    return 1 if refused or not wanted else 0


def _record(item: Article | Withdrawal) -> dict[str, Any]:
    """Say of an article, or a withdrawal, what a desk would check before adding it."""
    if isinstance(item, Withdrawal):
        return {"id": item.id, "withdrawn": item.reason}
    return {
        "id": item.id,
        "title": item.title,
        "outlet": item.outlet,
        "published_at": iso_moment(item.published_at),
        "characters": len(item.text),
    }
