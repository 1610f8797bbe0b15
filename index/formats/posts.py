"""
Posts as the interfaces of WordPress ("/wp-json/wp/v2/posts") and Ghost give them: JSON with HTML.

Only what is published, and not behind a password, is an article.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from index.formats.pages.bylines import person_line
from index.formats.pages.pruning import prune
from index.formats.parts.cleaning import clean
from index.formats.parts.dates import believable
from index.formats.parts.exports import to_come, unpublished
from index.formats.parts.fields import (
    first_date,
    first_words,
    id_from_name,
    storable,
    web_address,
    wording,
)
from index.formats.parts.marks import marks_of, set_apart
from index.formats.parts.markup import html_tree, paragraphs
from index.formats.parts.notices import without_notices
from index.formats.parts.omissions import left_out_of_html
from index.types import Article

_PUBLISHED = ("date_gmt", "published_at", "date")


def looks_like_post(fields: Mapping[str, Any]) -> bool:
    """Return whether an object is a post of WordPress or Ghost."""
    return "text" not in fields and "title" in fields and bool(_rendered(fields))


def read_post(fields: Mapping[str, Any], name: str) -> Article:
    """
    Read one post.

    Raises:
        ValueError: for one that is not published, or without text.
        ArticleError: for HTML that cannot be read.
    """
    title = wording(_text(fields["title"]))
    content = fields.get("content")
    locked = isinstance(content, Mapping) and content.get("protected") is True
    entry = {"wp_status": fields.get("status"), "wp_post_password": "locked" if locked else None}
    dated = first_date(*(fields.get(key) for key in _PUBLISHED))
    if what := unpublished(entry) or to_come(dated):
        raise ValueError(f"{title or 'a post'!r} is {what}")
    html = _rendered(fields)
    tree = prune(html_tree(f"<div>{storable(html)}</div>", name))
    text = without_notices(paragraphs(tree))
    if not text:
        raise ValueError(f"{title or 'a post'!r} has no text; add it or leave it out")
    url = web_address(fields.get("link")) or web_address(fields.get("url"))
    number = fields.get("id")
    site = urlsplit(url or "").hostname
    identity = f"{site}:{number}" if site and number is not None else url
    article = Article(
        id=identity or id_from_name(f"{name}#{number}"),
        title=title or first_words(text),
        text=text,
        url=url,
        published_at=_moment(fields, *_PUBLISHED),
        revised_at=_moment(fields, "modified_gmt", "updated_at"),
        byline=_authors(fields),
        marks=marks_of(text, set_apart(tree)),
        left_out=left_out_of_html(html, text, name),
    )
    return clean(article)


def _text(value: Any) -> Any:
    return value.get("rendered") if isinstance(value, Mapping) else value


def _rendered(fields: Mapping[str, Any]) -> str:
    """Give the HTML of a post; "" for what is none."""
    content = fields.get("content")
    found = content.get("rendered") if isinstance(content, Mapping) else fields.get("html")
    return found if isinstance(found, str) else ""


def _moment(fields: Mapping[str, Any], *keys: str) -> Any:
    return believable(first_date(*(fields.get(key) for key in keys)))


def _authors(fields: Mapping[str, Any]) -> str | None:
    """Name the authors that came with the post; a number names nobody."""
    inner = fields.get("_embedded")
    listed = fields.get("authors") or (inner.get("author") if isinstance(inner, Mapping) else None)
    people = listed if isinstance(listed, list) else [fields.get("primary_author")]
    found = (person_line(one.get("name")) for one in people if isinstance(one, Mapping))
    return ", ".join(dict.fromkeys(name for name in found if name)) or None
