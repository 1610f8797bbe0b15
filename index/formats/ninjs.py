"""
ninjs, the news agencies' JSON: versions 1.x, 2.x and 3.x.

1.x has one field a wording ("headline", "body_xhtml"), 2.x lists of them ("headlines",
"bodies"), 3.x the same in camel case, so names are compared in small letters. Of several bodies
the one with paragraphs is taken: the plain one is often the same text run together.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from index.formats.parts.fields import byline_of, first_date, storable, text_line, web_address
from index.formats.parts.markup import text_of_html
from index.formats.parts.publishing import correction_note, read_embargo, read_withdrawal
from index.types import Article, Withdrawal

_TEXT = ("text", "composite")


def looks_like_ninjs(fields: Mapping[str, Any]) -> bool:
    """Return whether an object is a ninjs item rather than one of our own."""
    return "uri" in fields and "text" not in fields


def read_item(fields: Mapping[str, Any], name: str) -> Article | Withdrawal:
    """
    Read one item.

    Raises:
        ValueError: telling what is missing, or forbids publication without an end.
        ArticleError: for a body that cannot be read.
    """
    fields = {key.lower(): value for key, value in fields.items()}
    article_id = text_line(fields.get("uri"))
    if not article_id:
        raise ValueError("the ninjs item has no uri; ask the agency for it")
    revised_at = first_date(fields.get("versioncreated"))
    note = text_line(fields.get("ednote"))
    if gone := read_withdrawal(article_id, text_line(fields.get("pubstatus")), note, revised_at):
        return gone
    kind = text_line(fields.get("type")) or "text"
    if kind not in _TEXT:
        raise ValueError(f"the ninjs item is of type {kind!r}, not a text; leave it out")
    text = _body(fields, name)
    if not text.strip():
        raise ValueError("the ninjs item has no body; add the article's text")
    created = first_date(fields.get("firstcreated"), fields.get("contentcreated"))
    return Article(
        id=article_id,
        title=_headline(fields) or article_id,
        text=text,
        outlet=_outlet(fields),
        url=web_address(fields.get("url")) or web_address(article_id),
        published_at=created or revised_at,
        byline=byline_of(fields.get("byline")) or byline_of(fields.get("by")),
        embargoed_until=read_embargo(fields.get("embargoed")),
        note=correction_note(note),
        rights=text_line(fields.get("usageterms")) or text_line(fields.get("copyrightnotice")),
        revised_at=revised_at,
    )


def _listed(fields: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    """Give the wordings of a list of 2.x or 3.x, the main one first, names in small letters."""
    value = fields.get(key)
    found = [
        {name.lower(): part for name, part in one.items()}
        for one in (value if isinstance(value, list) else ())
        if isinstance(one, dict) and isinstance(one.get("value"), str)
    ]
    return sorted(found, key=lambda one: one.get("role") not in (None, "main"))


def _headline(fields: Mapping[str, Any]) -> str | None:
    wordings = [fields.get("headline"), *(one["value"] for one in _listed(fields, "headlines"))]
    named = [*wordings, fields.get("title"), fields.get("slugline")]
    return next((line for line in map(text_line, named) if line), None)


def _body(fields: Mapping[str, Any], name: str) -> str:
    """Take the body with markup before the plain one."""
    bodies = [
        (one["value"], str(one.get("contenttype", "")).lower()) for one in _listed(fields, "bodies")
    ]
    bodies += [
        (value, key.removeprefix("body_"))
        for key, value in fields.items()
        if key.startswith("body_") and isinstance(value, str)
    ]
    for value, kind in bodies:
        if "html" in kind and (text := text_of_html(value, name)):
            return text
    return next((storable(value).strip() for value, kind in bodies if "html" not in kind), "")


def _outlet(fields: Mapping[str, Any]) -> str | None:
    """Name who published: the source, else who holds the copyright."""
    sources = fields.get("infosources", fields.get("infosource"))
    listed = sources if isinstance(sources, list) else [sources]
    names = [one.get("name") for one in listed if isinstance(one, dict)]
    named = [*names, fields.get("provider"), fields.get("source"), fields.get("copyrightholder")]
    return next((line for line in map(text_line, named) if line), None)
