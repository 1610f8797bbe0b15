"""
Part a source that names several who say one thing: "Anna Novak and Ivan Petrov".

Each gets the statement, or a search for the second would not find it. "And" joins much else
("Health and Human Services", "a minister and party leader"): unless every part is somebody, the
source stays whole. "The two leaders" are the two whom the article named together. Offsets are
characters into ``Article.text``. No I/O.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.labels import TOGETHER_WITH
from index.speakers.cast.cast import Cast
from index.speakers.cast.people import Person
from index.speakers.gazetteer.parties import matches
from index.speakers.gazetteer.role_phrases import read_role
from index.speakers.gazetteer.roles import role_class
from index.speakers.gazetteer.tables import phrase_key
from index.speakers.resolve.joint.sharing import sharing
from index.speakers.resolve.source import Resolved
from index.types import Label, Span

_JOINS = re.compile(r",?\s+(?:and|as well as|along with|&)\s+|,\s+(?=\w)")
# "Nova Brask, which builds ships, and": the clause is no part of its own.
_CLAUSE = re.compile(r",?\s(?:who|which|whose)\s[^,]*")
_DESCRIBES = re.compile(
    r"(?:the|his|her|their|its)\s(?:[\w’'-]+\s){0,4}?(?P<noun>[a-z-]+),?\s+", re.I
)
_CONFIRMED_BY = re.compile(r"(?:\w+\s){0,3}by\s+")
_COURTESY = re.compile(r"\b(?:the|both|(?:Mr|Mrs|Ms|Dr)\b\.?)|\W", re.I)
_BOTH = re.compile(r"(?:both|either)\s+", re.I)
_BOTH_BEFORE = re.compile(r"\bboth\s+\Z", re.I)
_DETERMINED = re.compile(
    r"(?:the|an?|another|other|some|several|many|most|few|two|three|four|its|his|her|their)\s", re.I
)
_MANY = re.compile(r"(?:s|people|police|men|women|staff)$")
_COMPANY = frozenset({"family", "families", "office", "parents", "relatives"})
_GOVERNED = re.compile(r"\s(?:of|for|from|in|at|with|to|by|on)\s")
_TWO = 2


@dataclass(frozen=True, slots=True)
class Part:
    """One of several in a source: where it stands, and its words with what it shares."""

    span: Span
    words: str


def joined_span(source: Sequence[Span], text: str) -> Span:
    """Join what the tagger parted at commas: "Turkey", "the EU and Norway" are one source."""
    span = source[0]
    for part in source[1:]:
        if not re.fullmatch(
            r",?\s+(?:(?:and|as well as|along with|&)\s+)?|\s+and\s+(?:\w+\s){0,3}by\s+",
            text[span.end : part.start],
        ):
            break
        span = Span(span.start, part.end)
    return span


# "Norway, the EU and Latvia", of which the tagger takes "the EU and Latvia".
_FIRST_OF = re.compile(
    r"(?:^|[.!?”\"]\s+|\n)(?P<one>(?:The )?(?P<name>[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,3})), $"
)


def from_first(span: Span, cast: Cast) -> Span:
    """Widen a source to the state or body with which its list begins, at a sentence's head."""
    text = cast.article.text
    lead = max(0, span.start - 60)
    found = _FIRST_OF.search(text[lead : span.start])
    alias = cast.tables.aliases.get(phrase_key(found.group("name"))) if found else None
    known = alias is not None and alias.parties and alias.use not in ("adjective", "people")
    if found is None or not known or " and " not in text[slice(*span)]:
        return span
    return Span(lead + found.start("one"), span.end)


def split_source(span: Span, cast: Cast) -> list[Part]:
    """
    Split a source at "and" and commas, but not within the title of a person.

    Returns:
        Its parts; one, if nothing joins several.
    """
    text, within = cast.article.text, cast.people.within(span)
    both = _BOTH.match(text, span.start, span.end)
    start = both.end() if both else span.start
    whole = [Part(Span(start, span.end), text[start : span.end].strip(" ,"))]
    if _is_one_name(text[start : span.end], cast):
        return whole
    titles = [
        _behind_other(role.wording, person, cast) for _, person in within for role in person.roles
    ]
    titles += [Span(m.start() - 1, m.end()) for m in _CLAUSE.finditer(text, start, span.end)]
    cuts = [
        found.span()
        for found in _JOINS.finditer(text, start, span.end)
        if not any(t.start < found.start() < t.end for t in titles)
    ]
    if len(cuts) > 1 and _is_apposition(cuts[-2][1], cuts[-1], span.end, cast):
        cuts.pop()
    if both and cuts and text[slice(*cuts[0])].strip() == "and":
        # "Both he and the Ports and Harbours Minister": two, of whom one has such a name.
        cuts = cuts[:1]
    # Without an "and" a comma sets an apposition off.
    if not cuts or text[slice(*cuts[-1])].strip() == ",":
        return whole
    starts = [start, *(end for _, end in cuts)]
    ends = [*(begin for begin, _ in cuts), span.end]
    parts = [Span(_behind_by(text, a, b), b) for a, b in zip(starts, ends, strict=True) if a < b]
    worded = sharing([text[slice(*part)].strip(" ,") for part in parts], cast)
    return [Part(*pair) for pair in zip(parts, worded, strict=True)]


def _behind_other(title: Span, person: Person, cast: Cast) -> Span:
    """Cut another's name off a title: "Novak and the harbour master" (, Ivan Petrov)."""
    for mention, other in cast.people.within(title):
        join = _JOINS.match(cast.article.text, mention.end, title.end)
        if other is not person and mention.start == title.start and join is not None:
            return Span(join.end(), title.end)
    return title


def _behind_by(text: str, start: int, end: int) -> int:
    """Return where the name begins in "confirmed by the Daily Tern"."""
    found = _CONFIRMED_BY.match(text, start, end)
    return start if found is None else found.end()


def _is_apposition(start: int, comma: tuple[int, int], end: int, cast: Cast) -> bool:
    """Return whether the name behind a comma is who is described before it: "the mayor, Novak"."""
    described = _DESCRIBES.fullmatch(cast.article.text, start, comma[1])
    if described is None or role_class(described.group("noun")) is None:
        return False
    behind = cast.people.within(Span(comma[1], end))
    return bool(behind) and behind[0][0].start == comma[1] and behind[0][1].plausible


def _is_one_name(phrase: str, cast: Cast) -> bool:
    """Return whether the whole of a phrase is a known name: "Health and Human Services"."""
    core = re.sub(r"^the\s+", "", phrase.strip(" ,"), flags=re.I)
    first = next(matches(core, cast.tables), None)
    return first is not None and first.span.start == 0 and first.span.end >= len(core)


def joint_speakers(parts: Sequence[Part], found: Sequence[Resolved], cast: Cast) -> list[Resolved]:
    """
    Label each of several who say one thing with the names of the others.

    Args:
        parts: of one source.
        found: whom each part means, in their order.
        cast: the article, its people, the tables.

    Returns:
        One for each part; none unless there are several, and every part is somebody else.
    """
    names = [each.speaker.name for each in found if each.speaker is not None]
    if len(found) < _TWO or len(set(names)) < len(found):
        return []
    people = any(each.person is not None and each.person.strong for each in found)
    sure = [_is_somebody(each, people) for each in found]
    first = _CLAUSE.sub("", cast.article.text[slice(*parts[0].span)])
    if len(found) == _TWO and _BOTH_BEFORE.search(cast.article.text, 0, parts[0].span.start):
        return together(found)
    if not any(sure) and role_class(parts[0].words.split()[-1]) is None:
        return []
    if _are_roles_of_one(parts, found):
        return []
    for at, (part, each) in enumerate(zip(parts, found, strict=True)):
        if not sure[at] and not _is_described(at, parts, cast):
            return []
        own = cast.article.text[slice(*part.span)].strip(" ,")
        governed = at > 0 and _GOVERNED.search(first) and each.person is None and part.words == own
        if (governed and not _DETERMINED.match(part.words)) or not _begins_with(
            part.span, each.person, cast
        ):
            return []
    return together(found)


def _are_roles_of_one(parts: Sequence[Part], found: Sequence[Resolved]) -> bool:
    """Return whether one person's roles are joined: "harbour master and pilot Anna Novak"."""
    role = role_class(parts[0].words.split()[-1]) is not None
    bare = not (_DETERMINED.match(parts[0].words) or _MANY.search(parts[0].words))
    return role and bare and found[0].person is None and found[1].person is not None


def together(found: Sequence[Resolved]) -> list[Resolved]:
    """Label several speakers of one statement, each with the names of the others."""
    names = [each.speaker.name for each in found if each.speaker is not None]
    others = [" and ".join(name for name in names if name != own) for own in names]
    return [
        replace(each, labels=(*each.labels, Label(f"{TOGETHER_WITH} {rest}")))
        for each, rest in zip(found, others, strict=True)
    ]


def _is_described(at: int, parts: Sequence[Part], cast: Cast) -> bool:
    """
    Return whether a part describes somebody beside the others: "an eyewitness", "aid groups".

    Behind a comma alone, a description is what the one before it is.
    """
    words = parts[at].words
    noun = re.split(r"\s(?:of|for|from|in|at|with|who|which|that)\s", words)[0].split()[-1:]
    if noun and noun[0] in _COMPANY:
        return True
    first = at == 0 and noun and _MANY.search(noun[0].lower()) and role_class(noun[0])
    if not noun or not (noun[0].islower() or first):
        return False
    text = cast.article.text
    if at and "and" not in text[parts[at - 1].span.end : parts[at].span.start]:
        return False
    kin = re.match(r"(?:his|her|their)\s", words, re.I) and role_class(noun[0]) == "private"
    if kin:
        return False
    many = bool(_MANY.search(noun[0].lower()))
    known = read_role(words, cast.tables) is not None
    if many:
        return at > 0 or known
    return known and bool(_DETERMINED.match(words))


def _is_somebody(found: Resolved, among_people: bool) -> bool:
    """Return whether a part of a source is somebody: a person, a party, a name among people."""
    if found.person is not None:
        return found.person.strong or bool(found.person.roles)
    if found.speaker is None:
        return False
    name = re.sub(r"^[Tt]he ", "", found.speaker.name)
    named = re.fullmatch(r"(?:[A-Z][\w’'-]+ )+[A-Z][\w’'-]+", name)
    letters = re.fullmatch(r"[A-Z]{2,6}", name)
    return bool(found.speaker.parties or letters) or (among_people and named is not None)


def _begins_with(part: Span, person: Person | None, cast: Cast) -> bool:
    """Return whether nothing but a title comes before *person* in a part of a source."""
    mentions = [m.start for m, p in cast.people.within(part) if p is person]
    if person is None or not mentions:
        return True
    begins = [r.span.start for r in person.roles if part.start <= r.span.start < mentions[0]]
    before = cast.article.text[part.start : min([mentions[0], *begins])]
    # "Presidents Anna Novak of Norway and Ivan Petrov of Latvia"
    described = _DESCRIBES.fullmatch(before)
    noun = described.group("noun") if described else before.strip()
    known = noun == "counterpart" or role_class(noun) is not None
    return not _COURTESY.sub("", before) or known
