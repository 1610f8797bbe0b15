"""
Which body on record is meant by a part of its name: "Brennick", "hopkins" for Johns Hopkins.

Its first words name it anywhere. Its last word is as often one of the language ("Polar Water"), so
it only counts where the question's form shows that somebody is named. No I/O.
"""

from __future__ import annotations

from typing import NamedTuple

from index.roster.directory import Directory
from index.speakers.cast.organisations import GROUP_WORDS
from index.speakers.gazetteer.lexicon import words
from index.speakers.gazetteer.tables import phrase_key
from index.text.spelling import SHORTEST
from index.text.words import STOP_WORDS, stems

# What a body is, not which: nobody is named by it.
_KINDS = (
    GROUP_WORDS
    | words("company name ends")
    | words("group name ends")
    | words("body name ends")
    | words("body name heads")
    | words("organisation kind")
    | words("generic")
    | words("portfolio")
    | words("no person")
    | frozenset(
        "water justice rights action workers people women children europe australia america africa"
        " asia england britain food foods media research science sciences services resources"
        " solutions partners brothers sons capital insurance oil gas mining steel power"
        " homes".split()
    )
)


class Shortened(NamedTuple):
    """The key of a body, and whether the words that mean it are the last of its name."""

    key: str
    by_last: bool


def party_shortened(text: str, directory: Directory, general: frozenset[str]) -> Shortened | None:
    """
    Find the one company, group or body on record of whose name *text* is the begin or the end.

    Args:
        text: as typed, without an article.
        directory: who is on record.
        general: words that name nobody in particular.

    Returns:
        None if several may be meant, or if *text* is too little to name anybody by.
    """
    if not text[:1].isalpha() or len(text) < SHORTEST or stems(text) <= STOP_WORDS | general:
        return None
    bare = phrase_key(text)
    begin = {
        party.key for key, party in directory.on_record.items()
        if party.kind in ("company", "group") and key.startswith(f"{bare} ")
    }  # fmt: skip
    if len(begin) == 1:
        return Shortened(begin.pop(), False)
    if begin or " " in bare or bare in _KINDS or bare in directory.tables.genders:
        return None
    end = {
        party.key for key, party in directory.on_record.items()
        if party.kind in ("company", "group", "body") and key.endswith(f" {bare}")
    }  # fmt: skip
    return Shortened(end.pop(), True) if len(end) == 1 else None
