"""
What a line beside a quote may claim: its stance, and whether its party has to be named.

A reader in a hurry takes each word beside a quote for a finding. So a denial is called one only
where the cue is read together with what stands before it ("did not deny"), and a party counts as
named only where name or role tell it and no other. Pure.
"""

from __future__ import annotations

import re

from index.attribution.cues import classify_cue
from index.speakers.gazetteer.parties import matches
from index.speakers.gazetteer.tables import Tables
from index.types import Span

_AUXILIARIES = frozenset("do does did has have had is are was were be been would will".split())
_NEGATION_REACH = 8  # words before a cue; a subject that negates is at most seven long
_LONGEST = 60  # characters of a negated cue
_READ = 200  # characters of a name or a role
_ARTICLE = re.compile(r"(?i)^the\s+")


def stance_of(text: str, start: int, cue: Span | None) -> str:
    """
    Read a statement's stance in the sentence that holds its cue.

    Args:
        text: the sentence.
        start: where it begins in its article.
        cue: the cue, in the article; None for a statement without one.

    Returns:
        A cue class ("denied"), or the sentence's own words where the cue is negated ("did not
        deny"). "" for plain saying, and where the cue is in another sentence: from this one
        nobody knows whether a "not" stands before it.
    """
    if cue is None or not start <= cue.start < cue.end <= start + len(text):
        return ""
    first, last = cue.start - start, cue.end - start
    reading = classify_cue(text[first:last], text[:first], text[last:])
    if reading.cue_class == "said":
        return ""
    return f"“{_negated(text, first, last)}”" if reading.negated else reading.cue_class


def names_party(speaker: str | None, role: str | None, party: str | None, tables: Tables) -> bool:
    """
    Return whether a speaker's name or role tells the party already, and no other.

    Args:
        speaker: the name.
        role: as the article words it.
        party: as it is displayed.
        tables: the aliases of parties, the user's own among them.

    Returns:
        False where there is no party, and for "US ambassador to Russia": that tells neither
        party for sure.
    """
    shown = _line(party)
    if not shown:
        return False
    for text in (_line(speaker), _line(role)):
        if _ARTICLE.sub("", text).casefold() == _ARTICLE.sub("", shown).casefold():
            return True
        found = {
            match.alias.parties[0].name
            for match in matches(text, tables)
            if match.alias.parties and match.alias.use in ("name", "adjective")
        }
        if re.search(rf"(?i)(?<!\w){re.escape(shown)}(?!\w)", text):
            found.add(shown)
        if found == {shown}:
            return True
    return False


def _line(text: str | None) -> str:
    return " ".join((text or "").split())[:_READ]


def _negated(text: str, start: int, end: int) -> str:
    """Reach back from a negated cue to the word that negates it, and its auxiliary."""
    earlier = [word.start() for word in re.finditer(r"\S+", text[:start])][-_NEGATION_REACH:]
    while earlier and not classify_cue(text[start:end]).negated:
        start = earlier.pop()
    if earlier and text[earlier[-1] : start].strip().casefold() in _AUXILIARIES:
        start = earlier[-1]
    words = " ".join(text[start:end].split())
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1].rstrip() + "…"
