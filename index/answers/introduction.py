"""
Who somebody is, as the articles introduce them: "which Sazonov?", "who is she?", "who speaks for
Putin?", "does she speak for Iran?".

Nothing is made up: a name, the role that the newest articles give it, and for whom it speaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from index.questions.around import without_greeting
from index.questions.description import party_within
from index.questions.subject import Subject, resolve_subject
from index.roster.described import speakers_meant
from index.roster.directory import Directory
from index.roster.lookup import known_person, role_of
from index.speakers.cast.organisations import GROUP_WORDS
from index.speakers.gazetteer.names import name_key, names_agree, surname
from index.store import KnownSpeaker
from index.store.known_speakers import most_first
from index.text.words import stems
from index.types import Introduced, Query, Quote

MOST = 5
_LONGEST_NAME = 4  # tokens
_RIVAL = 4  # a namesake with fewer statements than a quarter of the other's is not mentioned
_WHICH = re.compile(
    r"(?i)(?:and\s+)?(?:which|(?:not\s+)?(?:the|that)\s+(?:other|wrong)|(?:the\s+)?wrong|not\s+that)\s+"
    r"(?P<name>\S+(?:\s+\S+){0,2}?)(?:\s+(?:is|was)\s+(?:that|this|it|he|she)|\s+do\s+you\s+mean)?"
)
_WHO = re.compile(r"(?i)(?:and\s+|but\s+)?who(?:\s+is|\s+was|\s+are|['’]s)\s+(?P<name>\S.*)")
_TITLE = re.compile(
    r"(?i)(?:(?:and\s+)?what(?:['’]s|\s+(?:is|was))\s+|spell\s+|how\s+do\s+you\s+spell\s+)?(?P<whose>his|her)\s+"
    r"(?:full\s+|exact\s+|job\s+|official\s+)*(?:title|job|role|position|name|function|surname)(?:\s+again)?"
)
_FOR = re.compile(
    r"(?i)(?:and\s+)?(?:(?:did|does|do|has)\s+(?:any|some)(?:one|body)(?:\s+else)?\s+(?:speak|spoken|talk)"
    r"|who(?:\s+else)?\s+(?:speaks?|spoke|talks?|talked)|(?:is|was)\s+(?:any|some)(?:one|body)\s+speaking)"
    r"\s+for\s+(?P<name>\S.*)"
    r"|(?:and\s+)?who(?:\s+is|\s+was|\s+are|['’]s)\s+(?P<owner>\S.*?)(?:['’]s?)?\s+spokes(?:man|woman|person|people)"
)
_SPEAKS = re.compile(
    r"(?i)(?:and\s+|but\s+|so\s+)?(?:does|did|is|was|can|do|are)\s+(?P<name>\S+(?:\s+\S+){0,4}?)\s+"
    r"(?:(?:really|officially|actually|even)\s+)?(?:speak|speaks|speaking|talk|talking)\s+for\s+(?P<party>\S.*)"
)
_HE_OR_SHE = re.compile(r"(?i)\b(?:(?P<she>she|her|hers)|he|him|his)\b")
_PERSON = re.compile(r"(?!(?:The|An?)\s)[^\W\da-z]")  # a name, and not "a spokesman"
_ANYBODY = re.compile(r"(?i)(?:any|some|every)\s?(?:one|body)(?:\s+else)?")
_ROLE_BEGINS = re.compile(r"^(?:The|An?|Its|His|Her|Their)(?=\s(?:[a-z]|[A-Z]{2}\b))")
_PRONOUN = re.compile(r"(?i)(?:he|she|him|her|his|they|them|their|it|its|this|that)")


def introduce(text: str, previous: Query | None, directory: Directory) -> Introduced | None:
    """
    Answer who somebody is, which of several, or who speaks for them.

    Args:
        text: as typed.
        previous: the query before it in the thread, whose speaker "she" means.
        directory: who is on record.

    Returns:
        None where *text* asks something else, or for nobody that can be on record.
    """
    plain = without_greeting(" ".join(text.split()).rstrip(" ?!.…"))
    if match := _FOR.fullmatch(plain):
        return _for(_meant(match["name"] or match["owner"], previous), directory)
    if (match := _SPEAKS.fullmatch(plain)) and not _ANYBODY.fullmatch(match["name"]):
        return _speaks(_meant(match["name"], previous), match["party"], directory)
    if match := _WHICH.fullmatch(plain):
        found = _named(match["name"], directory)
        if not found:
            return None
        return Introduced("which", match["name"], _lines(found), _names(found))
    if match := _WHO.fullmatch(plain) or _TITLE.fullmatch(plain):
        found_in = match.groupdict()
        name = _meant(found_in.get("name") or found_in["whose"], previous)
        found = _people(name, directory)
        return Introduced("who", name, _lines(found), _names(found)) if found else None
    return None


def person_meant(text: str, quotes: Sequence[Quote], directory: Directory) -> str:
    """
    Find whom "he" or "she" in *text* means.

    Args:
        text: as typed.
        quotes: those that are shown.
        directory: who is on record.

    Returns:
        The last person quoted that the pronoun fits; "" where there is none.
    """
    asked = _HE_OR_SHE.search(text)
    wanted = None if asked is None else "f" if asked["she"] else "m"
    for quote in reversed(quotes):
        name = quote.speaker or ""
        if _PERSON.match(name) and (quote.role or _is_person(name, directory)):
            gender = _gender(name, quote.role or "", directory)
            if wanted is None or gender in (None, wanted):
                return name
    return ""


def _is_person(name: str, directory: Directory) -> bool:
    found = resolve_subject(name, directory)
    alone = len(found.speakers) == 1 and not found.parties and not found.described
    return found.sure and alone and role_of(name) is None


def _gender(name: str, role: str, directory: Directory) -> str | None:
    """Guess from the role's wording or the given name; None if unknown."""
    if word := re.search(r"(?i)\w*(?:(?P<f>woman)|(?P<m>man))\b", role):
        return "f" if word["f"] else "m"
    tokens = name_key(name).split()
    return directory.tables.genders.get(tokens[0]) if len(tokens) > 1 else None


def _speaks(name: str, party: str, directory: Directory) -> Introduced | None:
    """Say for whom somebody speaks, who may or may not speak for *party*."""
    found = _people(name, directory)[:1]
    asked = resolve_subject(party, directory)
    named = party[:1].isupper() or (asked.sure and bool(asked.parties or asked.speakers))
    if not found or not named:
        return None
    parties = tuple(party_within(each.key, directory.tables) for each in found[0].parties)
    return Introduced("speaks", party, _lines(found), _names(found), parties)


def namesakes(query: Query, directory: Directory) -> tuple[str, ...]:
    """
    List others on record with the bare surname by which *query* names its speaker.

    Returns:
        Each with the role; none where the question gives more than the surname, or where the
        speaker is quoted much more often than they are.
    """
    tokens = name_key(query.speaker or "").split()
    typed = set(name_key(query.text).split())
    if query.party or "who" in query.inherited or not 1 < len(tokens) <= _LONGEST_NAME:
        return ()
    if tokens[-1] not in typed or tokens[-1] in GROUP_WORDS or role_of(query.speaker or ""):
        return ()
    if typed & set(tokens[:-1]):
        return ()
    own = known_person(query.speaker or "", directory)
    others = [
        each for each in _named(tokens[-1], directory)
        if own and not names_agree(own.key, each.key) and each.statements * _RIVAL >= own.statements
    ]  # fmt: skip
    return _lines(others)


def _meant(name: str, previous: Query | None) -> str:
    """Put the one who was asked about in the place of a pronoun."""
    if _PRONOUN.fullmatch(name.strip()) and previous is not None:
        return previous.speaker or previous.party or ""
    return name.strip()


def _named(name: str, directory: Directory) -> list[KnownSpeaker]:
    """List the people on record with this surname, the most quoted first."""
    last = surname(name_key(name))
    keys = directory.surnamed(last) if last and last not in GROUP_WORDS else set()
    return most_first(directory.by_key[key] for key in keys)


def _people(name: str, directory: Directory) -> list[KnownSpeaker]:
    """List those whom a name or a role means; nobody for a party, or a phrase that is no name."""
    subject = resolve_subject(name, directory) if name else Subject()
    if not (subject.sure and len(subject.speakers) == 1) or subject.described:
        return []
    keys = speakers_meant(subject.speakers[0], directory, next(iter(subject.parties), None))
    found = most_first(directory.by_key[key] for key in keys if key in directory.by_key)
    full = [each for each in found if len(each.key.split()) > 1]
    return (full or found)[:MOST]


def _for(name: str, directory: Directory) -> Introduced | None:
    """List who speaks for somebody: for a party, or for a person by the words of their role."""
    subject = resolve_subject(name, directory) if name else Subject()
    if subject.parties and not subject.speakers:
        key = subject.parties[0]
        found = [s for s in directory.speakers if key in {party.key for party in s.parties}]
        voices = [s for s in found if re.search(r"(?i)\bspokes", s.role or s.name)]
        found = voices or found
    elif len(subject.speakers) == 1:
        last = surname(name_key(subject.speakers[0]))
        found = [
            s for s in directory.worded(stems(last))
            if last in name_key(s.role or "").split() or last in (s.role or "").lower()
        ]  # fmt: skip
    else:
        return None
    found = most_first(found)[:MOST]
    return Introduced("for", name, _lines(found), _names(found))


def _lines(found: Iterable[KnownSpeaker]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(_line, found)))[:MOST]


def _names(found: Iterable[KnownSpeaker]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.name for each in found))


def _line(speaker: KnownSpeaker) -> str:
    """Word a speaker: "Judith Marlowe, the chief executive (Brennick Energy)"."""
    role = _ROLE_BEGINS.sub(lambda match: match[0].lower(), speaker.role or "")
    line = f"{speaker.name}, {role}" if role else speaker.name
    party = speaker.parties[0].name if speaker.parties else ""
    # "Russian" names Russia.
    shown = any(word.lower().startswith(party.lower()[:5]) for word in line.split())
    return line if shown else f"{line} ({party})"
