"""
Find the opposition or the rebels for whom somebody speaks: "the opposition", "the rebels".

They are those of the country that a wording names, else of the article's. No I/O.
"""

from __future__ import annotations

import re
from collections import Counter

from index.speakers.cast.cast import Cast
from index.speakers.cast.country import Home
from index.speakers.gazetteer.parties import WORD, matches
from index.speakers.gazetteer.tables import phrase_key
from index.types import Party

ANY = r"(?:(?:the|which|that|some|several|local|many|most|armed|main|two|an?|one)\s+)*"
REBELS = re.compile(
    rf"{ANY}(?:pro-Russian? )?(?:rebels?|insurgents?|separatists?)(?: (?:fighters?|leaders?"
    r"|leadership|commanders?|officials?|groups?|sources?|spokes\w+|forces|authorities))?"
    r"(?:,? (?:in|controlling|who|fighting|from|of)\b.*)?", re.I,
)  # fmt: skip
_PRO_RUSSIAN = re.compile(r"\bpro-Russian? (?:[a-z]+ ){0,2}?(?:separatist|rebel|insurgent)")
_PRO_RUSSIANS = Party("pro-russian separatists", "pro-Russian separatists", "group")
OPPOSITION = re.compile(
    rf"{ANY}(?:(?:entire|whole|political)\s+)?(?P<whose>[A-Z]\w+ )?opposition"
    r"(?: (?:groups?|parties|leaders?|figures|politicians|fighters|forces|negotiators?"
    r"|spokes\w+|factions?))?(?: in .*)?"
)
_WHOSE = re.compile(r"\b(?P<whose>[A-Z][\w-]+) opposition\b")


def opposition_named(worded: str, cast: Cast) -> tuple[Party, ...]:
    """Find the opposition that a wording speaks for, where the article treats it as one body."""
    if not re.search(r"\bopposition\b", worded):
        return ()
    counts = [m.group("whose") for m in _WHOSE.finditer(cast.article.text)]
    whose = next((w for w in counts if w in worded), counts[0] if counts else None)
    if whose is None or counts.count(whose) < 2:
        return ()
    alias = next(matches(whose, cast.tables), None)
    if alias is None or not alias.alias.parties or alias.alias.parties[-1].kind != "country":
        return ()
    name = f"{whose} opposition"
    return (Party(phrase_key(name), name, "group"),)


def home_at(cast: Cast, at: int) -> Home | None:
    """Find the country that is meant at *at*."""
    return cast.countries.likely(at, cast.article.text.rfind("\n", 0, at) + 1)


def nation_named(word: str, cast: Cast) -> Party | None:
    """Find the country whose name or adjective *word* is."""
    alias = cast.tables.aliases.get(phrase_key(word))
    if alias is None or not alias.parties or alias.use not in ("name", "adjective"):
        return None
    return alias.parties[-1] if alias.parties[-1].kind == "country" else None


def rebels(cast: Cast, at: int) -> tuple[Party, ...]:
    """Find the rebels of whom the article writes: those in Ukraine, else its country's."""
    text = cast.article.text
    if _PRO_RUSSIAN.search(text) or "Donetsk People" in text:
        return (_PRO_RUSSIANS,)
    home = home_at(cast, at)
    if home is not None and home.party.key == "ukraine":
        return (_PRO_RUSSIANS,)
    return _opposition_to(home.party, cast) if home and home.party.key == "syria" else ()


def opposition_of(worded: str, cast: Cast, at: int) -> tuple[Party, ...]:
    """Find the opposition of the country that *worded* or the article names."""
    named = (nation_named(m.group(), cast) for m in WORD.finditer(worded) if m.group()[0].isupper())
    party = next((p for p in named if p is not None), None)
    home = None if party else home_at(cast, at)
    party = party or (home.party if home else None)
    if party is None:
        counts = Counter(home.party for _, home in cast.countries.mentions)
        party = max(counts, key=counts.__getitem__, default=None)
    return _opposition_to(party, cast) if party else ()


def _opposition_to(party: Party, cast: Cast) -> tuple[Party, ...]:
    """Make the party of a country's opposition, by the adjective that the article has for it."""
    for found in matches(cast.article.text, cast.tables):
        if found.alias.use == "adjective" and found.alias.parties[-1:] == (party,):
            return (_the_opposition(cast.article.text[slice(*found.span)]),)
    words = (alias for alias in cast.tables.aliases.values() if alias.use == "adjective")
    word = next((each.spelling for each in words if each.parties[-1:] == (party,)), None)
    return (_the_opposition(word),) if word else ()


def _the_opposition(adjective: str) -> Party:
    """Make the party of a country's opposition."""
    name = f"{adjective} opposition"
    return Party(phrase_key(name), name, "group")
