"""
Read public servants whose country only the article tells: "the mayor of Halvik", "Prosecutor Lund".

Outside the United States, whose towns and counties have police and prosecutors of their own, they
are the state's; a mayor speaks for the town first. Which country it is, the article says; then the
party is inferred. No I/O.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from index.speakers.affiliation.affiliation import Affiliation
from index.speakers.affiliation.bodies import PLACE
from index.speakers.affiliation.regional import place_office
from index.speakers.cast.cast import Cast
from index.speakers.cast.descriptions import Role
from index.speakers.cast.people import Person
from index.speakers.gazetteer.parties import WORD, matches
from index.speakers.gazetteer.regions import country_of, regions
from index.speakers.gazetteer.tables import phrase_key
from index.types import Party

_FORCE = (
    r"(?:police|army|navy|air force|military|armed forces|coast guard|civil defen[cs]e"
    r"|border guards?|gendarmerie|fire (?:service|brigade)"
    r"|(?:\w+ )?disaster (?:office|agency|council)"
    r"|rescue (?:service|agency))"
)
_SERVANT = re.compile(
    r"^(?:(?:the|an?|chief|senior|state|deputy|lead|public|special|local|regional|provincial"
    r"|district|top|acting|interim|federal|national)\s+)*"
    r"(?:prosecutor|(?:health|election|security|emergency|police|education|government|rescue"
    r"|disaster|transport|customs|immigration|military|army) (?:official|officer|chair\w*|chief"
    r"|spokes\w+|superintendent|inspector|commissioner|commander)|chief superintendent"
    r"|superintendent of police|(?:regional|provincial) governor"
    r"|spokes\w+ (?:for|of) the (?:[\w-]+ ){0,2}(?:operation|offensive)\b.*)$", re.I,
)  # fmt: skip
_OF_FORCE = re.compile(rf",? (?:of|from|with) the (?:[a-z]+ )?{_FORCE}\b")
_HEAD_OF_FORCE = re.compile(
    rf"(?:[Tt]he |[Aa]n? )?(?:[a-z]+ )*(?:head|chief|commander|director|official|officer|member"
    rf"|spokes\w+) (?:of|from|for|in|with) the (?:[a-z]+ )?{_FORCE}\b.*"
)
_ARMED = re.compile(
    rf"(?:[Aa]n? |[Tt]he )?(?:(?P<place>{PLACE}) )?(?:[Ll]ocal |[Rr]egional |[Pp]rovincial )?"
    r"(?:[Pp]olice|[Aa]rmy|[Mm]ilitary) (?:spokes\w+|officials?|officers?|chief|commanders?"
    r"|department)(?: (?:[A-Z][\w.]+ ){1,4}[A-Z][\w-]+)?"
    rf"|.*\b(?:of|from) the {_FORCE}['’]s .*"
)
_AMERICAN = "united states"


def servant_affiliation(person: Person, roles: Iterable[Role], cast: Cast) -> Affiliation | None:
    """
    Find for which country a public servant speaks that the article does not name beside it.

    Args:
        person: of the article.
        roles: what the article calls the person.
        cast: the article, its people, the tables.
    """
    text = cast.article.text
    for role in roles:
        if _SERVANT.match(role.text.strip(" ,")):
            return _of_the_state(role.text, role.wording.start, cast)
    for mention in person.mentions[:4]:
        after = _OF_FORCE.match(text, mention.end)
        if after is not None:
            return _of_the_state(text[mention.start : after.end()], mention.start, cast)
    return None


def servant_described(bare: str, cast: Cast, at: int) -> Affiliation | None:
    """
    Find for whom a source speaks that words a servant's office without a name.

    Args:
        bare: the source as written: "the mayor of Halvik", "the head of the police".
        cast: the article, its people, the tables.
        at: where the source stands.
    """
    armed = _ARMED.fullmatch(bare)
    town = armed.group("place") if armed else None
    if town:
        country = country_of_town(town, cast)
        return Affiliation((country,), (cast.evidence_of(bare),)) if country else None
    if armed or _HEAD_OF_FORCE.fullmatch(bare):
        return _of_the_state(bare, at, cast)
    if len(bare.split()) > _LONG or not re.search(r"\bmayor|\bgovernor|\bgov\b", bare, re.I):
        return None
    parties = with_country(place_office(bare, cast), cast)
    return Affiliation(parties, (cast.evidence_of(bare),)) if parties else None


_LONG = 9


def _of_the_state(worded: str, at: int, cast: Cast) -> Affiliation | None:
    """Make the affiliation of a servant of the country meant at *at*, if that has one police."""
    home = cast.countries.likely(at, cast.article.text.rfind("\n", 0, at) + 1)
    if home is None or home.party.key == _AMERICAN:
        return None
    shown = (cast.evidence_of(worded), cast.evidence_of(home.worded))
    return Affiliation((home.party,), shown, worded, inferred=True)


def with_country(parties: tuple[Party, ...], cast: Cast) -> tuple[Party, ...]:
    """Add the country of a town outside the United States to whom its mayor speaks for."""
    if len(parties) != 1 or parties[0].kind != "body":
        return parties
    region = country_of(parties[0])
    if region is not None:
        return parties
    country = country_of_town(parties[0].name, cast)
    return (*parties, country) if country is not None else parties


def country_of_town(name: str, cast: Cast) -> Party | None:
    """
    Find the country of a town as the article tells it: "Halvik, northern Norway".

    Returns:
        Nothing for a town of the United States, or where the article does not say.
    """
    alias = cast.tables.aliases.get(phrase_key(name))
    if alias is not None and alias.use == "capital":
        return _abroad(alias.parties[-1])
    text = cast.article.text
    bare = re.escape(name)
    for found in re.finditer(rf"(?<![\w-]){bare}(?:,| in| –) ", text):
        behind = re.match(r"(?:(?:in|northern|southern|eastern|western|central|the)\s+)*",
                          text[found.end() : found.end() + 60])  # fmt: skip
        start = found.end() + (behind.end() if behind else 0)
        country = _named_at(text[start : start + 40], "name", cast)
        if country is not None:
            return _abroad(country)
    for found in re.finditer(
        rf"(?P<before>[A-Z]\w+)(?:['’]s)? (?:\w+ ){{0,2}}(?:city|town|port|village|capital)"
        rf"(?:,| of)? {bare}\b", text
    ):  # fmt: skip
        country = _named_at(found.group("before"), "adjective", cast)
        if country is not None:
            return _abroad(country)
    home = cast.countries.home
    if any(found in text for found in regions() if country_of(regions()[found]) == _AMERICAN):
        return None
    return _abroad(home.party) if home is not None else None


def _named_at(text: str, use: str, cast: Cast) -> Party | None:
    """Find the country whose name or, as *use* says, adjective *text* begins with."""
    first = next(matches(text, cast.tables), None)
    if first is None or first.span.start or not WORD.match(text):
        return None
    if not first.alias.parties or first.alias.use not in ("name", use):
        return None
    country = first.alias.parties[-1]
    return country if country.kind == "country" else None


def _abroad(country: Party) -> Party | None:
    """Return *country* unless its towns speak for themselves alone."""
    return country if country.kind == "country" and country.key != _AMERICAN else None
