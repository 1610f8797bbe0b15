"""
What a web page states about its article: JSON-LD first, then OpenGraph and meta tags.

A page describes more than its article: the site, the trail, related stories, each with a date
of its own. Only nodes of an article type count, and of several the one that has the page's own
address, else the first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lxml.html import HtmlElement

from index.formats.pages.bylines import person_line
from index.formats.pages.json_ld import json_ld_nodes
from index.formats.pages.titles import choose_title
from index.formats.parts.dates import believable, still_to_come
from index.formats.parts.fields import first_date, text_line, web_address, wording

_NODE = re.compile(r"(.*)#/?(?:news)?(?:article|webpage|schema|primary|main|content)\b.*", re.I)
_ARTICLES = ("Article", "Posting")
_LIVE = "LiveBlogPosting"
_TITLES = ("og:title", "twitter:title", "dc.title", "DC.title")
_AUTHORS = (
    "author", "article:author", "article:author_name", "parsely-author", "sailthru.author", "byl",
    "dc.creator", "DC.creator", "dcterms.creator", "citation_author", "cXenseParse:author",
)  # fmt: skip
_PUBLISHED = (
    "article:published_time", "og:article:published_time", "parsely-pub-date", "sailthru.date",
    "pubdate", "publish-date", "publish_date", "publication_date", "dc.date.issued",
    "DC.date.issued", "dcterms.created", "date.issued", "article.published", "datePublished",
    "govuk:first-published-at", "dcterms.issued", "DC.date", "dc.date", "citation_publication_date",
    "citation_online_date", "article:published", "pub_date", "dcterms.date",
)  # fmt: skip


_CLASS = "contains(concat(' ', normalize-space(@class), ' '), ' {} ')"
# Marked as the moment of publication by what themes call it.
_SHOWN_TIME = (
    "//time[@datetime and (@pubdate or "
    + " or ".join(
        _CLASS.format(name)
        for name in ("published", "entry-date", "post-date", "pubdate", "dt-published")
    )
    + ")]/@datetime"
)


@dataclass(frozen=True, slots=True)
class PageFacts:
    """
    What the page says; None where it does not.

    ``locked``: it is not free to read. ``live``: its JSON-LD node, if it is a live blog.
    """

    title: str | None
    outlet: str | None
    url: str | None
    published_at: datetime | None
    revised_at: datetime | None
    byline: str | None
    note: str | None
    rights: str | None
    description: str | None = None
    locked: bool = False
    live: dict[str, Any] | None = None


def read_page_facts(tree: HtmlElement) -> PageFacts:
    """Read the facts of a parsed page; nothing is fetched, nothing is guessed from its text."""
    url = web_address(_stated(tree, "//link[@rel='canonical']/@href")) or web_address(
        _meta(tree, "og:url")
    )
    everything = list(json_ld_nodes(tree))
    nodes = [node for node in everything if _is_article(node)]
    own = (node for node in nodes if url and url in _addresses(node))
    node = next(own, nodes[0] if nodes else {})
    outlet = (
        _name(node.get("publisher"))
        or wording(_meta(tree, "og:site_name"))
        or wording(_stated(tree, "//*[@itemprop='publisher']//*[@itemprop='name']/@content"))
        or wording(_stated(tree, "//*[@itemprop='publisher']//*[@itemprop='name']/text()"))
    )
    stated = [wording(_meta(tree, name)) for name in _TITLES]
    author = _names(node.get("author")) or _names(node.get("creator"))
    return PageFacts(
        title=choose_title(tree, wording(node.get("headline")), stated, outlet),
        outlet=outlet,
        url=url or next(iter(_addresses(node)), None),
        published_at=_published(tree, node),
        revised_at=believable(
            first_date(_meta(tree, "article:modified_time"), node.get("dateModified"))
        ),
        byline=author or _meta_authors(tree),
        note=_correction(node.get("correction")),
        rights=_name(node.get("copyrightNotice")) or _meta(tree, "copyright"),
        description=_meta(tree, "og:description") or _meta(tree, "description"),
        locked=any(map(_is_locked, everything)) or _meta(tree, "article:content_tier") == "locked",
        live=next((one for one in nodes if _LIVE in _kinds(one)), None),
    )


def _published(tree: HtmlElement, node: dict[str, Any]) -> datetime | None:
    """Read when the page was published; a day to come is kept, for the article waits for it."""
    stated = first_date(
        _meta(tree, _PUBLISHED[0]),
        node.get("datePublished"),
        _stated(tree, "//time[@itemprop='datePublished']/@datetime"),
        _stated(tree, "//*[@itemprop='datePublished']/@content"),
        *(_meta(tree, name) for name in _PUBLISHED[1:]),
        *map(str, tree.xpath(_SHOWN_TIME)),
    )
    return stated if still_to_come(stated) else believable(stated)


def _stated(tree: HtmlElement, path: str) -> str | None:
    return next((line for line in map(text_line, map(str, tree.xpath(path))) if line), None)


def _meta(tree: HtmlElement, name: str) -> str | None:
    """Give the content of a meta tag, whichever attribute names it."""
    return _stated(tree, f"//meta[@property='{name}' or @name='{name}']/@content")


def _meta_authors(tree: HtmlElement) -> str | None:
    """Join the authors of the meta tags, of the first name under which there are any."""
    for name in _AUTHORS:
        found = tree.xpath("//meta[@property=$name or @name=$name]/@content", name=name)
        names = [line for line in map(person_line, map(str, found)) if line]
        if names:
            return ", ".join(dict.fromkeys(names))
    return None


def _is_article(node: dict[str, Any]) -> bool:
    return any(kind.endswith(_ARTICLES) for kind in _kinds(node))


def _kinds(node: dict[str, Any]) -> list[str]:
    kinds = node.get("@type", "Article" if "datePublished" in node else "")
    listed = kinds if isinstance(kinds, list) else [kinds]
    return [kind for kind in listed if isinstance(kind, str)]


def _is_locked(node: dict[str, Any]) -> bool:
    return str(node.get("isAccessibleForFree", True)).rpartition("/")[2].lower() == "false"


def _addresses(node: dict[str, Any]) -> list[str]:
    """List the addresses that a node gives itself."""
    page = node.get("mainEntityOfPage")
    given = [node.get("url"), node.get("@id"), page.get("@id") if isinstance(page, dict) else page]
    # "https://post.example/a#article" names the node, not the page.
    stated = (address for address in map(web_address, given) if address)
    return [found[1] if (found := _NODE.fullmatch(address)) else address for address in stated]


def _name(value: Any) -> str | None:
    """Name a publisher or author, given as text or as an object."""
    return wording(value.get("name") if isinstance(value, dict) else value)


def _names(value: Any) -> str | None:
    """Join the names of one or several authors; an address is no name."""
    listed = value if isinstance(value, list) else [value]
    names = [name for name in map(person_line, map(_name, listed)) if name]
    return ", ".join(dict.fromkeys(names)) or None


def _correction(value: Any) -> str | None:
    """Take the publisher's word on a correction, given as text or as comments."""
    listed = value if isinstance(value, list) else [value]
    texts = [one.get("text") if isinstance(one, dict) else one for one in listed]
    return " ".join(line for line in map(text_line, texts) if line) or None
