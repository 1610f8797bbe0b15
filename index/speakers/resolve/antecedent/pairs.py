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
from index.speakers.gazetteer.roles import role_class
from index.speakers.resolve.back_references import SentenceGrid
from index.types import Party, Sentence, Span

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
    titled = _titled_pair(bare, cast) or _introduced_pair(span, bare, cast)
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


# "The pilot's lawyers, Anna Novak and Ivan Petrov", who are "the lawyers" from then on.
_OWN = re.compile(
    r"(?:the|(?P<whose>[A-Z][\w-]+(?:\s[A-Z][\w-]+)?)['’]s?) (?:[a-z]+ )?(?P<noun>[a-z]+s)", re.I
)


def _introduced_pair(span: Span, bare: str, cast: Cast) -> list[Person]:
    """
    Find the two whom the article introduces as "his lawyers, Anna Novak and Ivan Petrov".

    Nobody where others are introduced by that noun before *span*, or as those of somebody else.
    """
    found = _OWN.fullmatch(bare)
    single = found.group("noun").removesuffix("s") if found else ""
    if found is None or role_class(single) in (None, "force", "unnamed"):
        return []
    text = cast.article.text
    pairs: dict[int, Person] = {}
    led = re.compile(rf"(?P<owner>[\w-]+)['’]s? (?:[a-z]+ )?{found.group('noun')},? $")
    for (mention, one), (second, two) in pairwise(cast.people.mentions):
        if second.start > span.start:
            break
        owner = led.search(text, max(0, mention.start - 80), mention.start)
        if owner is None or text[mention.end : second.start] != " and ":
            continue
        known, whose = owner.group("owner"), found.group("whose")
        if whose and known.istitle() and known != whose.split()[-1]:
            return []
        pairs |= {id(one): one, id(two): two}
    others = (
        person
        for person in cast.people
        if id(person) not in pairs
        and person.mentions[0].start < span.start
        and any(single in role.text.split() for role in person.roles)
    )
    return list(pairs.values()) if len(pairs) == _TWO and next(others, None) is None else []


def states_meant(span: Span, bare: str, cast: Cast, grid: SentenceGrid) -> list[tuple[Span, Party]]:
    """
    Find the two states whom "both countries" means; none if that is open.

    Two are named in the sentence before, of their own or by adjective, and no third; where that
    names fewer, or there is none, in its own sentence.

    Args:
        span: where the source stands.
        bare: its words.
        cast: the article and the tables.
        grid: its sentences.

    Returns:
        Where each is named, and which it is.
    """
    here = grid.sentence_at(span.start)
    if not _STATES.fullmatch(bare):
        return []
    for at in range(here - 1 if here else here, here + 1):
        named = _states_in(grid.sentences[at], cast)
        if len(named) >= _TWO:
            return list(named.values()) if len(named) == _TWO else []
    return []


def _states_in(sentence: Sentence, cast: Cast) -> dict[str, tuple[Span, Party]]:
    """List the states that a sentence names, by key: where first, and which."""
    named: dict[str, tuple[Span, Party]] = {}
    # "The Israeli-occupied hills"
    text = cast.article.text[sentence.start : sentence.end].replace("-", " ")
    for found in matches(text, cast.tables):
        states = [p for p in found.alias.parties if p.kind == "country"]
        if len(found.alias.parties) == 1 and states:
            at = Span(sentence.start + found.span.start, sentence.start + found.span.end)
            named.setdefault(states[0].key, (at, states[0]))
    return named
