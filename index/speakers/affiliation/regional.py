"""
Read which place an office governs: "Delaware Gov.", "the mayor of Halvik", "State police chief".

A governor speaks for the region, a mayor for the town, a sheriff for the county. Police speak for
their department where towns have their own, else for the country. Which place it is may only be
told by the article as a whole; then the party is inferred. No I/O.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from index.speakers.affiliation.affiliation import Affiliation
from index.speakers.affiliation.bodies import PLACE, PORTFOLIO
from index.speakers.affiliation.officials import police_of, unnamed_officials
from index.speakers.affiliation.places import (
    county_near,
    home_region,
    place_party,
    region_near,
    town_meant,
)
from index.speakers.cast.cast import Cast
from index.speakers.cast.descriptions import Role
from index.speakers.cast.names_in_text import NO_NAME, bare_name
from index.speakers.cast.people import Person
from index.speakers.gazetteer.parties import matches
from index.speakers.gazetteer.regions import country_of, regions
from index.speakers.gazetteer.roles import role_class
from index.speakers.gazetteer.tables import phrase_key
from index.types import Party

_GOVERNOR = r"(?:lieutenant |lt\.? )?gov(?:ernor|\.)?"
_POLICE_OFFICE = (
    r"police (?:department )?(?:chief|commissioner|commander|cmdr\.?|captain|capt\.?|lieutenant"
    r"|lt\.?|sergeant|sgt\.?|detective|det\.?|officer|superintendent|inspector|spokes\w+)"
)
_GOVERNING = (
    rf"(?:{_GOVERNOR}|(?:vice |deputy )?mayor|sheriff|district attorney|state attorney"
    r"|attorney general|solicitor general|prosecutor|county executive|county judge|coroner"
    rf"|{_POLICE_OFFICE}|fire chief|(?:public )?health (?:officer|commissioner)"
    r"|city (?:manager|administrator)|secretary of state"
    r"|(?:public )?(?:works|safety|health) director|premier|first minister)"
)
_QUALIFIED = (
    r"(?:(?:acting|interim|then|deputy|assistant|chief|principal|state|county|city|provincial"
    r"|regional|republican|democratic|emergency services|emergency management|outgoing|new|first"
    r"|top|senior) )*"
)
_BEFORE_OFFICE = re.compile(
    rf"(?:^|[\s,(])(?P<place>{PLACE})(?:, [A-Z][\w.]{{1,9}},)?\s+"
    rf"(?P<office>(?i:{_QUALIFIED}{_GOVERNING}))\b"
)
_OF_PLACE = re.compile(
    rf"(?i:\b{_GOVERNING}) of (?:the )?"
    r"(?:(?:[A-Z]\w+ )?(?i:(?:port |capital )?(?:city|town)|county|state|village)(?: of|,)? "
    r"|(?:[\w-]+ ){0,4}?(?:settlement|municipality|community|borough) of )?"
    rf"(?P<place>{PLACE})"
)
_ALONE = r"(?i:(?:(?:the|its|republican|democratic|acting|interim|then|former|state)[ -])*{})$"
_ONLY_GOVERNOR = re.compile(
    _ALONE.format(rf"(?:{_GOVERNOR}|attorney general|(?:principal )?(?:deputy )?solicitor general)")
)
_STATE_OFFICE = re.compile(
    r"^(?:the )?state (?!department)[\w ’'-]*(?:director|chief|spokes|attorney general)", re.I
)
_OF_A_COUNTY = re.compile(
    _ALONE.format(
        r"(?:sheriff(?:['’]s (?:lt\.?|lieutenant|sgt\.?|sergeant|deputy|spokes\w+))?"
        r"|district attorney|county (?:[\w]+ ){0,3}?(?:executive|judge|coroner|commissioner"
        r"|administrator|director|spokes\w+|sheriff|official)|coroner)"
    )
)
_MAYOR = re.compile(_ALONE.format(r"(?:deputy |vice )?mayor"))
_POLICE = re.compile(
    r"police$|(?:(?:assistant|deputy|interim|acting|the) )*chief of police"
    rf"|(?:(?:the|a|regional|local|provincial|city|interim|acting|deputy|lead|assistant) )*"
    rf"(?:{_POLICE_OFFICE}|(?:police|homicide) (?:officer|detective|investigator))\b", re.I,
)  # fmt: skip
# "Halvik police Lt." (Anna Novak), "Polk County sheriff's Sgt."
_RANK = (
    r"(?:(?:Lt|Sgt|Capt|Maj|Cpl|Det|Cmdr|Col|Officer|Deputy|Detective|Lieutenant|Sergeant|Captain"
    r"|Major|Corporal|Trooper|Inspector|Chief|Assistant|Public|Information)\.? )+"
)
_RANKED = re.compile(
    rf"(?P<place>{PLACE}) (?:(?P<police>[Pp]olice(?: [Dd]epartment)?|PD)"
    rf"|[Ss]heriff['’]s(?: [Oo]ffice| [Dd]epartment)?) {_RANK}$"
)
_CAPITAL_DISTRICT = re.compile(r"(?:Washington,? )?(?:D\.C\.|DC)(?:['’]s)?,?\s+(?=[A-Z])")
_OFFICE = re.compile(rf"(?i:{_GOVERNING})\b")
_NOT_PLACE = frozenset(
    "state interim police principal deputy assistant acting chief republican democratic democrat "
    "independent conservative liberal first vice public special associate senior".split()
)
# States of a federation that bear a country's name, or a capital's.
_SHARED = frozenset({"georgia", "washington", "mexico", "luxembourg", "jordan", "lebanon"})
_PARTY_WORDS = frozenset({"republican", "democratic", "gop", "democrat", "former", "then"})


def governed(worded: str) -> tuple[Party, ...]:
    """Find the place that an office governs: "Delaware Gov.", "the mayor of Halvik"."""
    found = _OF_PLACE.search(worded) or _BEFORE_OFFICE.search(worded)
    if found is None or re.search(r"['’]s capital\b", worded):
        return ()
    tokens = bare_name(found.group("place")).rstrip(".,").split()
    while tokens and tokens[0].lower().rstrip(".") in _PARTY_WORDS | NO_NAME:
        del tokens[0]
    while tokens and (role_class(tokens[-1]) or tokens[-1].lower() in _NOT_PLACE):
        tokens.pop()
    while tokens and tokens[-1].lower() == "county" and len(tokens) < 2:
        tokens.pop()
    name = bare_name(" ".join(tokens))
    if not name or name.lower() in PORTFOLIO or phrase_key(name) in _SHARED:
        return ()
    party = place_party(name)
    police = re.search(_POLICE_OFFICE, found.group(), re.I)
    return (police_of(name), party) if police else (party,)


def led_region(worded: str) -> tuple[Party, ...]:
    """Find the region that a leader leads: "Catalan President", "the head of Chechnya"."""
    found = _region_leader().search(worded)
    name = found and (found.group("before") or found.group("of"))
    return (regions()[name],) if name else ()


@lru_cache(maxsize=1)
def _region_leader() -> re.Pattern[str]:
    """Match the leader of a region outside the United States, whose states have governors."""
    abroad = [n for n, p in regions().items() if country_of(p) != "united states"]
    names = "|".join(map(re.escape, sorted(abroad, key=len, reverse=True)))
    office = r"(?i:(?:regional |vice )*(?:president|premier|leader|head|first minister|governor))"
    return re.compile(
        rf"\b(?P<before>{names})(?:['’]s)? {office}\b"
        rf"|\b{office} of (?:the )?(?P<of>{names})(?! [A-Z])\b"
    )


def place_office(worded: str, cast: Cast) -> tuple[Party, ...]:
    """
    Find the parties of an office that a place has, by its wording alone.

    Args:
        worded: a role with the capitals before it.
        cast: the article and the tables; the capital's governor is a state's.
    """
    if _CAPITAL_DISTRICT.match(worded) and _OFFICE.search(worded):
        return (regions()["D.C."],)
    found = governed(worded) or led_region(worded)
    if not found:
        return ()
    named = next(matches(found[-1].name, cast.tables), None)
    if named is not None and named.alias.use == "capital" and re.search("governor", worded, re.I):
        return named.alias.parties
    home = cast.countries.home
    if len(found) > 1 and home is not None and home.party.key != "united states":
        return (*found, home.party)
    return found


def office_at_home(person: Person, cast: Cast) -> Affiliation | None:
    """Find the place of a governor, sheriff or police chief that only the article tells."""
    for role in person.roles:
        text = role.text.strip()
        start = role.wording.start
        found: Affiliation | None = None
        if _ONLY_GOVERNOR.match(text) or _STATE_OFFICE.search(text):
            found = _of_the_region(person, role, cast)
        elif _OF_A_COUNTY.match(text) or re.match(r"the county['’]s ", text, re.I):
            found = _inferred(county_near(cast, start), role, cast)
        elif _MAYOR.match(text) or re.match(r"the (?:city|town)['’]s ", text, re.I):
            found = _inferred(town_meant(cast, start), role, cast)
        elif _POLICE.match(text):
            police = unnamed_officials("police", cast, start)
            found = replace(police, role=role.text) if police else None
        if found is not None:
            return found
    return None


def ranked(person: Person, cast: Cast) -> Affiliation | None:
    """Find for which police an officer speaks by the rank before the name: "Halvik police Lt."."""
    text = cast.article.text
    for mention in person.mentions[:4]:
        found = _RANKED.search(text[max(0, mention.start - 90) : mention.start])
        place = bare_name(found.group("place")) if found else ""
        tokens = [t for t in place.split() if t.lower() not in NO_NAME]
        if found is None or not tokens:
            continue
        name = " ".join(tokens)
        party = police_of(name) if found.group("police") else place_party(name)
        shown = (cast.evidence_of(f"{found.group()}{person.name}"),)
        return Affiliation((party,), shown)
    return None


def _inferred(party: Party | None, role: Role, cast: Cast) -> Affiliation | None:
    """Make the affiliation of a holder whose place the article tells elsewhere."""
    if party is None:
        return None
    shown = (cast.evidence_of(role.text), cast.evidence_of(party.name))
    return Affiliation((party,), shown, role.text, inferred=True)


def _of_the_region(person: Person, role: Role, cast: Cast) -> Affiliation | None:
    """Find the region of a governor: that of the sentence, else that of the article."""
    near = region_near(cast, role.wording.start)
    if near is not None:
        return _inferred(near, role, cast)
    region = home_region(cast)
    if region is None or _beside_another(person, region[0], cast):
        return None
    shown = (cast.evidence_of(role.text), cast.evidence_of(region[1]))
    return Affiliation((region[0],), shown, role.text, inferred=True)


def _beside_another(person: Person, region: Party, cast: Cast) -> bool:
    """Return whether another region's name stands right before or behind *person*'s."""
    text = cast.article.text
    around = " ".join(text[max(0, m.start - 40) : m.end + 30] for m in person.mentions)
    return any(name in around for name, party in regions().items() if party != region)
