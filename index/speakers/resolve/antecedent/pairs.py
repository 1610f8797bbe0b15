"""
Find the two whom "the two leaders", "both officers" or "both countries" means.

They are named together not far before, and nobody else is. Offsets are characters into
``Article.text``. No I/O.
"""

from __future__ import annotations

import re
from itertools import pairwise

from index.speakers.cast.cast import Cast
from index.speakers.cast.people import Person
from index.speakers.gazetteer.parties import matches
from index.speakers.resolve.back_references import SentenceGrid
from index.types import Party, Span

# "The two leaders", "the couple", "both men"
_PAIR = re.compile(
    r"(?:the (?:two|pair|couple|duo)|both)(?: (?:leaders|men|women|presidents|ministers"
    r"|senators|lawmakers|teachers|sisters|brothers|friends|sides|countries|nations|governments))?"
    r"(?: (?:at|in|of|on|from) .*)?",
    re.I,
)
_STATES = re.compile(r"(?:both|the two) (?:countries|nations|governments|states|sides)", re.I)
_TWO = 2
_NEAR = 3


def pair_meant(span: Span, bare: str, cast: Cast, grid: SentenceGrid) -> list[Person]:
    """
    Find the two whom "the two leaders" or "the couple" means; nobody if that is open.

    They are named in one sentence not far back, and nobody else is.

    Args:
        span: where the source stands.
        bare: its words.
        cast: the article and its people.
        grid: its sentences.
    """
    titled = _titled_pair(bare, cast)
    if titled or not _PAIR.fullmatch(bare):
        return titled
    here = grid.sentence_at(span.start)
    for at in range(here, max(-1, here - _NEAR - 1), -1):
        bounds = grid.sentences[at]
        named = cast.people.within(Span(bounds.start, min(bounds.end, span.start)))
        people = {id(person): person for _, person in named if person.plausible}
        if len(people) == _TWO:
            return list(people.values())
        if len(people) > _TWO:
            return []
    return []


_TITLED = re.compile(r"(?:both|the two) (?P<noun>[a-z]+s)", re.I)
_ACCUSED = re.compile(r"the (?:two )?(?:defendants|accused|suspects)", re.I)
_TRIED = r"(?:prosecute|convict|charg|arrest|indict|sentenc|accus|try|tried)[a-z]*"
_TRIED_SOMEBODY = re.compile(rf"\b{_TRIED} (?=[A-Z])")


def _titled_pair(bare: str, cast: Cast) -> list[Person]:
    """
    Find the two whom "both officers" or "the defendants" means; nobody if more may be.

    "Officers Anna Novak and Ivan Petrov" are both officers; whom the text says to be prosecuted,
    and nobody else, are the defendants.
    """
    titled, text = _TITLED.fullmatch(bare), cast.article.text
    accused = _ACCUSED.fullmatch(bare) is not None
    if titled is None and not accused:
        return []
    before = _TRIED if accused else titled.group("noun") if titled else ""
    found: dict[int, Person] = {}
    begins: set[int] = set()
    for (mention, one), (second, two) in pairwise(cast.people.mentions):
        joined = text[mention.end : second.start] == " and "
        led = re.search(rf"\b{before} $", text[: mention.start], re.I)
        if joined and led and one.strong and two.strong:
            found |= {id(one): one, id(two): two}
            begins.add(mention.start)
    # "Charged Jo Quill": one more.
    if accused and any(m.end() not in begins for m in _TRIED_SOMEBODY.finditer(text)):
        return []
    return list(found.values()) if len(found) == _TWO else []


def states_meant(span: Span, bare: str, cast: Cast, grid: SentenceGrid) -> list[tuple[Span, Party]]:
    """
    Find the two states whom "both countries" means; none if that is open.

    Two are named in the sentence before, of their own or by adjective, and no third.

    Args:
        span: where the source stands.
        bare: its words.
        cast: the article and the tables.
        grid: its sentences.

    Returns:
        Where each is named, and which it is.
    """
    here = grid.sentence_at(span.start)
    if not _STATES.fullmatch(bare) or not here:
        return []
    before = grid.sentences[here - 1]
    named: dict[str, tuple[Span, Party]] = {}
    # "The Israeli-occupied hills"
    text = cast.article.text[before.start : before.end].replace("-", " ")
    for found in matches(text, cast.tables):
        states = [p for p in found.alias.parties if p.kind == "country"]
        if len(found.alias.parties) == 1 and states:
            at = Span(before.start + found.span.start, before.start + found.span.end)
            named.setdefault(states[0].key, (at, states[0]))
    return list(named.values()) if len(named) == _TWO else []
