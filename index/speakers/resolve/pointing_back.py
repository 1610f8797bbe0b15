"""
Follow a description to what the article named before: a person, a ministry, a company.

"The minister" is the one minister so far, "the ministry" the one named last, "the company" the
one whose kind fits. Offsets are characters into ``Article.text``. No I/O.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.speakers.affiliation.affiliation import Affiliation
from index.speakers.affiliation.offices import person_affiliation
from index.speakers.affiliation.phrases import phrase_affiliation
from index.speakers.cast.cast import Cast
from index.speakers.cast.people import Person
from index.speakers.resolve.back_references import (
    SentenceGrid,
    government_meant,
    ministry_meant,
    role_holder,
)
from index.speakers.resolve.groups import group_meant
from index.speakers.resolve.phrases import (
    government_speaker,
    organisation_speaker,
    phrase_speaker,
    spoken_before,
)
from index.speakers.resolve.pronouns import Turn
from index.speakers.resolve.repeated import speaker_repeated, unnamed_since
from index.speakers.resolve.source import Resolved
from index.types import Span

# "His mother", "Novak’s press secretary": one person's own.
_KIN = re.compile(
    r"(?:(?P<pronoun>[Hh]is|[Hh]er|[Tt]heir)|(?P<owner>[A-Z][\w-]+(?:\s[A-Z][\w-]+)?)['’]s?)\s+"
    r"(?:(?:late|elder|older|younger|twin|own)\s)?(?P<noun>mother|father|mum|dad|wife|husband|widow"
    r"|widower|brother|sister|son|daughter|partner|fianc[eé]e?|girlfriend|boyfriend|grandmother"
    r"|grandfather|aunt|uncle|cousin|nephew|niece|lawyer|attorney|solicitor|press secretary)"
)
# "Her brother, developer" (Colin Harper)
_KIN_AHEAD = re.compile(rf"(?:{_KIN.pattern}),?\s(?:(?:the\s|an?\s)?[a-z][\w-]*\s){{0,3}}$")


# "The group which Novak had been with": told apart by its clause, not by what was said before.
_TOLD_APART = re.compile(r"\s(?:which|that|whom|whose|where)\s(?!(?:it|they)\b)")


def kin_meant(bare: str, cast: Cast) -> Person | None:
    """
    Find the person whom the article introduces as somebody's mother, brother or lawyer.

    Args:
        bare: a source's words.
        cast: the article and its people.

    Returns:
        Nobody where two people are introduced so, or another's are: "his mother" beside "her
        mother, Anna Novak".
    """
    wanted = _KIN.fullmatch(re.split(r",\s", bare)[0])
    if wanted is None:
        return None
    text = cast.article.text
    found: dict[int, Person] = {}
    owners: set[str | None] = set()
    for person in cast.people:
        for role in person.roles:
            end = role.span.start + len(role.text)
            words = re.search(r"(?:\S+\s+){0,3}\S+$", text[max(0, role.span.start - 60) : end])
            known = words and re.search(f"(?:{_KIN.pattern})$", words.group())
            if known and known.group("noun").lower() == wanted.group("noun").lower():
                found[id(person)] = person
                owners.add(_gender(known, cast))
        for mention in person.mentions:
            before = _KIN_AHEAD.search(text[max(0, mention.start - 90) : mention.start])
            if before and before.group("noun").lower() == wanted.group("noun").lower():
                found[id(person)] = person
                owners.add(_gender(before, cast))
    whose = _gender(wanted, cast)
    if len(found) != 1 or (whose is not None and owners.isdisjoint({whose, None})):
        return None
    return next(iter(found.values()))


def _gender(kin: re.Match[str], cast: Cast) -> str | None:
    """Say of which gender the one is whose kin is named; None if that is open."""
    if kin.group("pronoun"):
        return {"his": "m", "her": "f"}.get(kin.group("pronoun").lower())
    owner = cast.people.find(kin.group("owner"))
    return owner.gender if owner is not None else None


def points_back(
    span: Span, bare: str, turns: Sequence[Turn], cast: Cast, grid: SentenceGrid
) -> Resolved | Person | None:
    """
    Find whom a description means that says nothing of its own of whom it speaks for.

    Args:
        span: where it stands.
        bare: its words.
        turns: who spoke so far, in reading order.
        cast: the article, its people, the tables.
        grid: its sentences.

    Returns:
        A person of the article; or a speaker without a name; None if that is open.
    """
    office = re.fullmatch(r"(the .+)['’]s office", bare, re.I)
    holder = role_holder(span, office.group(1) if office else bare, cast, grid)
    if holder is not None and not office:
        noun = bare.lower().split()[-1]
        holder = None if unnamed_since(span, noun, holder, turns) else holder
    if holder is not None:
        if not office:
            return holder
        return phrase_speaker(bare, person_affiliation(holder, cast), cast)
    ministry = ministry_meant(span, bare, cast)
    meant = phrase_affiliation(ministry, cast) if ministry is not None else None
    if ministry is not None and meant is not None and meant.parties:
        return phrase_speaker(ministry, meant, cast)
    again = speaker_repeated(span, bare, turns, cast, grid)
    if again is not None:
        return again
    government = government_meant(span, bare, cast, grid)
    if government is not None:
        return government_speaker(bare, *government, cast)
    if _TOLD_APART.match(cast.article.text, span.end):
        return None
    return (
        _body(span, bare, turns, cast, grid)
        or _speaks_for(span, bare, turns, cast, grid)
        or spoken_before(span, bare, turns, cast, grid)
    )


_SPEAKS_FOR = re.compile(
    r"(?:[Aa]n?|[Tt]he|[Aa]nother) (?:[a-z]+ )?spokes\w+ (?:for|of) (?P<whom>the [a-z][\w’' -]+)"
)


def _speaks_for(
    span: Span, bare: str, turns: Sequence[Turn], cast: Cast, grid: SentenceGrid
) -> Resolved | None:
    """Find for which body of the article "a spokesman for the network" speaks."""
    found = _SPEAKS_FOR.fullmatch(bare)
    group = group_meant(span, found.group("whom"), turns, cast, grid) if found else None
    owner = group.speaker if group is not None else None
    if owner is None or not owner.parties:
        return None
    shown = (cast.evidence_of(owner.name),)
    return phrase_speaker(bare, Affiliation(owner.parties, shown, None, owner.name, True), cast)


def _body(
    span: Span, bare: str, turns: Sequence[Turn], cast: Cast, grid: SentenceGrid
) -> Resolved | None:
    """Find the organisation that is meant; what only one can be needs no label."""
    group = group_meant(span, bare, turns, cast, grid)
    only = cast.organisations.meant(bare, span.start)
    if group is not None and group.speaker is not None:
        sure = only is not None and only.name == group.speaker.name
        return replace(group, labels=()) if sure else group
    if only is not None and re.match(r"the\s", bare, re.I):
        return organisation_speaker(only, bare, cast)
    return None
