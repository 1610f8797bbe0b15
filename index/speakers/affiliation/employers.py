"""
Find for which body somebody works whom only the article knows.

"Amnesty International's Anna Novak", "Ruth Lund of the Polar Fund", "an attorney with the union",
"the company's chief executive", "CEO Ruth Lund": the body stands beside the name, or was named
shortly before. Scholars, analysts and doctors are asked for what they think. No I/O.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.speakers.affiliation.affiliation import SCHOLARLY, Affiliation
from index.speakers.affiliation.bodies import (
    MEDIA,
    PORTFOLIO,
    RUN,
    is_body,
    organisation_parties,
    parted,
)
from index.speakers.affiliation.sides.candidates import own_party
from index.speakers.affiliation.sides.media import medium_served
from index.speakers.affiliation.signs import is_organisation
from index.speakers.cast.cast import Cast
from index.speakers.cast.descriptions import Role
from index.speakers.cast.people import Person
from index.speakers.gazetteer.lexicon import words
from index.speakers.gazetteer.parties import matches
from index.speakers.gazetteer.regions import regions
from index.speakers.gazetteer.role_phrases import read_role
from index.speakers.gazetteer.roles import role_class
from index.speakers.gazetteer.tables import phrase_key
from index.types import Party, Span

_KIND = "|".join(
    sorted(
        words("company noun") | words("group noun") | words("organisation kind")
        | words("body name heads") | {"office", "department", "body", "bureau", "county"},
        key=len, reverse=True,
    )
)  # fmt: skip
_OWNED = re.compile(
    rf"(?:(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir)\s+)?(?P<noun>{_KIND}|Company|Agency|Hospital|University|NGO)"
    r"(?:['’]s)?\s+(?=\w)|(?:[Ii]ts|[Tt]heir)\s+"
)
_OF_IT = re.compile(rf"\b(?:of|for|at|with|from)\s+the\s+(?P<noun>{_KIND})$")
# One of these alone leads or speaks for whom the text just named.
_ALONE = re.compile(
    r"(?:(?:the|its|company|then|interim|new|acting|co-?)\s*)*(?:c\.?e\.?o\.?|cfo|coo|cto"
    r"|chief (?:executive|financial|operating|technology|marketing|medical) officer|chief executive"
    r"|managing director|executive director|general manager|spokes(?:man|woman|person)|co-?founder"
    r"|president and ceo|founder(?: and ceo)?|chairman and ceo|general secretary"
    r"|communications director|director of communications|press officer)", re.I,
)  # fmt: skip
_LAWYER = re.compile(
    r"\b(?:attorneys?|lawyers?|counsel|legal (?:advis[eo]r|director)|litigator)\b", re.I
)
_PRIVATE_FIRM = re.compile(r"\blaw firm\b|\bLLP\b|\bLaw\b|& Associates|\bAttorneys\b")
_SCIENTIST = re.compile(
    r"\b(?:meteorologist|scientist|forecaster|biologist|geologist|hydrologist|seismologist"
    r"|researcher|climatologist|ecologist)\b", re.I,
)  # fmt: skip
_SERVES = re.compile(
    r"\b(?:representative|coordinator|supervisor|policymaker|principal|superintendent|headmaster"
    r"|headmistress|dean|rector|provost|chancellor|protocol|inspector|agent|delegate|official"
    r"|commissioner|trustee|treasurer|deputy|chief|president|head|director|manager|chair\w*"
    r"|officer|founder|owner|organi[sz]er|leader|lead|advis[eo]r|liaison|negotiator|administrator"
    r"|curator|registrar|spokes\w+|partner|creator)\b", re.I,
)  # fmt: skip
# Who works for a public body tells what it knows: a health department's nurse.
_WORKS = re.compile(
    r"\b(?:nurse|engineer|physician|doctor|epidemiologist|specialist|researcher|expert"
    r"|psychologist|technician|planner|ranger|inspector)\b", re.I,
)  # fmt: skip
_NO_WORKER = re.compile(
    r"\b(?:analyst|professor|economist|fellow|scholar|editor|reporter|journalist|author|student"
    r"|former|ex|member|board|visiting|columnist|correspondent|lecturer)\b", re.I,
)  # fmt: skip
# Asked for what they know, whoever pays them.
_EXPERT = re.compile(
    r"\b(?:analyst|professor|economist|strategist|fellow|lecturer|physician|doctor|nurse|engineer"
    r"|scholar|historian|expert|specialist|epidemiolog\w+|psychologist|editor|reporter|journalist"
    r"|correspondent|columnist|author|student|research|analysis|studies|investment|portfolio"
    r"|markets?|intelligence|member|board|former|ex)\b", re.I,
)  # fmt: skip
HEADS_SCHOOL = re.compile(
    r"\b(?:principal|superintendent|headmaster|headmistress|dean|rector|provost|spokes\w+"
    r"|chancellor|president of (?:the )?(?:[\w’'.&-]+ ){0,4}(?:university|college)"
    r"|(?:university|college)(?: of)?(?: [\w’'.&-]+){0,3} president)\b", re.I)  # fmt: skip
_TITLED = re.compile(
    rf"(?P<text>{RUN.pattern} (?:[a-z][\w-]* ){{0,3}}"
    r"(?:\w+ologist|scientist|researcher|policymaker|attorney|lawyer|representative|coordinator"
    r"|chief|superintendent|principal|adviser|advisor|delegate|supervisor|creator))\s+$"
)
_GOES_ON = re.compile(r" (?!in\b|at\b|for\b|of\b|on\b|and\b|who\b|with\b|from\b)[a-z]")
_CLINIC = re.compile(r"\b(?:Hospital|Medical|Clinic|Health)\b")
_AT = re.compile(r"\b(?:with|for|at|of|from)\s+(?:the\s+)?", re.I)
_BEHIND = re.compile(
    r"(?:\s+and\s+[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)+(?=\s(?:with|from)\s))?"
    rf",?\s+(?:of|from|with)\s+(?:the\s+)?(?P<org>(?:(?:[a-z][\w-]*\s+){{1,3}})?{RUN.pattern})"
)
_OWNER = re.compile(rf"(?P<org>{RUN.pattern})['’]s\s+(?:Dr\.?\s+|Prof\.?\s+)?$")
_DATELINE = re.compile(r"(?:,? [A-Z][\w.]*)?\s*(?:\([^()\n]{2,40}\)\s*)?[-–—]\s")
_REACH, _FAR = 700, 4_000


def by_employer(person: Person, wide: Sequence[Role], cast: Cast) -> Affiliation | None:
    """
    Find for which body *person* works; None if the article names none, or it does not count.

    Args:
        person: of the article, with a role or a body beside the name.
        wide: what the article calls the person besides.
        cast: the article, its people, the tables.
    """
    beside = _beside_the_name(person, cast)
    # What names somebody else or ends a sentence before the name is not about *person*.
    own = [
        role
        for role in wide
        if role.text[-1] not in ".!?"
        and not any(
            p is not person and p.key.split()[0] in cast.tables.genders
            for _, p in cast.people.within(role.span)
        )
    ]
    for role in (*person.roles, *own, *_titles(person, cast), *_works_at(person, cast)):
        reading = read_role(f"{role.text} {role.country}", cast.tables)
        if reading is not None and reading.ended:
            return None
        leads = reading is not None and reading.kind == "lawmaker"
        bloc = leads and not re.search("representative", role.text, re.I)
        parties = () if bloc else _employed(role.text, cast) or beside
        meant = () if parties else _pointing(role.text, role.span.start, cast)
        if parties or meant:
            shown = (cast.evidence_of(cast.article.text[slice(*role.wording)]),)
            spokes = reading is not None and reading.kind == "spokes"
            via = (parties or meant)[0].name if spokes else None
            return Affiliation(parties or meant, shown, role.text, via, spokes, bool(meant))
    if beside:
        return Affiliation(beside, (cast.evidence_of(beside[0].name),))
    return own_party(person, cast)


def _titles(person: Person, cast: Cast) -> Iterator[Role]:
    """Yield what stands before a name and ends in a word that is no title: "biologist"."""
    text = cast.article.text
    for mention in person.mentions[:4]:
        start = max(0, mention.start - 90)
        found = _TITLED.search(text[start : mention.start])
        if found is not None:
            span = Span(start + found.start("text"), start + found.end("text"))
            yield Role(text[slice(*span)], span, Span(span.start, mention.end))


def _works_at(person: Person, cast: Cast) -> Iterator[Role]:
    """Yield what stands behind a name and begins with a calling: "public health nurse at …"."""
    text = cast.article.text
    for mention in person.mentions[:4]:
        found = _CALLING.match(text, mention.end)
        if found is not None:
            span = Span(*found.span("text"))
            yield Role(text[slice(*span)], span, Span(mention.start, span.end))


_CALLING = re.compile(
    rf",\s(?:\d\d,\s)?(?P<text>(?:an?\s|the\s)?(?:[a-z-]+\s){{0,3}}(?:{_WORKS.pattern})"
    rf"\s(?:at|with|for|from)\s(?:the\s)?{RUN.pattern})"
)


def _employed(role: str, cast: Cast) -> tuple[Party, ...]:
    """Find the body that somebody represents, runs or, as a public scientist, works for."""
    lawyer = _LAWYER.search(role)
    found = lawyer or _SCIENTIST.search(role)
    works = None if _NO_WORKER.search(role) else _WORKS.search(role)
    if found is None:
        found = works if _EXPERT.search(role) else _SERVES.search(role)
    if found is None or (lawyer and _PRIVATE_FIRM.search(role)):
        return ()
    if medium := medium_served(role, cast):
        return medium
    for parties in _named_beside(role, found.span(), cast):
        own = parties[0].name if parties[0].kind != "country" else parties[-1].name
        public = any(p.kind == "country" for p in parties) or len(parties) > 1
        if works is found and not (public or _OFFICE.search(own)):
            continue
        school = SCHOLARLY.search(own) and not public and not lawyer
        if not school or HEADS_SCHOOL.search(role):
            return parties
        if _SERVES.search(role) and _CLINIC.search(own) and not _SCIENTIST.search(role):
            return parties
    return ()


def _named_beside(role: str, word: tuple[int, int], cast: Cast) -> Iterator[tuple[Party, ...]]:
    """Yield the parties of each body named behind a role's *word*, else before it."""
    some = False
    for link in _AT.finditer(role, word[1]):
        run = RUN.match(parted(role), link.end())
        # "the Tolk union" is not Tolk.
        cut = run is not None and _GOES_ON.match(role, run.end())
        listed = next(matches(role[link.end() :], cast.tables), None)
        name = run.group() if run else ""
        if listed is not None and listed.span.start == 0 and listed.span.end > len(name):
            # "Security in Europe"
            name, cut = role[link.end() :][slice(*listed.span)], None
        parties = employer_parties(name, cast) if run and not cut else ()
        if parties:
            some = True
            yield parties
    if some:
        return
    before = re.match(rf"(?:the\s+)?(?P<run>{RUN.pattern})", parted(role[: word[0]]))
    tokens = before.group("run").split() if before else []
    while tokens and (_SERVES.fullmatch(tokens[-1]) or role_class(tokens[-1])):
        tokens.pop()
    while tokens and " ".join(tokens).lower() not in PORTFOLIO:
        # "Labour inspector" is not the Labour Party's.
        parties = employer_parties(" ".join(tokens), cast)
        if parties:
            yield parties
            return
        tokens.pop()


def employer_parties(written: str, cast: Cast) -> tuple[Party, ...]:
    """
    Find the parties of a body's name: no country, no medium, no place.

    Args:
        written: a name in capitals.
        cast: the article, its people, the tables.
    """
    name = re.sub(r"^(?:US|U\.S\.|UK) (?=[A-Z][a-z]+$)", "", written)
    known = next(matches(name, cast.tables), None)
    if known is not None and known.span == Span(0, len(name)):
        parties = known.alias.parties
        if parties and parties[0].kind == "country":
            return parties if known.alias.use in ("metonym", "agency") else ()
        return () if not parties or parties[0].kind == "newspaper" else parties
    if not (is_body(name) or is_organisation(name, cast)):
        return ()
    return organisation_parties(name, cast, scholarly=True)


def _pointing(role: str, at: int, cast: Cast) -> tuple[Party, ...]:
    """Find the body to which a role points back: "the company's chief", "CEO"."""
    owned, of_it = _OWNED.match(role), _OF_IT.search(role)
    if owned is not None:
        noun = owned.group("noun") or ""
    elif of_it is not None:
        noun = of_it.group("noun")
    elif _ALONE.fullmatch(role.strip(" ,")):
        noun = ""
    else:
        return ()
    if re.search(r"\b(?:analyst|professor|scientist|doctor|physician)", role):
        return ()
    return body_before(at, noun.lower(), cast)


def body_before(at: int, noun: str, cast: Cast) -> tuple[Party, ...]:
    """
    Find the body named last before *at* that *noun* can mean.

    Args:
        at: where it is pointed to.
        noun: "company", "hospital"; "" for any body.
        cast: the article, its people, the tables.

    Returns:
        The parties of the first that fits in the nearest sentence with one.
    """
    text = cast.article.text
    start = max(0, at - (_REACH if not noun or noun in _SAME or noun in _VAGUE else _FAR))
    sentences = re.split(r"(?<=[a-z]{3}[.!?])[”\"]?\s+(?=[A-Z“\"])|\n+", text[start:at])
    for sentence in reversed(sentences):
        for run in RUN.finditer(parted(sentence)):
            begins = run.start() == 0 and not run.group().startswith("The ")
            if begins and _DATELINE.match(sentence, run.end()):
                continue
            parties = _fitting(run.group(), noun, cast)
            if parties:
                return parties
    return ()


_SAME = {
    "company": "company", "firm": "company", "carrier": "company", "airline": "company",
    "bank": "company", "app": "company", "carmaker": "company", "automaker": "company",
    "retailer": "company", "startup": "company", "chain": "company", "manufacturer": "company",
}  # fmt: skip
_GROUPS = frozenset("group ngo organization organisation nonprofit charity coalition".split())
_VAGUE = frozenset({"agency", "office", "department", "bureau", "service"})
_OFFICE = re.compile(
    r"\b(?:Office|Agency|Service|Administration|Bureau|Department|Authority|Center|Centre|Board"
    r"|Commission|Survey|Ministry)\b"
)


def _fitting(run: str, noun: str, cast: Cast) -> tuple[Party, ...]:
    """Find the parties of a capitalised run if it is a body that *noun* can mean."""
    name = re.sub(r"^(?:The|A|An|But|And|In|On|At|According to)\s+", "", run)
    if not name or MEDIA.search(name):
        return ()
    parties = employer_parties(name, cast)
    if not parties or not noun:
        return parties
    if noun in _SAME:
        return parties if not is_body(name) or parties[0].kind == "company" else ()
    if noun in _VAGUE:
        return parties if _OFFICE.search(name) else ()
    if noun in (
        "group",
        "ngo",
        "organization",
        "organisation",
        "nonprofit",
        "charity",
        "coalition",
    ):
        return parties if parties[0].kind in ("group", "body") else ()
    return parties if noun in name.lower().split() else ()


def _beside_the_name(person: Person, cast: Cast) -> tuple[Party, ...]:
    """Read "Amnesty International's Anna Novak" and "Anna Novak, of the Polar Fund"."""
    text = cast.article.text
    for mention in person.mentions[:6]:
        before = _OWNER.search(text[max(0, mention.start - 90) : mention.start])
        after = _BEHIND.match(text, mention.end)
        owner = before.group("org") if before else ""
        behind = _behind(after.group("org"), cast) if after else ""
        for org in filter(None, (owner, behind)):
            parties = () if org in regions() else employer_parties(org, cast)
            public = any(p.kind == "country" for p in parties)
            if parties and (public or not SCHOLARLY.search(org)):
                return parties
    return ()


def _behind(written: str, cast: Cast) -> str:
    """Take a listed name whole, and of several that "and" joins the first."""
    bare = re.sub(r"^(?:US|U\.S\.|UK|United States) ", "", written)
    if cast.tables.aliases.get(phrase_key(bare)) is not None:
        return bare
    return re.split(r" and (?=[A-Z])", written)[0]
