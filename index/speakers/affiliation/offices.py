"""
Read for whom an office speaks that no table lists: a mayor, a manager, an agency's director.

"Delaware Gov. Mark Hale" speaks for Delaware, "Ruth Lund, area manager of Brennick Energy" for
the firm, "the head of Norway's Polar Council" for Norway and the council. Scholars speak for
themselves. What only the article as a whole tells is marked as inferred. No I/O.
"""

from __future__ import annotations

import re
from dataclasses import replace

from index.speakers.affiliation.affiliation import (
    SCHOLARLY,
    Affiliation,
    affiliation_of,
    article_affiliation,
    listed_behind,
)
from index.speakers.affiliation.bodies import (
    PLACE,
    PORTFOLIO,
    RUN,
    organisation_parties,
    parted,
    place_named,
    whose_others,
)
from index.speakers.affiliation.employers import HEADS_SCHOOL, by_employer
from index.speakers.affiliation.refining import refined
from index.speakers.affiliation.regional import office_at_home, place_office, ranked
from index.speakers.affiliation.servants import servant_affiliation, with_country
from index.speakers.affiliation.sides.counterparts import counterpart_affiliation
from index.speakers.affiliation.sides.customers import only_owns
from index.speakers.affiliation.sides.media import as_served
from index.speakers.affiliation.sides.opposition import opposition_named
from index.speakers.affiliation.sides.sides import person_side
from index.speakers.affiliation.signs import named_organisation
from index.speakers.cast.cast import Cast
from index.speakers.cast.descriptions import Role
from index.speakers.cast.names_in_text import ABBREVIATED, NO_NAME, bare_name
from index.speakers.cast.people import Person
from index.speakers.gazetteer.lexicon import words
from index.speakers.gazetteer.role_phrases import Reading, read_role
from index.speakers.gazetteer.roles import role_class
from index.types import Party, Span

_LINK = re.compile(r"\b(?:of|for|at|with|from)\s", re.I)
# "Secretary of Justice for Delaware"
_WORK = "|".join(sorted(w.title() for w in PORTFOLIO if len(w) > len("staff")))
_CLAUSE = re.compile(r"\b(?:who|which|that|said|told|whose|when|where|while|against|about|in)\b")
_LEADS = re.compile(
    r"\b(?:director|manager|executive|ceo|president|chair(?:man|woman|person)?|head|owner|founder"
    r"|chief|leader|officer|coordinator|partner|superintendent|administrator|boss"
    r"|commander|spokes\w+|representative|secretary|counsel|publisher|treasurer|dean"
    r"|supervisor|cmdr|meteorologist|forecaster|hydrologist|seismologist"
    r"|co-(?:chair|owner|founder|director)|agent|editor-in-chief)\b", re.I,
)  # fmt: skip
# Who leads one of these is asked for what he thinks.
_ALONE = re.compile(rf"{SCHOLARLY.pattern}|\blaw firm\b|\bthink tank\b|\bprogram\b", re.I)
# Who leads one is a lawmaker.
_COMMITTEE = re.compile(
    r"(?:parliament\w*|senate|house|select|congress\w*)\b[\w ’'-]{0,40}\bcommittee"
    r"|\bsubcommittee\b",
    re.I,
)
# Who founded a band sings for himself.
_BAND = re.compile(r"^(?!.*\b(?:chief|executive|director|CEO)\b).*\bco-?founder\b", re.I)
_ARTIST = re.compile(r"\b(?:musician|singer|guitarist|drummer|bassist|rapper|songwriter)\b")
_ENDED = words("ended")


def person_affiliation(person: Person, cast: Cast, *, follow: bool = True) -> Affiliation:
    """
    Decide for whom *person* speaks, by the tables or by what only the article says.

    Args:
        person: of the article.
        cast: the article, its people, the tables.
        follow: whether a press secretary speaks for whom the principal does.
    """
    found = affiliation_of(person, cast)
    if not found.parties:
        wide = wide_roles(person, cast) if person.strong else []
        decide = _principal_affiliation if follow else None
        side = person_side(person, (*person.roles, *wide), cast, decide)
        found = (
            side
            or by_office(person, cast)
            or _employed(person, cast)
            or servant_affiliation(person, (*person.roles, *wide), cast)
            or counterpart_affiliation(person, cast)
            or found
        )
    if not found.parties and not person.roles and person.gender is None:
        parties = named_organisation(person.name, cast)
        found = Affiliation(parties, (cast.evidence_of(person.name),)) if parties else found
    worded = found.evidence[0].text if found.evidence else ""
    if _BAND.search(worded) and _ARTIST.search(cast.article.text) and found.via is None:
        return replace(found, parties=(), evidence=())
    if _COMMITTEE.search(worded) and found.via is None:
        return replace(found, parties=(), evidence=())
    if any(only_owns(called, cast.article.text) for called in (found.role or "", worded)):
        return replace(found, parties=(), evidence=())
    listed = bool(found.parties) and found.parties[0].key in cast.tables.parties
    if (
        not listed
        and found.via is None
        and _ALONE.search(worded)
        and not HEADS_SCHOOL.search(worded)
    ):
        return replace(found, parties=(), evidence=())
    return refined(as_served(found), cast)


def _principal_affiliation(person: Person, cast: Cast) -> Affiliation:
    """Decide for whom a principal speaks, who may be somebody's press secretary in turn."""
    return person_affiliation(person, cast, follow=False)


def _employed(person: Person, cast: Cast) -> Affiliation | None:
    """Find for which body *person* works, by all that the article calls him."""
    return by_employer(person, wide_roles(person, cast) if person.strong else [], cast)


def by_office(person: Person, cast: Cast) -> Affiliation | None:
    """Find for whom *person* speaks by an office that no table lists; None if by none."""
    wide = wide_roles(person, cast) if person.strong else []
    for role in (*person.roles, *wide):
        if _has_ended(role.text):
            return None
    for role in (*person.roles, *wide):
        reading = read_role(f"{role.text} {role.country}", cast.tables)
        parties = opposition_named(role.text, cast)
        at = role.wording.start
        if not parties and reading is not None and reading.ended:
            return None
        if not parties and role in wide and reading is not None:
            found = article_affiliation(role, reading, cast)
            parties = found.parties if found is not None else ()
        if not parties:
            worded, start = _widened(role, cast)
            parties = with_country(place_office(worded, cast), cast)
            parties = parties or _led(role.text, reading, cast)
            at = min(at, start)
        if parties:
            shown = (cast.evidence_of(cast.article.text[at : role.wording.end]),)
            via = parties[0].name if reading is not None and reading.kind == "spokes" else None
            return Affiliation(parties, shown, role.text, via, via is not None)
    return ranked(person, cast) or office_at_home(person, cast)


def _has_ended(worded: str) -> bool:
    """Return whether a wording says that an office is over."""
    return bool(_ENDED & set(re.findall(r"[\w-]+", worded.lower())))


_VERBAL = re.compile(r"(?:ed|ing)$")
_APPOSED = re.compile(
    r"\s*(?:,\s+(?:\d{1,3},\s+)?|\s(?:is|was|serves as|works as)\s+)"
    r"(?P<text>(?:(?:the|an?|its|their)\s)?(?:(?!\b(?:who|said|told|says|but|while|after|when)\b)"
    r"[^“”\"\n;:,—])+?)(?=,|\s+(?:told|said|says|wrote|added|who|has|have|is|was|in an?)\b"
    r"|(?<=[a-z]{3})\.|[;:—\n“”\"]|$)"
)
_HEADS = re.compile(
    r",?\s+who\s+(?:(?P<heads>heads|leads|runs|chairs|directs|owns)"
    r"|works as|serves as|served as|is)\s+"
    r"(?P<text>(?:the\s(?:[a-z-]+\s)?|an?\s)?[A-Z](?:[A-Z]\.)*[^,.;:“”\"\n]{2,80})"
)


def wide_roles(person: Person, cast: Cast) -> list[Role]:
    """
    List what the article calls *person* beyond titles and appositions that begin with a role.

    "White House response coordinator Mark Hale", "Ruth Lund, chief patrol agent of the Border
    Patrol", "Anna Novak is co-chair of the council", "Mark Hale, who heads the agency".
    """
    text = cast.article.text
    found = []
    for mention in person.mentions[:6]:
        start = _phrase_before(text, mention.start)
        if start is not None:
            span = Span(start, _without_doctor(text, mention.start))
            found.append(Role(text[slice(*span)], span, Span(start, mention.end)))
        if text[slice(*mention)].endswith(("'s", "’s")):
            continue
        window = text[mention.end : mention.end + 170]
        window = re.sub(r"\b(?:[A-Z]\.){2,}", lambda m: m.group().replace(".", " "), window)
        after = _APPOSED.match(window)
        if after is not None and _office_like(after.group("text")):
            span = Span(mention.end + after.start("text"), mention.end + after.end("text"))
            found.append(Role(text[slice(*span)], span, Span(mention.start, span.end)))
        heads = _HEADS.match(window)
        if heads is not None:
            span = Span(mention.end + heads.start("text"), mention.end + heads.end("text"))
            described = text[slice(*span)]
            described = f"head of {described}" if heads.group("heads") else described
            found.append(Role(described, span, Span(mention.start, span.end)))
    return found


_DOCTOR = re.compile(r"(?:\b(?:Dr|Mr|Ms|Mrs|Prof)\.?)?\s*$")


def _without_doctor(text: str, at: int) -> int:
    """Step back over "Dr." before a name."""
    before = text[max(0, at - 8) : at]
    found = _DOCTOR.search(before)
    return at - len(found.group()) if found else at


def _phrase_before(text: str, at: int) -> int | None:
    """Find where the noun phrase right before a name begins, if it holds an office."""
    near = ABBREVIATED.sub(lambda m: m.group()[:-2] + "  ", text[max(0, at - 160) : at])
    text = text[: at - len(near)] + near
    end = _without_doctor(text, at)
    begin = max(text.rfind(mark, max(0, end - 150), end) for mark in ',;:()–—“”"\n')
    stops = [m.end() for m in _SENTENCE.finditer(text, max(begin, end - 140), end)]
    begin = max([begin + 1, end - 140, *stops])
    tokens = list(re.finditer(r"\S+", text[begin:end]))
    first, plain = len(tokens), 0
    while first and len(tokens) - first < 10:
        word = tokens[first - 1].group()
        low = bare_name(word.lower()).rstrip(".")
        if word[0].islower() and low not in _JOINS and role_class(low) is None:
            plain += 1
            if plain > 3 or low in _STOPS or _VERBAL.search(low):
                break
        elif word.istitle() and low in NO_NAME and low != "first":
            break
        first -= 1
    while first < len(tokens) and tokens[first].group()[0].islower():
        if tokens[first].group() in _ENDED:
            break
        first += 1
    if first == len(tokens):
        return None
    start = begin + tokens[first].start()
    if _FULL_STOP.search(text[start:end].rstrip()):
        return None
    return start if _LEADS.search(text[start:end]) or _office_like(text[start:end]) else None


# "… of the United States. Anna Novak": a sentence ends there, unlike after "Gov."
_FULL_STOP = re.compile(r"[a-z]{4}[.!?]$")
_JOINS = frozenset({"of", "for", "and", "the", "&"})
# "An American diplomat met Anna Novak"
_NO_OFFICE = frozenset(
    "met meets saw sees shot told tells led left won beat beats quit took gave hit sent fought hurt"
    " fed bit paid sued sues chose knew held kept got lost made put found thought felt heard wrote"
    " drew drove threw caught taught bought sold brought".split()
)
_STOPS = (
    words("phrase stop") | _NO_OFFICE | frozenset({"the", "a", "an", "his", "her", "their", "its"})
)
_SENTENCE = re.compile(r"(?:(?<=[a-z]{3})|(?<=\w\w[a-z]{2})|(?<=\d\d)|(?<=[)%]))[.!?]\s+")


def _office_like(phrase: str) -> bool:
    """Return whether a phrase names an office: a role near its begin, or a leader's."""
    low = [bare_name(w.lower()).rstrip(".,") for w in phrase.split()[:9]]
    kinds = [role_class(" ".join(low[i : i + n])) for i in range(len(low)) for n in (1, 2)]
    return bool(_LEADS.search(" ".join(low))) or bool({"state", "head", "spokes"} & set(kinds))


def _widened(role: Role, cast: Cast) -> tuple[str, int]:
    """Take in the capitals right before a role: a place's name may be cut off its front."""
    text = cast.article.text
    before = re.search(
        rf"(?:{PLACE}(?:, [A-Z][\w.]{{1,9}},)?\s+)$",
        text[max(0, role.span.start - 60) : role.span.start],
    )
    start = role.span.start - (len(before.group()) if before else 0)
    return text[start : role.span.end], start


def _led(text: str, reading: Reading | None, cast: Cast) -> tuple[Party, ...]:
    """Find the organisation that a role leads or speaks for."""
    if reading is not None and reading.kind in ("private", "lawmaker"):
        return ()
    if not _LEADS.search(text):
        return ()
    company = bool(re.search(r"chief|ceo|president|officer|owner|partner", text, re.I))
    head = [*_LEADS.finditer(text)]
    if SCHOLARLY.search(text):
        return ()
    for link in _LINK.finditer(text, head[0].end()):
        for run in RUN.finditer(parted(text), link.end()):
            if _CLAUSE.search(text, head[0].end(), run.start()) or whose_others(text, run.end()):
                return ()
            if re.match(r" (?!in\b|at\b|for\b|of\b|on\b|and\b)[a-z]", text[run.end() :]):
                # "the Tolk union" is not Tolk.
                return ()
            parties = listed_behind(text[run.end() :], cast)
            name = re.sub(rf"^(?:{_WORK}) (?:of|for) (?:the )?", "", run.group())
            place = place_named(name, cast) if name != run.group() else None
            parties = (place,) if place else parties or organisation_parties(name, cast, company)
            if parties:
                return parties
        break
    before = re.match(rf"(?:[Tt]he\s+)?(?P<run>{RUN.pattern})", parted(text[: head[0].start()]))
    if before is None:
        return ()
    tokens = before.group("run").split()
    while tokens and (role_class(bare_name(tokens[-1])) or tokens[-1].lower() in PORTFOLIO):
        tokens.pop()
    owned = re.match(r"['’]s\b", text[before.end("run") :])
    if len(tokens) == 1 and not owned and re.search(r"(?:ish|ese|lan|ian)$", tokens[0]):
        return ()
    return organisation_parties(" ".join(tokens), cast, company) if tokens else ()
