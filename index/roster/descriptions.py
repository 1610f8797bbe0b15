"""
Tell descriptions from names: "the iPhone maker" and "the soccer rebels" say what somebody is.

A description may mean somebody whom no article calls so; a name that nobody on record bears
never becomes another's. So only what has a head that people or bodies are called by is one.
"""

from __future__ import annotations

import re

from index.roster.lookup import role_of
from index.roster.meanings import is_office
from index.speakers.cast.organisations import GROUP_WORDS

_HEAD_ENDS = re.compile(
    r"(?i)\s+(?:of|in|at|for|from|to|with|who|on|near|that|behind|around|by|inside)\s"
)
_OWNER = re.compile(r"['’]s?(?!\w)")
# What one person or body may be called, beside the words of `roles` and of `organisations`.
_OTHERS = frozenset(
    """maker giant watchdog regulator lobby camp body insurer carrier platform app authority govt
    office department institute service centre center campaign cop cops brass clan crowd crowds
    pressman team staff crew club school church fund exchange operator lender retailer producer
    manufacturer developer airline startup hospital clinic university museum charity tribunal panel
    commission board parliament legislature chamber tribe opposition""".split()
)
_MANY = re.compile(
    r"(?:[a-z]{2}(?:er|or|ist|ian|man)s|people|folks?|men|women|parents|kids|mum|mom|dad|locals"
    r"|rebels|allies|heads|bodies|agencies|companies|firms|crowds|militants|migrants|combatants"
    r"|defendants|employees|refugees|relatives|executives|detectives|students|residents|agents"
    r"|servants|nurses|chiefs|peers|mps|athletes|pupils|victims|owners|executives|activists)$"
)
# Plurals of these endings that are no people.
_THINGS = frozenset(
    """numbers papers matters orders borders powers barriers centers shelters rivers waters letters
    offers dangers errors doors floors colors factors sectors reactors tractors computers trailers
    towers flowers showers prayers layers answers remainders disasters monsters posters quarters
    headquarters chapters chargers servers containers vectors motors""".split()
)
# No description holds one of these.
_NEVER = frozenset(
    """about saying asking according and or is are was were did does do has have had what who how
    why when where if whether because say says said tell told make made give gave over""".split()
)
# "The work and pensions department" is one.
_OF_BUSINESS = frozenset({"department", "ministry", "committee", "commission", "office"})
_LONGEST = 10


def _singular(word: str) -> str:
    """Cut the ending of a plural: "charities", "groups"."""
    return f"{word[:-3]}y" if word.endswith("ies") else word.removesuffix("s")


def head_of(phrase: str) -> str:
    """Cut a description after its head: "labour watchdog" of "labour watchdog in Brussels"."""
    return _HEAD_ENDS.split(phrase, maxsplit=1)[0]


def is_description(phrase: str) -> bool:
    """Return whether *phrase* says what somebody is, and does not name anybody."""
    words = phrase.split()
    head = head_of(_OWNER.sub("", phrase)).split()
    if not 1 <= len(words) <= _LONGEST or not head:
        return False
    never = _NEVER - {"and"} if head[-1].lower() in _OF_BUSINESS else _NEVER
    if not never.isdisjoint(phrase.lower().split()):
        return False
    if head[-1][:1].isupper() and not phrase.isupper():
        return False
    last = head[-1].lower()
    return (
        role_of(" ".join(head)) is not None
        or not {last, _singular(last)}.isdisjoint(GROUP_WORDS | _OTHERS)
        or is_office(head)
        or (len(words) > 1 and last not in _THINGS and bool(_MANY.search(last)))
    )
