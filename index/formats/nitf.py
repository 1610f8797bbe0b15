"""
NITF, the agencies' XML for one story.

``<body.head>`` repeats the headline and byline, and ``<ed-msg>`` speaks to editors: the text is
``<body.content>`` alone. A story is the same one from version to version by its doc-id.
"""

from __future__ import annotations

from lxml import etree

from index.errors import ArticleError
from index.formats.parts.fields import (
    byline_of,
    first_date,
    id_from_name,
    text_line,
    title_from_name,
    web_address,
)
from index.formats.parts.markup import local_name, paragraphs
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
    text = "" if content is None else paragraphs(content)
    if not text:
        raise ValueError("the NITF story has no <body.content>; add its text or leave it out")
    correction = root.find("head/docdata/correction")
    corrected = None if correction is None else correction.get("info")
    published = first_date(_first(root, "head/pubdata/@date.publication"))
    headline = _first(root, "body/body.head/hedline/hl1", "head/title")
    return Article(
        id=article_id,
        title=headline or title_from_name(name),
        text=text,
        outlet=_first(
            root,
            "head/pubdata/@name",
            "body/body.head/distributor",
            "body/body.head/distributor/org",
        ),
        url=web_address(_first(root, "head/pubdata/@ex-ref")) or web_address(article_id),
        published_at=published or issued,
        byline=byline_of(_first(root, "body/body.head/byline/person", "body/body.head/byline")),
        embargoed_until=read_embargo(release),
        note=text_line(corrected) or correction_note(_first(root, f"body/{_NOTES}")),
        rights=_first(root, "body/body.head/rights", "head/docdata/doc.copyright/@holder"),
        revised_at=first_date(_first(root, "head/revision-history[last()]/@norm")) or issued,
    )


def _first(root: etree._Element, *paths: str) -> str | None:
    """Give the first line of text at any of *paths*."""
    for path in paths:
        for found in root.xpath(path):
            value = str(found) if isinstance(found, str) else "".join(found.itertext())
            if line := text_line(value):
                return line
    return None
