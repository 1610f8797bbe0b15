"""
Read the words for roles: "Kremlin spokesman", "former Russian minister", "ambassador to Russia".

The trap is the nationality beside a role. "Russian minister" holds an office of Russia, "Russian
activist" does not, and an "ambassador to Russia" is another country's. So a role word decides
first; only then does the country beside it count.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from index.speakers.gazetteer.lexicon import rows


@lru_cache(maxsize=1)
def _classes() -> dict[str, frozenset[str]]:
    """Read the table of roles: class -> lower-cased words and phrases."""
    return {name: frozenset(found.split("|")) for name, found in rows("roles.tsv")}


_SCHOLAR = re.compile(r"[\w-]+(?:ologist|chemist|physicist|nomer)s?")
FORCE = _classes()["force"]
UNNAMED = _classes()["unnamed"]
_ORDER = ("spokes", "lawmaker", "private", "head", "state", "unnamed", "force")
MAX_ROLE_WORDS = 5


@lru_cache(maxsize=1)
def role_words() -> dict[str, str]:
    """Map each role word or phrase to its class; the class that speaks for less wins a tie."""
    found: dict[str, str] = {}
    for name in reversed(_ORDER):
        found.update((word, name) for word in _classes()[name])
    return found


def role_class(phrase: str) -> str | None:
    """Find the class of a role phrase, any case; None if it is no role."""
    low = phrase.casefold().rstrip(".").replace("’", "'")
    # No list holds all the sciences.
    return role_words().get(low) or ("private" if _SCHOLAR.fullmatch(low) else None)


def longest_role(words: Sequence[str]) -> tuple[int, str] | None:
    """Find the longest role phrase that *words* begin with: how many words, and its class."""
    for size in range(min(MAX_ROLE_WORDS, len(words)), 0, -1):
        found = role_class(" ".join(words[:size]))
        if found is not None:
            return size, found
    return None
