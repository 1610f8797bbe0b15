"""
The names of a page's authors, without the dates, logins and buttons that stand with them.

"admin" wrote nothing, and "Ines Jahn February" is nobody. Pure but for the tree it reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from index.formats.parts.fields import byline_of, web_address
from index.formats.parts.markup import line_of, paragraphs

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
_GLUED = re.compile(r"\ABy(?=[A-Z][a-z.])")
_TRAILING_MONTH = re.compile(rf"\s+({_MONTH})$", re.IGNORECASE)
_NOBODY = re.compile(
    r"(?:admin(?:istrator)?|root|web ?(?:master|admin|team)|user(?: ?name)?|guest|anonymous|"
    r"unknown|none|null|undefined|n/?a|author|no author|editor|moderator|super ?user|siteadmin|"
    r"wp[-_]?admin|default|test|(?:article|story|text|posted|written|published)(?: by)?|by|"
    r"follow(?: author| us)?|share|print|email|comments?|subscribe|sign in|log ?in|contributor|"
    r".+ says:?|advertisement|see more|view profile|show bio|bio|profile|staff|read more|more)\W*",
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
    "//*[contains(@class, 'byline') or contains(@data-testid, 'byline')]",
)
_LINES = ("p", "div", "span", "cite", "address", "h3", "h4", "h5", "h6", "li", "em", "a")
# "By Ana Petric", "Posted on 3 May 2018 by Ana Petric"; nothing else in the line but a date.
_SAYS_BY = re.compile(
    r"(?:(?:written|reported|story|words|text|posted|published|photos?)\b[^\n]{0,40}?\s)?by:?\s+"
    r"(?-i:[A-Z])[^\n]{1,100}",
    re.IGNORECASE,
)
_NAME = (
    r"[A-ZÀ-ÖØ-Þ][\w.'’-]*(?: (?:(?:de|van|von|der|den|la|da|di|al|bin|du) )*[A-ZÀ-ÖØ-Þ][\w.'’-]*)"
)
_NAME_ONLY = re.compile(rf"{_NAME}{{1,3}}(?:(?:, | and | & |, and ){_NAME}{{1,3}}){{0,3}}")
_UP_TO_BY = re.compile(r"(?:.*?\s)?by:?\s+", re.IGNORECASE)
_MAX_SEEN = 1_500
_TRAILING_DAY = re.compile(rf"(\S+ \S+.*?) (?:{_WEEKDAY})$", re.IGNORECASE)
_OFFICES = re.compile(
    r"([^\s,]+ [^\s,]+(?: [^\s,]+)??) "
    r"(?:(?:staff|senior|games|political|chief|national|sports|news|business) )?"
    r"(?:writer|reporter|editor|correspondent|columnist|staff)\b[^,]*",
    re.IGNORECASE,
)
_ELSEWHERE = frozenset({"aside", "footer", "nav"})
_LONGEST = 120
_MAX_AUTHORS = 8


def person_line(value: object) -> str | None:
    """Take the names out of a line about authors; None where it names nobody."""
    line = byline_of(value.replace(";", ",") if isinstance(value, str) else value)
    if line is None or web_address(line):
        return None
    line = _GLUED.sub("", line)
    for _ in range(3):
        before = line
        line = _LEAD.sub("", line, count=1) if _LEAD.match(line) else line
        line = _TAIL.sub("", line, count=1).strip(" \t,;:|•·–—-/")
        if line == before:
            break
    if not _NAMELIKE.search(line) or _NOBODY.fullmatch(line) or len(line) > _LONGEST:
        return None
    return line


def is_person_names(line: str) -> bool:
    """Return whether a line is nothing but the names of one to four people."""
    return _NAME_ONLY.fullmatch(line) is not None


def shown_byline(tree: HtmlElement) -> str | None:
    """Read the byline that the page shows to people; None without one."""
    for path in _ELEMENTS:
        if names := list(dict.fromkeys(_names_at(tree, path))):
            return ", ".join(names)
    return None


def printed_byline(tree: HtmlElement, outlet: str | None = None) -> str | None:
    """Read the first line that says "By …" and names people other than *outlet*; None for none."""
    for element in list(tree.iter(*_LINES))[:_MAX_SEEN]:
        if len(element) > 6:
            continue
        line = line_of(element)
        if len(line) > _LONGEST or not _SAYS_BY.fullmatch(line) or is_elsewhere(element):
            continue
        name = person_line(re.split(r" [-–—|•] ", _UP_TO_BY.sub("", line, count=1))[0])
        if name and _NAME_ONLY.fullmatch(name) and not _is_same(name, outlet):
            return name
    return None


def best_byline(
    stated: str | None, guessed: str | None, tree: HtmlElement, outlet: str | None
) -> str | None:
    """
    Choose the byline of a page.

    Args:
        stated: what its metadata says; the outlet's own name counts only where no person is named.
        guessed: what trafilatura found, often with the office or the day glued to the name.
        tree: the page.
        outlet: who published it.
    """
    if stated:
        return (printed_byline(tree, outlet) if _is_same(stated, outlet) else None) or stated
    shown = shown_byline(tree)
    if guessed and shown and shown.casefold() in guessed.casefold():
        guessed = shown
    found = guessed or shown
    if not found or _is_same(found, outlet):
        found = printed_byline(tree, outlet) or found
    if found is not None:
        found = _TRAILING_DAY.sub(r"\1", found)
        office = _OFFICES.fullmatch(found)
        found = office[1] if office and len(office[1].split()) <= 4 else found
    return found


def _is_same(name: str, other: str | None) -> bool:
    """Return whether a name is the outlet's: "Jobs; Hire" is "Jobs & Hire", "Google" its blog."""
    mine, its = (re.sub(r"[\W_]+", "", one.casefold()) for one in (name, other or ""))
    return bool(its) and (mine == its or (len(mine) > 4 and its.startswith(mine)))


def is_elsewhere(element: HtmlElement) -> bool:
    """Return whether an element stands beside the article, or among its comments or teasers."""
    around = [element, *element.iterancestors()]
    if any(above.tag in _ELSEWHERE for above in around):
        return True
    # What is further out is named for the page: "has-sidebar", "widget Blog".
    names = (f"{above.get('class') or ''} {above.get('id') or ''}".lower() for above in around[:5])
    return any(
        re.search(r"comment(?!s-(?:open|closed|on|off))|related|teaser", name) for name in names
    )


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
