"""
Tell for whom officials speak whose state or town only the article tells: "police", "the city".

A source may name the place itself ("officials in Bermuda", "Kurdish forces"), or a word that only
one government uses ("federal officials", "an administration official"); else the article does, and
then the party is inferred. Police of a federation are a town's: they speak for the department that
the article names. Where two would do, nobody is given. No I/O.
"""

from __future__ import annotations

import re
from collections import Counter

from index.speakers.affiliation.affiliation import Affiliation
from index.speakers.affiliation.bodies import PLACE
from index.speakers.affiliation.places import (
    county_near,
    home_region,
    only_spoken_of,
    place_party,
    town_meant,
)
from index.speakers.affiliation.sides.kurds import KURDS, kurdish
from index.speakers.cast.cast import Cast
from index.speakers.cast.country import Home
from index.speakers.cast.names_in_text import NO_NAME
from index.speakers.gazetteer.names import name_key, surname
from index.speakers.gazetteer.parties import matches
from index.speakers.gazetteer.regions import country_of, region_beginning, regions
from index.speakers.gazetteer.roles import role_class
from index.speakers.gazetteer.tables import phrase_key
from index.types import Party, Span

_DETERMINER = (
    r"(?:(?:the|an?|one|two|three|four|several|some|many|most|other|another|both|all|senior|top"
    r"|unnamed|high-ranking|one of the|some of the)\s+)*"
)
_KIND = (
    r"(?:(?:health|law enforcement|election|electoral|border|defen[cs]e|security|intelligence"
    r"|military|emergency|government|public health|disaster|transport|aviation|customs|immigration"
    r"|judicial|education|police|local|regional|provincial|state|city|county|rescue|fire|weather"
    r"|foreign|energy|interior|finance|justice|economy|agriculture|environment|foreign ministry"
    r"|defen[cs]e ministry|interior ministry|health ministry)\s+)*"
)
_WHO = (
    r"(?:officials?|authorities|policymakers|police(?: officers?)?|officers?|prosecutors?"
    r"|investigators|leaders?|government|ministry|army|military|forces|regulators?|firefighters"
    r"|lawmakers|spokes\w+|embassy|administration|monitors|troops|commanders?|diplomats?|envoys?"
    r"|representatives?|delegates?|negotiators?)"
)
_LOCATED = re.compile(
    rf"{_DETERMINER}{_KIND}{_WHO}\s+(?:in|from|of|on|across)\s+(?:the\s+)?(?:city of\s+)?"
    rf"(?P<place>(?-i:{PLACE}))(?P<rest>.*)", re.I | re.S,
)  # fmt: skip
_CITIZENS = re.compile(r"\b(?:leaders?|lawmakers|officers?|troops)\b", re.I)
_FEDERAL = re.compile(
    rf"{_DETERMINER}(?:(?:latest|new|recent|official)\s+)*federal\s+{_KIND}"
    r"(?:officials?|authorities|prosecutors?|investigators|agents|data|government|figures|agencies"
    r"|law enforcement|law enforcement (?:source|official)s?|regulators?|statistics|source|sources"
    r"|appeals court|court|court filings?|judges?|forecasters|scientists|documents)\b.*", re.I,
)  # fmt: skip
# So spelt in the one country that has them.
_DEFENSE = re.compile(rf"{_DETERMINER}defense officials?(?: who\b.*)?", re.I)
# Whose governments have a level called so, the one most often meant first.
_FEDERATIONS = (
    "united states", "germany", "canada", "australia", "brazil", "mexico", "india", "switzerland",
    "austria", "belgium", "nigeria", "russia", "argentina", "iraq", "pakistan", "ethiopia",
    "somalia", "malaysia", "united arab emirates",
)  # fmt: skip
_ADMINISTRATION = re.compile(
    rf"{_DETERMINER}(?:(?:current|outgoing|incoming|previous|new|same|us|u\.s\.)\s+)*"
    r"administration(?:['’]s)?(?:\s+(?:officials?|sources?|aides?|lawyers?|figures))?\b.*", re.I,
)  # fmt: skip
_PRESIDENCY = re.compile(
    r"\b(?:[A-Z][\w-]+ [Aa]dministration|White House|Pentagon|State Department)\b"
)
_POLICE = re.compile(
    rf"{_DETERMINER}(?:(?:police|homicide|lead|local|regional)\s+)*(?:police|investigators?|detectives?"
    r"|(?:police )?(?:officers?|department|spokes\w+|officials?|chief|report|commander))"
    r"(?:\s+(?:who|writing|and|said)\b.*)?", re.I,
)  # fmt: skip
_DEPARTMENT = re.compile(
    rf"(?P<name>{PLACE}) (?:(?:[Pp]olice|PD)(?: [Dd]ep(?:ar)?t(?:ment|\.)?)?)(?= |[.,;:’'])"
)
_STATE = re.compile(
    rf"{_DETERMINER}{_KIND}(?:authorities|officials?|government (?:data|figures|statistics)"
    r"|(?:latest |new )?(?:official|government) (?:data|figures|statistics|documents|results)"
    r"|central bank|coast ?guard|border guards?|energy ministry|electoral commission"
    r"|election commission|meteorological agency|presidential (?:website|office)|state prosecutors"
    r"|prosecutors|prosecutor['’]s office|(?:government|presidential|army|military) spokes\w+"
    r"|(?:prime minister|president|premier|chancellor)['’]s (?:official |own )?spokes\w+"
    r"|(?:foreign|defen[cs]e|interior|health|finance|trade|commerce|energy|justice|transport)"
    r" ministry (?:spokes\w+|officials?)|(?:ruling |military )*junta|government reports)"
    r"(?:\s+(?:in the country|released|published|on|who|from)\b.*)?", re.I,
)  # fmt: skip
_OF_PRESIDENT = re.compile(
    r"(?:the |former |previous |then-|several |some |top |senior )*(?P<name>[A-Z][\w-]+)"
    r"(?:['’]s)?(?: administration(?:['’]s)?)?(?<! the)"
    r"(?: administration| forces| troops"
    r"| (?:health |trade |national security |defen[cs]e |senior )*officials?)",
    re.I,
)  # fmt: skip
_POLITICIANS = re.compile(
    r"(?:(?:the|some|several|many|most|top|senior|leading|other|two|three|state|national|house"
    r"|senate|congressional)\s+|[A-Z][\w-]+['’]s?\s+)*(?P<party>democratic|republican|gop)\s+"
    r"(?:leaders(?:hip)?|lawmakers|senators|officials|legislators|congressmen|representatives)"
    r"(?: (?:in|from|representing|on|who)\b.*)?", re.I,
)  # fmt: skip
_FORECASTERS = re.compile(r"(?:the )?(?:weather |hurricane )?(?:forecasters|forecast)", re.I)
_REBELS = re.compile(r"(?:rebels?|insurgents?|separatists?|militants?)", re.I)
_WEATHER = re.compile(r"\b(?:Weather|Hurricane|Met Office|Meteorolog\w+|Oceanic)")
_PLACES = re.compile(
    rf"(?:the|this|that)\s+(?P<noun>city|county|state|town|province)"
    rf"(?:['’]s\s+(?:{_KIND}(?:officials|authorities|government|leaders|department|legal team"
    r"|lawyers|website|police|[\w ]*department)))?", re.I,
)  # fmt: skip
_STATE_OFFICIALS = re.compile(
    rf"{_DETERMINER}(?:state|provincial) {_KIND}(?:officials?|lawyers)", re.I
)


# "An official from the government of Gibraltar"
_OF_GOVERNMENT = re.compile(
    rf"^{_DETERMINER}(?:officials?|spokes\w+|representatives?) (?:from|of|for|in|with) "
    r"(?=the government of )", re.I,
)  # fmt: skip


def unnamed_officials(bare: str, cast: Cast, at: int) -> Affiliation | None:
    """
    Find for whom officials speak who are given no name and no state; None if that is open.

    Args:
        bare: the source as written.
        cast: the article, its people, the tables.
        at: where the source stands.
    """
    phrase = _OF_GOVERNMENT.sub("", re.sub(r"\s+", " ", bare.strip(" ,.;:")))
    return (
        (_given(regions()[phrase], phrase, cast) if phrase in regions() else None)
        or _at_a_place(phrase, cast)
        or _federal(phrase, cast)
        or _of_a_president(phrase, cast)
        or _of_a_political_party(phrase, cast)
        or _forecasters(phrase, cast)
        or kurdish(phrase, cast)
        or _of_a_place(phrase, cast, at)
        or _police(phrase, cast, at)
        or _of_the_state(phrase, cast, at)
    )


def is_no_person(bare: str) -> bool:
    """Return whether a capitalised word is a region or officials: "Delaware", "Investigators"."""
    patterns = (_POLICE, _STATE, _FORECASTERS, _REBELS, KURDS)
    return bare in regions() or any(pattern.fullmatch(bare) for pattern in patterns)


def _given(party: Party, worded: str, cast: Cast, inferred: bool = False) -> Affiliation:
    """Make the affiliation of officials, with the wording that shows it."""
    return Affiliation((party,), (cast.evidence_of(worded),), inferred=inferred)


def _at_a_place(phrase: str, cast: Cast) -> Affiliation | None:
    """Read "officials in Bermuda", "the foreign ministry in Bangladesh", "police in Halvik"."""
    found = _LOCATED.fullmatch(phrase)
    if found is None or _CITIZENS.search(phrase[: found.start("place")]):
        return None
    if re.search(r"\b(?:ministry|army|military|forces) of ", phrase[: found.start("place")], re.I):
        return None
    place = found.group("place")
    named = next(matches(place, cast.tables), None)
    if named is not None and named.span.start == 0 and named.alias.parties:
        party = named.alias.parties[-1]
        return _given(party, phrase, cast) if party.kind == "country" else None
    region = region_beginning(place)
    if region is not None and region[1] == len(place):
        return _given(region[0], phrase, cast)
    if found.group("rest").startswith(("’", "'")) or _of_a_person(place, cast):
        return None
    home = cast.countries.home
    if re.search(r"\bpolice\b", phrase[: found.start("place")], re.I):
        if home is not None and home.party.key not in _FEDERATIONS[:1]:
            return _given(home.party, phrase, cast, inferred=True)
        return _given(police_of(place), phrase, cast)
    return _given(place_party(place), phrase, cast)


def _of_a_person(place: str, cast: Cast) -> bool:
    """Return whether what looks like a place is a person's ("officials in Novak's cabinet")."""
    if re.search(r"['’]s?\b", place) or role_class(place.split()[0]):
        return True
    person = cast.people.find(place)
    return person is not None and person.plausible


def police_of(place: str) -> Party:
    """Make the party that the police of a town are."""
    return Party(phrase_key(f"{place} police"), f"{place} Police Department", "body")


def _federal(phrase: str, cast: Cast) -> Affiliation | None:
    """Read "federal officials" and "the administration", words of a federation's government."""
    if _ADMINISTRATION.fullmatch(phrase):
        party = cast.tables.parties["united states"]
        worded = _PRESIDENCY.search(cast.article.text)
        return _given(party, worded.group(), cast, True) if worded else None
    if _DEFENSE.fullmatch(phrase) and "united states" in cast.countries.named:
        return _given(cast.tables.parties["united states"], phrase, cast, inferred=True)
    if not _FEDERAL.fullmatch(phrase):
        return None
    home = cast.countries.home
    if home is not None and home.party.key in _FEDERATIONS:
        return _given(home.party, home.worded, cast, inferred=True)
    named = [key for key in _FEDERATIONS if key in cast.countries.named]
    if named:
        party = cast.tables.parties[named[0]]
        return _given(party, phrase, cast, inferred=True)
    region = home_region(cast)
    american = region is not None and country_of(region[0]) == "united states"
    if american or re.search(r"\b(?:FBI|Supreme Court|Medicaid|Medicare)\b", cast.article.text):
        return _given(cast.tables.parties["united states"], phrase, cast, inferred=True)
    return None


def _of_a_president(phrase: str, cast: Cast) -> Affiliation | None:
    """Read "the Obama administration", "Trump officials", long after the term as well."""
    found = _OF_PRESIDENT.fullmatch(phrase)
    if found is None:
        return None
    states = {
        holder.party
        for holder in cast.tables.holders.get(surname(name_key(found.group("name"))), ())
        if holder.office.startswith(("President", "Prime Minister"))
        and cast.tables.parties[holder.party].kind == "country"
    }
    states &= cast.countries.named | ({"united states"} if "administration" in phrase else set())
    if len(states) != 1:
        return None
    return _given(cast.tables.parties[states.pop()], phrase, cast)


def _of_a_political_party(phrase: str, cast: Cast) -> Affiliation | None:
    """Read "California's top Democratic leaders", "GOP lawmakers": several speak for the party."""
    found = _POLITICIANS.fullmatch(phrase)
    if found is None:
        return None
    key = "democratic party" if found.group("party").lower() == "democratic" else "republican party"
    return _given(cast.tables.parties[key], phrase, cast)


def _forecasters(phrase: str, cast: Cast) -> Affiliation | None:
    """Read "forecasters" as those of the one weather service that the article names."""
    if not _FORECASTERS.fullmatch(phrase):
        return None
    services = {
        m.alias.parties
        for m in matches(cast.article.text, cast.tables)
        if m.alias.parties and m.alias.use == "agency" and _WEATHER.search(m.alias.parties[0].name)
    }
    if len({parties[-1] for parties in services}) != 1:
        return None
    parties = min(services, key=lambda found: found[0].name)
    shown = (cast.evidence_of(parties[0].name),)
    return Affiliation(parties, shown, inferred=True)


def _of_a_place(phrase: str, cast: Cast, at: int) -> Affiliation | None:
    """Read "the county", "the city's police department", "state officials"."""
    found = _PLACES.fullmatch(phrase)
    noun = found.group("noun").lower() if found else None
    if _STATE_OFFICIALS.fullmatch(phrase):
        noun = "state"
    if noun is None:
        return None
    if noun == "county":
        party = county_near(cast, at)
    elif noun in ("state", "province"):
        region = home_region(cast)
        party = region[0] if region else None
    else:
        party = town_meant(cast, at)
    return _given(party, party.name, cast, inferred=True) if party else None


def _without_little(name: str) -> str:
    """Drop the words that only begin a sentence ("When police")."""
    tokens = re.sub(r"['’]s$", "", name).split()
    while tokens and tokens[0].lower() in NO_NAME:
        del tokens[0]
    return " ".join(tokens)


def _police(phrase: str, cast: Cast, at: int) -> Affiliation | None:
    """Read "police": of the one department that the article names, or of its country."""
    if not _POLICE.fullmatch(phrase) or not re.search(
        r"polic|investigat|detective|officer", phrase, re.I
    ):
        return None
    text = cast.article.text
    home = cast.countries.likely(at, text.rfind("\n", 0, at) + 1)
    local = cast.countries.home is None and _DEPARTMENT.search(text) is not None
    if home is not None and home.party.key != "united states" and not local:
        police = re.search("polic", phrase, re.I)
        return _given(home.party, home.worded, cast, inferred=True) if police else None
    places = [_without_little(match.group("name")) for match in _DEPARTMENT.finditer(text)]
    known = (p for p in places if p and p.lower() not in ("local", "state", "federal"))
    counts = Counter(p for p in known if not any(matches(p, cast.tables)))
    if not counts:
        return None
    place, most = counts.most_common(1)[0]
    if 2 * most <= counts.total():
        return None
    return _given(police_of(place), f"{place} police", cast, inferred=True)


def _governing(cast: Cast, at: int) -> Home | None:
    """Find the country of "the government": the sentence's first, the only one near, the likely."""
    text = cast.article.text
    line = text.rfind("\n", 0, at) + 1
    start = max(line, text.rfind(". ", 0, at) + 1)
    own = [home for where, home in cast.countries.mentions if start <= where < at]
    near = {home.party: home for where, home in cast.countries.mentions if line <= where < at}
    if own:
        return own[0]
    return next(iter(near.values())) if len(near) == 1 else cast.countries.likely(at, line)


def _of_the_state(phrase: str, cast: Cast, at: int) -> Affiliation | None:
    """Read "election authorities", "official figures", "the central bank", "the government"."""
    if re.fullmatch(r"(?:the )?(?:government|general staff)", phrase, re.I):
        home = _governing(cast, at)
        return _given(home.party, home.worded, cast, inferred=True) if home else None
    if not _STATE.fullmatch(phrase):
        return None
    text = cast.article.text
    home = cast.countries.likely(at, text.rfind("\n", 0, at) + 1)
    if home is None or only_spoken_of(home.party, cast, Span(at, at + len(phrase))):
        return None
    if home.party.key == "united states" and re.search(r"authorit|local|county|city", phrase, re.I):
        region = home_region(cast)
        return _given(region[0], region[1], cast, inferred=True) if region else None
    return _given(home.party, home.worded, cast, inferred=True)
