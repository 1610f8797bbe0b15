"""
Two parties on one matter, side by side: an answer for each, or its abstention.

Nothing is weighed against anything; a side that said nothing says so.
"""

from __future__ import annotations

from dataclasses import replace

from index.answers.answer import answer
from index.answers.search.session import ReadSession
from index.errors import QuestionError
from index.speakers.gazetteer.names import name_key
from index.types import Comparison, Party, Query, Side

_EXAMPLE = "“Russia and Turkey on Idlib”"


def compare(query: Query, session: ReadSession, *, limit: int | None = 5) -> Comparison:
    """
    Answer *query* for each of those that it names, in that order.

    Args:
        query: names two or more parties or speakers.
        session: the articles, the model of their vectors, the parties.
        limit: the maximum number of quotes a side; None for all.

    Raises:
        QuestionError: if it names fewer than two.
        StoreError: if the store cannot be read.
    """
    alone = replace(query, party=None, speaker=None, other_parties=(), other_speakers=())
    sides: list[tuple[Party, Query]] = []
    if query.speaker is not None:
        # "the Turkish foreign minister" is one voice: the party only says of which country.
        one = replace(alone, party=query.party, speaker=query.speaker)
        sides.append((_person(query.speaker), one))
    parties = (query.party, *query.other_parties) if query.speaker is None else query.other_parties
    for key in parties:
        if key is not None:
            party = session.tables.parties.get(key, Party(key, key.title()))
            sides.append((party, replace(alone, party=key)))
    sides += [(_person(name), replace(alone, speaker=name)) for name in query.other_speakers]
    if len(sides) < 2:
        raise QuestionError(f"a comparison needs two who speak; try {_EXAMPLE}")
    return Comparison(
        query, tuple(Side(party, answer(each, session, limit=limit)) for party, each in sides)
    )


def _person(name: str) -> Party:
    return Party(name_key(name), name, "people")
