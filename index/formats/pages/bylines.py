"""
The names of a page's authors, without the dates, logins and buttons that stand with them.

"admin" wrote nothing, and "Ines Jahn February" is nobody. Pure but for the tree it reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from index.formats.parts.fields import byline_of, web_address
from index.formats.parts.markup import paragraphs

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?"
# From here on a line tells of time, place or site.
_TAIL = re.compile(
    rf"\s*(?:[|•·–—,(/-]\s*)?(?:(?:last |first )?(?:updated|published|posted|modified|edited)\b.*|"
    rf"\b(?:{_WEEKDAY}\s+)?(?:{_MONTH}\s+\d.*|\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}.*)|"
    rf"\b\d{{1,2}}[:.]\d{{2}}.*|\b\d{{1,4}}[-/.]\d{{1,2}}[-/.]\d{{1,4}}.*|"
    rf"\b\d+ (?:minutes?|mins?|hours?|days?|weeks?) (?:ago|read)\b.*|"
    rf"\((?:https?://|www\.)[^)]*\)|\bhttps?://\S*|\bwww\.\S+|\S+@\S+\.\S+|@\w+)",
    re.IGNORECASE | re.DOTALL,
)
_LEAD = re.compile(
    r"(?:(?:written|posted|published|story|article|text|report|words|reporting|author|photos?)"
    r"(?: and photos?)? ?(?:by:?|:)|by:?|author|from|(?:view all )?posts by|more from|follow)\s+",
    re.IGNORECASE,
)
_TRAILING_MONTH = re.compile(rf"\s+({_MONTH})$", re.IGNORECASE)
_NOBODY = re.compile(
    r"(?:admin(?:istrator)?|root|web ?(?:master|admin|team)|user(?: ?name)?|guest|anonymous|"
    r"unknown|none|null|undefined|n/?a|author|no author|editor|moderator|super ?user|siteadmin|"
    r"wp[-_]?admin|default|test|(?:article|story|text|posted|written|published)(?: by)?|by|"
    r"follow(?: author| us)?|share|print|email|comments?|subscribe|sign in|log ?in|contributor|"
    r"advertisement|see more|view profile|show bio|bio|profile|staff|read more|more)\W*",
    re.IGNORECASE,
)
_NAMELIKE = re.compile(r"[^\W\d_]")
_ELEMENTS = (
    "//*[@itemprop='author']//*[@itemprop='name']",
    "//*[@itemprop='author']",
    "//*[contains(concat(' ', normalize-space(@rel), ' '), ' author ')]",
    "//*[contains(concat(' ', normalize-space(@class), ' '), ' byline ')]",
    "//*[contains(concat(' ', normalize-space(@class), ' '), ' byline-name ')]",
    "//*[contains(concat(' ', normalize-space(@class), ' '), ' author ')]",
    "//*[contains(concat(' ', normalize-space(@class), ' '), ' author-name ')]",
    "//*[contains(concat(' ', normalize-space(@class), ' '), ' article-author ')]",
)
_ELSEWHERE = frozenset({"aside", "footer", "nav"})
_LONGEST = 120
_MAX_AUTHORS = 8


def person_line(value: object) -> str | None:
    """Take the names out of a line about authors; None where it names nobody."""
    line = byline_of(value.replace(";", ",") if isinstance(value, str) else value)
    if line is None or web_address(line):
        return None
    for _ in range(3):
        before = line
        line = _LEAD.sub("", line, count=1) if _LEAD.match(line) else line
        line = _TAIL.sub("", line, count=1).strip(" \t,;:|•·–—-/")
        if line == before:
            break
    if not _NAMELIKE.search(line) or _NOBODY.fullmatch(line) or len(line) > _LONGEST:
        return None
    return line


def shown_byline(tree: HtmlElement) -> str | None:
    """Read the byline that the page shows to people; None without one."""
    for path in _ELEMENTS:
        if names := list(dict.fromkeys(_names_at(tree, path))):
            return ", ".join(names)
    return None


def without_stray_month(line: str | None, tree: HtmlElement) -> str | None:
    """Take off the month that stands behind a name because its day was lost: "Ines Jahn March"."""
    found = _TRAILING_MONTH.search(line) if line else None
    if line is None or found is None:
        return line
    dated = re.compile(re.escape(found[1]) + r"\W{0,2}\d", re.IGNORECASE)
    return line[: found.start()] if dated.search(tree.text_content()[:200_000]) else line


def _names_at(tree: HtmlElement, path: str) -> Iterator[str]:
    """Yield the names of the first byline; those further down are of other articles."""
    first = None
    for element in tree.xpath(path)[: _MAX_AUTHORS + 1]:
        if any(above.tag in _ELSEWHERE for above in element.iterancestors()):
            continue
        parent = element.getparent()
        first = parent if first is None else first
        if parent is not first:
            return
        content = element.get("content")
        lines = (content or paragraphs(element) or element.text_content()).split("\n")
        # What stands in lines of its own below the first name is the date, or the office.
        for line in lines[:4]:
            if name := person_line(line):
                yield name
                break
