"""
Keep the organisations that only the article knows: "Brennick Energy, a gas company, ...".

No table lists every firm and militia, but an article that quotes one says what it is, or its
name does ("Energy", "Brigade"). From then on it writes "Brennick", "the company" or "the armed
group". Where two fit, such a phrase names nobody. Offsets are characters into ``Article.text``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from index.speakers.cast.joined import joined_names
from index.speakers.cast.names_in_text import NO_NAME, bare_name
from index.speakers.cast.people import People
from index.speakers.gazetteer.lexicon import words
from index.speakers.gazetteer.parties import find_party, matches
from index.speakers.gazetteer.roles import role_class
from index.speakers.gazetteer.tables import Tables, phrase_key
from index.types import Party

_COMPANY_NOUNS = words("company noun")
_GROUP_NOUNS = words("group noun")
_COMPANY_ENDS = words("company name ends")
_GROUP_ENDS = words("group name ends")
_BODY_ENDS = words("body name ends")
_BODY_HEADS = words("body name heads")
# "The union", "the court": who is called so was named before.
GROUP_WORDS = _COMPANY_NOUNS | _GROUP_NOUNS | _BODY_HEADS
_STOP = words("phrase stop")
_NO_SHORT_FORM = words("no person") | NO_NAME
_KINDS = {
    "group": ("group", "body", "campaign"), "organization": ("group", "body"),
    "organisation": ("group", "body"), "movement": ("group",), "militia": ("group",),
    "coalition": ("group",), "company": ("company",), "firm": ("company",), "bank": ("company",),
    "agency": ("body", "newspaper"), "news agency": ("newspaper",), "newspaper": ("newspaper",),
    "paper": ("newspaper",), "network": ("newspaper",), "party": ("group",), "bloc": ("body",),
    "alliance": ("body",), "watchdog": ("body",), "bureau": ("body",), "court": ("body",),
}  # fmt: skip
_NAME = r"[A-Z][\w-]*(?: (?:& )?[A-Z][\w-]*){0,4}"
_NOUN = "|".join(sorted(_COMPANY_NOUNS | _GROUP_NOUNS))
_APPOSED = re.compile(
    rf"(?P<name>{_NAME}), (?:the|an?) (?P<between>(?:[\w-]+ ){{0,3}}?)(?P<noun>{_NOUN})"
    r"(?= (?:that|which|whose|of|in|with|behind|based|from|at|on|and)\b|[,.;)])"
)
# "the University of Oslo", "the National Union of Teachers"
_BODY = re.compile(
    rf"(?:{_NAME} )?(?P<head>[A-Z][a-z]+) (?:of|for|on) (?:the )?{_NAME}"
    rf"(?:,? and {_NAME})?(?: in {_NAME})?"
)
# What a source may say beside an organisation's name.
_SPOKESMAN_OF = re.compile(
    r"^(?:(?:[Aa]n?|[Tt]he|[Aa]nother) )?(?:[a-z]+ )?spokes\w+ (?:for|of|from) (?:the )?"
    r"|^[Tt]he |^[Aa]n? (?=[A-Z])|,? spokes(?:man|woman|person)\b.*"
)
_PREFIXED = re.compile(
    rf"\b(?:[Tt]he|[Aa]n?) (?P<between>(?:[a-z-]+ ){{0,2}})(?P<noun>{_NOUN}) (?P<name>{_NAME})"
)
_NO_POLITICS = frozenset({"union", "charity", "club", "federation", "association"})
_UNION = re.compile(
    r"^(?!.*\bParty\b).*(?:\b[Uu]nions?\b|[Ww]orkers\b|\bTeamsters\b|\bGuild\b|\bFederation\b"
    r"|\bAssociation\b|\bBrotherhood\b|^(?:Unite|Unison|GMB|Aslef|COSATU|SAG-AFTRA|AFL-CIO|RMT)\b)"
)
# What a football club's name ends in, which "the club" means.
_CLUB = re.compile(
    r"^(?!Shareholders|Supporters|Fans|Workers|Players|Citizens|Residents).*"
    r"\b(?:A?FC|United|City|Town|Rovers|Wanderers|Athletic|Albion|Hotspur|Villa|County|Forest"
    r"|Rangers|Celtic|Wednesday|Palace|Madrid|Milan|Munich|Dortmund|Juventus|Lazio|Ajax|Galatasaray"
    r"|Barcelona)$|^(?:FC|AC|AS|SC) "
)
# "Local police" names no town.
_ANY_POLICE = frozenset(
    "local state city county national federal regional provincial municipal military riot traffic"
    " border security secret transport".split()
)
# So far back a phrase may point where several organisations fit it.
_NEAR = 250


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation of the article: its fullest name, the party it is, its short form."""

    name: str
    party: Party
    short: str | None = None


class Organisations:
    """The organisations of one article, by name and by place."""

    def __init__(self, text: str, known: list[Organisation], tables: Tables) -> None:
        self._text = text
        self._tables = tables
        self.known = known

    def named(self, phrase: str) -> Organisation | None:
        """Find the organisation that the whole of *phrase* names, with or without "the firm"."""
        bare = re.sub(rf"^(?:[Tt]he|[Aa]n?) (?:(?:[a-z-]+ ){{0,2}}(?:{_NOUN}) )?", "", phrase)
        bare = re.sub(r"['’]s$", "", re.split(r",\s", bare)[0]).strip(" ,")
        return next((o for o in self.known if bare and bare in (o.name, o.short)), None)

    def meant(self, phrase: str, at: int | None = None) -> Organisation | None:
        """
        Find the organisation to which "the company", "the armed group" or "its" points back.

        It may be one that the tables know.

        Args:
            phrase: as written; with a capital in it ("the Russian company") it is somebody else.
            at: where it stands; None looks at the whole article.
        """
        bare = re.sub(r"^(?:[Tt]he|[Ii]ts)\s+(?=\w)", "", phrase.strip())
        noun = bare.split()[-1].lower() if bare else ""
        if noun != "its" and bare != bare.lower():
            return None
        end = len(self._text) if at is None else at
        before = [(start, party) for start, party in self.mentions if start < end]
        found = {p.key for _, p in before if _fits(p, noun)}
        if len(found) > 1 or noun == "its":
            found = {p.key for start, p in before if start > end - _NEAR and _fits(p, noun)}
        known = {each.party.key: each for each in self.known}
        if len(found) != 1 or not (key := next(iter(found))):
            return None
        last, party = next((start, p) for start, p in reversed(before) if p.key == key)
        if noun != "its" and self.another(noun, last, end):
            return None
        return known.get(key) or Organisation(party.name, party)

    def another(self, noun: str, last: int, end: int) -> bool:
        """
        Return whether "the union" means one that is only described: "the dockers' union".

        Args:
            noun: the last word of the phrase.
            last: where the one that it may mean is named last.
            end: where the phrase stands.
        """
        words = rf"(?:(?!(?:the|{'|'.join(_STOP)})\b)[\w’'-]+\s+)"
        described = rf"\b(?:an?|the|his|her)\s+{words}{{1,3}}{noun}\b|\ban?\s+{noun}\b"
        return any(
            # "Hamas, an armed group,": no other one, but what the party is.
            not re.fullmatch(r"[^,.;]*?(?:,|\b(?:is|are|was|were))\s+",
                             self._text[last : found.start()])
            for found in re.finditer(described, self._text[:end], re.I) if found.start() > last
        )  # fmt: skip

    @cached_property
    def mentions(self) -> list[tuple[int, Party]]:
        """List where the article's own and the tables' parties are named."""
        return [(start, parties[0]) for start, _, parties in self.places]

    @cached_property
    def places(self) -> list[tuple[int, str, tuple[Party, ...]]]:
        """List where the article's own and the tables' parties are named, and how."""
        found = [(m.span.start, bare_name(self._text[slice(*m.span)]), m.alias.parties)
                 for m in matches(self._text, self._tables) if m.alias.parties]  # fmt: skip
        for each in self.known:
            forms = "|".join(map(re.escape, filter(None, (each.name, each.short))))
            for match in re.finditer(rf"(?<![\w-])(?:{forms})(?![\w-])", self._text):
                found.append((match.start(), each.name, (each.party,)))
        return sorted(found, key=lambda place: place[0])


def is_politics(name: str, noun: str) -> bool:
    """Return whether "the union" cannot mean *name*: not the Labour Party of the article."""
    kind = _CLUB if noun == "club" else _UNION
    called = noun in name.lower().split() or bool(kind.search(name))
    return noun in _NO_POLITICS and not called


def _fits(party: Party, noun: str) -> bool:
    """Return whether "the *noun*" can mean *party*; "its" means any."""
    own = party.name.lower().split()
    if noun == "its" or noun in own[1:] or (party.kind == "group" and noun in own):
        return True
    if noun in _COMPANY_NOUNS:
        return party.kind == "company"
    if noun in _NO_POLITICS:
        return not is_politics(party.name, noun)
    if noun in _BODY_HEADS and party.kind == "body":
        return noun in party.name.lower().split()
    return party.kind in _KINDS.get(noun, ("group", "body") if noun in _GROUP_NOUNS else ())


def find_organisations(
    text: str, sources: Iterable[str], people: People, tables: Tables
) -> Organisations:
    """
    Find the organisations that *text* introduces and no table knows.

    Args:
        text: the article's.
        sources: the sources of its attributions; a name's last word counts only in these.
        people: the article's; who is surely a person is no organisation.
        tables: what they know is not found again.
    """
    found: dict[str, Organisation] = {}
    for name, kind in _introduced(text, sources):
        bare = _trimmed(name)
        if not bare or phrase_key(bare) in found or _is_known(bare, people, tables):
            continue
        short = _short_form(bare, tables) if kind == "company" else None
        found[phrase_key(bare)] = Organisation(bare, Party(phrase_key(bare), bare, kind), short)
    return Organisations(text, list(found.values()), tables)


def _introduced(text: str, sources: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the names that an apposition or their last word tells apart, and their kind."""
    for pattern in (_APPOSED, _PREFIXED):
        for match in pattern.finditer(text):
            between = match.group("between").lower().split()
            if not any(w in _STOP or role_class(w) for w in between):
                company = match.group("noun") in _COMPANY_NOUNS
                yield match.group("name"), "company" if company else "group"
    for source in sources:
        bare = _SPOKESMAN_OF.sub("", re.sub(r"\s*\([^()]*\)", "", source).strip(" ,"))
        named = re.match(rf"({_NAME}(?: and {_NAME})?)(?=$|,)", bare)
        parts = joined_names(bare)
        for name in parts or ([named.group(1)] if named else []):
            last = name.split()[-1].lower() if " " in name else ""
            if last in _COMPANY_ENDS | _GROUP_ENDS | _BODY_ENDS:
                kind = "group" if last in _GROUP_ENDS else "body"
                yield name, "company" if last in _COMPANY_ENDS else kind
        if parts:
            continue
        body = _BODY.fullmatch(bare)
        headed = body is not None and body.group("head").lower() in _BODY_HEADS
        police = re.fullmatch(rf"(?P<first>{_NAME}) police", bare)
        if headed or (police and police.group("first").lower() not in _ANY_POLICE):
            yield bare, "body"


def _trimmed(name: str) -> str:
    """Drop the words that only begin a sentence ("But the", "The")."""
    tokens = name.split()
    while tokens and tokens[0].lower() in NO_NAME:
        del tokens[0]
    return " ".join(tokens)


def _is_known(name: str, people: People, tables: Tables) -> bool:
    """Return whether *name* is a person's, a day's, or one that the tables know."""
    if len(name.split()) == 1 and name.lower() in _NO_SHORT_FORM:
        return True
    person = people.find(name)
    if person is not None and person.plausible:
        return True
    first = next(matches(name, tables), None)
    if first is None or first.span.start > 0:
        return False
    # A capital's police are the city's.
    whole = first.span.end == len(name)
    return whole or (first.alias.use != "capital" and find_party(name, tables) is not None)


def _short_form(name: str, tables: Tables) -> str | None:
    """Cut what kind of company it is off a name: "Brennick Energy" -> "Brennick"."""
    tokens = name.split()
    while len(tokens) > 1 and tokens[-1].lower() in _COMPANY_ENDS:
        del tokens[-1]
    short = " ".join(tokens)
    if short == name or short.lower() in _NO_SHORT_FORM or any(matches(short, tables)):
        return None
    return short
