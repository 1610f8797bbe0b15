"""
Give each of several the words that they share: "British and Norwegian leaders".

"Officials in Norway and Latvia" are officials in Norway, and officials in Latvia; "the governors
of Ohio and Iowa" are two. Nothing else is completed. No I/O.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.speakers.cast.cast import Cast
from index.speakers.gazetteer.regions import region_beginning
from index.speakers.gazetteer.roles import role_class
from index.speakers.gazetteer.tables import phrase_key

_ADJECTIVES = frozenset({"adjective", "people", "name"})
_LEVELS = frozenset("federal state local city county provincial national regional".split())
# Who holds an office that a place has one of.
_ONE_EACH = {
    "governors": "governor", "presidents": "president", "mayors": "mayor", "leaders": "leader",
    "prime ministers": "prime minister", "premiers": "premier", "chancellors": "chancellor",
    "foreign ministers": "foreign minister", "defense ministers": "defense minister",
    "defence ministers": "defence minister", "governments": "government",
}  # fmt: skip
_MANY = re.compile(r"(?:officials|policymakers|authorities|lawmakers|leaders|troops|police)$", re.I)
_IN = re.compile(r"(?P<who>(?:[Tt]he )?[\w -]+?) (?P<link>in|of|from) (?P<place>(?:the )?[A-Z].*)")


def sharing(parts: Sequence[str], cast: Cast) -> list[str]:
    """
    Complete the words of each of several by what they share.

    Args:
        parts: as written, in reading order; at least two.
        cast: the article and the tables.
    """
    return _noun_shared(parts, cast) or _lead_shared(parts, cast) or list(parts)


def _noun_shared(parts: Sequence[str], cast: Cast) -> list[str]:
    """Give each of "British, Japanese and Italian leaders" the noun at the end."""
    lead = [re.sub(r"^(?:the|both)\s+", "", part, flags=re.I) for part in parts[:-1]]
    last = parts[-1].split()
    for size in (1, 2):
        first, rest = " ".join(last[:size]), " ".join(last[size:])
        alike = [_is_place(word, cast) or word.lower() in _LEVELS for word in (*lead, first)]
        if rest and rest == rest.lower() and all(alike):
            return [*(f"{word} {_one(rest)}" for word in lead), f"{first} {_one(rest)}"]
    return []


def _lead_shared(parts: Sequence[str], cast: Cast) -> list[str]:
    """Give each of "officials in Norway and Latvia" the words at the beginning."""
    found = _IN.fullmatch(parts[0])
    places = [found.group("place"), *parts[1:]] if found else []
    if found is None or not all(_is_place(place, cast) for place in places):
        return []
    who = re.sub(r"^the ", "", found.group("who"), flags=re.I)
    if who.lower() not in _ONE_EACH and not _MANY.search(who):
        return []
    if who.lower() in _ONE_EACH:
        who = f"the {_ONE_EACH[who.lower()]}"
    return [f"{who} {found.group('link')} {place}" for place in places]


def _one(noun: str) -> str:
    """Return the singular of what each of several has one of: "governments"."""
    return "government" if noun == "governments" else noun


def _is_place(words: str, cast: Cast) -> bool:
    """Return whether words are a country's name or adjective, or a region's."""
    bare = re.sub(r"^the\s+", "", words, flags=re.I)
    alias = cast.tables.aliases.get(phrase_key(bare))
    if alias is not None and alias.parties and bare[:1].isupper():
        return alias.parties[-1].kind == "country" and alias.use in _ADJECTIVES
    region = region_beginning(bare)
    return region is not None and region[1] == len(bare)


def is_plural_office(words: str) -> bool:
    """Return whether words end in several who hold an office: "foreign ministers"."""
    last = words.split()[-1].lower() if words.split() else ""
    return last.endswith("s") and role_class(last) is not None
