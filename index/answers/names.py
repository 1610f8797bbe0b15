"""
Whom to offer where nobody on record bears the name that was asked for.

A typing error that has one reading is read so before; here the name may be any of several, or of
somebody who never spoke in these articles.
"""

from __future__ import annotations

from difflib import get_close_matches

from index.answers.search.selection import selection_of
from index.answers.search.session import ReadSession
from index.roster.directory import Directory
from index.roster.lookup import role_of
from index.speakers.gazetteer.names import name_key
from index.speakers.gazetteer.parties import find_party
from index.speakers.gazetteer.tables import phrase_key
from index.store import KnownSpeaker
from index.types import Query

_OFFERED = 5
_ALIKE = 0.7  # of difflib's ratio: "navalni" and "navalny" have 0.86


def names_like(query: Query, session: ReadSession) -> tuple[str, ...]:
    """
    Name some on record who may be meant by the speaker of *query*: those spelt alike, else those
    quoted most.

    Returns:
        None of them where *query* names nobody, or somebody on record.
    """
    if query.speaker is None or selection_of(query, session) is not None:
        return ()
    directory = session.directory
    found = _spelt_alike(query.speaker, directory) or [
        speaker for speaker in directory.speakers if _is_person(speaker, directory)
    ]
    ordered = sorted(found, key=lambda speaker: -speaker.statements)
    return tuple(dict.fromkeys(speaker.name for speaker in ordered))[:_OFFERED]


def _spelt_alike(name: str, directory: Directory) -> list[KnownSpeaker]:
    """List people on record with a name of nearly these letters."""
    found: list[KnownSpeaker] = []
    for token in name_key(name).split():
        known = [each for each in directory.by_token if each[:1] == token[:1]]
        for meant in get_close_matches(token, known, _OFFERED, _ALIKE) if len(token) > 3 else ():
            found += directory.by_token.get(meant, ())
    return [each for each in found if _is_person(each, directory)]


def _is_person(speaker: KnownSpeaker, directory: Directory) -> bool:
    """Return whether a speaker is on record by a name, not as a body or by what they are."""
    words = speaker.name.split()
    return (
        1 < len(words) <= 4
        and role_of(speaker.name) is None
        and phrase_key(speaker.name) not in directory.on_record
        and find_party(speaker.name, directory.tables) is None
        and all(word[:1].isupper() for word in words)
    )
