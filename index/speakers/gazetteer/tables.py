"""
Read the shipped tables of countries, institutions, organisations and office holders.

Read once, on first use: a bot that answers from a finished index never needs them before its
first question. Rows are facts about the world and get old: an office holder counts only
inside the term that the row names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal

from index.errors import SettingsError
from index.speakers.gazetteer.lexicon import rows
from index.speakers.gazetteer.names import name_key, names_agree, surname
from index.types import Party

# How a phrase stands for its party: "name" (Russia, Gazprom), "adjective" (Russian), "people"
# (Russians), "capital" (Moscow), "metonym" (Kremlin), "agency" (FBI: itself, then its country),
# "place" (New Mexico: hides the name inside it and means no party).
Use = Literal["name", "adjective", "people", "capital", "metonym", "agency", "place"]


@dataclass(frozen=True, slots=True)
class Alias:
    """
    A phrase of the tables: which parties it names, the nearest first, and how.

    ``common_in`` is the key of its country where other countries call one of theirs the same.
    """

    parties: tuple[Party, ...]
    use: Use
    cased: bool = False
    spelling: str = ""
    common_in: str = ""


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who held an office of a party from *start* to *end*, both inclusive."""

    key: str
    name: str
    party: str
    office: str
    start: date | None
    end: date | None

    def serves(self, day: date | None) -> bool:
        """Return whether *day* lies in the term; an unknown day or border does not exclude."""
        if day is None:
            return True
        return not ((self.start and day < self.start) or (self.end and day > self.end))


@dataclass(frozen=True, slots=True)
class Tables:
    """
    Everything the tables say. ``aliases`` and ``holders`` are keyed by normal forms.

    ``beginnings`` holds whatever a key of ``aliases`` begins with, itself included; it may hold
    more. Nearly every word of an article is told apart by it from the few that name something.
    """

    parties: Mapping[str, Party]
    aliases: Mapping[str, Alias]
    holders: Mapping[str, tuple[Holder, ...]]
    genders: Mapping[str, str]
    user_people: Mapping[str, tuple[Holder, ...]] = field(default_factory=dict)
    longest: int = 1
    beginnings: frozenset[str] = frozenset()

    def holders_of(self, key: str, day: date | None) -> list[Holder]:
        """List the office holders whom *key* can name on *day*."""
        found = self.holders.get(surname(key), ())
        return [h for h in found if h.serves(day) and names_agree(key, h.key)]


def phrase_key(text: str) -> str:
    """Normalise a phrase for lookup: case-folded, one blank, no full stops, plain apostrophes."""
    plain = text.replace("’", "'").replace(".", "").casefold()
    return " ".join(plain.split())


def load_tables(user_file: Path | None = None) -> Tables:
    """
    Load the tables, once for each *user_file*.

    Args:
        user_file: the user's own ``parties.tsv`` with the columns phrase, party, kind and
            optionally since, until; its rows win over the shipped ones.

    Raises:
        SettingsError: if the user's file cannot be read or a row of it is wrong.
    """
    if user_file is None:
        return _shipped()
    try:
        stamp = user_file.stat().st_mtime_ns
    except OSError as exc:
        raise SettingsError(f"cannot read {user_file}: {exc.strerror}; create or unset it") from exc
    return _with_user_rows(user_file, stamp)


@lru_cache(maxsize=1)
def _shipped() -> Tables:
    """Read the shipped tables."""
    parties: dict[str, Party] = {}
    aliases: dict[str, Alias] = {}
    for key, name, adjectives, people, capitals, others in _rows("countries.tsv", 6):
        party = parties[key] = Party(key, name, "country")
        add_aliases(aliases, (party,), "name", f"{others}|{name}")
        add_aliases(aliases, (party,), "capital", capitals)
        # Before "people": "French" and "British" are both, and more often an adjective.
        add_aliases(aliases, (party,), "adjective", adjectives)
        add_aliases(aliases, (party,), "people", people)
    for names, kind, parent in _rows("organisations.tsv", 3):
        name = names.split("|")[0].lstrip("=")
        party = parties.setdefault(name.casefold(), Party(name.casefold(), name, kind))
        add_aliases(aliases, (party, parties[parent]) if parent else (party,), "name", names)
    for names, key, voice in _rows("institutions.tsv", 3):
        _add_institution(parties, aliases, names, key, voice)
    for _, names, *_others in _rows("regions.tsv", 2):
        # Regions have holders of offices; articles word them by rule ("Delaware Gov.").
        for name in names.split("|"):
            parties.setdefault(phrase_key(name), Party(phrase_key(name), name, "body"))
    for (names,) in _rows("places.tsv", 1):
        add_aliases(aliases, (), "place", names)
    genders: dict[str, str] = {}
    for gender, names in _rows("given_names.tsv", 2):
        genders.update((name_key(n), gender) for n in names.split())
    longest = max(len(phrase.split()) for phrase in aliases)
    return Tables(
        parties,
        aliases,
        _read_holders(),
        genders,
        longest=longest,
        beginnings=_beginnings(aliases),
    )


def _add_institution(
    parties: dict[str, Party], aliases: dict[str, Alias], names: str, key: str, voice: str
) -> None:
    """Add one institution: "state" speaks for the country, "own" for itself too, "apart" alone."""
    name = names.split("|")[0].lstrip("=~")
    if voice == "state":
        add_aliases(aliases, (parties[key],), "metonym", names, key)
        return
    own = parties.setdefault(name.casefold(), Party(name.casefold(), name, "body"))
    found = (own, parties[key]) if voice == "own" else (own,)
    add_aliases(aliases, found, "agency", names, key)


def add_aliases(
    aliases: dict[str, Alias], parties: tuple[Party, ...], use: Use, names: str, country: str = ""
) -> None:
    """
    Add the spellings of *names*, parted by "|".

    "=" marks one that holds as written only, "~" one that other countries than *country* use for
    theirs. The first row that claims a spelling keeps it.
    """
    for spelling in names.split("|"):
        bare = spelling.lstrip("=~").strip()
        if bare:
            common_in = country if spelling.startswith("~") else ""
            alias = Alias(parties, use, spelling.startswith("="), bare, common_in)
            aliases.setdefault(phrase_key(bare), alias)


def _read_holders() -> dict[str, tuple[Holder, ...]]:
    """Read the office holders, by surname."""
    found: dict[str, list[Holder]] = {}
    for key, name, party, office, start, end in _rows("holders.tsv", 6):
        holder = Holder(key, name, party, office, _day(start), _day(end))
        found.setdefault(surname(key), []).append(holder)
    return {k: tuple(v) for k, v in found.items()}


def _day(text: str) -> date | None:
    """Read an ISO day; "" is None."""
    return date.fromisoformat(text) if text else None


def _rows(name: str, columns: int) -> Iterator[list[str]]:
    """Read the rows of a shipped table, short ones filled up to *columns*."""
    for cells in rows(name):
        yield cells + [""] * (columns - len(cells))


@lru_cache(maxsize=4)
def _with_user_rows(user_file: Path, stamp: int) -> Tables:
    """Lay the user's rows over the shipped tables; *stamp* renews the cache when they change."""
    shipped = _shipped()
    parties, aliases = dict(shipped.parties), dict(shipped.aliases)
    people: dict[str, tuple[Holder, ...]] = {}
    for number, cells in _user_rows(user_file):
        phrase, wanted, kind, since, until = cells
        party = _user_party(parties, aliases, wanted, kind)
        try:
            start, end = _day(since), _day(until)
        except ValueError as exc:
            raise SettingsError(f"{user_file}, line {number}: {exc}; write 2018-02-07") from exc
        known = aliases.get(phrase_key(phrase))
        aliases[phrase_key(phrase)] = Alias((party,), known.use if known else "name")
        row = Holder(name_key(phrase), phrase, party.key, "", start, end)
        people[row.key] = (*people.get(row.key, ()), row)
    longest = max(len(phrase.split()) for phrase in aliases)
    begin = _beginnings(aliases)
    return Tables(parties, aliases, shipped.holders, shipped.genders, people, longest, begin)


def _beginnings(keys: Iterable[str]) -> frozenset[str]:
    return frozenset(key[:end] for key in keys for end in range(1, len(key) + 1))


def _user_party(
    parties: dict[str, Party], aliases: dict[str, Alias], wanted: str, kind: str
) -> Party:
    """Find the party that a user's row names, or make it."""
    known = aliases.get(phrase_key(wanted))
    if known and known.parties:
        return known.parties[0]
    key = phrase_key(wanted)
    return parties.setdefault(key, Party(key, wanted, kind or "group"))


def _user_rows(user_file: Path) -> Iterator[tuple[int, list[str]]]:
    """Read the user's rows, five cells each; a first line that begins with "phrase" is a head."""
    try:
        text = user_file.read_text("utf-8-sig")
    except (OSError, UnicodeError) as exc:
        raise SettingsError(f"cannot read {user_file}: {exc}; save it as UTF-8 text") from exc
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith(("#", "phrase\t")):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if len(cells) < 2 or not cells[0] or not cells[1]:
            raise SettingsError(
                f"{user_file}, line {number}: {line!r} names no phrase and party; "
                "write phrase, tab, party (and kind, since, until)"
            )
        yield number, (cells + [""] * 5)[:5]
