"""
Part a source that names several who say one thing: "Anna Novak and Ivan Petrov".

Each gets the statement, or whoever asks for the second would not find it. "And" joins much else
("Health and Human Services", "she and her husband"): unless every part is somebody, the source
stays whole. No I/O.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.speakers.affiliation.affiliation import Cast, phrase_affiliation
from index.speakers.cast.people import Person
from index.speakers.gazetteer.roles import role_class
from index.types import TOGETHER_WITH, Label, Span, Speaker

_JOINS = re.compile(r",?\s+(?:and|as well as|&)\s+|,\s+(?=\w)")
_COURTESY = re.compile(r"\b(?:the|both|(?:Mr|Mrs|Ms|Dr)\b\.?)|\W", re.I)


@dataclass(frozen=True, slots=True)
class Found:
    """A resolved source: the speaker, the person behind it, and the labels."""

    speaker: Speaker | None
    person: Person | None = None
    labels: tuple[Label, ...] = ()


def joined_parts(span: Span, cast: Cast) -> list[Span]:
    """Part a source at "and" and commas, but not within the title of a person."""
    text, within = cast.article.text, cast.register.within(span)
    if phrase_affiliation(text[slice(*span)], cast) is not None and not any(
        person.plausible for _, person in within
    ):
        return [span]
    titles = [role.wording for _, person in within for role in person.roles]
    cuts = [
        found.span()
        for found in _JOINS.finditer(text, span.start, span.end)
        if not any(t.start < found.start() < t.end for t in titles)
    ]
    # Without an "and" a comma sets an apposition off.
    if not cuts or text[slice(*cuts[-1])].strip() == ",":
        return [span]
    starts = [span.start, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), span.end]
    return [Span(start, end) for start, end in zip(starts, ends, strict=True) if start < end]


def beside(parts: Sequence[Span], found: Sequence[Found], cast: Cast) -> list[Found]:
    """
    Label each of several with whom he speaks together.

    Args:
        parts: of one source.
        found: whom each of them means.
        cast: the article, its people, the tables.

    Returns:
        Nobody unless there are several, and every part is somebody else.
    """
    names = [each.speaker.name for each in found if each.speaker is not None]
    people = any(each.person is not None and each.person.strong for each in found)
    if len(found) < 2 or len(set(names)) < len(found):
        return []
    for part, each in zip(parts, found, strict=True):
        if not (_is_somebody(each, people) and _begins_with(part, each.person, cast)):
            return []
    others = [" and ".join(name for name in names if name != own) for own in names]
    return [
        replace(each, labels=(*each.labels, Label(f"{TOGETHER_WITH} {rest}")))
        for each, rest in zip(found, others, strict=True)
    ]


def _is_somebody(found: Found, among_people: bool) -> bool:
    """Tell whether a part of a source is somebody: a person, a party, a name among people."""
    if found.person is not None:
        return found.person.strong or bool(found.person.roles)
    if found.speaker is None:
        return False
    named = re.fullmatch(r"(?:[A-Z][\w’'-]+ )+[A-Z][\w’'-]+", found.speaker.name)
    return bool(found.speaker.parties) or (among_people and named is not None)


def _begins_with(part: Span, person: Person | None, cast: Cast) -> bool:
    """Tell whether nothing but a title comes before *person* in a part of a source."""
    mentions = [m.start for m, p in cast.register.within(part) if p is person]
    if person is None or not mentions:
        return True
    begins = [r.span.start for r in person.roles if part.start <= r.span.start < mentions[0]]
    before = cast.article.text[part.start : min([mentions[0], *begins])]
    # "Presidents Anna Novak of Norway and Ivan Petrov of Latvia"
    return not _COURTESY.sub("", before) or role_class(before.strip()) is not None
