"""
Find the person that a source names, not one it merely mentions.

"A spokesman for Petrov", "Petrov's young guard" and "Petrov supporters" all hold a name, and none
of them is Petrov. No I/O.
"""

from __future__ import annotations

import re

from index.speakers.affiliation.affiliation import Cast, phrase_affiliation
from index.speakers.cast.descriptions import ASIDE
from index.speakers.cast.people import Person
from index.speakers.gazetteer.lexicon import words
from index.speakers.gazetteer.role_phrases import read_role
from index.speakers.gazetteer.roles import role_class
from index.types import Span

_GOVERNS = re.compile(r"\b(?:of|for|to|by|from|at|with|against|about|behind)\s")
_TITLE_OF = re.compile(
    r"\b(?:secretary of (?:state|defen[cs]e|the treasury)|minister of (?:the )?\w+(?: affairs)?"
    r"|chief of (?:the general )?staff|speaker of the house)\b",
    re.I,
)
# "University of Hull professor Anna Novak" is no governing "of".
_BODY_OF = re.compile(
    rf"\b(?:{'|'.join(sorted(words('body name heads')))}) of (?:the )?[A-Z][\w-]+", re.I
)
_COURTESY = re.compile(r",?\s+(?:Mr|Mrs|Ms|Dr|Prof|Professor|Sir|Dame)\.?\s*$")
# After these a name is over; any other word makes it part of another phrase.
_NAME_ENDS = frozenset(
    {"and", "or", "also", "of", "in", "who", "on", "from", "at", "with", "himself", "herself"}
)


def named_person(span: Span, bare: str, cast: Cast) -> Person | None:
    """Find the person that a source names, not one it merely mentions."""
    text = cast.article.text
    for mention, person in cast.register.within(span):
        before, after = text[span.start : mention.start], text[mention.end : span.end]
        if not person.plausible and re.search(r"\w", before + after):
            # "Hundreds of voters", "the Science Directorate": a capital alone is no person.
            continue
        possessive = text[slice(*mention)].endswith(("'s", "’s")) or after[:1] in ("'", "’")
        if possessive and re.search(r"\w", after):
            continue
        if _GOVERNS.search(_BODY_OF.sub("", _TITLE_OF.sub("", before))):
            # "a spokesman for Petrov", but "Minister of Defence Petrov".
            role = read_role(before, cast.tables)
            touches = _touches(before, person, mention) or _heads_name(before)
            if role is None or not touches:
                continue
        follows = re.match(r"\s+([\w'’-]+)", after)
        if follows and follows.group(1).lower() not in _NAME_ENDS:
            # "Petrov supporters", "Petrov adviser Anna Novak".
            continue
        return person
    if bare[:1].isupper() and len(bare.split()) <= 3 and phrase_affiliation(bare, cast) is None:
        return cast.register.find(bare)
    return None


def _heads_name(before: str) -> bool:
    """Tell whether a role with "of" belongs to the name behind it: "Director of Public Health"."""
    found = re.search(r"(?P<role>\w+) of (?P<work>(?:[A-Z][\w-]+ (?:and )?){1,5})$", before)
    if found is None or role_class(found.group("role")) is None:
        return False
    return not any(role_class(word) for word in found.group("work").split())


def _touches(before: str, person: Person, mention: Span) -> bool:
    """Tell whether the title before a mention is the mentioned person's own."""
    bare = ASIDE.sub("", _COURTESY.sub("", before).rstrip(" ,"))
    end = mention.start - len(before) + len(bare)
    return any(role.span.end == end and len(role.text) >= len(bare) - 5 for role in person.roles)
