"""
JSON-LD out of a page, in whatever envelope a site's template put it.

Templates wrap the script in CDATA or a comment, write its type with a charset or in capitals,
leave a comma too many or put two objects one after the other. Browsers and search engines take
all of that. Entities in the wordings are of the template too.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

_TYPE = "application/ld+json"
_MAX_NODES = 10_000
_MAX_OBJECTS = 50
_LOWER = "translate(@type, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')"
_START = re.compile(
    r"(?:\s|;|,|<!\[CDATA\[|<!--|//[^\n{\[]*(?=<!|\n)|/\*.{0,200}?\*/|\*/)*", re.DOTALL
)
_COMMA = re.compile(r",\s*(?=[}\]])")
_LOOSE = json.JSONDecoder(strict=False)


def json_ld_nodes(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """Yield every object of the page's JSON-LD, outer ones first; a broken script is skipped."""
    scripts = tree.xpath(f"//script[starts-with(normalize-space({_LOWER}), '{_TYPE}')]")
    pending: list[Any] = [one for script in scripts for one in _objects(script.text or "")]
    pending.reverse()
    for _ in range(_MAX_NODES):
        if not pending:
            return
        node = pending.pop()
        if isinstance(node, dict):
            yield node
            pending += reversed(node.values())
        elif isinstance(node, list):
            pending += reversed(node)


def _objects(script: str) -> Iterator[Any]:
    """Yield what a script holds, one object after the other, until one cannot be read."""
    for source in (script, _COMMA.sub("", script), html.unescape(script)):
        found = list(_read(source))
        if found:
            yield from found
            return


def _read(source: str) -> Iterator[Any]:
    at = 0
    for _ in range(_MAX_OBJECTS):
        lead = _START.match(source, at)
        at = lead.end() if lead else at
        if source[at : at + 1] not in ("{", "["):
            return
        try:
            value, at = _LOOSE.raw_decode(source, at)
        except (ValueError, RecursionError):
            return
        yield value
