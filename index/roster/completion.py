"""Names on record, for those who type: completions, and who is quoted most. Only reads."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from index.store import KnownSpeaker, Store
from index.text.words import folded
from index.types import NameKind, Party

# Words within names that have no capital.
_PARTICLES = frozenset("al bin da de del della den der di dos du el ibn la le van von y".split())


def complete(names: Iterable[str], prefix: str, limit: int) -> tuple[str, ...]:
    """
    List the names that *prefix* may become: those that begin with it, then those of which
    another word does ("lav" -> "Sergei Lavrov"), each in the order given.

    Args:
        names: the more likely first.
        prefix: as typed; case and diacritics do not count. An empty one fits all.
        limit: at most so many.
    """
    typed = " ".join(folded(prefix).split())
    whole, inside = [], []
    for name in dict.fromkeys(names):
        plain = folded(name)
        if plain.startswith(typed):
            whole.append(name)
        elif f" {typed}" in plain:
            inside.append(name)
    return tuple([*whole, *inside][: max(limit, 0)])


def names_of(what: NameKind, store: Store, speakers: Iterable[KnownSpeaker]) -> list[str]:
    """
    List the names on record, those with most statements first; descriptions behind names.

    Args:
        what: of which kind.
        store: knows the parties and outlets.
        speakers: everybody on record, most statements first.
    """
    if what == "party":
        return [party.name for party, _ in store.parties()]
    if what == "outlet":
        return store.outlets()
    return sorted((speaker.name for speaker in speakers), key=_is_description)


def _is_description(name: str) -> bool:
    """Return whether *name* has words that are no names: "the study", "People at the stop"."""
    words = [word for word in name.split() if word.casefold() not in _PARTICLES]
    return not all(word[:1].isupper() or word.startswith(("al-", "el-")) for word in words)


def party_named(store: Store, name: str) -> Party | None:
    """Find the party on record with exactly this name, most statements first; None if none."""
    return next((party for party, _ in store.parties() if party.name == name), None)


def most_quoted(store: Store, since: datetime, limit: int) -> tuple[Party, ...]:
    """List the parties with most statements in articles published from *since* on."""
    return tuple(party for party, _ in store.parties(since)[: max(limit, 0)])
