"""
Recognise who only owns what a firm makes: "a Tesla owner" does not speak for Tesla.

"The owner of Chelsea" and "Chelsea owner Anna Novak" do. Where the article tells of "Tesla owners"
or of "a Tesla owner", the owner of one is meant. Pure; no I/O.
"""

from __future__ import annotations

import re

_NAME = r"(?P<brand>[A-Z][\w&.’'-]*(?:\s[A-Z][\w&.’'-]*){0,3})"
_OWNER = rf"{_NAME}\s(?:(?!co-|part-)[\w-]+\s)?owners?\b(?!\s(?:of|and|group)\b)"
_ONE = re.compile(
    rf"(?:[Aa]n?|[Oo]ne|[Aa]nother|[Ss]ome|[Mm]any|[Ss]everal)\s(?:[a-z-]+\s){{0,2}}?{_OWNER}"
)
_BARE = re.compile(_OWNER)


def only_owns(worded: str, text: str) -> bool:
    """
    Return whether somebody is called the owner of a product.

    Args:
        worded: what the article calls him.
        text: the article's.
    """
    if _ONE.match(worded):
        return True
    bare = _BARE.match(worded)
    if bare is None:
        return False
    brand = re.escape(bare["brand"])
    return (
        re.search(rf"\b{brand} owners\b|\b[Aa]n? (?:\w+ )?{brand} (?:\w+ )?owner\b", text)
        is not None
    )
