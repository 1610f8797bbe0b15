"""
ninjs, the news agencies' JSON: versions 1.x, 2.x and 3.x, and Superdesk's.

1.x has one field a wording ("headline", "body_xhtml"), 2.x lists of them ("headlines",
"bodies"), 3.x the same in camel case, so names are compared in small letters. Superdesk writes
"guid" for "uri", and wraps lists in "_items". Of several bodies the one with paragraphs is
taken: the plain one is often the same text run together. What a body calls itself is not
believed: "text" may be markup, and a body may be a whole NITF file.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from index.formats.nitf import ROOT, body_of
from index.formats.parts.cleaning import clean
from index.formats.parts.fields import (
    byline_of,
    first_date,
    first_words,
    storable,
    text_line,
    web_address,
    wording,
)
from index.formats.parts.marks import marks_of, set_apart_in_html
from index.formats.parts.markup import (
    first_heading,
    html_tree,
    is_markup,
    paragraphs,
    unmarked,
    without_furniture,
)
from index.formats.parts.notices import without_notices
from index.formats.parts.omissions import left_out_of_html, noted
from index.formats.parts.publishing import correction_note, read_embargo, read_withdrawal
from index.formats.parts.xml import parse_xml, root_name
from index.types import Article, Withdrawal

_TEXT = ("text", "composite", "preformatted")
_IDS = ("uri", "guid", "_id", "item_id")
_LISTS = ("_items", "items")
# Fields that tell an agency's item from an article in our own words.
_OWN = ("body_html", "body_xhtml", "body_text", "bodies", "headlines", "versioncreated")
# Superdesk's states: not written to the end, or taken back.
_UNFINISHED = frozenset(
    "draft ingested routed fetched submitted in_progress spiked unpublished scheduled".split()
)
_WRITERS = frozenset({"writer", "author", "byline", "reporter"})
_GONE = {"killed": "canceled", "recalled": "canceled"}


def looks_like_ninjs(fields: Mapping[str, Any]) -> bool:
    """Return whether an object is a ninjs item rather than one of our own."""
    names = {key.lower() for key in fields}
    return "text" not in names and ("uri" in names or not names.isdisjoint(_OWN))


def wrapped_items(fields: Mapping[str, Any]) -> list[Any] | None:
    """Unwrap what an interface sends as {"_items": [...]} or {"item": {...}}; None if it is not."""
    if "text" in fields or looks_like_ninjs(fields):
        return None
    for key in _LISTS:
        if isinstance(fields.get(key), list):
            return list(fields[key])
    for key in ("item", "data", "posts", "results", "articles", "stories"):
        inner = fields.get(key)
        if isinstance(inner, list) and all(isinstance(one, dict) for one in inner):
            return list(inner)
        if isinstance(inner, dict):
            return wrapped_items(inner) or [inner]
    return None


def read_item(fields: Mapping[str, Any], name: str) -> Article | Withdrawal:
    """
    Read one item.

    Raises:
        ValueError: telling what is missing, or forbids publication without an end.
        ArticleError: for a body that cannot be read.
    """
    fields = {key.lower(): value for key, value in fields.items()}
    article_id = next((line for key in _IDS if (line := text_line(fields.get(key)))), None)
    if not article_id:
        raise ValueError("the ninjs item has no uri and no guid; ask the agency for it")
    revised_at = first_date(fields.get("versioncreated"), fields.get("_updated"))
    note = text_line(fields.get("ednote"))
    state = (text_line(fields.get("state")) or "").lower()
    status = _GONE.get(state) or text_line(fields.get("pubstatus"))
    if gone := read_withdrawal(article_id, status, note, revised_at):
        return gone
    if state in _UNFINISHED:
        raise ValueError(f"the item is not published (state {state!r}); publish it first")
    kind = text_line(fields.get("type")) or "text"
    if kind not in _TEXT:
        raise ValueError(f"the ninjs item is of type {kind!r}, not a text; leave it out")
    text, source = _body(fields, name)
    text = without_notices(text)
    if not text.strip():
        found = ", ".join(sorted(fields)[:12])
        raise ValueError(f"the ninjs item has no body (found: {found}); add the article's text")
    created = first_date(fields.get("firstcreated"), fields.get("contentcreated"))
    article = Article(
        id=article_id,
        title=_headline(fields, name) or first_words(text),
        text=text,
        outlet=_outlet(fields),
        url=web_address(fields.get("url")) or web_address(article_id),
        published_at=created or revised_at,
        byline=byline_of(fields.get("byline")) or byline_of(fields.get("by")) or _authors(fields),
        embargoed_until=read_embargo(fields.get("embargoed", fields.get("embargo"))),
        note=correction_note(note),
        left_out=(
            *noted(note, correction_note(note)),
            *(left_out_of_html(source, text, name) if is_markup(source) else ()),
        ),
        marks=marks_of(text, set_apart_in_html(source, name)),
        rights=text_line(fields.get("usageterms")) or text_line(fields.get("copyrightnotice")),
        revised_at=revised_at,
    )
    return clean(article)


def _authors(fields: Mapping[str, Any]) -> str | None:
    """Name the people in a list of authors or bylines, those who wrote before all others."""
    for key in ("authors", "bylines", "by"):
        value = fields.get(key)
        people = [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
        wrote = [one for one in people if str(one.get("role", "writer")).lower() in _WRITERS]
        found = (byline_of(one.get("name") or one.get("by")) for one in wrote or people)
        if names := [name for name in found if name]:
            return ", ".join(dict.fromkeys(names))
    return None


def _listed(fields: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    """Give the wordings of a list of 2.x or 3.x, the main one first, names in small letters."""
    value = fields.get(key)
    found = [
        {name.lower(): part for name, part in one.items()}
        for one in (value if isinstance(value, list) else ())
        if isinstance(one, dict) and isinstance(one.get("value"), str)
    ]
    return sorted(found, key=lambda one: one.get("role") not in (None, "main"))


def _headline(fields: Mapping[str, Any], name: str) -> str | None:
    """Take the headline, else the title or name, else the first heading of a body with markup."""
    wordings = [fields.get("headline"), *(one["value"] for one in _listed(fields, "headlines"))]
    named = [*wordings, fields.get("title"), fields.get("name")]
    stated = next((line for line in map(wording, named) if line), None)
    if stated:
        return stated
    marked = [value for value, kind in _bodies(fields) if "html" in kind]
    found = (first_heading(html_tree(value, name)) for value in marked if value.strip())
    return next((line for line in found if line), None)


def _bodies(fields: Mapping[str, Any]) -> list[tuple[str, str]]:
    """List the bodies, each with what it calls itself in small letters."""
    bodies = [
        (one["value"], str(one.get("contenttype", "")).lower()) for one in _listed(fields, "bodies")
    ]
    return bodies + [
        (value, key.removeprefix("body_"))
        for key, value in fields.items()
        if key.startswith("body_") and isinstance(value, str)
    ]


def _body(fields: Mapping[str, Any], name: str) -> tuple[str, str]:
    """Take the body with markup before the plain one: its text, and the body as it came."""
    bodies = _bodies(fields)
    for value, kind in bodies:
        if "html" in kind and value.strip():
            tree = without_furniture(html_tree(f"<div>{storable(value)}</div>", name))
            if text := unmarked(paragraphs(tree), name):
                return text, value
    others = ((_other(value, name), value) for value, kind in bodies if "html" not in kind)
    return next(((text, value) for text, value in others if text), ("", ""))


def _other(value: str, name: str) -> str:
    """Read a body that calls itself plain, or NITF."""
    if root_name(value) == ROOT:
        return body_of(parse_xml(storable(value), name), name)
    return unmarked(value, name)


def _outlet(fields: Mapping[str, Any]) -> str | None:
    """Name who published: the source, else who holds the copyright."""
    sources = fields.get("infosources", fields.get("infosource"))
    listed = sources if isinstance(sources, list) else [sources]
    names = [one.get("name") for one in listed if isinstance(one, dict)]
    named = [*names, fields.get("provider"), fields.get("source"), fields.get("copyrightholder")]
    return next((line for line in map(text_line, named) if line), None)
