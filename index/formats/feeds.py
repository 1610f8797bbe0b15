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
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from index.errors import ArticleError
from index.formats.pages.bylines import person_line
from index.formats.pages.pruning import prune
from index.formats.parts.cleaning import clean
from index.formats.parts.dates import believable
from index.formats.parts.embargo import embargo_above
from index.formats.parts.exports import (
    authors_of_export,
    dated_by_export,
    html_of_post,
    is_export,
    stated_draft,
    to_come,
    unpublished,
)
from index.formats.parts.fields import (
    first_date,
    first_words,
    id_from_name,
    storable,
    text_line,
    web_address,
    wording,
)
from index.formats.parts.marks import NOTHING_APART, Apart, marks_of, set_apart_in_html
from index.formats.parts.markup import html_tree, is_markup, paragraphs, text_of_html, unmarked
from index.formats.parts.notices import breaks_off, without_notices
from index.formats.parts.omissions import left_out_of_html
from index.formats.parts.publishing import first_lines
from index.types import Article

ROOTS = frozenset({"rss", "feed", "rdf"})
JSON_FEED = "https://jsonfeed.org/version/"
MAX_ENTRIES = 1_000
# An "&" that begins no character's name: feedparser would take "AT&T" for one.
_BARE = re.compile(rb"<!\[CDATA\[.*?\]\]>|&(?!(?:#\d+|#[xX][0-9a-fA-F]+|[A-Za-z]\w*);)", re.DOTALL)
_RELATIVE = re.compile(r"\s*(?:[/?.]|[\w%~-]+(?:[/.?]|\s*\Z))")
_MAILED = re.compile(r"\s*\S+@\S+\s*\(([^()]{1,80})\)\s*")
_CUT_MAIL = re.compile(r"\s*\([^()]*@[^()]*\)?\s*\Z")
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """
    One entry: ``content`` is its whole text, ``summary`` its teaser, both without markup.

    ``unpublished`` says what it is where its publisher marks it as no published article;
    ``left_out`` is what stood beside ``content``, or the summary where there is none; ``outlet``
    is where an entry that another feed took over came from; ``apart`` is for its marks.
    """

    id: str
    title: str
    link: str | None = None
    published_at: datetime | None = None
    updated_at: datetime | None = None
    byline: str | None = None
    content: str | None = None
    summary: str | None = None
    unpublished: str | None = None
    left_out: tuple[tuple[str, str], ...] = ()
    outlet: str | None = None
    apart: Apart = NOTHING_APART


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

    headers = {"content-type": mime or "application/xml"}
    # Links are completed from an address, never from the path of a file.
    if web_address(name):
        headers["content-location"] = name
    # Our own reader takes the markup off; feedparser's takes minutes over nested tags.
    read = feedparser.parse(
        io.BytesIO(data if b"\0" in data else _BARE.sub(_escaped, data)),
        response_headers=headers,
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    if not read.version:
        raise ArticleError(f"{name}: not an RSS or Atom feed; give the feed's address")
    head, ttl = read.feed, str(read.feed.get("ttl", ""))
    link = web_address(head.get("link"))
    known = authors_of_export(data)
    # Atom's entries without an author are by the feed's; RSS names who edits it.
    desk = _authors(head) if read.version.startswith("atom") else None
    entries = tuple(_entry(one, link, name, known) for one in read.entries[:MAX_ENTRIES])
    entries = tuple(replace(one, byline=one.byline or desk) for one in entries)
    return Feed(
        title=wording(head.get("title")),
        link=link,
        entries=entries,
        rights=text_line(head.get("rights")),
        ttl=int(ttl[:6]) if ttl.isdecimal() else None,
    )


def _escaped(found: re.Match[bytes]) -> bytes:
    return b"&amp;" if found[0] == b"&" else found[0]


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
    """Make an article of an entry; ValueError if it is not published or holds no whole text."""
    if entry.unpublished:
        raise ValueError(f"{entry.title!r} is {entry.unpublished}")
    text = entry.content or entry.summary
    if not text:
        raise ValueError(f"{entry.title!r} has no text; add its page: {entry.link or 'no link'}")
    if breaks_off(text):
        raise ValueError(
            f"{entry.title!r} holds only the beginning of the article; add its page: "
            f"{entry.link or 'no link'}"
        )
    article = Article(
        id=entry.id,
        title=entry.title,
        text=text,
        outlet=entry.outlet or feed.title,
        url=entry.link,
        published_at=entry.published_at or entry.updated_at,
        byline=entry.byline,
        rights=feed.rights,
        revised_at=entry.updated_at,
        embargoed_until=embargo_above([entry.title, *first_lines(text)]),
        marks=marks_of(text, entry.apart),
        left_out=entry.left_out,
    )
    return clean(article)


def _identity(stated: object, link: str | None, title: str, home: str | None, name: str) -> str:
    """Name an entry: its own id, made unique by its site where it is but a number."""
    given = text_line(stated) or link
    site = urlsplit(home or name).hostname or name
    if not given:
        return id_from_name(f"{site}/{title}")
    return given if _ADDRESS.fullmatch(given) else f"{site}:{given}"


def _entry(
    one: Mapping[str, Any], home: str | None, name: str, known: Mapping[str, str]
) -> FeedEntry:
    """Read what feedparser found of an entry; *known* are its authors' names by their logins."""
    link = _link(one.get("link"), home)
    parts = [*one.get("content", ()), one.get("summary_detail", {})]
    *contents, short = [_text(part, one, name) for part in parts]
    content = next((text for text in contents if text), None)
    summary = short or None
    taken = content or summary
    part = parts[[*contents, short].index(taken or short)]
    title = _title(_unmarked(one.get("title"), name), content or summary, link)
    published = first_date(one.get("published")) or dated_by_export(one)
    byline = _authors(one)
    # feedparser gives the date of publication where there is no other.
    updated = first_date(dict(one).get("updated"))
    return FeedEntry(
        id=_identity(one.get("id"), link, title, home, name),
        title=title,
        link=link,
        published_at=believable(published),
        updated_at=believable(updated),
        byline=known.get(byline, byline) if byline else None,
        content=content,
        summary=summary,
        unpublished=unpublished(one) or to_come(published, updated),
        outlet=wording((one.get("source") or {}).get("title")),
        left_out=_left_out(part, taken, name) if taken else (),
        apart=_apart(part, name) if taken else NOTHING_APART,
    )


def _authors(one: Mapping[str, Any]) -> str | None:
    """Name all authors of an entry; of "ana@post.example (Ana Petric)" the name."""
    mailed = _MAILED.fullmatch(str(one.get("author")))
    listed = [author.get("name") for author in one.get("authors") or () if author]
    named = [mailed[1]] if mailed else [*filter(None, listed)] or [one.get("author")]
    # feedparser cuts an address out of the name of the author before.
    names = [name for line in named if (name := person_line(_CUT_MAIL.sub("", str(line or ""))))]
    return ", ".join(dict.fromkeys(names)) or None


def _link(value: object, home: str | None) -> str | None:
    """Take the address of an entry; one without a host is completed from the feed's own link."""
    address = web_address(value)
    if address or not home or not isinstance(value, str) or not _RELATIVE.match(value):
        return address
    try:
        return web_address(urljoin(home, value.strip()))
    except ValueError:
        return None


def _title(stated: object, text: str | None, link: str | None) -> str:
    return wording(stated) or (first_words(text) if text else None) or link or "Untitled"


def _text(part: Mapping[str, Any], entry: Mapping[str, Any], name: str) -> str:
    """Take the markup off a wording, and the notices that a feed puts under it."""
    value = part.get("value")
    if not isinstance(value, str):
        return ""
    if part.get("type") == "text/plain":
        return _kept(_plain(value, name))
    return _kept(_unmarked(html_of_post(value) if is_export(entry) else value, name))


def _kept(text: str) -> str:
    """Leave out the notices, unless one of them says that the text is cut."""
    return text if breaks_off(text) else without_notices(text)


def _left_out(part: Mapping[str, Any], text: str, name: str) -> tuple[tuple[str, str], ...]:
    """Find what a wording holds beside its text; nothing in one that is plain."""
    value = str(part.get("value"))
    plain = part.get("type") == "text/plain" and not is_markup(value)
    return () if plain else left_out_of_html(value, text, name)


def _apart(part: Mapping[str, Any], name: str) -> Apart:
    return set_apart_in_html(str(part.get("value") or ""), name)


def _plain(value: object, name: str) -> str:
    try:
        return unmarked(value, name) if isinstance(value, str) else ""
    except ArticleError:
        return ""


def _unmarked(value: object, name: str) -> str:
    """Take the markup off; "" where that fails: one entry must not cost the others."""
    if not isinstance(value, str) or not value.strip():
        return ""
    try:
        tree = html_tree(f"<div>{storable(value)}</div>", name)
        whole = paragraphs(tree)
        # A link to the rest would be pruned as a teaser.
        text = whole if breaks_off(whole) else paragraphs(prune(tree))
        return text_of_html(text, name) if is_markup(text) else text
    except ArticleError:
        return ""


def _json_feed(fields: Any, name: str) -> Feed:
    """Read a JSON Feed; ValueError if it is none."""
    if not isinstance(fields, dict) or not str(fields.get("version", "")).startswith(JSON_FEED):
        raise ValueError(f"its version does not begin with {JSON_FEED}")
    items = fields.get("items")
    link = web_address(fields.get("home_page_url"))
    listed = [one for one in items if isinstance(one, dict)] if isinstance(items, list) else []
    entries = tuple(_json_entry(one, link, name) for one in listed[:MAX_ENTRIES])
    return Feed(title=wording(fields.get("title")), link=link, entries=entries)


def _json_entry(one: dict[str, Any], home: str | None, name: str) -> FeedEntry:
    link = _link(one.get("url"), home) or web_address(one.get("external_url"))
    authors = one.get("authors")
    listed_authors = authors if isinstance(authors, list) and authors else [one.get("author")]
    names = [person_line(each.get("name")) for each in listed_authors if isinstance(each, dict)]
    marked = _unmarked(one.get("content_html"), name)
    value, kind = (one.get("content_html"), "text/html") if marked else (
        one.get("content_text"), "text/plain"
    )  # fmt: skip
    text = _kept(marked or _plain(value, name))
    title = _title(one.get("title"), text, link)
    given = one.get("id")
    identity = str(given) if isinstance(given, int) else given
    published, updated = first_date(one.get("date_published")), first_date(one.get("date_modified"))
    return FeedEntry(
        id=_identity(identity, link, title, home, name),
        title=title,
        link=link,
        published_at=believable(published),
        updated_at=believable(updated),
        byline=", ".join(dict.fromkeys(filter(None, names))) or None,
        content=text or None,
        summary=text_line(one.get("summary")),
        unpublished=stated_draft(one) or to_come(published, updated),
        left_out=_left_out({"value": value, "type": kind}, text, name) if text else (),
        apart=_apart({"value": value, "type": kind}, name),
    )
