"""
Take out of a page, before its text is looked for, what is certainly not the article.

What finds the text goes by length and density: a menu of AMP, a question about cookies or a
caption with a verb of saying passes for a paragraph. Only small elements go, by what their
makers call them. Changes the tree it is given.
"""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from index.formats.parts.markup import paragraphs, remove, unseen
from index.formats.parts.notices import is_notice

_TAGS = ("amp-sidebar", "amp-consent", "amp-user-notification", "amp-ad", "amp-lightbox", "dialog")
# The longest text that an element of such a name may have and still go; and whether only with a
# link, for "teaser" is also what some call an article's first paragraph.
_NAMES = (
    (re.compile(r"\b(?:cookies?|consent|gdpr|ccpa)\b"), 2_000, False),
    (re.compile(r"\b(?:newsletter|signup|sign-up|subscribe|subscription)\b"), 600, False),
    (re.compile(r"\b(?:wp-)?(?:caption|photo-?credit|image-?credit)(?:-text)?\b"), 500, False),
    (
        re.compile(
            r"\b(?:read-?more|related|recirc|also-?read|promo|teaser|next-?story|next-?post)\b"
        ),
        400,
        True,
    ),
    (
        re.compile(r"\b(?:feedflare|sharedaddy|jp-relatedposts|addtoany|wp-block-embed)\b"),
        600,
        False,
    ),
    (re.compile(r"\b(?:share|social|follow)-(?:bar|buttons?|links?|tools?|us)\b"), 300, False),
)
_PULLED = re.compile(r"\bpull-?quote\b")
_JOINERS = re.compile(r"[_\s]+|(?<=[a-z])(?=[A-Z])")
_CONTENT = ("article", "main", "h1")
_LINKED = 0.95
_BLANKS = re.compile(r"\s+")


def prune(tree: HtmlElement) -> HtmlElement:
    """Take out hidden words, menus, notices, captions, teasers, quotations shown twice."""
    for element in list(tree.iter(*_TAGS)):
        remove(element)
    _remove_unseen(tree)
    whole = _BLANKS.sub(" ", tree.text_content())
    for element in list(
        tree.iter("div", "p", "section", "span", "ul", "li", "aside", "blockquote")
    ):
        name = _JOINERS.sub("-", f"{element.get('class') or ''} {element.get('id') or ''}").lower()
        if name != "-" and _goes(element, name, whole):
            remove(element)
    for element in list(tree.iter("p", "li", "h2", "h3", "h4")):
        if _points_elsewhere(element):
            remove(element)
    return tree


def _remove_unseen(tree: HtmlElement) -> None:
    """Take out what is struck out, and what is hidden unless it is most of the page."""
    length = len(tree.text_content())
    for element in list(tree.iter("*")):
        reason = unseen(element) if element is not tree else None
        if reason == "deleted" or (reason and 2 * len(element.text_content()) < length):
            remove(element)


def _goes(element: HtmlElement, name: str, whole: str) -> bool:
    """Return whether an element of such a name is no part of the article."""
    linked = next(element.iter("a"), None) is not None
    limits = [most for found, most, link in _NAMES if found.search(name) and (linked or not link)]
    pulled = _PULLED.search(name) is not None
    if not limits and not pulled:
        return False
    text = _BLANKS.sub(" ", element.text_content()).strip()
    if any(next(element.iter(tag), None) is not None for tag in _CONTENT):
        return False
    if pulled:
        first = paragraphs(element).split("\n")[0]
        words = re.split(r" [—–-] ", first or text)[0].strip("“”\"‘’' ")
        return len(words) > 0 and whole.count(words) > 1
    return len(text) <= max(limits)


def _points_elsewhere(element: HtmlElement) -> bool:
    """Return whether a paragraph is a teaser, or nothing but a link to another article's title."""
    text = _BLANKS.sub(" ", element.text_content()).strip()
    links = list(element.iter("a"))
    if not text or not links:
        return False
    linked = sum(len(_BLANKS.sub(" ", link.text_content()).strip()) for link in links)
    if is_notice(text):
        return True
    alone = linked >= _LINKED * len(text) and len(links) == 1 and element.tag == "p"
    return alone and len(text) < 200 and text[-1] not in '.!?”"…:;'
