"""
NewsML-G2: a news item, or a message that carries several.

Codes are prefixed by whatever alias the agency chose ("stat:canceled"), so only what follows
the colon is compared. Pictures and packages in a message are passed over; a message without
any text is refused.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from index.errors import ArticleError
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
from index.formats.parts.marks import Apart, marks_of, set_apart, set_apart_in_html
from index.formats.parts.markup import (
    first_heading,
    is_markup,
    line_of,
    local_name,
    paragraphs,
    text_of_html,
    unmarked,
    without_furniture,
)
from index.formats.parts.notices import without_notices
from index.formats.parts.omissions import Omission, left_out_of, left_out_of_html, noted
from index.formats.parts.publishing import correction_note, read_embargo, read_withdrawal
from index.types import Article, Withdrawal

ROOTS = frozenset({"newsitem", "newsmessage"})
_NAR = {"n": "http://iptc.org/std/nar/2006-10-01/"}
_WEB = "itemMeta/link[contains(@rel, 'web') or contains(@rel, 'canonical')]/@href"


def read_items(root: etree._Element, name: str) -> Iterator[Article | Withdrawal | ArticleError]:
    """Read the texts of a parsed document; an invalid item is an error in its place."""
    found = 0
    items = [one for one in root.iter() if local_name(one) == "newsitem"]
    for number, item in enumerate(items, start=1):
        if _code(item, "itemMeta/itemClass") not in ("", "text", "composite"):
            continue
        found += 1
        try:
            yield _read(item, name)
        except ValueError as exc:
            place = f"{name}, item {number}" if len(items) > 1 else name
            yield ArticleError(f"{place}: {exc}")
    if not found:
        yield ArticleError(f"{name}: the NewsML-G2 file holds no text; leave it out")


def _read(item: etree._Element, name: str) -> Article | Withdrawal:
    """Read one item; ValueError says what is missing or forbids publication without an end."""
    article_id = text_line(item.get("guid"))
    if not article_id:
        raise ValueError("the NewsML-G2 item has no guid; ask the agency for it")
    revised_at = first_date(_first(item, "itemMeta/versionCreated"))
    note = _first(item, "itemMeta/edNote")
    status = _code(item, "itemMeta/pubStatus") or None
    if gone := read_withdrawal(article_id, status, note, revised_at):
        return gone
    text, left_out, apart = _body(item, name)
    if not text:
        raise ValueError(f"item {article_id[:80]!r} has no text; add it or leave the item out")
    corrected = any(code.endswith("correction") for code in _all(item, "itemMeta/signal/@qcode"))
    created = first_date(
        _first(item, "itemMeta/firstCreated"), _first(item, "contentMeta/contentCreated")
    )
    article_note = correction_note(note, flagged=corrected)
    embargo = item.find("n:itemMeta/n:embargoed", _NAR)
    article = Article(
        id=article_id,
        title=_title(item) or first_words(text),
        text=text,
        outlet=_first(
            item,
            "contentMeta/infoSource/name",
            "itemMeta/provider/name",
            "itemMeta/provider/@literal",
            "rightsInfo/copyrightHolder/name",
        ),
        url=web_address(_first(item, _WEB)) or web_address(article_id),
        published_at=created or revised_at,
        byline=_byline(item),
        embargoed_until=None if embargo is None else read_embargo(embargo.text or ""),
        note=article_note,
        rights=_first(item, "rightsInfo/usageTerms", "rightsInfo/copyrightNotice"),
        revised_at=revised_at,
        marks=marks_of(text, apart),
        left_out=(*noted(note, article_note), *left_out),
    )
    return clean(article)


def _title(item: etree._Element) -> str | None:
    """Take the headline, else the item's title, else the first heading of the text."""
    stated = _first(item, "contentMeta/headline", "itemMeta/title")
    bodies = item.iterfind("n:contentSet/n:inlineXML", _NAR)
    return wording(stated) or next(filter(None, map(first_heading, bodies)), None)


def _byline(item: etree._Element) -> str | None:
    """Take the line of the authors as printed, else the names of all creators."""
    for path in ("contentMeta/by", "contentMeta/creator/name"):
        names = [name for name in map(byline_of, _all(item, path)) if name]
        if names:
            return ", ".join(dict.fromkeys(names))
    return None


def _all(item: etree._Element, path: str) -> list[str]:
    """List the texts or attributes at *path*, whose names are in the namespace of G2."""
    steps = [step if step.startswith("@") else f"n:{step}" for step in path.split("/")]
    found = item.xpath("/".join(steps), namespaces=_NAR)
    return [str(one) if isinstance(one, str) else line_of(one) for one in found]


def _first(item: etree._Element, *paths: str) -> str | None:
    """Give the first line of text at any of *paths*."""
    lines = (text_line(value) for path in paths for value in _all(item, path))
    return next((line for line in lines if line), None)


def _code(item: etree._Element, path: str) -> str:
    """Give a code without the alias or address of its scheme; "" if there is none."""
    value = _first(item, f"{path}/@qcode", f"{path}/@uri") or ""
    return value.replace("/", ":").rpartition(":")[2].lower()


def _body(item: etree._Element, name: str) -> tuple[str, tuple[Omission, ...], Apart]:
    """Take the text of the first content that has any, what stands beside it, what is set apart."""
    for inline in item.iterfind("n:contentSet/n:inlineXML", _NAR):
        inner = {local_name(one): one for one in inline.iter()}
        body = inner.get("body.content", inner.get("body", inline))
        if text := unmarked(paragraphs(without_furniture(body)), name):
            text = without_notices(text)
            return text, left_out_of(inline, text), set_apart(body)
    for inline in item.iterfind("n:contentSet/n:inlineData", _NAR):
        source = storable("".join(inline.itertext()))
        marked = "html" in (inline.get("contenttype") or "")
        if text := text_of_html(source, name) if marked else unmarked(source, name):
            text = without_notices(text)
            beside = left_out_of_html(source, text, name) if is_markup(source) else ()
            return text, beside, set_apart_in_html(source, name)
    return "", (), Apart()
