"""
Read "her Polish counterpart, Jan Nowak": he holds her office for Poland, she does not.

Whose counterpart somebody is need not be told; only a minister's, president's or other holder of
a state's office has one who speaks for a state. Offsets are characters into the text. No I/O.
"""

from __future__ import annotations

import re

from index.speakers.affiliation.affiliation import Affiliation
from index.speakers.cast.cast import Cast
from index.speakers.cast.people import Person
from index.speakers.gazetteer.roles import role_class
from index.speakers.gazetteer.tables import phrase_key
from index.types import Party

_WHOSE = r"(?:[Hh]is|[Hh]er|[Tt]heir|[Ii]ts|[Tt]he|[A-Z][\w-]+['’]s?)"
_OF = r"(?P<of>[A-Z][\w-]+(?: [A-Z][\w-]+)?)"
_BEFORE = re.compile(
    rf"\b{_WHOSE}\s(?:new\s|then\s)?(?:{_OF}\s)?counterpart"
    r"(?:\s(?:from|in)\s(?:the\s)?(?P<place>[A-Z][\w-]+(?: [A-Z][\w-]+)?))?,?\s$"
)
_AFTER = re.compile(rf",\s{_WHOSE}\s(?:new\s|then\s)?(?:{_OF}\s)?counterpart\b")
_CALLED = re.compile(
    rf"{_WHOSE}\s(?:new\s|then\s)?(?:(?P<of>[A-Z][\w-]+(?: [A-Z][\w-]+)?)\s)?counterpart"
)
_SENTENCE = re.compile(r"(?<=[a-z\d)”\"][.!?])[”\"]?\s|\n")


def counterpart_affiliation(person: Person, cast: Cast) -> Affiliation | None:
    """
    Find for which state *person* speaks as somebody's counterpart; None if as nobody's.

    Args:
        person: of the article.
        cast: the article, its people, the tables.
    """
    text = cast.article.text
    for mention in person.mentions:
        found = _introduced(text, mention.start, mention.end)
        if found is None:
            continue
        sentence = _SENTENCE.split(text[max(0, mention.start - 300) : mention.start])[-1]
        office = any(role_class(word) == "state" for word in re.findall(r"[\w-]+", sentence))
        party = _country(found, cast)
        if party is not None and office:
            return Affiliation((party,), (cast.evidence_of(found),))
    return None


def counterpart_meant(bare: str, cast: Cast) -> Person | None:
    """
    Find the one person whom the article introduces as a counterpart: "her counterpart said".

    Args:
        bare: a source's words.
        cast: the article, its people, the tables.
    """
    wanted = _CALLED.fullmatch(bare)
    if wanted is None:
        return None
    text = cast.article.text
    known = {
        id(person): (person, of)
        for person in cast.people
        for mention in person.mentions
        if (of := _introduced(text, mention.start, mention.end)) is not None
    }
    if len(known) != 1:
        return None
    person, of = next(iter(known.values()))
    return person if wanted["of"] is None or of in ("", wanted["of"]) else None


def _introduced(text: str, start: int, end: int) -> str | None:
    """Say how the country of a counterpart is worded beside a name; "" if it is not."""
    found = _BEFORE.search(text[max(0, start - 90) : start])
    if found is not None:
        return found["of"] or found["place"] or ""
    after = _AFTER.match(text, end)
    return None if after is None else after["of"] or ""


def _country(worded: str, cast: Cast) -> Party | None:
    """Find the country of an adjective or a name."""
    alias = cast.tables.aliases.get(phrase_key(worded)) if worded else None
    party = alias.parties[-1] if alias is not None and alias.parties else None
    return party if party is not None and party.kind == "country" else None
