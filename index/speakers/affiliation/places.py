"""
Tell which country and region an article is about, and what a place's name stands for.

"The governor" of an article on Delaware is Delaware's, and its "state officials" are too. A
region with a government of its own is a party, and so is a town whose mayor speaks. No I/O.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from index.attribution.quotations import quotation_spans
from index.speakers.cast.cast import Cast
from index.speakers.cast.names_in_text import NO_NAME
from index.speakers.gazetteer.regions import region_names, regions
from index.speakers.gazetteer.tables import phrase_key
from index.types import Party, Span

_LEAD = 400
# So many characters around an office may name its region.
_AROUND = 250


def home_region(cast: Cast) -> tuple[Party, str] | None:
    """
    Find the one region that an article is about, and how it is worded there.

    It is named in the headline or the first lines, and more often than all others together.
    """
    text = cast.article.text
    counts = Counter(regions()[m.group()].key for m in region_names().finditer(text))
    if not counts:
        return None
    key, most = counts.most_common(1)[0]
    early = f"{cast.article.title}\n{text[:_LEAD]}"
    named = [m.group() for m in region_names().finditer(early) if regions()[m.group()].key == key]
    if 2 * most <= counts.total() or not (most > 2 or named):
        return None
    worded = next(
        m.group() for m in region_names().finditer(text) if regions()[m.group()].key == key
    )
    return regions()[worded], worded


def region_near(cast: Cast, at: int) -> Party | None:
    """Find the one region that the sentences around *at* name: "Illinois' ... Gov. Mark Hale"."""
    text = cast.article.text
    start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    start, end = max(start, at - _AROUND), end if 0 <= end < at + _AROUND else at + _AROUND
    found = {regions()[m.group()].key: m.group() for m in region_names().finditer(text, start, end)}
    return regions()[next(iter(found.values()))] if len(found) == 1 else None


# "In Kyiv, an official said"
_PLACED = re.compile(r"\b(?:[Ii]n|[Ff]rom|[Aa]t)\s(?:the\s)?$")
_OFFICIAL = re.compile(r"\b(?:officials?|sources?|diplomats?|spokes\w+)\b")
_SENTENCE = re.compile(r"(?<=[a-z\d)”\"][.!?])[”\"]?\s+(?=[A-Z“\"])|\n")


def only_spoken_of(party: Party, cast: Cast, source: Span) -> bool:
    """
    Return whether an article names a country only in quotations and in what officials say.

    "“We will invade Norway,” the official said" shows no official of Norway.

    Args:
        party: the country's.
        cast: the article, its people, the tables.
        source: where the official is named, whose own words count: "who serves in Norway".
    """
    text = cast.article.text
    if party.key in cast.countries.titled:
        return False
    quotations = quotation_spans(text)
    ends = [0, *(m.end() for m in _SENTENCE.finditer(text)), len(text)]
    for at, home in cast.countries.mentions:
        if home.party.key != party.key or any(q.start <= at < q.end for q in quotations):
            continue
        begin, end = next((a, b) for a, b in pairwise(ends) if a <= at < b)
        placed = source.start <= at < source.end or _PLACED.search(text[begin:at])
        if placed or not _OFFICIAL.search(text, begin, end):
            return False
    return True


def place_party(name: str) -> Party:
    """Make the party of a place: a region of the table, or a town or county as named."""
    return regions().get(name) or Party(phrase_key(name), name, "body")


_COUNTY = re.compile(r"(?<![\w-])(?P<name>[A-Z][\w.-]*(?: [A-Z][\w.-]*){0,2}) County\b")
_TOWN = re.compile(
    r"\b(?:[Mm]ayor of|[Cc]ity of|[Tt]own of) (?P<of>[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,2})"
    r"|(?P<before>[A-Z][\w.’-]*(?: [A-Z][\w.’-]*){0,2}?)(?:['’]s)? (?:[Cc]ity (?:[Cc]ouncil"
    r"|officials|leaders|hall|Hall|[Mm]anager)|[Mm]ayor)\b"
)
_NO_TOWN = NO_NAME | frozenset("democratic republican former deputy vice acting interim".split())


def county_near(cast: Cast, at: int) -> Party | None:
    """Find the county last named before *at*, else the only one of the article."""
    found = [(m.start(), m.group()) for m in _COUNTY.finditer(cast.article.text)]
    found = [(start, re.sub(r"^(?:The|In|But|And|At) ", "", name)) for start, name in found]
    before = [name for start, name in found if start < at]
    names = {name for _, name in found}
    name = before[-1] if before else next(iter(names)) if len(names) == 1 else None
    return place_party(name) if name else None


def town_meant(cast: Cast, at: int) -> Party | None:
    """Find the town that "the city" means: the one whose mayor, council or name as such stands."""
    found = [m.group("of") or m.group("before") for m in _TOWN.finditer(cast.article.text)]
    counts = Counter(n for n in map(_town_alone, found) if n)
    if not counts:
        return None
    name, most = counts.most_common(1)[0]
    return place_party(name) if 2 * most > counts.total() else None


def _town_alone(written: str) -> str:
    """Drop what only begins a sentence or a title: "Suppose" (mayor Novak said)."""
    tokens = written.split()
    while tokens and tokens[0].lower() in _NO_TOWN:
        del tokens[0]
    return " ".join(tokens)
