"""
Find the party or the campaign of a candidate: "her National Ice party", a running mate's. No I/O.
"""

from __future__ import annotations

import re

from index.speakers.affiliation.affiliation import Affiliation
from index.speakers.affiliation.bodies import RUN, organisation_parties
from index.speakers.cast.cast import Cast
from index.speakers.cast.people import Person
from index.speakers.gazetteer.parties import campaign
from index.types import Span

_CANDIDATE = re.compile(r"\b(?:candidate|nominee|contender|leader|hopeful|front-?runner)\b", re.I)
_OWN_PARTY = re.compile(
    rf"\b(?:her|his)\s+(?:[\w-]+\s+){{0,2}}?(?:party,\s+(?:the\s+)?(?P<a>{RUN.pattern})"
    rf"|(?P<b>{RUN.pattern})\s+(?:party|movement)\b)"
)
_PARTY_NAME = rf"{RUN.pattern} (?:Party|Front|Movement)"
_NOMINATED = re.compile(
    rf"(?P<a>{_PARTY_NAME})['’]s (?:\d{{4}} )?(?:[a-z-]+ ){{0,2}}(?:candidate|nominee)\b"
    rf"|\b(?:candidate|nominee) (?:of|for) the (?P<b>{_PARTY_NAME})\b"
)
_RUNS_WITH = re.compile(
    rf"(?P<who>{RUN.pattern})['’]s running mate\b|running mate of (?P<of>{RUN.pattern})"
)


def own_party(person: Person, cast: Cast) -> Affiliation | None:
    """Find the party of a candidate: "her National Ice party", or the running mate's campaign."""
    text = cast.article.text
    for role in person.roles:
        mate = _RUNS_WITH.search(text[max(0, role.span.start - 30) : role.wording.end])
        if mate is not None:
            party = campaign(mate.group("who") or mate.group("of"))
            return Affiliation((party,), (cast.evidence_of(mate.group()),), role.text)
    for mention in person.mentions[:6]:
        before = text[max(0, mention.start - 110) : mention.start].rpartition("\n")[2]
        behind = text[mention.start : mention.end + 130].partition("\n")[0]
        named = _NOMINATED.search(before + behind)
        if named is not None:
            name = re.sub(r"^(?:US|U\.S\.) ", "", named.group("a") or named.group("b"))
            parties = organisation_parties(name, cast)
            if parties and parties[0].kind == "group":
                return Affiliation(parties, (cast.evidence_of(named.group()),))
    if not any(_CANDIDATE.search(role.text) for role in person.roles):
        return None
    for mention in person.mentions:
        found = _OWN_PARTY.search(text, mention.end, mention.end + 400)
        if found is None:
            continue
        between = cast.people.within(Span(mention.end, found.start()))
        name = found.group("a") or found.group("b")
        parties = organisation_parties(name, cast)
        if parties and parties[0].kind == "group" and all(p is person for _, p in between):
            return Affiliation(parties, (cast.evidence_of(found.group()),), inferred=True)
    return None
