"""
NITF, the agencies' XML for one story.

``<body.head>`` repeats the headline and byline, and ``<ed-msg>`` speaks to editors: the text is
``<body.content>`` alone. A story is the same one from version to version by its doc-id.
"""

from __future__ import annotations

from lxml import etree

from index.errors import ArticleError
from index.formats.parts.cleaning import clean
from index.formats.parts.fields import (
    byline_of,
    first_date,
    first_words,
    id_from_name,
    text_line,
    web_address,
    wording,
)
from index.formats.parts.marks import marks_of, set_apart
from index.formats.parts.markup import first_heading, line_of, local_name, paragraphs, unmarked
from index.formats.parts.notices import without_notices
from index.formats.parts.omissions import left_out_of
from index.formats.parts.publishing import correction_note, read_embargo, read_withdrawal
from index.types import Article, Withdrawal

ROOT = "nitf"
_HELD = "embargoed"
_NOTES = "body.head/note[not(@type = 'npa') and (not(@noteclass) or @noteclass = 'editorsnote')]"


def read_story(root: etree._Element, name: str) -> Article | Withdrawal:
    """
    Read one parsed story.

    Raises:
        ArticleError: naming *name*, for a story without text, or embargoed without an end.
    """
    for element in root.iter():
        element.tag = local_name(element)
    try:
        return _read(root, name)
    except ValueError as exc:
        raise ArticleError(f"{name}: {exc}") from exc


def _read(root: etree._Element, name: str) -> Article | Withdrawal:
    article_id = _first(root, "head/docdata/doc-id/@id-string") or id_from_name(name)
    issued = first_date(_first(root, "head/docdata/date.issue/@norm"))
    message = _first(root, "head/docdata/ed-msg/@info", "head/docdata/ed-msg")
    status = (_first(root, "head/docdata/@management-status") or "").lower()
    usable = None if status in ("", _HELD) else status
    if gone := read_withdrawal(article_id, usable, message, issued):
        return gone
    release = _first(root, "head/docdata/date.release/@norm")
    if status == _HELD and release is None:
        release = ""
    content = root.find("body/body.content")
    text = "" if content is None else without_notices(unmarked(paragraphs(content), name))
    if not text:
        raise ValueError("the NITF story has no <body.content>; add its text or leave it out")
    correction = root.find("head/docdata/correction")
    corrected = None if correction is None else correction.get("info")
    published = first_date(_first(root, "head/pubdata/@date.publication"))
    headline = _first(root, "body/body.head/hedline/hl1", "head/title", "body/body.head/hedline")
    article = Article(
        id=article_id,
        title=wording(headline or first_heading(content)) or first_words(text),
        text=text,
        outlet=_first(
            root,
            "head/pubdata/@name",
            "body/body.head/distributor",
            "body/body.head/distributor/org",
            "head/docdata/doc.copyright/@holder",
        ),
        url=web_address(_first(root, "head/pubdata/@ex-ref")) or web_address(article_id),
        published_at=published or issued,
        byline=_bylines(root),
        embargoed_until=read_embargo(release),
        note=text_line(corrected) or correction_note(_first(root, f"body/{_NOTES}")),
        rights=_first(root, "body/body.head/rights", "head/docdata/doc.copyright/@holder"),
        revised_at=first_date(_first(root, "head/revision-history[last()]/@norm")) or issued,
        marks=() if content is None else marks_of(text, set_apart(content)),
        left_out=left_out_of(root.find("body"), text, (headline,)),
    )
    return clean(article)


def body_of(root: etree._Element, name: str) -> str:
    """Give the text of a story that another format carries as its body; "" for none."""
    for element in root.iter():
        element.tag = local_name(element)
    content = root.find("body/body.content")
    return unmarked(paragraphs(root if content is None else content), name)


def _bylines(root: etree._Element) -> str | None:
    """Name all who are named as authors; the whole line where no person is marked."""
    people = root.xpath("body/body.head/byline/person") or root.xpath("body/body.head/byline")
    names = [name for name in map(byline_of, map(line_of, people)) if name]
    return ", ".join(dict.fromkeys(names)) or None


def _first(root: etree._Element, *paths: str) -> str | None:
    """Give the first line of text at any of *paths*."""
    for path in paths:
        for found in root.xpath(path):
            value = str(found) if isinstance(found, str) else line_of(found)
            if line := text_line(value):
                return line
    return None
