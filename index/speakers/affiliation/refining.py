"""
Refine whom somebody was found to speak for: a body's state, a firm's bare name.

"Norway's Polar Council" is Norway's, "Israeli software company Quell" is Quell. No I/O.
"""

from __future__ import annotations

import re
from dataclasses import replace

from index.speakers.affiliation.affiliation import Affiliation
from index.speakers.affiliation.bodies import organisation_parties, place_named
from index.speakers.affiliation.officials import police_of
from index.speakers.affiliation.places import home_region
from index.speakers.cast.cast import Cast
from index.speakers.gazetteer.lexicon import words
from index.speakers.gazetteer.regions import region_beginning, regions
from index.speakers.gazetteer.tables import phrase_key
from index.types import Party

# Every state may have one.
_OF_ANY_STATE = frozenset({
    "coast guard", "national guard", "border guard", "navy", "army", "air force", "armed forces",
    "health ministry", "ministry of health", "interior ministry", "ministry of interior",
    "defense ministry", "defence ministry", "foreign ministry", "national police", "supreme court",
    "electoral commission", "election commission", "meteorological agency", "civil defense",
    "civil defence", "joint chiefs of staff", "presidential office", "prosecutor general",
})  # fmt: skip
_TOWN_POLICE = re.compile(r"(?P<town>[A-Z].*) [Pp]olice")
_STATE_DEPARTMENT = re.compile(r"(?:(?P<whose>[A-Z][\w ]*?) State|\bstate) [Dd]epartment of [A-Z]")


# "Florida Department of Transportation" is none of the country's.
_REGIONAL = re.compile(
    r"(?P<whose>[A-Z]\w+(?: [A-Z]\w+)?)(?:['’]s)? (?:State )?"
    r"(?:Department|Division|Bureau) of [A-Z]"
)


def refined(found: Affiliation, cast: Cast) -> Affiliation:
    """
    Give a body that only the article knows its state, and a firm its bare name.

    "Norway's Polar Council" is Norway's, "Israeli software company Quell" is Quell, and a
    "state Department of Health" is no State Department.
    """
    worded = found.evidence[0].text if found.evidence else ""
    office = _REGIONAL.search(worded)
    if office is not None and found.parties[-1:] and found.parties[-1].kind == "country":
        named = region_beginning(worded[office.start() :])
        if named is not None and named[1] == office.end("whose") - office.start():
            return replace(found, parties=(named[0],))
    department = _STATE_DEPARTMENT.search(worded)
    if department is not None and any(p.key == "state department" for p in found.parties):
        region = regions().get(department.group("whose") or "")
        home = home_region(cast) if region is None else None
        party = region or (home[0] if home else None)
        return replace(found, parties=(party,) if party else (), inferred=region is None)
    if len(found.parties) != 1:
        return found
    own = found.parties[0]
    home = cast.countries.home
    if own.name.lower() in _OF_ANY_STATE and home is not None:
        return replace(found, parties=(home.party, own), inferred=True)
    police = _TOWN_POLICE.fullmatch(own.name)
    american = home is None or home.party.key == "united states"
    if police is not None and american and own.key not in cast.tables.parties:
        return replace(found, parties=(police_of(police.group("town")),))
    if own.key in cast.tables.parties:
        listed = cast.tables.aliases.get(phrase_key(own.name))
        same = listed is not None and listed.parties[:1] == (own,)
        return replace(found, parties=listed.parties) if listed and same else found
    return replace(found, parties=_with_state(own, cast))


def _with_state(own: Party, cast: Cast) -> tuple[Party, ...]:
    """List the state of a body whose name tells it, then the body."""
    branch = _BRANCH.fullmatch(own.name)
    if branch is not None and re.search(
        rf"(?<![\w-]){re.escape(branch.group('whole'))}(?! {branch.group('where')}|[\w-])",
        cast.article.text,
    ):
        own = Party(phrase_key(branch.group("whole")), branch.group("whole"), own.kind)
    described = _COMPANY.match(own.name)
    if described is not None:
        bare = own.name[described.end() :]
        return (Party(phrase_key(bare), bare, own.kind),)
    owner = re.match(r"(?P<owner>[A-Z][\w. -]*?)['’]s (?=[A-Z])", own.name)
    if owner is None:
        found = organisation_parties(own.name, cast)
        return found if len(found) > 1 else (own,)
    first = place_named(owner.group("owner"), cast)
    bare = own.name[owner.end() :]
    listed = cast.tables.aliases.get(phrase_key(bare))
    if listed is not None and listed.parties and listed.parties[0].kind != "country":
        # "Norway's Amnesty International"
        return listed.parties
    politics = re.fullmatch(r"(?P<name>.+) party", bare)
    if politics is not None:
        return (Party(phrase_key(politics.group("name")), politics.group("name"), "group"),)
    return (first, Party(phrase_key(bare), bare, "body")) if first else (own,)


# "Brennick Asia", where the article has "Brennick" as well
_BRANCH = re.compile(
    r"(?P<whole>[A-Z].+?) (?P<where>Asia(?:[ -]Pacific)?|Europe|Africa|Americas?|Middle East|EMEA)"
)
_COMPANY = re.compile(rf"(?:[\w-]+ )*?(?:{'|'.join(sorted(words('company noun')))}) (?=[A-Z])")
