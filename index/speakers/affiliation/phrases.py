"""
Decide for whom a source that names no person speaks: "Moscow", "Russian officials".

Such a phrase speaks for a party only whole: "the Russians" do, "Russians" do not. No I/O.
"""

from __future__ import annotations

import re
from functools import lru_cache

from index.speakers.affiliation.affiliation import Affiliation, affiliation_of, reading_parties
from index.speakers.affiliation.full_forms import apposed_body
from index.speakers.cast.cast import Cast
from index.speakers.cast.people import Person
from index.speakers.gazetteer.lexicon import rows
from index.speakers.gazetteer.names import name_key
from index.speakers.gazetteer.parties import WORD, campaign, matches
from index.speakers.gazetteer.role_phrases import read_role
from index.speakers.gazetteer.roles import FORCE
from index.speakers.gazetteer.tables import Alias, phrase_key
from index.types import Party


def phrase_affiliation(phrase: str, cast: Cast, at: int | None = None) -> Affiliation | None:
    """
    Decide for whom a source that names no person speaks; None if the phrase is nothing known.

    "Moscow", "the Pentagon", "the Americans", "Russian officials", "the Clinton campaign".

    Args:
        phrase: the source as written.
        cast: the article, its people and organisations, the tables.
        at: where the source stands; None if that is unknown.
    """
    # "Hamas, an armed group"
    bare = re.sub(
        r",\s+(?:an?|the|who|which|whose)\s.*", "", phrase.strip(" ,.;:“”\"'"), flags=re.S
    )
    bare = apposed_body(phrase) or country_called(phrase) or bare
    owned = _of_owner(bare, cast, at)
    if owned is not None:
        return owned
    core = re.sub(r"^the\s+", "", bare, flags=re.I)
    state = _of_the_country(bare, cast, at)
    if state is not None:
        return Affiliation(state, (cast.evidence_of(bare),) if state else ())
    for span, alias in matches(core, cast.tables):
        if span.start == 0 and span.end >= len(re.sub(r"['’]s$", "", core)):
            parties = alias.parties if _speaks(alias, bare) else ()
            return Affiliation(parties, (cast.evidence_of(bare),) if parties else ())
        # "the United States Department of Health and Human Services"
        own = cast.tables.aliases.get(phrase_key(core[span.end :]))
        if span.start == 0 and alias.parties and own and own.parties[-1:] == alias.parties:
            return Affiliation(own.parties, (cast.evidence_of(bare),))
        break
    whole = cast.tables.aliases.get(phrase_key(bare))
    if whole is not None and bare != core and not whole.cased:
        return Affiliation(whole.parties, (cast.evidence_of(bare),) if whole.parties else ())
    composed = _composed(core, cast)
    if composed is not None:
        return composed
    reading = read_role(bare, cast.tables)
    if reading is None:
        return None
    parties, via = ((), None) if reading.ended else reading_parties(reading, cast, 0, at)
    evidence = (cast.evidence_of(bare),) if parties else ()
    return Affiliation(parties, evidence, None, via, reading.kind == "spokes")


# "The Hamas-run health ministry"
_RUN_BY = re.compile(r"(?:[Tt]he )?(?P<who>[A-Z]\w+)-(?:run|controlled) (?=[a-z])")
# "A spokesman for the Norwegian president's office"
_OFFICE_OF = re.compile(
    r"(?:[Aa]n? (?:[a-z]+ )?(?:spokes\w+|official|statement) (?:for|of|from|in|at) )?"
    r"(?P<holder>the [A-Z]\w+(?: \w+)? (?:president|prime minister|chancellor|premier|king|queen))"
    r"['’]s (?:office|cabinet|staff|press office)"
)
# "Norway's neighbour and ally Denmark"
_CALLED = re.compile(
    r"(?:(?:[Tt]he|[Ii]ts|[A-Z]\w+(?:['’]s?)?) )(?:[a-z-]+ )*(?:ally|neighbou?r|rival|foe|partner"
    r"|giant|member|power|nation|country|state|kingdom|island|archipelago) "
    r"(?P<name>(?:the )?[A-Z][\w’'. -]+)"
)


def _of_owner(bare: str, cast: Cast, at: int | None) -> Affiliation | None:
    """Read "the Hamas-run health ministry" and "the Danish president's office"."""
    run = _RUN_BY.match(bare)
    group = cast.tables.aliases.get(phrase_key(run.group("who"))) if run is not None else None
    if group is not None and group.parties and group.parties[0].kind == "group":
        return Affiliation(group.parties, (cast.evidence_of(bare),))
    office = _OFFICE_OF.fullmatch(bare)
    if office is not None:
        holder = phrase_affiliation(office.group("holder"), cast, at)
        if holder is not None and holder.parties:
            spokes = "spokes" in bare
            via = holder.parties[0].name if spokes else None
            return Affiliation(holder.parties, (cast.evidence_of(bare),), None, via, spokes)
    return None


def country_called(phrase: str) -> str | None:
    """Find the country's name behind what it is called: "Norway's neighbour Denmark"."""
    found = _CALLED.fullmatch(phrase.strip(" ,"))
    name = found.group("name") if found is not None else ""
    return name if name in _country_names() else None


@lru_cache(maxsize=1)
def _country_names() -> frozenset[str]:
    """Read the names of all countries, with and without "the"."""
    names = {name for _, name, *_ in rows("countries.tsv")}
    return frozenset(names | {f"the {name}" for name in names})


_OF_COUNTRY = re.compile(r"(?:[Tt]he|[Tt]hat) (?:country|nation)['’]s (?P<rest>.+)")


def _of_the_country(bare: str, cast: Cast, at: int | None) -> tuple[Party, ...] | None:
    """
    Find whose army or bank "the country's army" is; None if *bare* is worded otherwise.

    It is the country that the sentence names first, else the article's.
    """
    found = _OF_COUNTRY.fullmatch(bare)
    if found is None or at is None:
        return None
    rest = found.group("rest")
    state = any(m.alias.use in ("metonym", "agency") for m in matches(rest, cast.tables))
    if not state and not {w.group().lower() for w in WORD.finditer(rest)} & (FORCE | {"bank"}):
        return None
    text = cast.article.text
    start = max(text.rfind("\n", 0, at), text.rfind(". ", 0, at)) + 1
    named = [home for where, home in cast.countries.mentions if start <= where < at]
    home = named[0] if named else cast.countries.likely(at, text.rfind("\n", 0, at) + 1)
    return (home.party,) if home else ()


def _speaks(alias: Alias, bare: str) -> bool:
    """Return whether an alias alone speaks for a party: "the Russians" is, "Russians" is not."""
    if alias.use in ("people", "adjective"):
        return bool(re.match(r"the\s", bare, flags=re.I))
    return alias.use != "place"


def _composed(core: str, cast: Cast) -> Affiliation | None:
    """Read "Clinton campaign", "Trump's campaign", "Obama administration"."""
    found = re.fullmatch(
        r"((?:[A-Z][\w.-]*\s+)*[A-Z][\w-]*)(?:['’]s)?\s+(?:presidential |election )?"
        r"(campaign|administration|government|regime|team|office)(?:\s+\w+)?", core,
    )  # fmt: skip
    if found is None or any(m.alias.parties for m in matches(found.group(1), cast.tables)):
        return None
    name, noun = found.groups()
    shown = (cast.evidence_of(core),)
    if noun == "campaign":
        person = cast.people.find(name)
        full = person.name if person else name
        return Affiliation((campaign(full),), shown)
    person = cast.people.find(name) or Person(name_key(name), name)
    affiliation = affiliation_of(person, cast)
    return (
        Affiliation(affiliation.parties, shown + affiliation.evidence)
        if affiliation.parties
        else None
    )
