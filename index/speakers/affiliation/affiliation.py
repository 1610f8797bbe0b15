"""
Decide for whom a person speaks, with the wording that shows it.

What the user's file says wins, then the article's own titles and appositions, then the shipped
tables, dated. An article that words a role which ended, or one that speaks for nobody, is
evidence against the tables: a "former minister" is no voice of a state, whatever they say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from index.speakers.affiliation.full_forms import RUN, full_form, whole_name
from index.speakers.affiliation.holders import called_former, shipped_evidence, shipped_holder
from index.speakers.cast.cast import Cast
from index.speakers.cast.country import Home
from index.speakers.cast.descriptions import Role
from index.speakers.cast.organisations import GROUP_WORDS
from index.speakers.cast.people import Person
from index.speakers.gazetteer.lexicon import words
from index.speakers.gazetteer.names import names_agree
from index.speakers.gazetteer.parties import matches
from index.speakers.gazetteer.role_phrases import Reading, read_role
from index.speakers.gazetteer.tables import phrase_key
from index.types import Evidence, Party, Speaker

# "First Minister" and "Chief Minister" are those of a part of a country.
_OF_A_STATE = re.compile(
    r"(?<!first )(?<!chief )\bminister\b|\bpresident-elect\b"
    r"|\b(?:defen[cs]e|foreign|home|interior) secretary\b"
    r"|\bsecretary of (?:defen[cs]e|the interior)\b|\b(?:presidential|government) spokes"
    r"|\bcentral bank (?:governor|chief|boss|head|president)|\b(?:solicitor|surgeon) general"
    r"|^(?:army|navy|air force) (?:chief|commander|spokes)|\bprosecutor general"
    r"|^(?:interior|treasury|commerce|labor|energy|agriculture|transportation|defen[cs]e|justice"
    r"|foreign office|home office|foreign ministry|defen[cs]e ministry) spokes", re.I,
)  # fmt: skip
_RULES = frozenset({"president", "minister", "king", "queen", "chancellor", "premier", "emir"})
# "CPN's Africa Programme" is CPN's.
_PART_OF = re.compile(
    r"(?P<whole>[A-Z][\w&. -]*)['’]s (?:[\w-]+ ){0,3}(?:[Pp]rogram(?:me)?|[Dd]ivision|[Uu]nit"
    r"|[Tt]eam|[Dd]esk|[Bb]ranch|[Bb]oard|[Ww]ing|[Oo]ffice|[Dd]epartment)"
)
_PRINCIPAL_HEADS = frozenset({"adviser", "advisers", "advisor", "advisors", "aide", "aides"})

# A spokesman's principal may himself be somebody's aide; then it ends.
MAX_DEPTH = 2


@dataclass(frozen=True, slots=True)
class Affiliation:
    """
    The parties somebody speaks for, why, and through whom.

    ``inferred``: not the wording beside the name tells it but the article as a whole.
    """

    parties: tuple[Party, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    role: str | None = None
    via: str | None = None
    spokes: bool = False
    inferred: bool = False


def affiliation_of(person: Person, cast: Cast, depth: int = 0) -> Affiliation:
    """
    Decide for whom *person* speaks.

    Args:
        person: of the article.
        cast: the article, its people, the tables.
        depth: how many spokesmen's principals were followed so far.
    """
    roles = [(r, read_role(f"{r.text} {r.country}", cast.tables)) for r in person.roles]
    role_text = roles[0][0].text if roles else None
    user = _user_rows(person, cast)
    if user:
        return Affiliation(*user, role_text)
    for role, reading in roles:
        if reading is not None and not reading.ended:
            found = article_affiliation(role, reading, cast, depth)
            if found is not None:
                return found
    readings = [reading for _, reading in roles if reading is not None]
    spokes = any(r.kind == "spokes" and not r.ended for r in readings)
    shipped = shipped_holder(person, readings, cast)
    if shipped is None or (not readings and called_former(person, cast.article.text)):
        return _office_at_home(roles, cast) or Affiliation(role=role_text, spokes=spokes)
    party = cast.tables.parties[shipped.party]
    spokes = bool(re.search(r"spokes|press secretary", shipped.office, re.I))
    evidence = (shipped_evidence(shipped, party),)
    return Affiliation((party,), evidence, role_text, party.name if spokes else None, spokes)


def article_affiliation(
    role: Role, reading: Reading, cast: Cast, depth: int = 0
) -> Affiliation | None:
    """
    Find the parties of one wording of the article; None if it names none.

    Args:
        role: the wording.
        reading: what `read_role` makes of it.
        cast: the article, its people, the tables.
        depth: how many spokesmen's principals were followed so far.
    """
    own = cast.organisations.known
    if reading.implied and not any(map(cast.countries.may_mean, reading.parties)):
        return None
    if reading.principal is None and own and _leads_the_company(role, reading):
        reading = replace(reading, principal="the company")
    bare = re.sub(r"^[Tt]he ", "", reading.principal or "")
    part = _PART_OF.fullmatch(bare)
    if part is not None:
        reading, bare = replace(reading, principal=part.group("whole")), part.group("whole")
    if bare[:1].isupper():
        reading = replace(reading, principal=whole_name(bare, role.text))
    parties, via = reading_parties(reading, cast, depth, role.span.start)
    if not parties:
        return None
    if parties[0].key not in cast.tables.parties and reading.principal is not None:
        _, _, behind = role.text.partition(reading.principal)
        parties = listed_behind(behind, cast) or parties
    parties += _ruled(role, reading, cast) if parties[-1].kind != "country" else ()
    shown: tuple[Evidence, ...] = (cast.evidence_of(cast.article.text[slice(*role.wording)]),)
    principal = cast.people.find(reading.principal) if reading.principal else None
    if principal is not None and depth < MAX_DEPTH:
        shown += affiliation_of(principal, cast, depth + 1).evidence
    return Affiliation(parties, shown, role.text, via, reading.kind == "spokes")


def listed_behind(text: str, cast: Cast) -> tuple[Party, ...]:
    """Find the known body at which somebody heads a part: "head of Ice Studies" "at NASA"."""
    found = re.match(rf",? (?:at|within) (?:the )?(?P<run>{RUN.pattern})", text)
    known = next(matches(found.group("run"), cast.tables), None) if found else None
    if known is None or known.span.start or not known.alias.parties:
        return ()
    listed = known.alias.parties[0].kind in ("body", "company")
    return known.alias.parties if listed and known.alias.use in ("agency", "name") else ()


def _office_at_home(roles: list[tuple[Role, Reading | None]], cast: Cast) -> Affiliation | None:
    """Find for whom a minister speaks whose country only the article says; None if open."""
    text = cast.article.text
    for role, reading in roles:
        if reading is None or reading.ended:
            continue
        if reading.principal and reading.principal.lower() not in _WORK:
            continue
        at = role.wording.start
        if _is_of_unknown(role, cast):
            continue
        home = _by_medium(role, cast) or cast.countries.likely(at, text.rfind("\n", 0, at) + 1)
        if home is None or (reading.parties and not reading.implied) or role.country:
            continue
        if _OF_A_STATE.search(role.text):
            spokes = reading.kind == "spokes"
            via = home.party.name if spokes else None
            shown = (cast.evidence_of(role.text), cast.evidence_of(home.worded))
            known = home == cast.countries.home
            return Affiliation((home.party,), shown, role.text, via, spokes, inferred=not known)
    return None


# "Energy Minister Anna Novak of Syldavia", but not "of the Centre Party"
_OF = re.compile(
    r" of (?:the )?(?P<place>[A-Z][\w-]+(?: [A-Z][\w-]+){0,3})(?! (?:party|bloc|list|faction)\b)"
)
_NO_PLACE = re.compile(
    r"(?:Party|Union|Movement|Alliance|Democrats?|Greens?|Left|Right|Front|Coalition|League|Bloc"
    r"|List|Congress|Conservatives?|Liberals?|Labour|Socialists?|Church|Ministry|Cabinet)$"
)


def _is_of_unknown(role: Role, cast: Cast) -> bool:
    """Return whether "of" and a place that no table knows follow a name."""
    found = _OF.match(cast.article.text, role.wording.end)
    if found is None or _NO_PLACE.search(found["place"]):
        return False
    alias = cast.tables.aliases.get(phrase_key(found["place"]))
    return alias is None or alias.use not in ("name", "metonym") or not alias.parties


# "told The Norwegian Post"
_TOLD = re.compile(
    r",? (?:has )?(?:told|tells|informed)(?: (?:the )?[a-z]+)? [Tt]he (?P<nation>[A-Z]\w+) [A-Z]\w+"
)


def _by_medium(role: Role, cast: Cast) -> Home | None:
    """Find the country of a minister by the paper he told it to, if the article names that too."""
    found = _TOLD.match(cast.article.text, role.wording.end)
    alias = cast.tables.aliases.get(phrase_key(found.group("nation"))) if found else None
    if found is None or alias is None or alias.use != "adjective" or not alias.parties:
        return None
    party = alias.parties[-1]
    named = party.kind == "country" and party.key in cast.countries.named
    return Home(party, found.group("nation")) if named else None


def _ruled(role: Role, reading: Reading, cast: Cast) -> tuple[Party, ...]:
    """Find whom a head of state leads besides: "AU chairman President Anna Novak of Norway"."""
    named = cast.tables.aliases.get(phrase_key(role.country.removeprefix("of ")))
    return named.parties if named is not None and _RULES & set(reading.head.split()) else ()


def _leads_the_company(role: Role, reading: Reading) -> bool:
    """Return whether a role is a company's and its wording leaves the company out."""
    bare = re.sub(r"^(?:the|its)\s+", "", role.text.strip(" ,").lower())
    return bare == reading.head and bool(set(bare.split()) & {"executive", "ceo", "chairman"})


def _user_rows(person: Person, cast: Cast) -> tuple[tuple[Party, ...], tuple[Evidence, ...]] | None:
    """Find what the user's file says of *person* on the article's day."""
    rows = [
        row
        for key, found in cast.tables.user_people.items()
        for row in found
        if names_agree(person.key, key) and row.serves(cast.day)
    ]
    if not rows:
        return None
    party = cast.tables.parties.get(rows[-1].party, Party(rows[-1].party, rows[-1].party, "group"))
    return (party,), (Evidence(f"{rows[-1].name}: {party.name}", "user"),)


# "The company", "its"; a director of air transport points to no body of that name.
_POINTS = re.compile(
    rf"(?:the|its|their|this|that)\b|(?:[\w-]+ )*(?:{'|'.join(sorted(GROUP_WORDS))})(?:['’]s)?$",
    re.I,
)


def reading_parties(
    reading: Reading, cast: Cast, depth: int = 0, at: int | None = None
) -> tuple[tuple[Party, ...], str | None]:
    """
    Find the parties of a role reading, and through whom it speaks.

    Args:
        reading: its principal is looked up among the article's people and organisations.
        cast: the article, its people and organisations, the tables.
        depth: how many spokesmen's principals were followed so far.
        at: where the role stands; None if that is unknown.
    """
    via = None
    if reading.parties:
        if reading.kind == "spokes":
            via = reading.parties[0].name
        return reading.parties, via
    speaks = reading.kind == "spokes" or reading.head in _PRINCIPAL_HEADS
    commands = reading.kind == "state" and "commander" in reading.head
    if reading.principal is None or depth > MAX_DEPTH:
        return (), None
    if reading.kind not in ("spokes", "head", "unnamed") and not commands:
        return (), None
    known = cast.organisations
    group = known.named(reading.principal)
    if group is None and _POINTS.match(reading.principal):
        group = known.meant(reading.principal, at)
    if group is not None:
        return (group.party,), group.name if reading.kind == "spokes" else None
    if reading.kind not in ("spokes", "head"):
        return (), None
    if reading.principal.lower() in _BODY_HEADS:
        # "Council spokesman" names the one council of the article.
        group = known.meant(f"the {reading.principal.lower()}", at)
        return ((group.party,), group.name) if group else ((), None)
    person = cast.people.find(reading.principal)
    # "Brightwater's chief executive": a lone capitalised word may be a company as well.
    if person is not None and (speaks or person.plausible):
        affiliation = affiliation_of(person, cast, depth + 1) if speaks else Affiliation()
        return affiliation.parties, person.name if reading.kind == "spokes" else None
    return _unknown_group(reading, cast)


# Letters for a kind of body or of person; "Quoting leader Kim".
NO_BODY = frozenset(
    "NGO NGOs CEO CEOs MP MPs TV PM AP ISP ISPs Vice Separate Quoting Citing Calling Speaking"
    " Following Including Describing Addressing Saying Using Special Assistant Deputy Associate"
    " Acting Senior Interim Independent Lead Principal Managing Executive".split()
)
_GENERIC = words("generic")
_BODY_HEADS = words("body name heads")
_PORTFOLIO = words("portfolio")
_WORK = _PORTFOLIO | {"interior", "solicitor"}


# Roles that speak for an organisation of which only the article knows.
_LEADS = words("leads an organisation")
# Who leads one of these is quoted as a scholar and speaks for himself.
# "The Ohio Center for Justice" takes sides, whoever's name it bears.
CAUSE = r"(?: (?:for|of|on|against) [\w ]{0,20}?(?:rights|justice|libert|freedom|democracy))"
SCHOLARLY = re.compile(
    rf"universit|institut|college|school|\bcent(?:er|re)\b(?!{CAUSE})|project", re.I
)


def _unknown_group(reading: Reading, cast: Cast) -> tuple[tuple[Party, ...], str | None]:
    """Make a party of an organisation that only the article knows."""
    name = re.sub(r"^(?:(?:the|a|an)\s+)?(?:(?:ISP|NGO)\s+)?", "", reading.principal or "")
    words = name.split()
    proper = [w for w in words if w[:1].isupper()]
    if not words or not words[0][:1].isupper() or words[0].lower().rstrip(".") in _GENERIC:
        return (), None
    if name in NO_BODY:
        return (), None
    if {w.lower() for w in words} <= _PORTFOLIO:
        # A director of public health leads no organisation of that name.
        return (), None
    if len(proper) < len(words) / 2 or any(w.lower() in _GENERIC for w in words):
        return (), None
    if reading.kind == "head" and (
        not set(reading.head.split()) & _LEADS or SCHOLARLY.search(name)
    ):
        return (), None
    kind = "company" if re.search(r"chief|ceo|president|officer", reading.head) else "group"
    name = full_form(name, cast.article.text)
    known = cast.tables.aliases.get(phrase_key(name))
    parties = known.parties if known is not None else ()
    parties = parties or (Party(phrase_key(name), name, kind),)
    return parties, name if reading.kind == "spokes" else None


# "The league's position after commissioner" Anna Novak
_CLAUSE_BEFORE = re.compile(
    r"^.*\s(?:after|before|since|until|when|while|because|although)\s+(?=\w)"
)


def _office_alone(role: str | None) -> str | None:
    """Cut a role down to the office, where the words of a clause before it came along."""
    return None if role is None else _CLAUSE_BEFORE.sub("", role)


def make_speaker(person: Person, affiliation: Affiliation) -> Speaker:
    """Make the speaker of a person of the article."""
    return Speaker(
        person.key,
        person.name,
        _office_alone(affiliation.role),
        affiliation.parties,
        affiliation.evidence,
        "named",
        affiliation.via,
    )
