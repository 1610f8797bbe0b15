"""
Read a role with a typing error: "the Ukranian premier", "the EU ambasador", "Russias president".

A word is only bent to a role, or to a party before one, where the rest of the phrase bears that
out; a name is never bent so.
"""

from __future__ import annotations

from functools import cache

from index.roster.directory import Directory
from index.roster.lookup import role_of
from index.speakers.gazetteer.parties import find_party
from index.speakers.gazetteer.roles import role_words
from index.speakers.gazetteer.tables import phrase_key
from index.text.spelling import nearest_words

# A short word is a slip of too many others: "mayer" may be a mayor or a name.
_SHORTEST_ROLE = 7


def respelt(text: str, directory: Directory) -> str | None:
    """
    Spell a party and a role as they are meant.

    Args:
        text: a phrase, without an article in front.
        directory: who can be meant, and the names of parties.

    Returns:
        None for a phrase that needs nothing or is no party's role.
    """
    return (
        _with_possessive(text, directory)
        or _with_country(text, directory)
        or _with_role(text, directory)
    )


def _with_possessive(text: str, directory: Directory) -> str | None:
    """Give "south africas foreign minister" its mark."""
    words = text.split()
    for size in range(min(3, len(words) - 1), 0, -1):
        owner, rest = " ".join(words[:size]), " ".join(words[size:])
        if not owner.endswith("s") or role_of(rest) is None:
            continue
        if find_party(owner, directory.tables) is None and (
            find_party(owner[:-1], directory.tables) is not None
        ):
            return f"{owner[:-1]}'s {rest}"
    return None


def _with_country(text: str, directory: Directory) -> str | None:
    """Correct "the Ukranian premier": a role behind a country's name."""
    first, _, rest = text.partition(" ")
    if not rest or role_of(rest) is None or find_party(first, directory.tables):
        return None
    for meant in nearest_words(phrase_key(first), directory.spellings):
        if " " not in meant:
            return f"{meant.title()} {rest}"
    return None


def _with_role(text: str, directory: Directory) -> str | None:
    """Correct "the EU ambasador": a party, and a word that is nearly a role."""
    words = text.split()
    if len(words) < 2 or not find_party(" ".join(words[:-1]), directory.tables):
        return None
    typed = words[-1]
    if len(typed) < _SHORTEST_ROLE or not typed.islower() or role_of(typed) is not None:
        return None
    meant = nearest_words(typed, _roles())
    return f"{' '.join(words[:-1])} {meant[0]}" if meant else None


@cache
def _roles() -> list[str]:
    """List the roles of one word that a typing error leaves readable."""
    return sorted(word for word in role_words() if " " not in word and len(word) >= _SHORTEST_ROLE)
