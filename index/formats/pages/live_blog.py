"""
A live blog: one page, many updates, each with a time of its own.

What the mayor said on Wednesday must not bear Monday's date because the page began then. The
posts are those elements that hold exactly one moment each; where the page shows none, the
updates that its JSON-LD lists serve.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from lxml.html import HtmlElement

from index.errors import ArticleError
from index.formats.parts.dates import believable
from index.formats.parts.fields import first_date, web_address, wording
from index.formats.parts.markup import first_heading, paragraphs, remove, text_of_html
from index.formats.parts.notices import is_notice

_POSTS = frozenset({"article", "section", "div", "li"})
_HEADINGS = ("h1", "h2", "h3", "h4")
_FEWEST = 2
INTRODUCTION = "introduction"
_PROSE = frozenset({"p", "li"})
_ELSEWHERE = frozenset({"aside", "footer", "nav", "figure", "form", "li", "dialog"})
_SENTENCE_END = re.compile(r"[.!?][\"”’')\]]*\s*\Z")
_MAX_POSTS = 500
_ANCHOR = re.compile(r"[\w.:-]{1,80}")
_ONE_DAY = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Update:
    """
    One post, or the introduction: ``key`` names it within its page.

    ``url`` is an address of its own, if any; ``published_at`` is None where the page does not say.
    """

    key: str
    title: str | None
    text: str
    published_at: datetime | None
    url: str | None = None


def live_updates(tree: HtmlElement, node: dict[str, Any], name: str) -> list[Update]:
    """
    Read the updates of a live blog, in the order of the page.

    Args:
        tree: the page.
        node: its JSON-LD.
        name: of the file, for errors.

    Returns:
        At least two; empty where neither the page nor its JSON-LD gives updates with a date.
    """
    shown = list(_shown(tree))[:_MAX_POSTS]
    if len(shown) >= _FEWEST:
        return shown
    listed = list(_listed(node, name))[:_MAX_POSTS]
    return listed if len(listed) >= _FEWEST else []


def introduction(tree: HtmlElement, node: dict[str, Any], published_at: datetime | None) -> Update:
    """
    Read what a live blog says above its first post ("What we know so far"); "" for nothing.

    Args:
        tree: the page, without menus and notices.
        node: its JSON-LD.
        published_at: when the page was published.
    """
    posts = [
        post for moment in tree.xpath("//time[@datetime]") if (post := _post_of(moment)) is not None
    ]
    lines: list[str] = []
    for one in tree.iter():
        if posts and one is posts[0]:
            break
        if one.tag in _PROSE and not any(above.tag in _ELSEWHERE for above in one.iterancestors()):
            line = " ".join(paragraphs(one).split())
            if _SENTENCE_END.search(line) and not is_notice(line):
                lines.append(line)
    if not posts:
        lines = []
    listed = node.get("articleBody")
    text = "\n\n".join(dict.fromkeys(lines)) or wording(listed) or ""
    day = None if spans_days(node) else published_at
    return Update(INTRODUCTION, wording(node.get("headline")), text, day)


def spans_days(node: dict[str, Any]) -> bool:
    """Return whether a live blog ran for so long that the day it began says nothing."""
    begun = first_date(node.get("coverageStartTime"), node.get("datePublished"))
    ended = first_date(node.get("dateModified"), node.get("coverageEndTime"))
    return begun is not None and ended is not None and ended - begun > _ONE_DAY


def _shown(tree: HtmlElement) -> Iterator[Update]:
    for moment in tree.xpath("//time[@datetime]"):
        published_at = believable(first_date(moment.get("datetime")))
        post = _post_of(moment)
        if published_at is None or post is None:
            continue
        body = copy.deepcopy(post)
        title = wording(first_heading(body))
        for one in [*body.iter("time"), *next(([h] for h in body.iter(*_HEADINGS)), [])]:
            remove(one)
        if text := paragraphs(body):
            anchor = post.get("id") or ""
            anchor = anchor if _ANCHOR.fullmatch(anchor) else ""
            key = anchor or f"{published_at:%Y%m%dT%H%M%S}-{title or text[:40]}"
            yield Update(key, title, text, published_at)


def _post_of(moment: HtmlElement) -> HtmlElement | None:
    """Find the largest element around a moment that holds no other; None where that is all."""
    post = None
    for above in moment.iterancestors():
        times = above.iter("time")
        if (
            next(times, None) is None
            or next(times, None) is not None
            or above.tag in ("body", "html")
        ):
            break
        if above.tag in _POSTS:
            post = above
    return post


def _listed(node: dict[str, Any], name: str) -> Iterator[Update]:
    updates = node.get("liveBlogUpdate")
    for one in updates if isinstance(updates, list) else [updates]:
        if not isinstance(one, dict) or not isinstance(one.get("articleBody"), str):
            continue
        published_at = believable(first_date(one.get("datePublished"), one.get("dateModified")))
        try:
            text = text_of_html(one["articleBody"], name)
        except ArticleError:
            continue
        if published_at is not None and text:
            title = wording(one.get("headline"))
            key = f"{published_at:%Y%m%dT%H%M%S}-{title or text[:40]}"
            yield Update(key, title, text, published_at, web_address(one.get("url")))
