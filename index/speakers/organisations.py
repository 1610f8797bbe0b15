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

from index.speakers.lexicon import words
from index.speakers.parties import matches
from index.speakers.people import Register
from index.speakers.roles import role_class
from index.speakers.runs import NO_NAME
from index.speakers.tables import Tables, phrase_key
from index.types import Party

_COMPANY_NOUNS = words("company noun")
_GROUP_NOUNS = words("group noun")
_COMPANY_ENDS = words("company name ends")
_GROUP_ENDS = words("group name ends")
_STOP = words("phrase stop")
_NO_SHORT_FORM = words("no person") | NO_NAME
_NAME = r"[A-Z][\w-]*(?: (?:& )?[A-Z][\w-]*){0,4}"
_NOUN = "|".join(sorted(_COMPANY_NOUNS | _GROUP_NOUNS))
_APPOSED = re.compile(
    rf"(?P<name>{_NAME}), (?:the|an?) (?P<between>(?:[\w-]+ ){{0,3}}?)(?P<noun>{_NOUN})"
    r"(?= (?:that|which|whose|of|in|with|behind|based|from|at|on|and)\b|[,.;)])"
)
_PREFIXED = re.compile(
    rf"\b(?:[Tt]he|[Aa]n?) (?P<between>(?:[a-z-]+ ){{0,2}})(?P<noun>{_NOUN}) (?P<name>{_NAME})"
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

        Args:
            phrase: as written; with a capital in it ("the Russian company") it is somebody else.
            at: where it stands; None looks at the whole article.
        """
        bare = re.sub(r"^(?:[Tt]he|[Ii]ts)\s+(?=\w)", "", phrase.strip())
        noun = bare.split()[-1].lower() if bare else ""
        if not self.known or (noun != "its" and bare != bare.lower()):
            return None
        end = len(self._text) if at is None else at
        before = [(start, party) for start, party in self._mentions if start < end]
        found = {p.key for _, p in before if _fits(p, noun)}
        if len(found) > 1 or noun == "its":
            found = {p.key for start, p in before if start > end - _NEAR and _fits(p, noun)}
        return next((o for o in self.known if {o.party.key} == found), None)

    @cached_property
    def _mentions(self) -> list[tuple[int, Party]]:
        """List where the article's own and the tables' parties are named."""
        found = [(m.span.start, m.alias.parties[0]) for m in matches(self._text, self._tables)
                 if m.alias.parties]  # fmt: skip
        for each in self.known:
            forms = "|".join(map(re.escape, filter(None, (each.name, each.short))))
            for match in re.finditer(rf"(?<![\w-])(?:{forms})(?![\w-])", self._text):
                found.append((match.start(), each.party))
        return sorted(found, key=lambda pair: pair[0])


def _fits(party: Party, noun: str) -> bool:
    """Tell whether "the *noun*" can mean *party*; "its" means any."""
    if noun == "its" or party.name.lower().endswith(f" {noun}"):
        return True
    if noun in _COMPANY_NOUNS:
        return party.kind == "company"
    return noun in _GROUP_NOUNS and party.kind in ("group", "body")


def find_organisations(
    text: str, sources: Iterable[str], people: Register, tables: Tables
) -> Organisations:
    """
    Find the organisations that *text* introduces and no table knows.

    Args:
        text: the article's.
        sources: the sources of its attributions; a name's last word counts only in these.
        people: the article's; whoever is surely a person is no organisation.
        tables: what they know is left to them.
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
        named = re.match(rf"(?:[Tt]he )?({_NAME})(?=$|,)", source.strip(" ,"))
        last = named.group(1).split()[-1].lower() if named and " " in named.group(1) else ""
        if named and last in _COMPANY_ENDS | _GROUP_ENDS:
            yield named.group(1), "company" if last in _COMPANY_ENDS else "group"


def _trimmed(name: str) -> str:
    """Drop the words that only begin a sentence ("But the", "The")."""
    tokens = name.split()
    while tokens and tokens[0].lower() in NO_NAME:
        del tokens[0]
    return " ".join(tokens)


def _is_known(name: str, people: Register, tables: Tables) -> bool:
    """Tell whether *name* is a person's, a day's, or one that the tables know."""
    if len(name.split()) == 1 and name.lower() in _NO_SHORT_FORM:
        return True
    person = people.find(name)
    if person is not None and person.plausible:
        return True
    return any(m.span == (0, len(name)) for m in matches(name, tables))


def _short_form(name: str, tables: Tables) -> str | None:
    """Cut what kind of company it is off a name: "Brennick Energy" -> "Brennick"."""
    tokens = name.split()
    while len(tokens) > 1 and tokens[-1].lower() in _COMPANY_ENDS:
        del tokens[-1]
    short = " ".join(tokens)
    if short == name or short.lower() in _NO_SHORT_FORM or any(matches(short, tables)):
        return None
    return short
