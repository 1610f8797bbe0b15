"""
Tell in which country an article is at home, and which Georgia it means.

"The Defence Secretary" needs no country where the article is about one, and is not by default
the one of the country whose newspapers word it so; nor is "the Senate" always the American one.
An article on two countries has no home: there such an office stays open.

"Georgia" is one spelling of two places, and both have officials who speak. An article about the
country says so (Tbilisi, Georgian), one about the state names its capital, its legislators or its
neighbours; where neither is so, the country is meant. No I/O.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from index.speakers.gazetteer.names import name_key
from index.speakers.gazetteer.parties import PartyMatch, matches
from index.speakers.gazetteer.regions import country_of, region_names, regions
from index.speakers.gazetteer.tables import Alias, Tables, phrase_key
from index.types import Article, Party

# So many characters are the lead, which names the country if the headline does not.
_LEAD = 600
# So much more often than the next a country is named on which an article dwells.
_CLEAR = 2
# Within so many characters behind an office a counterpart's country tells that it is another's.
_NEAR = 120
# A state is named without it: "a Delaware man", "in Ankeny, Iowa".
_STATES_OF = "united states"
_GEORGIA_THE_COUNTRY = re.compile(
    r"\bTbilisi\b|\bGeorgians?\b|\bBatumi\b|\bAbkhazia|\bSouth Ossetia|\bCaucasus\b"
    r"|\bGeorgia’?'?s (?:prime|foreign|defen[cs]e|president|parliament)"
)
_GEORGIA_THE_STATE = re.compile(
    r"\bAtlanta\b|\b(?:state|State) of Georgia\b|\b(?:Alabama|Florida|Tennessee|Carolina|Texas"
    r"|Ohio|Iowa|Nevada|Virginia|Michigan|Pennsylvania|Arizona)\b|\(?[DR]-G(?:a\.|eorgia)"
    r"|\bGeorgia (?:[Gg]ov|[Ss]en|[Rr]ep|[Ss]ecretary of [Ss]tate|[Aa]ttorney|[Dd]emocrat"
    r"|[Ss]tate\b|[Hh]ouse)"
    r"|\b[Gg]overnor of Georgia\b"
)


_PAIR = re.compile(r"\b(?P<first>[A-Z][a-z]+) (?P<last>[A-Z][a-z]+)\b(?! [A-Z])")


class Home(NamedTuple):
    """The one country that an article is about, and how it is worded there."""

    party: Party
    worded: str


class Countries(NamedTuple):
    """
    The keys of the countries that an article names, and its home if it has one.

    ``mentions`` holds where the text names a country or its institutions, in reading order, and
    ``titled`` the keys of those that the headline names; ``states`` how often it names a state of
    the country whose newspapers leave its own name out, and ``abroad`` those of ``mentions`` that
    tell of another's country, ``counterparts`` those of "her Polish counterpart" alone.
    """

    named: frozenset[str] = frozenset()
    home: Home | None = None
    mentions: tuple[tuple[int, Home], ...] = ()
    titled: frozenset[str] = frozenset()
    states: int = 0
    abroad: frozenset[int] = frozenset()
    counterparts: frozenset[int] = frozenset()

    def may_mean(self, party: Party) -> bool:
        """Return whether an office that *party* words so can be its own here."""
        return not self.named or party.key in self.named

    def likely(self, at: int, start: int) -> Home | None:
        """
        Find the country whose state is meant at *at* by an office worded without a country.

        The home; else the one last named in the paragraph, if the article dwells on it; else the
        one that the article names twice as often as any other, unless the paragraph names two.
        None where none stands out.

        Args:
            at: where the office stands.
            start: where its paragraph begins.
        """
        found = self.home
        if found is None and self.mentions:
            found = self._likeliest(at, start)
            own = {home.party.key for where, home in self.mentions if where not in self.abroad}
            found = found if found is not None and found.party.key in own else None
        if found is None or self._is_others(found, at, start):
            return None
        return found

    def _is_others(self, found: Home, at: int, start: int) -> bool:
        """Return whether *found* is another's at *at*: "told his Polish counterpart"."""
        return any(
            start <= where < at + _NEAR and home.party.key == found.party.key
            for where, home in self.mentions
            if where in self.counterparts
        )

    def _likeliest(self, at: int, start: int) -> Home | None:
        """Find the country that stands out at *at*, another's included."""
        counts = Counter({_STATES_OF: self.states})
        counts.update(home.party.key for _, home in self.mentions)
        (top, most), second = counts.most_common(1)[0], [*counts.values(), 0]
        near = [home for where, home in self.mentions if start <= where < at]
        if near and (near[-1].party.key == top or near[-1].party.key in self.titled):
            return near[-1]
        if len({home.party.key for home in near}) > 1:
            return None
        rest = sorted(second, reverse=True)[1]
        if most >= _CLEAR * rest and most > 1:
            return next((home for _, home in self.mentions if home.party.key == top), None)
        return None


def find_countries(article: Article, tables: Tables) -> Countries:
    """
    Find the countries of an article; the home is the only one of the headline, else of the lead.

    The home must also be named more often than all others together.
    """
    title = _countries(matches(article.title, tables), article.title)
    mentions = tuple(
        (match.span.start, home)
        for match in matches(article.text, tables)
        for home in _countries([match], article.text)
    )
    states = _states(article)
    text = [home for _, home in mentions]
    lead = _countries(matches(article.text[:_LEAD], tables), article.text)
    named = {home.party.key: home for home in title or lead}
    counts = Counter(home.party.key for home in (*title, *text))
    # "Police" of an article on a town in Iowa are not those of the country that it names once.
    counts[_STATES_OF] += states
    home = next(iter(named.values())) if len(named) == 1 else None
    if home is not None and 2 * counts[home.party.key] <= counts.total():
        home = None
    titled = frozenset(h.party.key for h in title)
    abroad = frozenset(at for at, home in mentions if _is_abroad(article.text, at, home.worded))
    if home is not None and home.party.key not in titled:
        own = any(h.party.key == home.party.key for at, h in mentions if at not in abroad)
        home = home if own else None
    behind = ((at, at + len(home.worded)) for at, home in mentions)
    others = frozenset(at for at, end in behind if _COUNTERPART.match(article.text, end))
    return Countries(frozenset(+counts), home, mentions, titled, states, abroad, others)


# "Her Polish counterpart", "her counterpart from Poland", "will visit Poland", "accused Poland"
_COUNTERPART = re.compile(r"(?:\sand\s(?:[A-Z]\w+\s)?)?\s(?:[a-z]+\s)?counterparts?\b")
_BESIDE = re.compile(
    r"(?:\bcounterparts?(?:,?\s[A-Z][\w-]+){0,3}\s(?:from|in|of)|\bembass(?:y|ies)\sin|\bimports\sfrom"
    r"|\b(?:visit(?:s|ed|ing)?|trip|journey|flight|ambassador|envoy|tour|exports)(?:\sto)?"
    r"|\baccus(?:e|es|ed|ing)|\b(?:met|meets|meet|meeting|talks|spoke|deal|relations|ties|treaty"
    r"|pact)(?:\s(?:with|to))?|\bsanctions\s(?:on|against))\s(?:the\s)?$"
)


def _is_abroad(text: str, at: int, worded: str) -> bool:
    """Return whether a country is named as another's: whoever goes there is not of it."""
    if _COUNTERPART.match(text, at + len(worded)):
        return True
    return _BESIDE.search(text[max(0, at - 80) : at]) is not None


def _states(article: Article) -> int:
    """Count where an article names a state of the country whose newspapers leave its name out."""
    text = f"{article.title}\n{article.text}"
    named = (regions()[match.group()] for match in region_names().finditer(text))
    return sum(country_of(region) == _STATES_OF for region in named)


# "A Polish tourist" says nothing of where he is.
_CITIZEN = re.compile(
    r"\s(?:[a-z-]+\s)?(?:tourist|traveller|traveler|national|citizen|man|woman|boy|girl|couple|student"
    r"|teenager|backpacker|holidaymaker|visitor|pensioner|expat|mother|father)s?\b"
)
# Nor do "come from Warsaw, Poland" and "flown to Germany".
_TRAVELLED = re.compile(
    r"\b(?:c[ao]mes?|originally|hail(?:s|ed)|moved|flew|flown|travell?ed|returned|emigrated|tourists?"
    r"|man|woman|couple|students?)\s(?:here\s|back\s)?(?:from|to)\s(?:[A-Z]\w+,\s)?$"
)


def _countries(found: Iterable[PartyMatch], text: str) -> list[Home]:
    """List where *found* names a country or one of its institutions, not whose citizen one is."""
    return [
        Home(match.alias.parties[-1], text[slice(*match.span)])
        for match in found
        if match.alias.parties and match.alias.parties[-1].kind == "country"
        and not match.alias.common_in
        and not (match.alias.use == "adjective" and _CITIZEN.match(text, match.span.end))
        and not _TRAVELLED.search(text, max(0, match.span.start - 40), match.span.start)
    ]  # fmt: skip


def tables_at_home(tables: Tables, home: Home | None) -> Tables:
    """Return the tables as they apply at *home*: without the Senates of other countries."""
    if home is None:
        return tables
    here = ("", home.party.key)
    kept = {key: alias for key, alias in tables.aliases.items() if alias.common_in in here}
    return replace(tables, aliases=kept)


def named_for_another(text: str, tables: Tables) -> Tables:
    """
    Return the tables as they apply in *text*: a shared name means the country it is named with.

    "South Korea's Joint Chiefs of Staff", once named, are "the joint chiefs" from there on; not
    where the text names those of the other country, too.
    """
    words = phrase_key(text)
    shared = [key for key, alias in tables.aliases.items() if alias.common_in and key in words]
    if not shared:
        return tables
    owners: dict[str, dict[str, Alias]] = {}
    for match in matches(text, tables):
        whole = phrase_key(text[slice(*match.span)])
        if match.alias.parties and not match.alias.common_in:
            for key in shared:
                if f" {key}" in whole:
                    owners.setdefault(key, {})[match.alias.parties[-1].key] = match.alias
    meant = {key: next(iter(found.values())) for key, found in owners.items() if len(found) == 1}
    return replace(tables, aliases={**tables.aliases, **meant}) if meant else tables


def without_homonyms(text: str, tables: Tables) -> Tables:
    """
    Return the tables as they apply in *text*: without the country where the state is meant.

    Nor with a capital that is somebody's surname there ("David Colombo").
    """
    hidden = {phrase_key(name): Alias((), "place") for name in _capitals_as_surnames(text, tables)}
    if "Georgia" in text and _is_the_state(text):
        hidden["georgia"] = Alias((), "place")
    return replace(tables, aliases={**tables.aliases, **hidden}) if hidden else tables


def _is_the_state(text: str) -> bool:
    """Return whether "Georgia" is the American one in *text*."""
    return not _GEORGIA_THE_COUNTRY.search(text) and bool(_GEORGIA_THE_STATE.search(text))


def _capitals_as_surnames(text: str, tables: Tables) -> list[str]:
    """List the capitals that are a person's surname in *text*: "David Colombo"."""
    found = []
    for match in _PAIR.finditer(text):
        alias = tables.aliases.get(phrase_key(match.group("last")))
        if alias is None or alias.use != "capital" or match.group("last") == "Washington":
            continue
        first = name_key(match.group("first"))
        if first in tables.genders and phrase_key(match.group("first")) not in tables.aliases:
            found.append(match.group("last"))
    return found
