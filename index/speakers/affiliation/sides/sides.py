"""
Read for which side somebody speaks: an opposition, rebels, an army's officer, an office's staff.

"Opposition leader Ivan Petrov" speaks for the opposition of the article's country, "the rebels"
for the group that the article names, "British Maj. Gen. Mark Hale" for Britain, and "Novak's
press secretary" for whom Novak does. The country's own army is no other country's. No I/O.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from index.speakers.affiliation.affiliation import SCHOLARLY, Affiliation
from index.speakers.affiliation.bodies import RUN, organisation_parties
from index.speakers.affiliation.places import place_party
from index.speakers.affiliation.sides.federations import head_of_sport
from index.speakers.affiliation.sides.officers import officer
from index.speakers.affiliation.sides.opposition import (
    ANY,
    OPPOSITION,
    REBELS,
    home_at,
    nation_named,
    opposition_of,
    rebels,
)
from index.speakers.affiliation.sides.politics import by_politics, party_called
from index.speakers.cast.cast import Cast
from index.speakers.cast.descriptions import Role
from index.speakers.cast.people import Person
from index.speakers.gazetteer.lexicon import words
from index.speakers.gazetteer.parties import campaign, matches
from index.speakers.gazetteer.tables import phrase_key
from index.types import Evidence, Party

_KINDS = words("company noun") | words("group noun") | words("organisation kind")
_KIND = "|".join(
    sorted(_KINDS | {"monitor", "watchdog", "charity", "chain"}, key=len, reverse=True)
)
_US_ATTORNEY = re.compile(r"\b(?:U\.?S\.?|United States) [Aa]ttorney(?! [Gg]eneral)\b")
_PARTY_OF = re.compile(
    rf"\b(?:opposition|ruling|governing) (?:[\w-]+ )?party,? (?P<a>{RUN.pattern})"
    rf"|\b(?:leader|head|chair\w*|spokes\w+) (?:of|for) (?:the )?(?P<b>{RUN.pattern}) [Pp]arty\b"
)
_OPPOSITION_LEADER = re.compile(
    r"(?:\bopposition(?:['’]s)? (?:overall |main |top |de facto )?(?:leader|official|spokes\w+"
    r"|figure|negotiator|coordinator|chief)"
    r"|\b(?:leader|spokes\w+|negotiator|head) (?:of|for) the opposition)\b(?! party)", re.I,
)  # fmt: skip
# "Holm-Vik spokesperson", of two who run together
_TICKET = re.compile(
    r"(?P<first>[A-Z][a-z]+)[-–/][A-Z][a-z]+ (?:campaign )?(?:spokes\w+|adviser|advisor|aide)\b"
)
# "A prominent opposition leader" speaks for himself.
_ONE_OF_MANY = re.compile(
    r"an? (?:prominent|leading|veteran|well-known|fierce|jailed|exiled|key|senior) ", re.I
)
_BREAKAWAY = re.compile(
    r"\b(?:self-(?:proclaimed|declared|styled)|breakaway|separatist|rebel|unrecogni[sz]ed"
    r"|pro-Russian?)\b", re.I,
)  # fmt: skip
_SPEAKER = re.compile(
    r"\b(?P<a>[A-Z]\w+)['’]s (?:deputy )?(?:speaker of parliament|parliament(?:ary)? speaker)\b"
    r"|\bspeaker of (?:the )?(?P<b>[A-Z]\w+)(?:['’]s)? parliament\b"
)
# "head of Norway's rail network", "Norway's director for trade": a state's, where no firm is named.
_STATE_HEAD = re.compile(
    r"^(?:[Tt]he )?(?:[a-z-]+ )*(?:head|director|chief|boss) of (?P<a>[A-Z]\w+)['’]s "
    r"(?:(?:[a-z-]+ )+|(?:[A-Z][\w-]+ )+(?:Organi[sz]ation|Authority|Agency|Office|Cent(?:er|re)"
    r"|Service|Department|Administration))"
    r"|^(?P<b>[A-Z]\w+)['’]s (?:[a-z-]+ )*(?:head|director|chief|coordinator) (?:of|for) "
)
_PRIVATE = re.compile(
    r"\b(?:company|firm|party|federation|union|association|team|church|community|group|bank|club)\b"
    r"|\bopposition\b|\bleague\b"
)
_CAMPAIGNS = re.compile(
    rf"\b(?:activist|campaigner|organi[sz]er) (?:at|with|for|of) (?:the )?(?P<a>{RUN.pattern})"
    rf"|^(?P<b>{RUN.pattern}) (?:Asia[ -]Pacific|Asia|Europe|Africa|Americas?|Middle East) "
    r"(?:area |regional |country )?(?:manager|director|head|president|chief)\b"
)
# "the Pentagon's acting comptroller"
_OF_LISTED = re.compile(
    rf"(?:[Tt]he )?(?P<body>{RUN.pattern})['’]s (?:[a-z-]+ ){{0,3}}"
    r"(?:comptroller|controller|coordinator|liaison|meteorologist|auditor|planner|historian"
    r"|architect|overseer|point (?:man|person))(?: (?:for|with|on|of) .*)?"
)
_MEMBER_OF = re.compile(
    rf",? of (?:the )?(?:[a-z’'-]+ ){{0,3}}(?:group|organi[sz]ation|charity|coalition|nonprofit)"
    rf" (?P<name>{RUN.pattern})"
)
_THROUGH = re.compile(rf"(?P<body>{RUN.pattern}), through its [^.,“”\n]{{3,70}},? $")
_LEADS_PARTY = re.compile(
    rf"(?:leader|head|chair\w*) of the opposition party (?P<name>{RUN.pattern})(?: \([^()]*\))?,? $"
)
_JUSTICE = re.compile(r"\b(?:Associate |Chief |Supreme Court )?Justice $")
_VATICAN = re.compile(
    r"\bVatican (?:arch)?bishop\b|\b(?:bishop|[Cc]ardinal)\b.* of the (?:Holy See|Vatican)\b"
)
_OF_THE_SEE = re.compile(r" of the (?:Holy See|Vatican)\b")
_STAFF = (
    r"(?:chief of staff|press secretary|spokes(?:man|woman|person)|communications director"
    r"|press office|deputy chief of staff|translator|interpreter)"
)
_OF_HOLDER = re.compile(rf"(?P<who>{RUN.pattern})['’]s? (?:[a-z-]+ ){{0,2}}{_STAFF}\b")
_OFFICE_OF = re.compile(
    rf"(?P<who>{RUN.pattern})['’]s? (?:[a-z-]+ ){{0,2}}(?:office|administration|{_STAFF})"
)
_AGENTS = re.compile(
    r"(?:[a-z-]+ ){0,3}(?:services?|soldiers|troops|monitors|media|officials?|department|agency"
    r"|negotiators?|investigators|firefighters|rescuers|prosecutors?|forces|commanders?"
    r"|(?:Civil|civil) (?:Protection|protection|defen[cs]e)(?: department| agency)?)"
)
_HEADED = re.compile(
    r"(?:[Tt]he |[Aa]n? )?(?:[a-z-]+ )*(?:head|leader|commander|chief|prime minister|president"
    r"|spokes\w+|members?|fighters?) (?:of|for|from|in) (?:the )?(?:[a-z-]+ )*"
    r"(?P<name>[A-Z][\w’'-]*(?: [A-Z][\w’'-]*){0,3}?"
    r"(?: (?:battalion|brigade|militia|movement|front|regiment)|(?<=[’']s) Republic))"
)
_STATE_AGENCY = re.compile(
    r", (?:the )?(?P<nation>[A-Z]\w+(?: [A-Z]\w+)?)(?:['’]s)? (?:official )?state(?:-run|-owned)? "
    r"(?:news agency|media|television|TV|broadcaster)\b"
)
_STATE_MEDIA = re.compile(r"(?:[Tt]he )?[Ss]tate(?:-run)? (?:media|television|TV|radio)")
_WHITE_HOUSE = re.compile(r"(?:[Tt]he )?[A-Z][\w-]+ White House")
_SIGNED = re.compile(r".*\b(?:signed|issued|written) by (?P<who>(?:the )?[A-Z].*)")
_CALLED = re.compile(
    rf"(?:[Tt]he )?(?P<name>{RUN.pattern}) (?:rights |human rights )?(?:monitor|watchdog|charity)"
    rf"|(?P<apposed>{RUN.pattern}), (?:an?|the|[A-Z]\w+['’]s) (?:[\w’'-]+ ){{0,4}}(?:{_KIND})"
    rf"|[Aa]n? (?P<spokes>{RUN.pattern}) spokes(?:man|woman|person)"
    rf"|[A-Z]\w+-based (?P<based>{RUN.pattern})"
)
_NEWS = re.compile(r"\b(?:news|newspaper|broadcaster|outlet|magazine|channel|website)\b")

Decide = Callable[[Person, Cast], Affiliation]


def person_side(
    person: Person, roles: Iterable[Role], cast: Cast, decide: Decide | None
) -> Affiliation | None:
    """
    Find for which side *person* speaks; None if the wordings name none.

    Args:
        person: of the article.
        roles: what the article calls the person.
        cast: the article, its people, the tables.
        decide: decides for whom a principal speaks; None follows no principal.
    """
    if person.name == "Europe":
        return _made(_named("European Union", cast), (cast.evidence_of("Europe"),))
    for role in roles:
        parties = _of_role(role, cast)
        if not parties:
            owner = _OF_HOLDER.search(role.text)
            parties = (
                _of_principal(owner.group("who"), person, cast, decide) if owner and decide else ()
            )
        if parties:
            shown = (cast.evidence_of(cast.article.text[slice(*role.wording)]),)
            return _made(parties, shown, role.text)
    return _beside_the_name(person, cast) or officer(person, cast) or by_politics(person, cast)


def _beside_the_name(person: Person, cast: Cast) -> Affiliation | None:
    """Read "Anna Novak of victims' group Polar Voice", "The UN, through its envoy, Anna Novak"."""
    text = cast.article.text
    for mention in person.mentions[:4]:
        after = _MEMBER_OF.match(text, mention.end)
        if _OF_THE_SEE.match(text, mention.end):
            see = text[mention.start : mention.end + len(" of the Holy See")]
            return _made(_named("Vatican", cast), (cast.evidence_of(see),))
        agency = _STATE_AGENCY.match(text, mention.end)
        nation = nation_named(agency.group("nation"), cast) if agency else None
        if agency is not None and nation is not None:
            return _made((nation,), (cast.evidence_of(text[mention.start : agency.end()]),))
        before = _THROUGH.search(text[max(0, mention.start - 110) : mention.start])
        body = before.group("body").removeprefix("The ") if before else ""
        parties = _named(body, cast) if body else ()
        title = text[max(0, mention.start - 110) : mention.start]
        party = _LEADS_PARTY.search(title)
        if party is not None:
            parties = organisation_parties(party.group("name"), cast)
        elif _JUSTICE.search(title) and "Supreme Court" in text:
            parties = _named("Supreme Court", cast)
        if after is not None and not SCHOLARLY.search(after.group("name")):
            parties = organisation_parties(after.group("name"), cast)
        if parties:
            end = after.end() if after is not None else mention.end
            return Affiliation(parties, (cast.evidence_of(text[mention.start : end]),))
    return None


_SPOKES = re.compile(r"\bspokes|\bpress (?:secretary|office)", re.I)


def _made(
    parties: tuple[Party, ...], shown: tuple[Evidence, ...], role: str | None = None
) -> Affiliation:
    """Make an affiliation; that of a spokesman says through whom he speaks."""
    spokes = bool(_SPOKES.search(role or shown[0].text))
    return Affiliation(parties, shown, role, parties[0].name if spokes else None, spokes)


def _of_role(role: Role, cast: Cast) -> tuple[Party, ...]:
    """Find the side that one wording names."""
    text, at = role.text, role.wording.start
    ticket = _TICKET.match(text)
    if ticket is not None:
        person = cast.people.find(ticket.group("first"))
        return (campaign(person.name if person is not None else ticket.group("first")),)
    if "military administration" in text:
        home = home_at(cast, at)
        return (home.party,) if home else ()
    if _US_ATTORNEY.search(text):
        return (cast.tables.parties["united states"],)
    if _VATICAN.search(cast.article.text[slice(*role.wording)] + role.country):
        return _named("Vatican", cast)
    party = _PARTY_OF.search(text)
    if party is not None:
        return organisation_parties(party.group("a") or party.group("b"), cast)
    if _OPPOSITION_LEADER.search(text) and not _ONE_OF_MANY.match(text):
        return opposition_of(text, cast, at)
    if _BREAKAWAY.search(text):
        known = [m.alias.parties for m in matches(text, cast.tables) if m.alias.parties]
        groups = [parties for parties in known if parties[0].kind == "group"]
        place = re.search(rf" of (?:the )?(?P<name>{RUN.pattern})", text)
        if groups or place is None or nation_named(place.group("name"), cast):
            return groups[0] if groups else ()
        return (place_party(place.group("name")),)
    return _run_by(text, cast) or head_of_sport(text, cast)


def _run_by(text: str, cast: Cast) -> tuple[Party, ...]:
    """Find the state or the group whose body or campaign somebody runs."""
    for pattern in (_SPEAKER, _STATE_HEAD):
        found = pattern.search(text)
        owner = found and nation_named(found.group("a") or found.group("b"), cast)
        if owner and not _PRIVATE.search(text):
            return (owner,)
    listed = _OF_LISTED.fullmatch(text)
    body = _named(listed.group("body"), cast) if listed else ()
    if body and body[0].kind == "body" and body[-1].kind == "country":
        return body
    found = _CAMPAIGNS.search(text)
    name = (found.group("a") or found.group("b")) if found else ""
    return organisation_parties(name, cast) if name and not SCHOLARLY.search(name) else ()


def _of_principal(who: str, person: Person | None, cast: Cast, decide: Decide) -> tuple[Party, ...]:
    """Find for whom the holder of an office speaks whose staff is meant."""
    principal = cast.people.find(who)
    if principal is None or principal is person or not principal.plausible:
        return ()
    return decide(principal, cast).parties


def phrase_side(bare: str, cast: Cast, at: int, decide: Decide) -> Affiliation | None:
    """
    Find for which side a source speaks that names nobody; None if its words name none.

    Args:
        bare: the source as written.
        cast: the article, its people, the tables.
        at: where the source stands.
        decide: decides for whom a person speaks.
    """
    office, signed = _OFFICE_OF.fullmatch(bare), _SIGNED.fullmatch(bare)
    called = _CALLED.fullmatch(bare)
    agency = _STATE_AGENCY.search(bare)
    nation = nation_named(agency.group("nation"), cast) if agency else None
    if nation is not None:
        return _made((nation,), (cast.evidence_of(bare),))
    headed = _HEADED.fullmatch(bare)
    if headed is not None:
        name = headed.group("name")
        parties = _named(name, cast) or (Party(phrase_key(name), name, "group"),)
        return _made(parties, (cast.evidence_of(bare),))
    run_by = re.match(r"(?:[Tt]he )?(?P<who>[A-Z]\w+)-(?:run|controlled) ", bare)
    parties = _named(run_by.group("who"), cast) if run_by else ()
    if parties:
        parties = parties if parties[0].kind == "group" else ()
    elif REBELS.fullmatch(bare):
        parties = rebels(cast, at)
    elif OPPOSITION.fullmatch(bare):
        parties = opposition_of(bare, cast, at)
    elif office is not None:
        parties = _of_principal(office.group("who"), None, cast, decide)
    elif _STATE_MEDIA.fullmatch(bare):
        home = home_at(cast, at)
        parties = (home.party,) if home else ()
    elif _WHITE_HOUSE.fullmatch(bare):
        parties = (cast.tables.parties["united states"],)
    elif signed is not None:
        who = signed.group("who")
        parties = _of_principal(who, None, cast, decide) or _named(who.removeprefix("the "), cast)
        parties = parties or (_named("Vatican", cast) if re.match(r"the Pope\b", who) else ())
    elif called is not None and not _NEWS.search(bare):
        name = next(name for name in called.groups() if name)
        parties = _organisation(name, cast)
    else:
        parties = party_called(bare, cast) or _of_of_nation(bare, cast)
    return _made(parties, (cast.evidence_of(bare),)) if parties else None


def _organisation(name: str, cast: Cast) -> tuple[Party, ...]:
    """Find the parties of an organisation's name; nothing for a person of the article."""
    person = cast.people.find(name)
    if person is not None and (person.roles or person.gender is not None):
        return ()
    return organisation_parties(name, cast)


def _named(name: str, cast: Cast) -> tuple[Party, ...]:
    """List the parties that the tables know by *name*."""
    alias = cast.tables.aliases.get(phrase_key(name))
    return alias.parties if alias is not None else ()


def _of_of_nation(bare: str, cast: Cast) -> tuple[Party, ...]:
    """Read "Israeli emergency services", "Japanese monitors": they act for the nation."""
    text = re.sub(rf"^{ANY}", "", bare)
    first = next(matches(text, cast.tables), None)
    if first is None or first.span.start or first.alias.use != "adjective":
        return ()
    if not first.alias.parties or first.alias.parties[-1].kind != "country":
        return ()
    return first.alias.parties if _AGENTS.fullmatch(text[first.span.end :].strip()) else ()
