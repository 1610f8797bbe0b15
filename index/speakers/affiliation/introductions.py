"""
Collect how an article introduces its people: "Kremlin spokesman Dmitry Peskov".

Also those whom it does not quote: another article may quote them without a word on who they
are. Of one person an article says one thing; where it says that he speaks for nobody ("the
former minister", "the analyst"), that is kept as well, since it stands against the others. A
role alone ("the minister") says nothing. No I/O.
"""

from __future__ import annotations

from index.speakers.affiliation.affiliation import SCHOLARLY, article_affiliation
from index.speakers.cast.cast import Cast
from index.speakers.cast.people import Person
from index.speakers.gazetteer.role_phrases import Reading, read_role
from index.types import Introduction

# Offices that leave no doubt for whom they speak, where the wording itself names the party.
_CERTAIN = frozenset({"state", "spokes"})
_FOR_NOBODY = frozenset({"private", "lawmaker"})


def find_introductions(cast: Cast) -> tuple[Introduction, ...]:
    """Find the title of each person of an article, at most one each, in reading order."""
    titles = (_title(person, cast) for person in cast.people)
    return tuple(sorted((t for t in titles if t is not None), key=lambda title: title.span))


def _title(person: Person, cast: Cast) -> Introduction | None:
    """Find the first wording that names a party for *person*, else the first against one."""
    against: Introduction | None = None
    for role in person.roles:
        reading = read_role(f"{role.text} {role.country}", cast.tables)
        if reading is None:
            continue
        affiliation = None if reading.ended else article_affiliation(role, reading, cast)
        if affiliation is not None:
            certain = reading.kind in _CERTAIN and bool(reading.parties)
            return Introduction(
                person.key, person.name, role.text, affiliation.parties, role.wording, certain
            )
        if against is None and _for_nobody(reading):
            against = Introduction(
                person.key, person.name, role.text, (), role.wording, reading.ended
            )
    return against


def _for_nobody(reading: Reading) -> bool:
    """Return whether a role that names no party says that its bearer speaks for none."""
    scholar = reading.principal is not None and bool(SCHOLARLY.search(reading.principal))
    return reading.ended or reading.kind in _FOR_NOBODY or scholar
