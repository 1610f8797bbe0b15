"""
Tell for whom an organisation speaks of which only its name is known: "Cal Fire", "the FDIC".

It speaks for itself; one that bears a country's or a region's name and is plainly an office of
it speaks for that first. A newspaper, a person and a scholar's institute are no party. No I/O.
"""

from __future__ import annotations

import re

from index.speakers.affiliation.affiliation import CAUSE, NO_BODY, SCHOLARLY
from index.speakers.affiliation.full_forms import PLACE as PLACE
from index.speakers.affiliation.full_forms import RUN as RUN
from index.speakers.affiliation.full_forms import full_form, listed_form
from index.speakers.affiliation.places import home_region
from index.speakers.affiliation.sides.opposition import opposition_named
from index.speakers.cast.cast import Cast
from index.speakers.cast.full_names import short_forms
from index.speakers.cast.names_in_text import NO_NAME, bare_name
from index.speakers.gazetteer.lexicon import words
from index.speakers.gazetteer.parties import PartyMatch, matches
from index.speakers.gazetteer.regions import region_beginning, regions
from index.speakers.gazetteer.role_phrases import read_role
from index.speakers.gazetteer.roles import role_class
from index.speakers.gazetteer.tables import phrase_key
from index.types import Party, Span

# Who writes for one of these says what he thinks.
MEDIA = re.compile(
    r"\b(?:News|Times|Post|Journal|Press|TV|Radio|Reporter|Daily|Herald|Tribune|Magazine|Gazette"
    r"|Chronicle|Television|Broadcasting|Weekly|Observer|Guardian|Review|Books?|Podcast|Media)\b"
)
_GENERIC = words("generic") - {"national", "democratic", "liberal"}
PORTFOLIO = words("portfolio")
# Their members' or their own, whatever country they bear in their name.
_OF_MEMBERS = frozenset(
    "union federation association society church league foundation chamber university college"
    " hospital".split()
)
_STATE_WORDS = (words("body name heads") - _OF_MEMBERS) | frozenset(
    "department ministry office bureau service board command police prison guard patrol survey "
    "division administration directorate institute bank treasury headquarters center centre "
    "laboratory archive museum navy army services government executive".split()
)
# A country's adjective before one of these makes it the state's, before others it need not.
_OF_STATES = frozenset(
    "department ministry treasury police navy army parliament embassy prison customs".split()
)
# Without whose it is, such a body is no party of its own.
DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
MONTHS = frozenset(
    "january february march april may june july august september october november december".split()
)
_NO_OWN = frozenset({"ministry", "ministries", "government", "senate", "supporters", "hundreds"})


def _names_a_person(name: str, cast: Cast) -> bool:
    """Return whether a longer name holds or ends in a person's full name."""
    full = [p.name for p in cast.people if " " in p.name and p.strong]
    return any(
        name.endswith(f" {own}") or (own in name and (" and " in name or not is_body(name)))
        for own in full
    )


def parted(text: str) -> str:
    """Part a possessive from what is possessed, offsets kept: "Brennick's IT"."""
    return re.sub(r"['’]s\b", "  ", text)


def organisation_parties(
    written: str, cast: Cast, company: bool = False, scholarly: bool = False
) -> tuple[Party, ...]:
    """
    Find the parties of an organisation's name: its country or region if it bears one, and it.

    Args:
        written: a name in capitals, as the article words it.
        cast: the article, its people, the tables.
        company: whether its bearer's office is one of a firm.
        scholarly: whether a university's name counts.

    Returns:
        Nothing for a country's own name, a person, a newspaper, words without a name.
    """
    if not re.search(r"[^\W\d_]", written):
        return ()  # "owned 200 shares"
    name = _KIND_FIRST.sub("", _LEAD.sub("", bare_name(written.strip(" ,."))))
    text = cast.article.text
    name = (" " not in name and short_forms(text).get(name)) or name
    last = cast.tables.aliases.get(phrase_key(name.rpartition(" ")[2]))
    cut_off = " of " in name and last is not None and last.use == "adjective"
    if cut_off or _is_no_organisation(name, cast, scholarly):
        return ()  # "shareholders of German machine maker Bauer"
    one, _, other = name.partition(" and ")
    if " " in other and is_body(one) and is_body(other):
        # "The Ice Fund and Snow Council" are two.
        return organisation_parties(one, cast, company, scholarly) + organisation_parties(
            other, cast, company, scholarly
        )
    name = full_form(name, text)
    name = (" " not in name and listed_form(name, text, cast.tables)) or name
    if name in regions():
        return (regions()[name],)
    region = region_beginning(name) if not _OF_ITS_OWN.search(name) else None
    low = {w.lower() for w in name.split()}
    own = Party(phrase_key(name), name, "company" if company else "group")
    if region is not None and not SCHOLARLY.search(name):
        return (region[0], Party(own.key, name, "body")) if low & _STATE_WORDS else (own,)
    if name.startswith("Europe") and low & (_STATE_WORDS | {"system"}):
        return (cast.tables.parties["european union"], Party(own.key, name, "body"))
    first = next(matches(name, cast.tables), None)
    if first is None or first.span.start:
        home = home_region(cast) if _DEPARTMENT.match(name) else None
        return (home[0], Party(own.key, name, "body")) if home else (own,)
    return _of_named_owner(name, own, first)


# "Oklahoma City Police Department", "Ohio Center for Justice"
_OF_ITS_OWN = re.compile(rf" City (?:Police|Fire) |\bCent(?:er|re){CAUSE}", re.I)


def _of_named_owner(name: str, own: Party, first: PartyMatch) -> tuple[Party, ...]:
    """Find the parties of a name that begins with one that the tables know."""
    parties = first.alias.parties
    if first.span.end >= len(name):
        known = first.alias.use in ("name", "agency") and parties and parties[0].kind != "country"
        return parties if known else ()
    if parties and parties[0].kind == "country":
        if first.alias.use == "capital":
            return (own,)
        rest = set(name[first.span.end :].lower().split())
        owned = first.alias.use == "name"
        state = rest & (_STATE_WORDS if owned else _OF_STATES) or {"central", "bank"} <= rest
        state = state or ({"national", "supreme"} & rest and rest & _STATE_WORDS)
        return (parties[0], Party(own.key, name, "body")) if state else (own,)
    return parties or (own,)


# An office that its own region need not name.
_DEPARTMENT = re.compile(r"(?:State )?(?:Department|Division|Bureau|Office|Board) of [A-Z]")
# "ISP Quellio", "NGO Polar Watch": what it is stands before its name.
_KIND_FIRST = re.compile(r"^(?:ISP|NGO|PLC|IT|PR) (?=[A-Z])")
_LEAD = re.compile(
    r"^(?:(?:[Tt]he|[Aa]n?|Inside|Outside|At|In|From|Near|For|Of|Like|Unlike|With|By)\s+"
    r"|\w+-(?:backed|based|led|run|owned|funded|carrier|listed|headquartered)\s+(?=[A-Z]))*"
)


def _is_no_organisation(name: str, cast: Cast, scholarly: bool) -> bool:
    """Return whether a name is a person's, a newspaper's, a scholar's institute's, or none."""
    if (
        len(name) < 3
        or (name.isupper() and len(name) > 6)
        or MEDIA.search(name)
        or (SCHOLARLY.search(name) and not scholarly)
    ):
        return True
    if name in NO_BODY:
        return True
    low = {w.lower() for w in name.split()}
    if len(low) == 1 and low <= words("company name ends"):
        # "Telecom analysts"
        return True
    ruled = low & _NO_OWN if region_beginning(name) is None else set()
    if ruled or low & DAYS or name.split()[0].lower() in MONTHS or _names_a_person(name, cast):
        return True
    if low <= PORTFOLIO | _GENERIC | NO_NAME or name.split()[0].lower() in NO_NAME:
        return True
    person = cast.people.find(name)
    return person is not None and person.plausible and not is_body(name)


def place_named(name: str, cast: Cast) -> Party | None:
    """Find the country or region that the whole of *name* is."""
    if name in regions():
        return regions()[name]
    found = next(matches(name, cast.tables), None)
    if found is None or found.span != Span(0, len(name)) or not found.alias.parties:
        return None
    if found.alias.use == "capital" or found.alias.parties[-1].kind != "country":
        return None
    return found.alias.parties[-1]


_ORGAN = re.compile(
    r"^(?:(?:an?|the|its|new|recent|latest|another|official|fresh) )*"
    r"(?:(?:data|figures|statement|report|study|survey|research|analysis|researchers|strategists"
    r"|analysts|officials|economists|tweet|post|release|estimates|readout|poll|documents?)"
    r"(?: \w+ly)? (?:from|by|of|at|in|released by|published by|compiled by) (?:the )?)?"
)


def body_affiliation(bare: str, cast: Cast) -> tuple[Party, ...]:
    """
    Find for whom a source speaks that is an organisation's own name: "the FDIC", "Cal Fire".

    Args:
        bare: the source as written.
        cast: the article, its people, the tables.
    """
    against = opposition_named(bare, cast)
    if against:
        return against
    reading = read_role(bare, cast.tables)
    if reading is not None and reading.kind in ("state", "head", "lawmaker", "private"):
        return ()
    text = re.split(r",\s(?!(?:Wholesale|and)\b)|\s+(?:who|which|that|whose)\s|\s*\(", bare)[0]
    lead = _ORGAN.match(text)
    text = text[lead.end() :] if lead else text
    text = re.sub(r"^[Tt]he\s+", "", text)
    run = RUN.match(parted(text))
    if run is None:
        return ()
    whole, owner = text.strip(), re.match(rf"(?P<owner>{PLACE})['’]s (?P<rest>.+)", text)
    if owner is not None:
        first = place_named(owner.group("owner"), cast)
        rest = re.sub(r"^(?:[a-z][\w-]* )+(?=[A-Z])", "", owner.group("rest"))
        if rest.split()[-1].lower() in _OTHERS:
            return ()
        if first is None:
            return _of_known(owner.group("owner"), cast)
        if not set(rest.lower().split()) & _STATE_WORDS:
            return ()
        if not rest[:1].isupper():
            return (first,)
        return (first, Party(phrase_key(rest), rest, "body"))
    rest = _TIME.sub("", text[run.end() :]).strip()
    if _CARRIES.search(text):
        return ()
    if not rest:
        known = run.group() in regions() or is_body(run.group())
        return _own(run.group(), cast) if known or _is_led_by_article(bare, lead) else ()
    follows = set(rest.lower().split())
    if follows <= _SPEAKS_FOR and (is_body(run.group()) or run.group() in regions()):
        return _own(run.group(), cast)
    return () if whole[:1].islower() else _of_region(text, follows)


# A body's competitors are others than it.
_OTHERS = frozenset(
    "competitors competitor rivals rival critics critic opponents opponent customers customer users"
    " victims enemies suppliers shareholders investors creditors passengers allies neighbours"
    " neighbors backers supporters fans detractors".split()
)


def whose_others(text: str, end: int) -> bool:
    """Return whether a name that ends at *end* only tells whose customers or rivals are meant."""
    found = re.match(r"['’]s? (?:[a-z-]+ )?(?P<who>[a-z]+)", text[end:])
    return found is not None and found.group("who") in _OTHERS


# What may stand behind a body's name without changing who speaks.
_TIME = re.compile(
    r"\s+(?:(?:in|on|during|at|after|before|since) (?:a|an|its|the|early|late|mid)?\s?"
    r"(?:[\w-]+ ){0,2}(?:[A-Z]\w+|report|statement|forecast|release|update|tweet|post|week|month"
    r"|year|\d{4})\b.*"
    r"|(?:last|this|earlier|late|published|released) .*|published|released)$"
)


def _of_known(owner: str, cast: Cast) -> tuple[Party, ...]:
    """Find the parties of a listed body whose own body is meant: "the US Navy's fleet"."""
    found = next(matches(owner, cast.tables), None)
    if found is None or found.span != Span(0, len(owner)) or not found.alias.parties:
        return ()
    return (
        found.alias.parties if found.alias.parties[0].kind in ("body", "group", "company") else ()
    )


_CARRIES = re.compile(r"\b(?:news agency|newspaper|broadcaster|outlet|channel|magazine|network)\b")
_ENDS = words("company name ends") | words("group name ends") | words("body name ends")


_PARTS = frozenset(
    "part parts most some all any each one half members people fans critics friends allies"
    " supporters residents voters children copies pictures photos videos news word".split()
)


def is_body(name: str) -> bool:
    """Return whether a name is surely an organisation's: letters, "of", a body's last word."""
    low = name.lower().split()
    if len(low) == 1 and not name.isupper():
        return False
    joined = re.search(r"[a-z] (?:of|for|on|&) (?:the )?[A-Z]", name) is not None
    joined = joined and low[0] not in _PARTS and role_class(low[0]) is None
    return (
        joined
        or (name.isupper() and re.search(r"[A-Z]{3}|(?:[A-Z]\.){2}", name) is not None)
        or low[-1] in _ENDS | _STATE_WORDS | _OF_MEMBERS | {"county", "city"}
    )


def _is_led_by_article(bare: str, lead: re.Match[str] | None) -> bool:
    """Return whether "the", "data from" or the like stands before a name: no person's then."""
    return bool(re.match(r"[Tt]he\s", bare)) or bool(lead and len(lead.group()) > 4)


_SPEAKS_FOR = frozenset(
    "officials official researchers strategists analysts economists experts executives staff data "
    "report study statement survey leaders representatives website affidavit documents tool "
    "spokesperson spokesman spokeswoman police authorities lawyers forecasters officer officers "
    "agent agents investigator investigators representative representatives".split()
)


def _own(name: str, cast: Cast) -> tuple[Party, ...]:
    """Find the parties of a name that is a source by itself."""
    return organisation_parties(name, cast, scholarly=True)


def _of_region(text: str, follows: set[str]) -> tuple[Party, ...]:
    """Find the region whose officials are meant: "Missouri health officials"."""
    found = region_beginning(text)
    acts = follows & (_STATE_WORDS | {"officials", "official", "authorities", "police", "lawyers"})
    return (found[0],) if found and acts else ()
