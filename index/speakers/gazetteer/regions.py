"""Regions with a government of their own, from the table: names, parties, countries. No I/O."""

from __future__ import annotations

import re
from functools import lru_cache

from index.speakers.gazetteer.lexicon import rows
from index.speakers.gazetteer.tables import phrase_key
from index.types import Party


@lru_cache(maxsize=1)
def regions() -> dict[str, Party]:
    """Read the table of regions: name or adjective -> the party that its government is."""
    found: dict[str, Party] = {}
    for _, names, *others in rows("regions.tsv"):
        found.update((name, Party(phrase_key(name), name, "body")) for name in names.split("|"))
        for other in "|".join(others).split("|") if others else ():
            spelling, name = other.split("=")
            found[spelling] = Party(phrase_key(name), name, "body")
    return found


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    """Map the key of each region's party to the key of its country."""
    table = rows("regions.tsv")
    return {phrase_key(n): country for country, names, *_ in table for n in names.split("|")}


def country_of(region: Party) -> str | None:
    """Find the key of the country that a region lies in."""
    return _countries().get(region.key)


@lru_cache(maxsize=1)
def region_names() -> re.Pattern[str]:
    """Make a pattern of any region's name, the longest first."""
    names = sorted(regions(), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, names))})(?![\w-])")


def region_beginning(text: str) -> tuple[Party, int] | None:
    """Find the region whose name *text* begins with: its party, and where the name ends."""
    found = region_names().match(text)
    return (regions()[found.group()], found.end()) if found else None
