"""
Tell by what an article says around a name that it is an organisation's, not a person's.

"Quellio, which makes pumps", "fuel tracker Quellio", "Quellio shares", "PolarWatch": a name as
short as a surname gives itself away somewhere. No I/O.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from index.speakers.affiliation.bodies import MEDIA, RUN, is_body, organisation_parties
from index.speakers.affiliation.full_forms import listed_form
from index.speakers.cast.cast import Cast
from index.speakers.cast.full_names import short_forms
from index.speakers.cast.people import Person
from index.speakers.gazetteer.lexicon import words
from index.speakers.gazetteer.names import name_key, surname
from index.speakers.gazetteer.parties import find_party, matches
from index.types import Party

_KINDS = words("company noun") | words("group noun") | words("organisation kind")
_KIND = "|".join(sorted(_KINDS, key=len, reverse=True))
_CAMEL = re.compile(r"(?!Mc|Mac|De[A-Z]|Di[A-Z]|Du[A-Z]|La[A-Z]|Le[A-Z]|Van[A-Z]|Fitz|O’|O')"
                    r"\w*[a-z][A-Z]\w*|\w+\.(?:com|org|us|io|net|ai|co|fyi|gov|eu)")  # fmt: skip
# What only an organisation has behind its name, and is described by.
_BEHIND = re.compile(
    r"(?:['’]s?)? (?:(?:shares|stock|shareholders|executives|employees|customers|users|passengers"
    r"|flights|spokes\w+|officials|researchers|analysts|economists|strategists|meteorologists"
    r"|engineers|stores|workers|headquarters|CEO|CFO|chief executive)\b"
    r"|(?:Inc|Corp|Ltd|PLC|plc|LLC|Airlines|Airways|Motors?|Group|Holdings?|Technologies|Bank"
    r"|Energy|Systems|Foundation|Institute)\b)"
    r"| \((?:NYSE|NASDAQ|[A-Z]{3,5})\b"
    r"|,? which\b"
    rf"|(?: \([^()]*\))?, (?:an?|the|one of the|another) (?:[\w’'&-]+ ){{0,5}}?(?:{_KIND})\b"
)
_IN_FRONT = re.compile(rf"\b(?:{_KIND}) $")
_WORD_GOES_ON = re.compile(r"[\w-]")
_DESCRIBED = re.compile(
    rf"(?:[Tt]he |[Aa]n? )?(?:[\w.’'-]+ ){{0,5}}?(?:{_KIND}) (?P<name>{RUN.pattern})"
)
_CAPITALISED = re.compile(r"[A-Z0-9][\w&’'.+-]*(?: (?:of |for |on |& )?[A-Z0-9][\w&’'.-]*){0,6}")
_MOVEMENT = re.compile(
    rf"(?:[Tt]he )?(?:[a-z][\w-]* ){{0,2}}(?P<name>{RUN.pattern}"
    r" (?:movement|party|coalition|alliance|federation|network))"
)
_MEDIA_KIND = re.compile(r"\b(?:news|newspaper|broadcaster|magazine|television|TV|radio)\b")


def named_organisation(written: str, cast: Cast) -> tuple[Party, ...]:
    """Find the parties of an organisation that is named alone; nothing for anybody else."""
    described = _DESCRIBED.fullmatch(written.strip(" ,."))
    if described is not None:
        known = find_party(described.group("name"), cast.tables)
        if known is not None or not _MEDIA_KIND.search(described.group()):
            name = described.group("name")
            return organisation_parties(name, cast, scholarly=True)
    movement = _MOVEMENT.fullmatch(written.strip(" ,."))
    if movement is not None:
        return organisation_parties(movement.group("name"), cast, scholarly=True)
    name = re.sub(r"^[Tt]he\s+|\s*\([^()]*\)$|['’]s?$", "", written.strip(" ,."))
    if not _CAPITALISED.fullmatch(name) or not is_organisation(name, cast):
        return ()
    return organisation_parties(name, cast, scholarly=True)


def is_organisation(name: str, cast: Cast) -> bool:
    """
    Return whether *name* is surely an organisation's, by itself or by the words around it.

    Args:
        name: one to a few capitalised words, without an article.
        cast: the article, its people, the tables.
    """
    person = cast.people.find(name)
    if MEDIA.search(name) or (person is not None and _is_person(person, cast)):
        return False
    if is_body(name) or _CAMEL.fullmatch(name):
        return not _carries_news(name, cast.article.text)
    first = next(matches(name, cast.tables), None)
    if first is not None and first.span.start == 0 and " " in name:
        parties = first.alias.parties
        if parties and parties[0].kind in ("company", "body"):
            return True
    if surname(name_key(name)) in cast.tables.holders or name.lower() in cast.tables.genders:
        return False
    text = cast.article.text
    if name in short_forms(text):
        return True
    return _shown_by(name, text) or listed_form(name, text, cast.tables) is not None


def _is_person(person: Person, cast: Cast) -> bool:
    """Return whether a name is surely a person's, and not only one of two capitals."""
    if person.roles or person.gender is not None:
        return True
    return person.strong and not (
        person.key.split()[0] not in cast.tables.genders
        and (is_body(person.name) or _shown_by(person.name, cast.article.text))
    )


@lru_cache(maxsize=256)
def _shown_by(name: str, text: str) -> bool:
    """Return whether some words of *text* beside *name* say that it is an organisation."""
    for before, after in _around(name, text):
        shown = _BEHIND.match(after)
        if shown is None and not after[:2].strip()[:1].isupper():
            shown = _IN_FRONT.search(before)
        if shown is not None and not _MEDIA_KIND.search(before[-25:] + shown.group()):
            return True
    return False


@lru_cache(maxsize=256)
def _carries_news(name: str, text: str) -> bool:
    """Return whether *text* calls *name* a medium."""
    return any(
        _MEDIA_KIND.search(before[-30:] + after[:40]) for before, after in _around(name, text)
    )


def _around(name: str, text: str) -> Iterator[tuple[str, str]]:
    """Yield the words before and behind each place where *text* has *name*."""
    at = text.find(name)
    while at >= 0:
        end = at + len(name)
        if not _WORD_GOES_ON.match(text, end) and not _WORD_GOES_ON.match(text[at - 1 : at]):
            yield text[max(0, at - 60) : at], text[end : end + 120]
        at = text.find(name, end)
