"""
Mark what a page's own style sheet hides, as if the element said so itself.

Only rules of one class or one name that always hold are read (`.note { display: none }`), not
those of a width or of paper. Sheets in files of their own are not fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from index.formats.parts.markup import hides

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_SIMPLE = re.compile(r"\s*(?:[a-z][a-z0-9]*)?([.#])([\w-]+)\s*", re.IGNORECASE)
_LINES = ("p", "li")
_LONGEST = 200_000  # characters of a sheet


def hide_styled(tree: HtmlElement) -> None:
    """Give `hidden` to each element of *tree* that a style sheet in the page hides."""
    classes: set[str] = set()
    names: set[str] = set()
    for sheet in tree.iter("style"):
        for sort, name in _hidden_by((sheet.text or "")[:_LONGEST]):
            (classes if sort == "." else names).add(name)
    if not classes and not names:
        return
    hidden = [
        element
        for element in tree.iter("*")
        if element.get("id") in names
        or not classes.isdisjoint((element.get("class") or "").split())
    ]
    # What makes up most of a page is its article, which a script shows.
    written = sum(map(_length, tree.iter(*_LINES)))
    lines = {one for each in hidden for one in each.iter(*_LINES)}
    if 2 * sum(map(_length, lines)) > written:
        return
    for element in hidden:
        element.set("hidden", "")


def _length(element: HtmlElement) -> int:
    return len(element.text_content())


def _hidden_by(sheet: str) -> Iterator[tuple[str, str]]:
    """Yield the classes (".") and names ("#") that a sheet hides for good."""
    at = depth = 0
    sheet = _COMMENT.sub("", sheet)
    shown: dict[tuple[str, str], bool] = {}
    for rule in _RULE.finditer(sheet):
        opens = rule.start(2) - 1
        depth += sheet.count("{", at, opens) - sheet.count("}", at, opens)
        at = opens
        if depth:
            continue
        for selector in rule[1].split(","):
            if simple := _SIMPLE.fullmatch(selector):
                shown[simple[1], simple[2]] = not hides(rule[2])
    yield from (key for key, stays in shown.items() if not stays)
