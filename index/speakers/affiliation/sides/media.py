"""
Tell who speaks for a medium, and not in it: its lawyer, its spokesman, its chief executive.

A medium that carries somebody's words is no party; one that is sued or banned speaks for itself,
and then it is one like a firm. No I/O.
"""

from __future__ import annotations

import re
from dataclasses import replace

from index.speakers.affiliation.affiliation import Affiliation
from index.speakers.affiliation.bodies import parted
from index.speakers.cast.cast import Cast
from index.speakers.gazetteer.parties import matches
from index.types import Party

_FOR_IT = re.compile(
    r"\b(?:attorneys?|lawyers?|counsel|spokes\w+|director general|chief executive|ceo|publisher"
    r"|managing director|chair(?:man|woman|person)?)\b(?! of news)", re.I,
)  # fmt: skip


def medium_served(role: str, cast: Cast) -> tuple[Party, ...]:
    """
    Find the one listed medium for which a role speaks: "Harbour Post's attorney".

    Args:
        role: as the article words it.
        cast: the article and the tables.
    """
    if not _FOR_IT.search(role):
        return ()
    found = [m.alias.parties for m in matches(parted(role), cast.tables) if m.alias.parties]
    if len(found) != 1 or found[0][0].kind != "newspaper":
        return ()
    return (replace(found[0][0], kind="company"),)


def as_served(found: Affiliation) -> Affiliation:
    """Make a party of the medium whose lawyer or spokesman somebody was found to be."""
    if not found.parties or found.parties[0].kind != "newspaper" or not found.evidence:
        return found
    if not _FOR_IT.search(found.evidence[0].text):
        return found
    return replace(found, parties=(replace(found.parties[0], kind="company"),))
