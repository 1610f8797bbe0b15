"""
Whom a question asks about: a party, a person, a role, or nobody in particular.

Four traps. "Jordan" and "Chad" are countries and people; "Russian tank" is no speaker;
a "Russian opposition politician" does not speak for Russia; and a misspelt name must find its
bearer without an unknown person's name being bent into a known one's ("Clifton", "Clinton").
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.roster.bynames import without_bynames
from index.roster.descriptions import is_description
from index.roster.directory import Directory
from index.roster.lookup import (
    first_named,
    known_person,
    may_be_namesake,
    person_with_role,
    role_of,
    spelt_alike,
)
from index.roster.respelling import respelt
from index.roster.seats import seat_of
from index.roster.shortened import (
    body_of_office,
    party_by_name_in_print,
    party_described,
    party_shortened,
    person_within,
)
from index.roster.sides import offices_apart, party_of_side, party_with_initials
from index.speakers.gazetteer.names import TITLES, name_key
from index.speakers.gazetteer.parties import find_party, matches
from index.speakers.gazetteer.tables import phrase_key
from index.store import KnownSpeaker
from index.text.spelling import SHORTEST, nearest_words

# A party's people in general: next to a party's name they restrict nothing.
_GENERAL = frozenset(
    """official officials government authorities side leadership administration regime
    officialdom state leaders people camp team brass folks board management bosses""".split()
)
# Who writes "Brussels" means Belgium only where nobody speaks for the union that sits there.
_UNION = "european union"
_APART = frozenset({"private", "lawmaker"})
_NOBODY = frozenset(
    """anyone anybody everyone everybody someone somebody people who all others sides both
    either""".split()
)
_PRONOUNS = frozenset(
    "he she they it him her them his its their we i you this that these those".split()
)
_ARTICLE = re.compile(r"(?i)^(?:the|a|an|any|some|all|both|either|other)\s+")
_KIND = re.compile(
    r"(?i)^(?:company|group|firm|newspaper|militia|movement|person|man(?!\s(?:u|utd|united|city)\b)"
    r"|woman)\s+"
)
_AND = re.compile(
    r"(?i)\s*(?:[,;]\s*(?:and|or)\s+|[,;]|\s&\s|/|\s+(?:and|or|vs\.?|versus|plus|as\s+well\s+as)\s+)\s*"
)
_AGAINST = re.compile(r"(?i)\s(?:vs\.?|versus)\s")
_AMONG = re.compile(
    r"(?i)^(?:any|some|every)\s?(?:one|body)(?:\s+else)?\s+(?:at|in|from|within|inside|of|on)\s+(?=\S)"
)
# "who" is a question, the WHO a body.
_HEALTH_BODY = re.compile(r"^\W*(?:WHO|[Tt]he (?:WHO|who))\W*$")
_LINKS = frozenset("of in at for the a an from to and or vs with".split())
# What half a sentence ends in, and no name.
_UNFINISHED = frozenset(
    """the a an of on in at to for from by with about that this his her its their and or is are was
    were be been what who how why when where which""".split()
)
# On record as speakers ("a statement said"), but in bare words what is asked for.
_SAID = frozenset(
    """statement statements report reports news comment comments reaction reactions response
    responses claim claims source sources word words""".split()
)
# Longer than any name or role: such a text is a topic.
_LONGEST = 9


@dataclass(frozen=True, slots=True)
class Subject:
    """
    Whom a phrase names. All empty: nobody in particular (*anyone*) or a *pronoun*.

    ``parties`` are keys, ``speakers`` names as shown; both with one party and one speaker mean
    that speaker within the party ("the Russian defence ministry"). ``sure`` is False for a
    phrase that is neither a party nor known nor a role: perhaps a name. ``described`` for one that
    only says what somebody is: "the iPhone maker". ``apart`` where parties and speakers were named
    beside each other: none of the speakers is within a party.
    """

    parties: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    anyone: bool = False
    pronoun: bool = False
    sure: bool = True
    described: bool = False
    apart: bool = False


def resolve_subject(phrase: str, directory: Directory, shortest: int = SHORTEST) -> Subject:
    """
    Read *phrase*, which may name several ("Russia and Turkey").

    Args:
        phrase: the subject of a question, as typed.
        directory: who can be meant.
        shortest: letters of the shortest word that may be misspelt.

    Returns:
        Whom it names; with ``sure`` False where it may be a name that nobody on record bears.
    """
    phrase = without_bynames(phrase, directory.on_record)
    phrase = offices_apart(phrase, directory)
    whole = _one(phrase, directory, shortest)
    parts = [part for part in _AND.split(phrase) if part.strip()]
    joint = [_one(part, directory, shortest) for part in parts] if len(parts) > 1 else []
    # Beside others a seat stands for its state: "the Kremlin and Kyiv" are two sides.
    joint = [Subject(a.parties) if a.speakers and seat_of(a.speakers[0]) else a for a in joint]
    offices = bool(joint) and all(len(a.parties) == len(a.speakers) == 1 for a in joint)
    one = whole.sure and not whole.pronoun and not _AGAINST.search(phrase) and not offices
    slashed = "/" in phrase and not all(each.sure for each in joint)  # "AC/DC" is one
    if len(parts) < 2 or len(parts) > 8 or one or slashed:
        return whole
    if offices:
        # Each office is of its own party: the words of the office say of which.
        return Subject(speakers=tuple(dict.fromkeys(a.speakers[0] for a in joint)))
    parties = tuple(dict.fromkeys(key for each in joint for key in each.parties))
    speakers = tuple(dict.fromkeys(name for each in joint for name in each.speakers))
    apart = bool(parties and speakers) and not any(a.parties and a.speakers for a in joint)
    sure = all(a.sure and not a.pronoun for a in joint)
    return Subject(parties, speakers, sure=sure, apart=apart)


def is_quotable(phrase: str, directory: Directory, *, described: bool = True) -> bool:
    """
    Return whether *phrase* surely names somebody who can be quoted.

    Args:
        phrase: words of a question.
        directory: who can be meant.
        described: whether it may say what somebody is that nobody on record is called.
    """
    words = phrase.lower().split()
    if not 1 <= len(words) <= _LONGEST or _bare(phrase).lower() in _SAID:
        return False
    if len(words) > 1 and words[-1] in _UNFINISHED and not _HEALTH_BODY.search(phrase):
        return False
    # "chain" is no misspelt "China" where the words alone must show that it is a speaker.
    found = resolve_subject(phrase, directory, shortest=6)
    return found.sure and (described or not found.described)


def _bare(phrase: str) -> str:
    """Strip articles, kinds ("the company"), "anyone at", marks and a possessive."""
    text = _AMONG.sub("", phrase.strip(' \t.,;:!?"“”()[]*_~`'))
    text = _KIND.sub("", _ARTICLE.sub("", _ARTICLE.sub("", text)))
    return re.sub(r"['’]s?$", "", text).strip()


def _one(phrase: str, directory: Directory, shortest: int) -> Subject:
    """Read a phrase that names one party, person or role."""
    text = _bare(phrase)
    lowered = phrase_key(text)
    if _HEALTH_BODY.search(phrase):
        text = "WHO"
    elif not text or lowered in _NOBODY:
        return Subject(anyone=True)
    if lowered in _PRONOUNS:
        return Subject(pronoun=True)
    if len(text.split()) > _LONGEST:
        return Subject(speakers=(text,), sure=False)
    if key := party_by_name_in_print(text, directory):
        return Subject((key,), described=True)
    person = None if _is_role(text) else known_person(text, directory)
    if person is not None and may_be_namesake(person, text, directory):
        # "Asma Begum" is not the Begum that others on record are.
        return Subject(speakers=(text,))
    if person is not None and not _is_party(text, person, directory):
        return Subject(speakers=(person.name,))
    return (
        _side(text, directory)
        or _party(text, directory)
        or _role_and_name(text, directory)
        or _respelt(text, directory, shortest)
        or _role(text, directory)
        or _short_form(text, directory)
        or _initials(text, directory, shortest)
        or _first_name(text, directory, shortest)
        or _body_described(text, directory)
        or _described(text)
        or _named_within(text, directory)
        or _misspelt(text, directory, shortest)
        or Subject(speakers=(text,), sure=False)
    )


def _side(text: str, directory: Directory) -> Subject | None:
    """Read "the Biden team", "Assad's opponents"."""
    key = party_of_side(text, directory)
    return Subject((key,)) if key else None


def _initials(text: str, directory: Directory, shortest: int) -> Subject | None:
    """Read the initials of the one body on record: "DIAA", "j&j"."""
    key = party_with_initials(text, directory, lower=shortest == SHORTEST)
    return Subject((key,)) if key else None


def _first_name(text: str, directory: Directory, shortest: int) -> Subject | None:
    """Read a first name that only one on record bears; it must look like one in bare words."""
    if len(text) < shortest or (shortest > SHORTEST and not text[:1].isupper()):
        return None
    person = first_named(text, directory)
    return Subject(speakers=(person.name,)) if person else None


def _is_party(text: str, person: KnownSpeaker, directory: Directory) -> bool:
    """Return whether *text*, under which *person* is known, means a party all the same."""
    spelt = directory.on_record.get(phrase_key(text)) or directory.on_record.get(
        phrase_key(person.name)
    )
    party = spelt or find_party(text, directory.tables)
    if party is None or party.key in directory.on_record:
        return party is not None
    return len(text.split()) > 1 and name_key(_bare(person.name)) != name_key(text)


def _is_role(text: str) -> bool:
    """Return whether the head of *text* is a role: "officials", "mayor of Ellermouth"."""
    return role_of(text) is not None


def _party(text: str, directory: Directory) -> Subject | None:
    """Read a party's name, alone or with an institution or role behind it."""
    if phrase_key(text) == "brussels" and _UNION in directory.on_record:
        return Subject((_UNION,))
    if (on_record := directory.on_record.get(phrase_key(text))) is not None:
        return Subject((on_record.key,))
    if (seat := seat_of(text)) and (of := find_party(text, directory.tables)):
        return Subject((of.key,), (seat,))
    found = next(matches(text, directory.tables, question=True), None)
    if found is None or not found.alias.parties or found.span.start > 0:
        whole = find_party(text, directory.tables)
        return Subject((whole.key,)) if whole else None
    if found.alias.parties[0].kind == "newspaper":
        return Subject(speakers=(found.alias.parties[0].name,))  # quoted, but no party's voice
    key = found.alias.parties[0].key
    if text.islower() and _is_role(text) and key not in directory.on_record:
        return None  # "the coast guard": another country's, where this one's is not on record
    rest = re.sub(r"^['’]s?(?!\w)", "", text[found.span.end :]).strip()
    if not rest or set(rest.lower().split()) <= _GENERAL:
        return Subject((key,))
    role = role_of(rest)
    if role in _APART or re.match(r"(?i)(?:opposition|dissident|ex|former|exiled?)\b", rest):
        return Subject(speakers=(text,))
    if role is not None:
        return Subject((key,), (text,))
    return None


def _role_and_name(text: str, directory: Directory) -> Subject | None:
    """Read "Kremlin spokesman Dmitry Peskov", "President Duclos": the name alone counts."""
    words = text.split()
    for size in range(min(4, len(words) - 1), 0, -1):
        front, name = words[:-size], " ".join(words[-size:])
        linked = any(word.lower() in _LINKS for word in front)
        if front[-1].lower() in _LINKS or words[-size].lower() in _LINKS:
            continue
        # "the head of the police's investigators" names nobody at its end.
        if linked and words[-size].islower():
            continue
        if not (role_of(" ".join(front)) or front[-1].lower().rstrip(".") in TITLES
                or find_party(" ".join(front), directory.tables)):  # fmt: skip
            continue
        if _is_role(name) or find_party(name, directory.tables):
            continue
        person = person_with_role(name, " ".join(front), directory)
        # "The opposition leader in South Africa" does not name South Africa.
        if person is not None and (find_party(person.name, directory.tables)
                                   or person.name.split()[-1].islower()):  # fmt: skip
            continue
        if person is not None:
            return Subject(speakers=(person.name,))
        if not linked and role_of(" ".join(front)) and all(w[:1].isupper() for w in words[-size:]):
            return Subject(speakers=(name,))
    return None


def _respelt(text: str, directory: Directory, shortest: int) -> Subject | None:
    """Read a party and a role of which one has a typing error, or the party lacks its "'s"."""
    meant = respelt(text, directory)
    return _one(meant, directory, shortest) if meant else None


def _role(text: str, directory: Directory) -> Subject | None:
    of, office = body_of_office(text, directory, _GENERAL)
    return Subject((of,) if of else (), (office or text,)) if _is_role(text) else None


def _described(text: str) -> Subject | None:
    """Read what somebody is: "the iPhone maker", "soccer rebels"."""
    return Subject(speakers=(text,), described=True) if is_description(text) else None


def _named_within(text: str, directory: Directory) -> Subject | None:
    """Read one word in the middle of the only name on record that holds it: "Ghani"."""
    name = person_within(text, directory)
    return Subject(speakers=(name,)) if name else None


def _short_form(text: str, directory: Directory) -> Subject | None:
    """Read a part of the name of a body on record: "Brennick", and before "on" "hopkins"."""
    found = party_shortened(text, directory, _GENERAL)
    return Subject((found.key,), described=found.by_last) if found else None


def _body_described(text: str, directory: Directory) -> Subject | None:
    """Read "the greek athletics body": the one on record whose name says all of it."""
    key = party_described(text, directory)
    return Subject((key,), described=True) if key else None


def _misspelt(text: str, directory: Directory, shortest: int) -> Subject | None:
    """Read a phrase with a typing error, or another language's spelling, in a known name."""
    if len(text) < shortest:
        return None
    near = nearest_words(phrase_key(text), directory.spellings)
    # "Delphi" is no misspelt "Delhi" where the articles write it so.
    for corrected in (c for c in near if " " in text or directory.may_be_slip(text, c)):
        party = find_party(corrected, directory.tables) or directory.on_record.get(corrected)
        if party is not None:
            return Subject((party.key,))
    if (person := spelt_alike(text, directory, shortest)) is not None:
        return Subject(speakers=(person.name,))
    tokens, typed = name_key(text).split(), phrase_key(text).split()
    for at, token in enumerate(tokens):
        # A key folds doubled letters: as typed, "Malinna" is one letter nearer to "Malinina".
        whole = typed[at] if len(typed) == len(tokens) else token
        known = list(directory.by_token) if len(whole) >= shortest else []
        for meant in (*nearest_words(token, known), *nearest_words(whole, known)):
            person = known_person(" ".join([*tokens[:at], meant, *tokens[at + 1 :]]), directory)
            if person is not None and directory.may_be_slip(whole, meant):
                return Subject(speakers=(person.name,))
    return None
