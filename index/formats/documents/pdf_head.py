"""
The title and the issuer of a PDF: its largest lines, without the letterhead above them.

A letterhead may be larger than the title. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from index.formats.documents.pdf_layout import Paragraph
from index.formats.parts.dates import believable
from index.formats.parts.fields import first_date, wording

# Paragraphs that may stand above a text.
HEAD = 8
_LONGEST = 250
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
DATE = re.compile(rf"\b(?:\d{{1,2}} (?:{MONTHS}),? \d{{4}}|(?:{MONTHS}) \d{{1,2}},? \d{{4}})\b")
# A letterhead's own dates.
HISTORY = re.compile(r"\b(?:founded|established|registered|incorporated|est\.|since)", re.I)
_LETTERHEAD = re.compile(
    r"(?:for (?:immediate )?release\b.{0,60}|press release\b.{0,40}|news release\b.{0,40}|"
    r"media release\b.{0,40}|press statement|statement|press office|media advisory|"
    r"embargo(?:ed)?\b.*|"
    r"(?:tel|phone|fax|e-?mail)\.?:.*|contact:.*|page \d.*|.*\S@\S+\.\S+.*|"
    r"(?:www\.|https?:)\S+)\W*",
    re.IGNORECASE,
)
_ISSUERS = re.compile(
    r"\b(?:Agency|Association|Authority|Bank|Board|Bureau|Chamber|Commission|Committee|Company|"
    r"Confederation|Corp(?:oration)?|Council|Department|Directorate|Embassy|Federation|Foundation|"
    r"Government|Group|Holdings?|Inc|Institute|Ltd|LLC|Ministry|Office|Organi[sz]ation|Parliament|"
    r"Party|PLC|Police|Secretariat|Senate|Service|Society|Trust|Union|University)\b\.?",
    re.IGNORECASE,
)
# A running head: "COASTLINE POST | Tuesday, 10 November 2026 | Page 1".
_SEPARATOR = re.compile(r"\s*[|·•–—]\s*|\s{3,}")
_PAPERS = re.compile(
    r"\b(?:Chronicle|Courier|Daily|Echo|Express|Gazette|Globe|Guardian|Herald|Independent|Journal|"
    r"Ledger|Mail|Mirror|News|Observer|Post|Press|Radio|Record|Review|Standard|Star|Sun|Telegraph|"
    r"Times|Tribune|Weekly)\b",
    re.IGNORECASE,
)
_RELEASE_NUMBER = re.compile(
    r"(?:\s*[,|·•–—-])?(?:\s+press office)?\s+(?:(?:press|news|media) )?"
    r"release(?: (?:no|nr)\.?)? \d[\d/-]*\s*\Z",
    re.IGNORECASE,
)
_SMALL_WORDS = frozenset("of the and for in de la &".split())
_GENERIC = re.compile(
    r"(?:microsoft word.*|\((?:anonymous|unspecified)\)|untitled.*|document\d*|"
    r".*\.(?:docx?|pdf|indd|rtf))",
    re.I,
)


def title_of(facts: dict[str, str], paragraphs: Sequence[Paragraph]) -> str | None:
    """
    Take the largest lines of the first page, else what the file says of itself.

    Args:
        facts: the file's own.
        paragraphs: of the whole document.

    Returns:
        None where nothing looks like one.
    """
    first = [one for one in paragraphs if one.page == 1][:HEAD]
    body = sorted(one.size for one in paragraphs for _ in range(len(one.text) // 40 + 1))
    usual = body[len(body) // 2] if body else 0.0
    large = [
        one
        for one in first
        if one.size > 1.15 * usual and len(one.text) < _LONGEST and not _is_furniture(one.text)
    ]
    if len(large) > 1 and _is_letterhead(large[0], first):
        large = large[1:]
    shown = max(large, key=lambda one: one.size).text if large else None
    stated = wording(facts.get("Title"))
    if stated and _GENERIC.fullmatch(stated):
        stated = None
    if stated and shown and shown.casefold().startswith(stated.casefold()):
        return shown
    if stated and any(stated.casefold() in one.text.casefold() for one in first):
        return stated
    return shown or stated or _first_headline(first)


def issuer_of(
    facts: dict[str, str],
    paragraphs: Sequence[Paragraph],
    heads: Sequence[str] = (),
    byline: str | None = None,
) -> str | None:
    """
    Name who issues: the first line above the title that is no date and no kind of paper.

    Args:
        facts: the file's own.
        paragraphs: of the whole document.
        heads: the running heads of the first page, which may be a letterhead.
        byline: who wrote the text, and does not issue it.
    """
    first, *below = [one.text for one in paragraphs if one.page == 1] or [""]
    title = title_of(facts, paragraphs)
    # A first line with no title under it is the title.
    titled = title is not None and any(title.casefold() in one.casefold() for one in below[:HEAD])
    if titled and title and title.casefold() not in first.casefold():
        short = len(first) < 80 and not re.search(r"[.!?:]$", first)
        if short and not _LETTERHEAD.fullmatch(first) and not DATE.search(first):
            return first
    named = (head.strip() for head in heads if names_issuer(head.strip()))
    if head := next(named, None):
        return _RELEASE_NUMBER.sub("", head) or head
    parts = [part.strip() for head in heads for part in _SEPARATOR.split(head)]
    paper = next((part for part in parts if _is_name(part) and _PAPERS.search(part)), None)
    author = wording(facts.get("Author")) if " " in facts.get("Author", "") else None
    signed = byline is not None and author is not None and author.casefold() in byline.casefold()
    return paper or (None if signed else author)


def dated_by_heads(heads: Sequence[str]) -> datetime | None:
    """Read the one day that the running heads of the first page name; None for none or several."""
    found = {day[0] for head in heads if not HISTORY.search(head) for day in DATE.finditer(head)}
    return believable(first_date(found.pop())) if len(found) == 1 else None


def _is_furniture(text: str) -> bool:
    return _LETTERHEAD.fullmatch(text) is not None or bool(DATE.search(text) and len(text) < 40)


def _is_letterhead(large: Paragraph, first: Sequence[Paragraph]) -> bool:
    """Return whether the first large line is the issuer's name and no title."""
    if large is not first[0]:
        return False
    below = first[1].text if len(first) > 1 else ""
    return names_issuer(large.text) or (_is_name(large.text) and _is_furniture(below))


def names_issuer(text: str) -> bool:
    """Return whether a line is the name of a body: "Marine Institute"."""
    return _is_name(text) and _ISSUERS.search(text) is not None and not _is_furniture(text)


def _is_name(text: str) -> bool:
    words = re.findall(r"[^\W\d_][\w'’-]*", text)
    return len(text) <= 80 and all(word[:1].isupper() or word in _SMALL_WORDS for word in words)


def _first_headline(first: Sequence[Paragraph]) -> str | None:
    """Take the first short line below a letterhead of the text's own size; None without one."""
    above = False
    for one in first:
        short = len(one.text) < 120 and not re.search(r"[.:,;]$", one.text)
        if _is_furniture(one.text) or HISTORY.search(one.text):
            above = True
        elif above:
            return one.text if short else None
        elif not short:
            return None
    return None
