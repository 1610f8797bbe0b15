"""
What a web page states about its article: JSON-LD first, then OpenGraph and meta tags.

A page describes more than its article: the site, the trail, related stories, each with a date
of its own. Only nodes of an article type count, and of several the one that has the page's own
address, else the first.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lxml.html import HtmlElement

from index.formats.parts.fields import byline_of, first_date, text_line, web_address

_ARTICLES = ("Article", "Posting")
_MAX_NODES = 10_000


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What the page says; None where it does not."""

    title: str | None
    outlet: str | None
    url: str | None
    published_at: datetime | None
    revised_at: datetime | None
    byline: str | None
    note: str | None
    rights: str | None


def read_page_facts(tree: HtmlElement) -> PageFacts:
    """Read the facts of a parsed page; nothing is fetched, nothing is guessed from its text."""
    url = web_address(_stated(tree, "//link[@rel='canonical']/@href")) or web_address(
        _meta(tree, "og:url")
    )
    nodes = [node for node in _nodes(tree) if _is_article(node)]
    own = (node for node in nodes if url and url in _addresses(node))
    node = next(own, nodes[0] if nodes else {})
    return PageFacts(
        title=text_line(node.get("headline")),
        outlet=_name(node.get("publisher")) or _meta(tree, "og:site_name"),
        url=url or next(iter(_addresses(node)), None),
        published_at=first_date(
            _meta(tree, "article:published_time"),
            node.get("datePublished"),
            _stated(tree, "//time[@itemprop='datePublished']/@datetime"),
        ),
        revised_at=first_date(_meta(tree, "article:modified_time"), node.get("dateModified")),
        byline=byline_of(_names(node.get("author")) or _person(_meta(tree, "author"))),
        note=_correction(node.get("correction")),
        rights=_name(node.get("copyrightNotice")) or _meta(tree, "copyright"),
    )


def _stated(tree: HtmlElement, path: str) -> str | None:
    return next((line for line in map(text_line, map(str, tree.xpath(path))) if line), None)


def _meta(tree: HtmlElement, name: str) -> str | None:
    """Give the content of a meta tag, whichever attribute names it."""
    return _stated(tree, f"//meta[@property='{name}' or @name='{name}']/@content")


def _nodes(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """Yield every object of the page's JSON-LD, outer ones first; a broken script is skipped."""
    pending: list[Any] = []
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        try:
            pending.append(json.loads(script, strict=False))
        except (ValueError, RecursionError):
            continue
    pending.reverse()
    for _ in range(_MAX_NODES):
        if not pending:
            return
        node = pending.pop()
        if isinstance(node, dict):
            yield node
            pending += reversed(node.values())
        elif isinstance(node, list):
            pending += reversed(node)


def _is_article(node: dict[str, Any]) -> bool:
    kinds = node.get("@type", "Article" if "datePublished" in node else "")
    listed = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(kind, str) and kind.endswith(_ARTICLES) for kind in listed)


def _addresses(node: dict[str, Any]) -> list[str]:
    """List the addresses that a node gives itself."""
    page = node.get("mainEntityOfPage")
    given = [node.get("url"), node.get("@id"), page.get("@id") if isinstance(page, dict) else page]
    return [address for address in map(web_address, given) if address]


def _name(value: Any) -> str | None:
    """Name a publisher or author, given as text or as an object."""
    return text_line(value.get("name") if isinstance(value, dict) else value)


def _names(value: Any) -> str | None:
    """Join the names of one or several authors; an address is no name."""
    listed = value if isinstance(value, list) else [value]
    names = [name for name in map(_person, map(_name, listed)) if name]
    return ", ".join(dict.fromkeys(names)) or None


def _person(name: str | None) -> str | None:
    return None if name is None or web_address(name) else name


def _correction(value: Any) -> str | None:
    """Take the publisher's word on a correction, given as text or as comments."""
    listed = value if isinstance(value, list) else [value]
    texts = [one.get("text") if isinstance(one, dict) else one for one in listed]
    return " ".join(line for line in map(text_line, texts) if line) or None
