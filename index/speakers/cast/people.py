"""
Find the people of one article.

The fullest form of a name wins; a surname alone joins the only full name that ends in it. A run
of capitals is a full name only with a given name, a title or a role beside it, or a surname that
is used again: newspapers capitalise far more than people. Offsets are characters into
``Article.text``. No I/O.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz import fuzz

from index.speakers.cast.by_names import other_names
from index.speakers.cast.couples import Couples
from index.speakers.cast.descriptions import Role, apposed, roles_of
from index.speakers.cast.gender import guess_gender, title_gender
from index.speakers.cast.names_in_text import Named, bare_name, find_named
from index.speakers.cast.namesakes import is_namesake, is_said_another, shares_side
from index.speakers.gazetteer.names import FAMILY_FIRST, SUFFIXES, name_key, names_agree, surname
from index.speakers.gazetteer.tables import Tables
from index.types import Span

# "Her counterpart, Jan Nowak"
_COURTESY = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Prof|Professor|Sir|Dame)\.?\s+$|\bcounterpart,?\s+$")
# So many bare surnames before the first full name are no accident of an editor's cut.
_TOO_MANY = 3
# A family name and a given name.
_EAST = 2
# So alike, of 100, are two spellings of one given name.
_ALIKE = 75
_SELF = re.compile(r"\b([A-Z][\w’'-]*)\s(?:him|her)self\b")
# "Mei-hua", "Sang-ho": so only given names behind a family name are written.
_HYPHENATED = re.compile(r"[A-Z][a-z]+-[a-z]+")


@dataclass(slots=True)
class Person:
    """A person of the article; grows while the article is read."""

    key: str
    name: str
    mentions: list[Span] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)
    gender: str | None = None
    strong: bool = False

    @property
    def plausible(self) -> bool:
        """Return whether this is surely a person: a full name, a gender or a role."""
        return self.strong or self.gender is not None or bool(self.roles)


class People:
    """The people of one article, by name and by place."""

    def __init__(self, people: list[Person], others: Mapping[str, Person] | None = None) -> None:
        self._people = people
        self._others = others or {}
        self._by_surname: dict[str, list[Person]] = defaultdict(list)
        for person in people:
            for token in {surname(person.key), person.key.split()[0]}:
                self._by_surname[token].append(person)
        self.mentions = sorted(
            ((span, person) for person in people for span in person.mentions), key=lambda m: m[0]
        )
        self._starts = [span.start for span, _ in self.mentions]

    def __iter__(self) -> Iterator[Person]:
        """Yield each person, those with a full name first."""
        return iter(self._people)

    def find(self, name: str) -> Person | None:
        """Find the one person whom *name* can mean; None for nobody or for several."""
        key = name_key(name)
        if not key or key in self._others:
            return self._others.get(key)
        known = self._by_surname.get(surname(key), []) + self._by_surname.get(key.split()[0], [])
        unique = list({id(p): p for p in known}.values())
        exact = [p for p in unique if p.key == key]
        if len(exact) == 1:
            return exact[0]
        family = family_first(key, unique)
        if family is not None:
            return family
        agree = [p for p in unique if names_agree(key, p.key)]
        if not agree and len(key.split()) == 1:
            agree = [p for p in unique if p.key.split()[0] == key and p.strong]
            agree = agree or self._with_two_surnames(key)
        return agree[0] if len(agree) == 1 else None

    def _with_two_surnames(self, key: str) -> list[Person]:
        """List those whose first surname of two is *key*: "Ríos" for "Carla Ríos Valdes"."""
        return [p for p in self._people if p.strong and p.key.split()[1:-1] == [key]]

    def within(self, span: Span) -> list[tuple[Span, Person]]:
        """List the mentions inside *span*, in reading order."""
        first = bisect_left(self._starts, span.start)
        last = bisect_left(self._starts, span.end)
        return [(s, p) for s, p in self.mentions[first:last] if s.end <= span.end]


def family_first(key: str, bearers: Sequence[Person]) -> Person | None:
    """
    Find the one whose family name, written first, *key* is: "Yi" for Yi Sang-ho.

    Nobody if *key* is the family name of somebody who writes it last.
    """
    last = [p for p in bearers if surname(p.key) == key and not _begins_with_family(p)]
    first = [p for p in bearers if p.key.split()[0] == key and _begins_with_family(p)]
    return first[0] if len(first) == 1 and not last and " " not in key else None


def _begins_with_family(person: Person) -> bool:
    """Return whether a name is written family name first: by its own words, or so hyphenated."""
    tokens = person.name.split()
    hyphenated = _HYPHENATED.fullmatch(tokens[-1]) is not None
    return len(tokens) == _EAST and (person.key.split()[0] in FAMILY_FIRST or hyphenated)


def read_people(text: str, tables: Tables) -> People:
    """Find the people of an article's *text*."""
    found = list(find_named(text, tables))
    counts: dict[str, int] = defaultdict(int)
    for named in found:
        counts[name_key(text[slice(*named.name)])] += 1
    people: list[Person] = []
    full = [n for n in found if _is_full(text, n, counts, tables)]
    for named in full:
        _join_full(people, text, named, tables)
    known = People(people)
    alone: dict[str, Person] = {}
    couples = Couples(text, found, tables)
    bare: dict[str, list[int]] = defaultdict(list)
    for named in found:
        bare[name_key(text[slice(*named.name)])].append(named.name.start)
    lead = text.find("\n\n")
    others = {id(p) for p in people if _comes_too_late(p, bare[surname(p.key)], lead)}
    for named in found:
        written = text[slice(*named.name)]
        key = name_key(written)
        if not key or " " in written.strip() or _shares_surname(text, named):
            continue
        person = known.find(key) or _likeliest(people, key, text, named)
        if person is not None and couples.is_other(key, named, person.key, person.gender):
            person = None
        titled = couples.titled(named) if person is None and " " not in key else None
        if titled is not None and (couples.are_two(key) or _people_of(people, key)):
            spelling = bare_name(titled.split()[-1])
            name = f"{titled.split()[0]} {spelling}"
            person = alone.setdefault(name.lower(), Person(name.lower(), name))
            _add_mention(person, text, named, tables)
            continue
        if person is None and "-" in written and len(key.split()) > 1 and _joins_two(people, key):
            continue
        if person is None or id(person) in others:
            person = alone.setdefault(key, Person(key, bare_name(written)))
        _add_mention(person, text, named, tables)
    found_people = [p for p in [*people, *alone.values()] if p.mentions]
    for person in found_people:
        # Full names were met before bare surnames.
        person.mentions.sort()
    return _with_other_names(found_people, text)


def _with_other_names(people: list[Person], text: str) -> People:
    """Join those whom the text says to be one: "Rosen, better known as Blixa"."""
    known, other = People(people), {}
    for person in people:
        for name in (n for m in person.mentions for n in other_names(text, m.end)):
            second = known.find(name)
            if second is not None and second is not person and " " not in second.key:
                person.mentions = sorted([*person.mentions, *second.mentions])
                person.roles.extend(second.roles)
                other[second.key] = person
    return People([p for p in people if other.get(p.key, p) is p], other)


def _people_of(people: Sequence[Person], key: str) -> list[Person]:
    """List those whose surname is *key*."""
    return [p for p in people if surname(p.key) == key]


def _shares_surname(text: str, named: Named) -> bool:
    """Return whether a lone given name is followed by another ("David and Jeanne Novak")."""
    return bool(re.match(r" and [A-Z]\w+ [A-Z]", text[named.name.end : named.name.end + 40]))


def _comes_too_late(person: Person, bare: list[int], lead: int) -> bool:
    """
    Return whether the bare surname means somebody else than *person*.

    News gives the full name first. Where the surname stands alone again and again before this
    full name (headline and first paragraph aside), it is a better known bearer's.

    Args:
        person: somebody with a full name.
        bare: where the surname stands alone, in reading order.
        lead: where the first paragraph ends.
    """
    return sum(lead < start < person.mentions[0].start for start in bare) >= _TOO_MANY


def _likeliest(people: list[Person], key: str, text: str, named: Named) -> Person | None:
    """
    Choose among several bearers of one surname, or choose nobody.

    "Mrs. Clinton" is the woman; a bare surname is whom the article names twice as often.
    """
    bearers = _people_of(people, key)
    gender = title_gender(text, named)
    if gender is not None:
        bearers = [p for p in bearers if p.gender == gender] or bearers
    if len(bearers) > 1:
        # Until the second is named in full, the first is meant.
        bearers = [p for p in bearers if p.mentions[0].start < named.name.start] or bearers
    if len(bearers) < 2:
        return bearers[0] if bearers else None
    first, second = sorted(bearers, key=lambda p: len(p.mentions), reverse=True)[:2]
    return first if len(first.mentions) >= 2 * len(second.mentions) else None


def _joins_two(people: list[Person], key: str) -> bool:
    """Return whether a hyphenated word joins the surnames of two people ("Cruz-Rubio")."""
    known = {surname(p.key) for p in people}
    return all(token in known for token in key.split())


def _join_full(people: list[Person], text: str, named: Named, tables: Tables) -> None:
    """Add a full name to the person it belongs to, or as a new one."""
    written = bare_name(text[slice(*named.name)])
    key = name_key(written)
    same = (
        [p for p in people if p.key == key]
        or [p for p in people if names_agree(p.key, key)]
        or [p for p in people if _misspelt(p, key, text, named)]
    )
    if same:
        roles = list(roles_of(text, named, tables))
        same = _bearers(same, roles, is_said_another(text, named.name), tables)
    if len(same) == 1:
        person = same[0]
        # "Crooked Hillary Clinton" is no fuller name than "Hillary Clinton".
        worse = person.key.split()[0] in tables.genders and key.split()[0] not in tables.genders
        if len(written) > len(person.name) and not worse:
            person.name, person.key = written, key
    else:
        person = Person(key, written)
        people.append(person)
    person.strong = True
    _add_mention(person, text, named, tables)


def _bearers(
    same: list[Person], roles: Sequence[Role], another: bool, tables: Tables
) -> list[Person]:
    """
    Keep those of one name whom a mention may mean; nobody for a namesake.

    Args:
        same: who bears the name so far.
        roles: what the article calls whoever is named now.
        another: whether it says that it is another.
        tables: the shipped ones.
    """
    ours = [p for p in same if shares_side(p.roles, roles, tables)]
    if len(ours) == 1:
        return ours
    kept = [p for p in same if not is_namesake(p.roles, roles, tables)]
    if another and len(same) == 1:
        return []
    # Of several who bear one name nobody is meant where nothing tells them apart.
    return kept if len(kept) == 1 or not kept else [p for p in kept if not p.roles][:1]


def _misspelt(person: Person, key: str, text: str, named: Named) -> bool:
    """Return whether two given names are one in two spellings: both "council chief Raf… Lund"."""
    first, own = key.split()[0], person.key.split()[0]
    alike = key.split()[1:] == person.key.split()[1:] and first[:1] == own[:1]
    if not alike or named.title is None or fuzz.ratio(first, own) < _ALIKE:
        return False
    title = text[slice(*named.title)]
    return any(role.text == title for role in person.roles)


def _is_full(text: str, named: Named, counts: dict[str, int], tables: Tables) -> bool:
    """Return whether a run is a person's full name."""
    written = bare_name(text[slice(*named.name)])
    tokens = [t for t in name_key(written).split() if t not in SUFFIXES]
    if len(tokens) < 2 or " " not in written.strip():
        return False
    if (
        tokens[0] in tables.genders
        or named.title is not None
        or _COURTESY.search(text[max(0, named.name.start - 16) : named.name.start])
        or tables.holders_of(" ".join(tokens), None)
        or (_HYPHENATED.fullmatch(written.split()[-1]) and written.split()[0].istitle())
    ):
        return True
    first, *_, last = written.split()
    if len(last) > 2 and last.isupper() and not first.isupper():
        # "Oklahoma SAE": letters are a body's.
        return apposed(text, named)
    return counts.get(tokens[-1], 0) > 0 or apposed(text, named) or first in _selves(text)


@lru_cache(maxsize=4)
def _selves(text: str) -> frozenset[str]:
    """List the names behind which "himself" or "herself" stands: "Tilly herself" is somebody."""
    return frozenset(_SELF.findall(text))


def _add_mention(person: Person, text: str, named: Named, tables: Tables) -> None:
    """Note one mention with the title and apposition around it."""
    person.mentions.append(named.name)
    person.roles.extend(roles_of(text, named, tables))
    if person.gender is None:
        person.gender = guess_gender(person.key, person.roles, text, named, tables)
