"""
What a file or page holds beside its article, line by line, each with the kind of thing it is.

An editor who sees why a line is missing can trust the rest. The kinds are found by looking for
each line of the page in the text that was taken, so that whatever is missing is named, whoever
took it out. Pure; no I/O.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from lxml import etree

from index.errors import ArticleError
from index.formats.parts.cleaning import clean_text
from index.formats.parts.fields import storable
from index.formats.parts.markup import (
    BLOCKS,
    CELLS,
    FURNITURE,
    INLINE,
    SILENT,
    html_tree,
    is_markup,
    line_of,
    local_name,
    unseen,
)
from index.formats.parts.notices import notice_kind

# The kinds, as records name them, in the words of an editor.
REASONS = {
    "teaser": "points to another article",
    "notice": "a notice of the site (newsletter, sharing, rights)",
    "cookies": "a question about cookies",
    "subscription": "a prompt to subscribe",
    "caption": "a picture's caption",
    "repeated": "repeats the article",
    "about": "about the text: who wrote it, when, where it ends",
    "correction": "a correction, kept as the article's note",
    "comment": "a comment",
    "menu": "a menu, header or footer of the page",
    "aside": "stands beside the article",
    "table": "a table",
    "agency": "of the agency (slug line, contacts, note to editors)",
    "running head": "a running head or page number",
    "header": "a header or footer of the document",
    "footnote": "a footnote",
    "deleted": "deleted words",
    "hidden": "not shown to readers",
    "quoted mail": "an earlier mail, quoted",
    "signature": "the signature of a mail",
    "attachment": "an attachment",
    "other": "no part of the article's text",
}
_MAX_LINES, _MAX_LENGTH = 300, 160
# A shorter line is in the text only as a line of its own.
_SHORT = 25
_MAX_ESCAPES = 4
_TAGS = {
    "nav": "menu", "header": "menu", "footer": "menu", "aside": "aside", "figcaption": "caption",
    "table": "table", "amp-sidebar": "menu", "amp-consent": "cookies",
    "amp-user-notification": "cookies", "dialog": "notice", "form": "notice",
    "body.head": "about", "body.end": "agency", "byline": "about", "dateline": "about",
}  # fmt: skip
# Named for the page: "single has-sidebar".
_WRAPPERS = frozenset({"body", "main", "article"})
# What makers of pages call an element, the first that fits wins.
_NAMES = (
    ("comment", r"comments?|disqus|respond|discussion"),
    ("cookies", r"cookies?|consent|gdpr|ccpa"),
    ("subscription", r"paywall|subscriber|meter|regwall"),
    ("notice", r"newsletter|signup|sign-up|subscribe|subscription|share|sharing|social|follow"),
    ("teaser", r"read-?more|related|recirc|also-?read|promo|teaser|recommended|most-read|trending"),
    ("caption", r"caption|photo-?credit|image-?credit|wp-caption-text"),
    ("repeated", r"pull-?quote"),
    ("about", r"byline|author|dateline|timestamp|published|post-meta|entry-meta|article-meta"),
    ("menu", r"menu|nav|navigation|navbar|breadcrumbs?|header|masthead|footer|topbar"),
    ("aside", r"sidebar|aside|widget|rail"),
)
_NAMED = tuple((kind, re.compile(rf"\b(?:{words})\b")) for kind, words in _NAMES)
_JOINERS = re.compile(r"[_\s]+|(?<=[a-z])(?=[A-Z])")
_BLANKS = re.compile(r"\s+")
_NOT_LETTERS = re.compile(r"[\W_]+")


class Omission(NamedTuple):
    """A line that is not in the text; ``kind`` is one of `REASONS`."""

    kind: str
    text: str


def omissions(lines: Iterable[tuple[str, str]]) -> tuple[Omission, ...]:
    """Give lines with their kinds as they are reported: each once, cut where they are long."""
    found: dict[Omission, None] = {}
    for kind, text in lines:
        line = _BLANKS.sub(" ", text).strip(" |")
        if any(map(str.isalnum, line)) and len(found) < _MAX_LINES:
            cut = line if len(line) <= _MAX_LENGTH else line[: _MAX_LENGTH - 1].rstrip() + "…"
            found[Omission(kind, cut)] = None
    return tuple(found)


def noted(note: str | None, kept: str | None) -> tuple[Omission, ...]:
    """Give an agency's note to editors as left out, unless it is kept as the article's note."""
    return omissions([("agency", note)]) if note and note != kept else ()


def left_out_of(
    root: etree._Element, text: str, known: Iterable[str | None] = ()
) -> tuple[Omission, ...]:
    """
    Find the lines below *root* that are not in *text*.

    Args:
        root: the page, or a body as it came.
        text: what was taken for the article.
        known: the title and what else is kept elsewhere, which is not left out.
    """
    whole = _key(text)
    lines = {_key(line) for line in [*text.split("\n"), *filter(None, known)]}

    def is_missing(kind: str, line: str) -> bool:
        key = _key(line)
        if kind == "repeated":
            return True
        return key not in lines and (len(key) < _SHORT or key not in whole)

    return omissions(
        (kind, line)
        for found, line in _lines(root)
        if is_missing(kind := notice_kind(line) or found, line)
    )


def left_out_of_html(source: str, text: str, name: str) -> tuple[Omission, ...]:
    """Find the lines of a piece of HTML that are not in *text*; none where it cannot be parsed."""
    try:
        for _ in range(_MAX_ESCAPES):
            tree = html_tree(f"<div>{storable(source)}</div>", name)
            source = tree.text_content()
            if not is_markup(source):
                break
        return left_out_of(tree, text)
    except ArticleError:
        return ()


def _lines(root: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield each line of text below *root* with the kind of the elements it stands in."""
    kinds = ["other"]
    pieces = [root.text or "" if isinstance(root.tag, str) else ""]
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        tag = local_name(element)
        if element is root:
            continue
        if tag in BLOCKS or tag in _TAGS or tag == "br":
            yield kinds[-1], "".join(pieces)
            pieces.clear()
        if event == "end":
            kinds.pop()
            pieces.append(element.tail or "")
            continue
        kinds.append(_kind_of(element, tag, kinds[-1]))
        reason = unseen(element)
        if tag == "media":
            captions = (one for one in element.iter() if local_name(one) == "media-caption")
            yield from (("caption", line_of(one)) for one in captions)
        if tag in SILENT or not tag:
            walker.skip_subtree()
        elif reason:
            yield reason, line_of(element)
            walker.skip_subtree()
        else:
            apart = " | " if tag in CELLS else "" if tag in INLINE else " "
            pieces.append(apart + (element.text or ""))
    yield kinds[-1], "".join(pieces)


def _kind_of(element: etree._Element, tag: str, outer: str) -> str:
    """Name the kind of what stands in an element; what its outer elements are holds for it too."""
    if outer not in ("other", "menu", "aside", "table"):
        return outer
    if tag in _TAGS:
        return _TAGS[tag] if outer == "other" or _TAGS[tag] != "menu" else outer
    if tag not in BLOCKS or tag in _WRAPPERS:
        return outer
    name = f"{element.get('class') or ''} {element.get('id') or ''}"[:300]
    if not FURNITURE.isdisjoint(name.lower().split()):
        return "agency"
    name = _JOINERS.sub("-", name).lower()
    return next((kind for kind, words in _NAMED if name != "-" and words.search(name)), outer)


def _key(text: str) -> str:
    # What has no width is taken out of a text that is kept.
    return _NOT_LETTERS.sub(" ", clean_text(text)).strip().casefold()
