"""
RSS, Atom and JSON Feed: the entries of one feed.

Most feeds carry a teaser, not the article. An entry with a whole text becomes an article; one
whose text visibly breaks off does not, for a sentence cut short is not what was said. The bytes
are handed to feedparser as a stream: given a text it would open it as an address or a file.
"""

from __future__ import annotations

import io
import json
import re
from calendar import timegm
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from index.errors import ArticleError
from index.formats.parts.fields import (
    byline_of,
    first_date,
    id_from_name,
    storable,
    text_line,
    web_address,
)
from index.formats.parts.markup import text_of_html
from index.types import Article

ROOTS = frozenset({"rss", "feed", "rdf"})
JSON_FEED = "https://jsonfeed.org/version/"
MAX_ENTRIES = 1_000
_CUT = re.compile(r"(?:…|\.\.\.|\[…\]|read more|continue reading)\W*\Z", re.IGNORECASE)
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry: ``content`` is its whole text, ``summary`` its teaser, both without markup."""

    id: str
    title: str
    link: str | None = None
    published_at: datetime | None = None
    updated_at: datetime | None = None
    byline: str | None = None
    content: str | None = None
    summary: str | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as read: ``ttl`` is how long its publisher asks us to wait, in minutes."""

    title: str | None
    link: str | None
    entries: tuple[FeedEntry, ...]
    rights: str | None = None
    ttl: int | None = None


def read_feed(data: bytes, name: str, mime: str | None = None) -> Feed:
    """
    Read a feed in whichever of the three formats.

    Args:
        name: its address or file name; relative links are completed from it.
        mime: its Content-Type.

    Raises:
        ArticleError: naming *name*, if it is no feed.
    """
    if data.lstrip()[:1] == b"{":
        try:
            return _json_feed(json.loads(data), name)
        except (ValueError, RecursionError) as exc:
            raise ArticleError(f"{name}: not a JSON Feed ({exc}); give the feed's address") from exc
    import feedparser

    headers = {"content-location": name, "content-type": mime or "application/xml"}
    # Our own reader takes the markup off; feedparser's takes minutes over nested tags.
    read = feedparser.parse(
        io.BytesIO(data),
        response_headers=headers,
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    if not read.version:
        raise ArticleError(f"{name}: not an RSS or Atom feed; give the feed's address")
    head, ttl = read.feed, str(read.feed.get("ttl", ""))
    link = web_address(head.get("link"))
    entries = tuple(_entry(one, link, name) for one in read.entries[:MAX_ENTRIES])
    return Feed(
        title=text_line(head.get("title")),
        link=link,
        entries=entries,
        rights=text_line(head.get("rights")),
        ttl=int(ttl[:6]) if ttl.isdecimal() else None,
    )


def read_articles(feed: Feed, name: str) -> Iterator[Article | ArticleError]:
    """Give the article of each entry; an entry without a whole text is an error in its place."""
    for number, entry in enumerate(feed.entries, start=1):
        try:
            yield article_of(entry, feed)
        except ValueError as exc:
            yield ArticleError(f"{name}, entry {number}: {exc}")
    if not feed.entries:
        yield ArticleError(f"{name}: the feed has no entries; nothing to add")


def article_of(entry: FeedEntry, feed: Feed) -> Article:
    """Make an article of an entry; ValueError if it holds no whole text."""
    text = entry.content or entry.summary
    if not text:
        raise ValueError(f"{entry.title!r} has no text; add its page: {entry.link or 'no link'}")
    if _CUT.search(text):
        raise ValueError(
            f"{entry.title!r} holds only the beginning of the article; add its page: "
            f"{entry.link or 'no link'}"
        )
    return Article(
        id=entry.id,
        title=entry.title,
        text=text,
        outlet=feed.title,
        url=entry.link,
        published_at=entry.published_at or entry.updated_at,
        byline=entry.byline,
        rights=feed.rights,
        revised_at=entry.updated_at,
    )


def _identity(stated: object, link: str | None, title: str, home: str | None, name: str) -> str:
    """Name an entry: its own id, made unique by its site where it is but a number."""
    given = text_line(stated) or link
    site = urlsplit(home or name).hostname or name
    if not given:
        return id_from_name(f"{site}/{title}")
    return given if _ADDRESS.fullmatch(given) else f"{site}:{given}"


def _entry(one: Mapping[str, Any], home: str | None, name: str) -> FeedEntry:
    """Read what feedparser found of an entry."""
    link = web_address(one.get("link"))
    title = text_line(_unmarked(one.get("title"), name)) or link or "Untitled"
    contents = [_text(part, name) for part in one.get("content", ())]
    return FeedEntry(
        id=_identity(one.get("id"), link, title, home, name),
        title=title,
        link=link,
        published_at=_moment(one.get("published_parsed")),
        # feedparser gives the date of publication where there is no other.
        updated_at=_moment(dict(one).get("updated_parsed")),
        byline=byline_of(one.get("author")),
        content=next((text for text in contents if text), None),
        summary=_text(one.get("summary_detail", {}), name) or None,
    )


def _text(part: Mapping[str, Any], name: str) -> str:
    """Take the markup off a wording, unless it is plain text."""
    value = part.get("value")
    return _plain(value) if part.get("type") == "text/plain" else _unmarked(value, name)


def _plain(value: object) -> str:
    return storable(value).strip() if isinstance(value, str) else ""


def _unmarked(value: object, name: str) -> str:
    """Take the markup off; "" where that fails: one entry must not cost the others."""
    try:
        return text_of_html(value, name) if isinstance(value, str) else ""
    except ArticleError:
        return ""


def _moment(parsed: Any) -> datetime | None:
    """Read a date as feedparser gives it, nine numbers in UTC."""
    try:
        return datetime.fromtimestamp(timegm(parsed), UTC) if parsed else None
    except (ValueError, OverflowError, OSError):
        return None


def _json_feed(fields: Any, name: str) -> Feed:
    """Read a JSON Feed; ValueError if it is none."""
    if not isinstance(fields, dict) or not str(fields.get("version", "")).startswith(JSON_FEED):
        raise ValueError(f"its version does not begin with {JSON_FEED}")
    items = fields.get("items")
    link = web_address(fields.get("home_page_url"))
    listed = [one for one in items if isinstance(one, dict)] if isinstance(items, list) else []
    entries = tuple(_json_entry(one, link, name) for one in listed[:MAX_ENTRIES])
    return Feed(title=text_line(fields.get("title")), link=link, entries=entries)


def _json_entry(one: dict[str, Any], home: str | None, name: str) -> FeedEntry:
    link = web_address(one.get("url")) or web_address(one.get("external_url"))
    title = text_line(one.get("title")) or link or "Untitled"
    authors = one.get("authors")
    author = authors[0] if isinstance(authors, list) and authors else one.get("author")
    text = _unmarked(one.get("content_html"), name) or _plain(one.get("content_text"))
    given = one.get("id")
    identity = str(given) if isinstance(given, int) else given
    return FeedEntry(
        id=_identity(identity, link, title, home, name),
        title=title,
        link=link,
        published_at=first_date(one.get("date_published")),
        updated_at=first_date(one.get("date_modified")),
        byline=byline_of(author.get("name")) if isinstance(author, dict) else None,
        content=text or None,
        summary=text_line(one.get("summary")),
    )
