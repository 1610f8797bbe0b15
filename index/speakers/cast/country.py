"""
Tell in which country an article is at home.

"The Defence Secretary" needs no country where the article is about one, and is not by default
the one of the country whose newspapers word it so; nor is "the Senate" always the American one.
An article on two countries has no home: there such an office stays open. No I/O.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from index.speakers.gazetteer.parties import PartyMatch, matches
from index.speakers.gazetteer.tables import Tables
from index.types import Article, Party

# So many characters are the lead, which names the country if the headline does not.
_LEAD = 600


class Home(NamedTuple):
    """The one country that an article is about, and how it is worded there."""

    party: Party
    worded: str


class Countries(NamedTuple):
    """The keys of the countries that an article names, and its home if it has one."""

    named: frozenset[str] = frozenset()
    home: Home | None = None

    def may_mean(self, party: Party) -> bool:
        """Tell whether an office that *party* words so can be its own here."""
        return not self.named or party.key in self.named


def find_countries(article: Article, tables: Tables) -> Countries:
    """
    Find the countries of an article; the home is the only one of the headline, else of the lead.

    The home must also be named more often than all others together.
    """
    title = _countries(matches(article.title, tables), article.title)
    text = _countries(matches(article.text, tables), article.text)
    lead = _countries(matches(article.text[:_LEAD], tables), article.text)
    named = {home.party.key: home for home in title or lead}
    counts = Counter(home.party.key for home in (*title, *text))
    home = next(iter(named.values())) if len(named) == 1 else None
    if home is not None and 2 * counts[home.party.key] <= counts.total():
        home = None
    return Countries(frozenset(counts), home)


def _countries(found: Iterable[PartyMatch], text: str) -> list[Home]:
    """List where *found* names a country or whoever acts for it."""
    return [
        Home(match.alias.parties[-1], text[slice(*match.span)])
        for match in found
        if match.alias.parties and match.alias.parties[-1].kind == "country"
        and not match.alias.common_in
    ]  # fmt: skip


def at_home(tables: Tables, home: Home | None) -> Tables:
    """Take the tables as they hold at *home*: without the Senates of other countries."""
    if home is None:
        return tables
    here = ("", home.party.key)
    kept = {key: alias for key, alias in tables.aliases.items() if alias.common_in in here}
    return replace(tables, aliases=kept)
