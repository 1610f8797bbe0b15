"""
Whose statements a query wants.

The store selects by party, speaker, outlet, date and stance; what it cannot know is checked on
each statement that it gives: for whom the speaker speaks by the article itself, and whether a
denial was one.
"""

from __future__ import annotations

import re

from index.answers.search.duplicates import Match
from index.answers.search.session import ReadSession
from index.labels import ANONYMOUS
from index.roster.described import described_keys, speakers_meant
from index.roster.outlet_sets import in_sets
from index.speakers.gazetteer.names import name_key
from index.store import Selection
from index.types import Query, Statement


def party_keys(query: Query) -> frozenset[str]:
    """Collect the parties that *query* asks for."""
    return frozenset(key for key in (query.party, *query.other_parties) if key)


_OFFICIAL = ("country", "body")  # kinds of parties whose speakers are officials
_ANALYST = re.compile(
    r"(?i)\b(?:analysts?|experts?|economists?|academics?|professors?|researchers?|strategists?|pundits?)\b"
)
_SPOKES = re.compile(r"(?i)\bspokes(?:man|woman|men|women|person|persons|people)\b")


def outlets_of(query: Query, session: ReadSession) -> frozenset[str]:
    """Collect the outlets that *query* is restricted to, of a set each that is in it."""
    names = (name for name in (query.outlet, *query.other_outlets) if name)
    return in_sets(names, session.sets)


def selection_of(query: Query, session: ReadSession, *, thoughts: bool = False) -> Selection | None:
    """
    Say whose statements *query* wants.

    Args:
        query: a parsed question.
        session: who is on record, and for whom they speak.
        thoughts: whether what was only thought is wanted too.

    Returns:
        None if *query* names somebody and nobody on record is meant.
    """
    parties = party_keys(query)
    wanted: frozenset[str] = frozenset()
    names = [name for name in (query.speaker, *query.other_speakers) if name]
    for name in names:
        within = query.party if query.party and name == query.speaker else None
        wanted |= speakers_meant(name, session.directory, within)
    for key in parties - session.directory.on_record.keys():
        wanted |= described_keys(key, session.directory)
    if names:
        parties -= {query.party} if query.party and query.speaker else set()
        if not wanted and not parties:
            return None
    return Selection(
        parties=frozenset(parties),
        speakers=wanted,
        since=query.since,
        until=query.until,
        outlets=outlets_of(query, session),
        cue_classes=frozenset({query.stance}) if query.stance else frozenset(),
        thoughts=thoughts,
        attributed=True if parties or wanted else None,
        learned=session.affiliations.tenures(parties),
    )


def party_fits(found: Match, query: Query) -> bool:
    """
    Return whether the speaker of a statement still speaks for a party that was asked for.

    The store selects by the shipped tables; the articles may know better. "Who else?" leaves
    some out.
    """
    parties, statement = party_keys(query), found.statement
    speaker = statement.speaker if statement is not None else None
    if speaker is None:
        return True
    theirs = {party.key for party in speaker.parties}
    if {speaker.key, *theirs} & {*query.besides, *map(name_key, query.besides)}:
        return False
    return not parties or bool(query.speaker or query.other_speakers or parties & theirs)


def stance_fits(found: Match, query: Query) -> bool:
    """Return whether a statement takes the stance asked for: "did not deny" is no denial."""
    if query.stance is None or found.statement is None:
        return True
    return found.statement.attribution.negated == query.negated


def is_formed(query: Query) -> bool:
    """Return whether *query* wants only statements of a kind that no store selects by."""
    return _has_form(query) or bool(query.besides)


def _has_form(query: Query) -> bool:
    return query.direct or query.officials or bool(query.without)


def form_fits(found: Match, query: Query) -> bool:
    """Return whether a statement is in the speaker's own words, or by an official, as asked."""
    statement = found.statement
    if statement is None:
        return not _has_form(query)
    if query.direct and statement.attribution.kind != "direct":
        return False
    if any(_is_of_group(statement, group) for group in query.without):
        return False
    parties = statement.speaker.parties if statement.speaker else ()
    return not query.officials or any(party.kind in _OFFICIAL for party in parties)


def _is_of_group(statement: Statement, group: str) -> bool:
    """Return whether who speaks is one of a group that is not wanted ("analysts")."""
    speaker = statement.speaker
    if group == "unnamed sources":
        return speaker is None or ANONYMOUS in statement.labels
    if speaker is None:
        return False
    words = f"{speaker.name} {speaker.role or ''}"
    kinds = {party.kind for party in speaker.parties}
    return {
        "analysts": bool(_ANALYST.search(words)),
        "companies": "company" in kinds,
        "officials": not kinds.isdisjoint(_OFFICIAL),
        "spokespeople": bool(_SPOKES.search(words)),
    }.get(group, False)
