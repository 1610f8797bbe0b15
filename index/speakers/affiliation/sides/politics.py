"""
Read the party of whom an article calls by it: "Conservative Anna Novak", "Labour's Mr Hale".

A legislator speaks for himself, whatever his party; who is called by nothing but the party speaks
for it. "Conservative" is a party's only where the article names its country. No I/O.
"""

from __future__ import annotations

import re
from functools import lru_cache

from index.speakers.affiliation.affiliation import Affiliation
from index.speakers.cast.cast import Cast
from index.speakers.cast.people import Person
from index.speakers.gazetteer.lexicon import rows
from index.speakers.gazetteer.role_phrases import read_role
from index.types import Party

_COURTESY = r"(?:(?:Mr|Mrs|Ms|Dr|Sir|Dame|Lord|Lady|Baroness)\.?\s+)?"


def by_politics(person: Person, cast: Cast) -> Affiliation | None:
    """
    Find the party by which an article calls *person*; None for a legislator, or if by none.

    Args:
        person: of the article, for whom nothing else was found.
        cast: the article, its people, the tables.
    """
    called = party_called(person.name, cast)
    if called:
        return Affiliation(called, (cast.evidence_of(person.name),))
    readings = [read_role(role.text, cast.tables) for role in person.roles]
    if any(reading is not None and reading.kind == "lawmaker" for reading in readings):
        return None
    words = _words(frozenset(cast.countries.named))
    if not words:
        return None
    before_name = re.compile(rf"\b(?P<word>{_any(words)})(?:['’]s)?\s+{_COURTESY}$")
    text = cast.article.text
    for mention in person.mentions[:6]:
        found = before_name.search(text[max(0, mention.start - 40) : mention.start])
        if found is not None:
            shown = (cast.evidence_of(f"{found.group()}{text[slice(*mention)]}"),)
            return Affiliation((cast.tables.parties[words[found.group("word")]],), shown)
    return None


def party_called(bare: str, cast: Cast) -> tuple[Party, ...]:
    """Find the party of the article's country that a source is: "the Conservatives"."""
    name = re.sub(r"^[Tt]he ", "", bare)
    key = _words(frozenset(cast.countries.named), True).get(name)
    return (cast.tables.parties[key],) if key is not None else ()


@lru_cache(maxsize=64)
def _words(named: frozenset[str], own: bool = False) -> dict[str, str]:
    """
    Map the words of *named* countries' parties to their keys, without those that two share.

    Args:
        named: keys of countries.
        own: take the parties' own names, not what stands before a member's.
    """
    found: dict[str, set[str]] = {}
    for country, key, words in rows("partisans.tsv"):
        for word in words.split("|"):
            if country in named and word.startswith("=") == own:
                found.setdefault(word.lstrip("="), set()).add(key)
    return {word: keys.pop() for word, keys in found.items() if len(keys) == 1}


def _any(words: dict[str, str]) -> str:
    """Make a pattern of any of *words*, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
