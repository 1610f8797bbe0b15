"""
Find which body "the agency", "the carmaker" or "the working group" means.

It is one that the article has named: whose name holds the noun, or whose kind fits it. Whoever
spoke last comes first, then whom the article names most. Where two fit alike, the phrase stays
what it is. Offsets are characters into ``Article.text``. No I/O.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.labels import FROM_CONTEXT
from index.speakers.affiliation.affiliation import Affiliation
from index.speakers.affiliation.bodies import MEDIA, RUN, body_affiliation
from index.speakers.cast.cast import Cast
from index.speakers.cast.full_names import full_name
from index.speakers.cast.names_in_text import NO_NAME
from index.speakers.cast.organisations import is_politics
from index.speakers.gazetteer.lexicon import words
from index.speakers.gazetteer.tables import phrase_key
from index.speakers.resolve.back_references import SentenceGrid
from index.speakers.resolve.phrases import phrase_speaker
from index.speakers.resolve.pronouns import Turn
from index.speakers.resolve.source import Resolved
from index.types import Party, Span, Speaker

_COMPANY = words("company noun") | frozenset(
    "automaker carmaker chain giant conglomerate corporation brand broker lender platform studio"
    " publisher developer builder maker drugmaker chipmaker planemaker miner railway".split()
)
_BODY = words("body name heads") | frozenset(
    "monitor department bureau service ministry institute board watchdog panel office"
    " regulator institution mission parliament tribunal organization organisation embassy"
    " directorate secretariat".split()
) - {"church", "police", "congress", "fund"}
_GROUP = words("group noun") | frozenset(
    "monitor party team campaign nonprofit network organization organisation league"
    " society federation union alliance coalition foundation".split()
)
_MEDIA = frozenset("newspaper paper broadcaster outlet magazine network station channel".split())
_KINDS = {"company": _COMPANY, "body": _BODY, "group": _GROUP, "newspaper": _MEDIA}
_PHRASE = re.compile(
    r"(?:[Tt]he|[Tt]his|[Tt]hat)\s+(?:same\s+)?(?P<before>(?:[a-z][\w’'-]*\s+){0,3}?)"
    r"(?P<noun>[a-z]+)(?:,? (?:itself|also))?"
)
_NAME = re.compile(rf"(?:[A-Z][\w ]*?['’]s )?{RUN.pattern}")
_MEMBER = re.compile(r"(?P<name>[A-Z][\w’'-]+(?: [A-Z][\w.’'-]*){1,2}) (?:of|from|at) the\b")
# One that a phrase does not point back to.
_NOT_HERE = frozenset("other second new rival local first opposition".split())
_NEAR = 8
_MENTIONED = 4


@dataclass(frozen=True, slots=True)
class Group:
    """A body that the article names: where last, how often, and how it speaks if it did."""

    name: str
    last: int
    times: int
    party: Party | None
    parties: tuple[Party, ...]
    spoke: Turn | None = None


def group_meant(
    span: Span, bare: str, turns: Sequence[Turn], cast: Cast, grid: SentenceGrid
) -> Resolved | None:
    """
    Find the body of the article to which a description points back; None if that is open.

    Args:
        span: where the description stands.
        bare: its words.
        turns: who spoke so far, in reading order.
        cast: the article, its organisations, the tables.
        grid: its sentences.
    """
    found = _PHRASE.fullmatch(re.split(r",\s", bare)[0])
    if found is None:
        return None
    noun, before = found.group("noun").lower(), found.group("before").lower().split()
    kinds = {kind for kind, nouns in _KINDS.items() if noun in nouns}
    if not kinds or set(before) & _NOT_HERE or (before and noun == "office"):
        return None
    known = _groups(span.start, turns, cast)
    wanted = " ".join([*before, noun]).strip()
    if before and not any(_ends_so(g.name, wanted) for g in known):
        known += _written(wanted, span.start, cast)
    chosen = _choice(span.start, noun, wanted, kinds, known, grid)
    if chosen is None:
        return None
    sure = bool(before) and _ends_so(chosen.name, wanted)
    if not sure and cast.organisations.another(noun, chosen.last, span.start):
        return None
    meant = _speaker(chosen, bare, cast)
    alone = sum(_ends_so(g.name, wanted) for g in known) == 1
    return replace(meant, labels=()) if alone and _ends_so(chosen.name, wanted) else meant


def _written(wanted: str, at: int, cast: Cast) -> list[Group]:
    """Find the body whose name begins with a description's words: "Working Group for Norway"."""
    words_of = r"\s".join(re.escape(word) for word in wanted.title().split())
    written = re.compile(rf"\b{words_of}\s(?:for|of|on|against)\s(?:the\s)?{RUN.pattern}")
    found = list(written.finditer(cast.article.text, 0, at))
    if len({match.group() for match in found}) != 1:
        return []
    name = f"the {found[0].group()}"
    parties = body_affiliation(name, cast)
    return [Group(name, found[-1].start(), len(found), next(iter(parties), None), parties)]


def _choice(
    at: int, noun: str, wanted: str, kinds: set[str], known: Sequence[Group], grid: SentenceGrid
) -> Group | None:
    """Choose the body that is meant; None if none or several fit."""
    here = grid.sentence_at(at)
    named = [g for g in known if _ends_so(g.name, wanted)]
    if len(named) == 1 or (named and wanted != noun):
        return max(named, key=lambda g: g.last)
    # "The rights group" is one whose name has that word.
    alike = [g for g in known if set(wanted.split()[:-1]) & set(g.name.lower().split())]
    if len(alike) == 1:
        return alike[0]
    fitting = [g for g in known if _fits(g, noun, kinds)]
    spoke = [
        g
        for g in fitting
        if g.spoke is not None and here - grid.sentence_at(g.spoke.span.start) <= _NEAR
    ]
    if spoke:
        last = sorted((g.spoke.span.start, at) for at, g in enumerate(spoke) if g.spoke)
        two = len(last) > 1 and grid.sentence_at(last[-2][0]) == grid.sentence_at(last[-1][0])
        return None if two else spoke[last[-1][1]]
    if len(fitting) == 1:
        return fitting[0]
    near = [g for g in fitting if here - grid.sentence_at(g.last) <= _MENTIONED]
    if len(near) == 1:
        return near[0]
    most = sorted(near, key=lambda g: -g.times)
    return most[0] if len(most) > 1 and most[0].times >= 2 * most[1].times else None


def _ends_so(name: str, wanted: str) -> bool:
    """Return whether a name holds the words of a description: "the commission"."""
    low = name.lower()
    return low != wanted and (
        low.endswith(f" {wanted}") or low.startswith(f"{wanted} ") or f" {wanted} " in low
    )


def _fits(group: Group, noun: str, kinds: set[str]) -> bool:
    """Return whether a body can be called by *noun*."""
    if group.party is not None and is_politics(group.party.name, noun):
        return False
    if group.party is not None and group.party.kind != "group":
        if group.party.kind == "body" and noun == "group":
            return False
        return group.party.kind in kinds or (group.party.kind == "body" and noun in _BODY)
    last = group.name.lower().split()[-1]
    kind = next((kind for kind, nouns in _KINDS.items() if last in nouns), None)
    if kind is not None:
        return kind in kinds
    if last in words("company name ends"):
        return "company" in kinds
    if MEDIA.search(group.name):
        return "newspaper" in kinds
    # "Nova Brask" may as well be a person.
    name = group.name.removeprefix("The ").removeprefix("the ")
    return group.party is not None or name != group.name or " " not in name


def _groups(at: int, turns: Sequence[Turn], cast: Cast) -> list[Group]:
    """List the bodies named or heard before *at*."""
    text = cast.article.text
    found: dict[str, Group] = {}
    for start, name, parties in cast.organisations.places:
        if start >= at:
            break
        if parties[0].kind == "country":
            continue
        key = parties[0].key
        old = found.get(key)
        found[key] = Group(name, start, 1 + (old.times if old else 0), parties[0], parties)
    for turn in turns:
        speaker = turn.speaker
        if speaker is None or turn.person is not None or turn.span.start >= at:
            continue
        key = speaker.parties[0].key if speaker.parties else phrase_key(_bare(speaker.name))
        if not _is_name(speaker):
            continue
        old = found.get(key)
        last = max(turn.span.start, old.last if old else 0)
        party = old.party if old else speaker.parties[0] if speaker.parties else None
        if party is not None and party.kind == "country":
            party = None
        times = old.times if old else len(re.findall(re.escape(_bare(speaker.name)), text[:at]))
        found[key] = Group(speaker.name, last, times, party, speaker.parties, turn)
    return list(found.values())


def _bare(name: str) -> str:
    """Drop the article before a name."""
    return re.sub(r"^[Tt]he\s+", "", name)


def _is_member(name: str) -> bool:
    """Return whether a name is somebody's of a body: "Ada Lind of the Guild" is no body."""
    found = _MEMBER.match(name)
    heads = _BODY | _GROUP | _COMPANY | _MEDIA
    return found is not None and heads.isdisjoint(found["name"].lower().split())


def _is_name(speaker: Speaker) -> bool:
    """Return whether a speaker without a person is called by a name, not described."""
    # "The Embassy of Norway in Latvia"
    name = re.split(r"\s(?:in|to)\s(?=the\s[A-Z]|[A-Z])", _bare(speaker.name))[0]
    if _is_member(name):
        return False
    if not _NAME.fullmatch(name) or speaker.found == "role" or name.lower() in NO_NAME:
        return False
    nation = speaker.parties[:1] and speaker.parties[0].kind == "country"
    return not nation or bool(set(name.lower().split()) & _BODY)


def _speaker(group: Group, bare: str, cast: Cast) -> Resolved:
    """Make the speaker of a body that is meant."""
    if group.spoke is not None and group.spoke.speaker is not None:
        return Resolved(group.spoke.speaker, None, (FROM_CONTEXT,))
    name = full_name(group.name, cast.article.text)
    shown = (cast.evidence_of(bare), cast.evidence_of(name))
    found = phrase_speaker(name, Affiliation(group.parties, shown), cast)
    return replace(found, labels=(*found.labels, FROM_CONTEXT))
