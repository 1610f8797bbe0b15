"""
Part two organisations that "and" joins: "Acme Bank and the Steel Union".

Much has an "and" in its name ("Ministry of Health and Social Affairs"): only where each side has
several words, of which one says what it is, are there two. No I/O.
"""

from __future__ import annotations

import re

from index.speakers.gazetteer.lexicon import words

_HEADS = words("body name heads") | {"department", "ministry", "office", "bureau", "bank"}
_ENDS = (
    words("company name ends")
    | words("group name ends")
    | words("body name ends")
    | words("group noun")
    | words("company noun")
    | _HEADS
    | frozenset("museum institute hospital school college airport council authority court".split())
)
_AND = re.compile(r",? (?:and|&) (?:[Tt]he )?")


def joined_names(name: str) -> list[str]:
    """
    List the organisations that one run of capitals joins; empty for one alone.

    Args:
        name: as written, with or without "the".
    """
    parts = [re.sub(r"^(?:The|An?) ", "", part) for part in _AND.split(name.strip(" ,."))]
    return parts if len(parts) > 1 and all(map(_is_whole, parts)) else []


def _is_whole(name: str) -> bool:
    """Return whether a name says by itself what it is: "Oslo University", "Bank of Oslo"."""
    own = name.split()
    headed = len(own) > 2 and own[1] in ("of", "for") and own[0].lower() in _HEADS
    return len(own) > 1 and (headed or own[-1].lower() in _ENDS)
