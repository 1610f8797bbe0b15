"""
Find whose paper or whose staff a source is: "a study by the Polar Council", "Brennick analysts".

A survey, a notice and unnamed researchers speak for the body that publishes or employs them. The
body stands before the noun or behind "by", "from", "at". No I/O.
"""

from __future__ import annotations

import re

from index.speakers.affiliation.bodies import (
    MEDIA,
    RUN,
    body_affiliation,
    is_body,
    organisation_parties,
    parted,
)
from index.speakers.cast.cast import Cast
from index.speakers.gazetteer.parties import matches
from index.types import Party, Span

_PAPER = (
    r"(?:statements?|reports?|letters?|stud(?:y|ies)|surveys?|memos?|tweets?|posts?|releases?|data"
    r"|figures|polls?|affidavits?|complaints?|websites?|filings?|anal[yi]s[ie]s|announcements?"
    r"|notices?|advisor(?:y|ies)|updates?|bulletins?|documents?|estimates?|forecasts?|index"
    r"|statistics|stats|read-?outs?|assessments?|findings?|papers?|numbers|records|investigations?"
    r"|research|outlook|warnings?|ruling|opinion|order|guidance|review|guidelines"
    r"|claims?|allegations?|accusations?)"
)
_STAFF = (
    r"(?:officials?|researchers|scientists|strategists|analysts|economists|experts|executives"
    r"|staff|lawyers|attorneys|forecasters|meteorologists|investigators|organi[sz]ers|leaders"
    r"|members|politicians|representatives?|employees|doctors|agencies|agency|negotiators|workers|managers"
    r"|police|authorities|engineers|monitors|inspectors)"
)
_AFTER = re.compile(
    rf"(?:(?:[Tt]he|[Aa]n?|[Ss]ome|[Oo]ne|[Oo]ther|[Tt]wo|[Ss]everal|[Mm]any)\s+)?(?:\d{{4}}\s+)?"
    rf"(?P<owner>(?!(?:The|An?|One|Two|Some|Other|Many|Several) ){RUN.pattern})['’]?s?\s+"
    rf"(?:(?!of\b|for\b|and\b|by\b)[\w’'-]+\s+){{0,4}}?"
    rf"(?:(?P<paper>{_PAPER})|(?P<staff>{_STAFF}))(?=$|[\s,])"
)
_BEFORE = re.compile(
    rf"(?:[\w’'-]+\s+){{0,5}}?(?:(?P<paper>{_PAPER})\b(?P<gap>[^,;“”\"]{{0,80}}?)\s"
    rf"(?:by|from|of(?= the [A-Z]))"
    rf"|(?P<staff>{_STAFF}|(?:[\w-]+\s+)?(?:groups?|organi[sz]ations?|room|department"
    rf"|press service))\s+(?:at|from|of|with|for|inside|including))\s+(?:the\s+)?"
    rf"(?:(?:[\w-]+-(?:based|backed|run|led|owned))\s+)?(?:(?!\w+ing\b)[a-z][\w-]*\s+){{0,4}}?"
    rf"(?P<owner>(?![A-Z]\w+-[a-z]+ [a-z]){RUN.pattern})"
)
# A country's statement is its government's; a study of a country's is not.
_OFFICIAL = re.compile(
    r"statement|read-?out|announcement|assessment|document|communiqu|claim|allegation|accusation"
)


def published_by(bare: str, cast: Cast) -> tuple[Party, ...]:
    """
    Find for whom a paper or unnamed staff speaks; nothing if its words name no body.

    Args:
        bare: the source as written.
        cast: the article, its people, the tables.
    """
    text = re.split(r",\s|\s+(?:who|which|that|whose)\s", bare)[0]
    lowered = text[:1].lower() + text[1:]
    readings = (
        (_AFTER.match(parted(text)), ""),
        (_BEFORE.match(lowered), lowered),
        (_LAST_BY.fullmatch(lowered), lowered),
        (_WORKS_FOR.fullmatch(text), ""),
    )
    for found, source in readings:
        if found is None:
            continue
        named = found.groupdict()
        owner, paper, staff = found.group("owner"), named.get("paper"), named.get("staff")
        parties = _owned(source[found.start("owner") :], cast) if source else ()
        parties = parties or _parties_of(owner, paper or "", staff or "", cast)
        if parties:
            return parties
    return ()


# "stats from January to May kept by the Polar Agency": what stands behind the last "by".
_LAST_BY = re.compile(
    rf".*\b(?P<paper>{_PAPER})\b.*\s(?:by|from) (?:the )?(?:(?!\w+ing\b)[a-z][\w-]*\s+){{0,4}}?"
    rf"(?P<owner>{RUN.pattern}).*"
)
# "the Polar Fund's Anna Novak"
_WORKS_FOR = re.compile(
    rf"(?:[Tt]he )?(?P<owner>{RUN.pattern}|[a-z]+ office)['’]s"
    r"(?: [A-Z][\w’'.-]+){1,3} [A-Z][\w’'-]+"
)
_OWNED = re.compile(rf"(?P<owner>{RUN.pattern})['’]s? (?P<rest>.+)")


def _owned(text: str, cast: Cast) -> tuple[Party, ...]:
    """Find whose body "Spain's Polar Council" or "the US Navy's fleet" is."""
    found = _OWNED.match(text)
    if found is None:
        return ()
    known = next(matches(found.group("owner"), cast.tables), None)
    whole = known is not None and known.span == Span(0, len(found.group("owner")))
    if known is None or not whole or not known.alias.parties:
        return ()
    if known.alias.parties[0].kind == "country":
        return body_affiliation(text, cast)
    return known.alias.parties if known.alias.parties[0].kind != "newspaper" else ()


def _parties_of(owner: str, paper: str, staff: str, cast: Cast) -> tuple[Party, ...]:
    """Find the parties of the body that *owner* names; a country only by its official papers."""
    known = next(matches(owner, cast.tables), None)
    if known is not None and known.span == Span(0, len(owner)):
        parties = known.alias.parties
        if parties[:1] and parties[0].kind == "newspaper":
            return ()
        if parties and parties[0].kind == "country" and not _OFFICIAL.match(paper):
            return ()
        return parties
    if MEDIA.search(owner) or _is_common(owner, cast.article.text):
        return ()
    if re.match(r"official|police|authorit|lawyer|leader|worker", staff) and not is_body(owner):
        # "Almaty police": a place's are the state's.
        return ()
    return organisation_parties(owner, cast, scholarly=True)


_ADJECTIVE = re.compile(r"(?:al|ish|ese|ian|ean|an|ive|ic|ed|ing|led)$|^\d")


def _is_common(name: str, text: str) -> bool:
    """Return whether one capitalised word is no name: it begins a sentence, or is a newspaper."""
    if re.search(rf"{re.escape(name)} (?:{MEDIA.pattern})", text):
        return True
    if " " in name or name.isupper():
        return bool(re.fullmatch(r"[\d ]+", name))
    low = re.search(rf"(?<![\w-]){re.escape(name.lower())}(?![\w-])", text) is not None
    return low or bool(_ADJECTIVE.search(name))
