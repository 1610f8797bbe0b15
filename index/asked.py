"""
Whom a question asks about: a party, a person, a role, or nobody in particular.

Four traps. "Jordan" and "Chad" are countries and people; "Russian tank" is no speaker;
a "Russian opposition politician" does not speak for Russia; and a misspelt name must find its
bearer without an unknown person's name being bent into a known one's ("Clifton", "Clinton").
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.speakers.names import TITLES, name_key, names_agree
from index.speakers.parties import find_party, matches
from index.speakers.roles import role_class
from index.speakers.tables import Tables, phrase_key
from index.store import KnownSpeaker
from index.types import Party
from index.typing_errors import SHORTEST, nearest_words
from index.wording import STOP_WORDS, stems

# A party's people in general: beside a party's name they restrict nothing.
_GENERAL = frozenset(
    """official officials government authorities side leadership administration regime
    officialdom state leaders""".split()
)
_APART = frozenset({"private", "lawmaker"})
_NOBODY = frozenset(
    """anyone anybody everyone everybody someone somebody people who all others sides both
    either""".split()
)
_PRONOUNS = frozenset("he she they it him her them we i you this that these those".split())
_ARTICLE = re.compile(r"(?i)^(?:the|a|an|any|some|all|both|either|other)\s+")
_KIND = re.compile(r"(?i)^(?:company|group|firm|newspaper|militia|movement|person|man|woman)\s+")
_AND = re.compile(
    r"(?i)\s*(?:,\s*(?:and|or)\s+|,|&|\s+(?:and|or|vs\.?|versus|plus|as\s+well\s+as)\s+)\s*"
)
_HEAD_ENDS = re.compile(r"(?i)\s+(?:of|in|at|for|from|to|with|who|on|near)\s")
_LINKS = frozenset("of in at for the a an from to and or vs with".split())
_FILLERS = frozenset("the a an of s and for in at".split())
_VOICES = frozenset("spokesman aide adviser advisor envoy".split())
_LESSER = _VOICES | frozenset("deputy vice former ex assistant wife husband son daughter".split())
# Longer than any name or role: such a text is a topic.
_LONGEST = 9


@dataclass(frozen=True, slots=True)
class Asked:
    """
    Whom a phrase names. All empty: nobody in particular (*anyone*) or a *pronoun*.

    ``parties`` are keys, ``speakers`` names as shown; both with one party and one speaker mean
    that speaker within the party ("the Russian defence ministry"). ``sure`` is False for a
    phrase that is neither a party nor known nor a role: perhaps a name.
    """

    parties: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    anyone: bool = False
    pronoun: bool = False
    sure: bool = True


@dataclass(frozen=True)
class Directory:
    """Everybody who can be asked about: the tables, and who is on record, the most heard first."""

    tables: Tables
    speakers: Sequence[KnownSpeaker]
    on_record: Mapping[str, Party]
    by_token: Mapping[str, Sequence[KnownSpeaker]]
    spellings: Sequence[str]


def make_directory(speakers: Sequence[KnownSpeaker], tables: Tables) -> Directory:
    """Index *speakers* by the tokens of their keys, and their parties by key and name."""
    on_record: dict[str, Party] = {}
    by_token: dict[str, list[KnownSpeaker]] = {}
    for speaker in speakers:
        for party in speaker.parties:
            on_record.setdefault(phrase_key(party.name), party)
            on_record.setdefault(party.key, party)
        for token in dict.fromkeys(speaker.key.split()):
            by_token.setdefault(token, []).append(speaker)
    spellings = [key for key in (*tables.aliases, *on_record) if len(key) >= SHORTEST]
    return Directory(tables, speakers, on_record, by_token, spellings)


def who_is_asked(phrase: str, directory: Directory, shortest: int = SHORTEST) -> Asked:
    """
    Read *phrase*, which may name several ("Russia and Turkey").

    Args:
        phrase: the subject of a question, as typed.
        directory: who can be meant.
        shortest: letters of the shortest word that may be misspelt.
    """
    whole = _one(phrase, directory, shortest)
    parts = [part for part in _AND.split(phrase) if part.strip()]
    if len(parts) < 2 or len(parts) > 8 or (whole.sure and not whole.pronoun):
        return whole
    found = [_one(part, directory, shortest) for part in parts]
    parties = tuple(dict.fromkeys(key for asked in found for key in asked.parties))
    speakers = tuple(dict.fromkeys(name for asked in found for name in asked.speakers))
    return Asked(parties, speakers, sure=all(a.sure and not a.pronoun for a in found))


def is_voice(phrase: str, directory: Directory) -> bool:
    """Tell whether *phrase* surely names somebody who can be quoted."""
    if len(phrase.split()) > _LONGEST:
        return False
    # "chain" is no misspelt "China" where the words alone must show that it is a speaker.
    return who_is_asked(phrase, directory, shortest=6).sure


def _bare(phrase: str) -> str:
    """Strip articles, kinds ("the company"), marks and a possessive."""
    text = phrase.strip(' \t.,;:!?"“”()[]*_~`')
    text = _KIND.sub("", _ARTICLE.sub("", _ARTICLE.sub("", text)))
    return re.sub(r"['’]s?$", "", text).strip()


def _one(phrase: str, directory: Directory, shortest: int) -> Asked:
    """Read a phrase that names one party, person or role."""
    text = _bare(phrase)
    lowered = phrase_key(text)
    if not text or lowered in _NOBODY:
        return Asked(anyone=True)
    if lowered in _PRONOUNS:
        return Asked(pronoun=True)
    if len(text.split()) > _LONGEST:
        return Asked(speakers=(text,), sure=False)
    person = None if _is_role(text) else known_person(text, directory)
    if person is not None and not _is_party(text, person, directory):
        return Asked(speakers=(person.name,))
    return (
        _party(text, directory)
        or _role_and_name(text, directory)
        or _role(text)
        or _short_form(text, directory)
        or _misspelt(text, directory, shortest)
        or Asked(speakers=(text,), sure=False)
    )


def _is_party(text: str, person: KnownSpeaker, directory: Directory) -> bool:
    """Tell whether *text*, under which *person* is known, means a party all the same."""
    spelt = directory.on_record.get(phrase_key(text)) or directory.on_record.get(
        phrase_key(person.name)
    )
    party = spelt or find_party(text, directory.tables)
    if party is None or party.key in directory.on_record:
        return party is not None
    return len(text.split()) > 1 and name_key(_bare(person.name)) != name_key(text)


def _is_role(text: str) -> bool:
    """Tell whether the head of *text* is a role: "officials", "mayor of Ellermouth"."""
    return role_of(text) is not None


def role_of(text: str) -> str | None:
    """Find the class of the role that *text* is headed by; None if it is headed by no role."""
    head = _HEAD_ENDS.split(text.strip(), maxsplit=1)[0].split()
    for size in range(min(5, len(head)), 0, -1):
        found = role_class(" ".join(head[-size:]))
        if found is not None:
            return found
    return None


def _party(text: str, directory: Directory) -> Asked | None:
    """Read a party's name, alone or with an institution or role behind it."""
    on_record = directory.on_record.get(phrase_key(text))
    if on_record is not None:
        return Asked((on_record.key,))
    found = next(matches(text, directory.tables, question=True), None)
    if found is None or not found.alias.parties or found.span.start > 0:
        whole = find_party(text, directory.tables)
        return Asked((whole.key,)) if whole else None
    key = found.alias.parties[0].key
    rest = re.sub(r"^['’]s?(?!\w)", "", text[found.span.end :]).strip()
    if not rest or set(rest.lower().split()) <= _GENERAL:
        return Asked((key,))
    if re.match(r"(?i)(?:opposition|dissident|ex|former|exiled?)\b", rest):
        return Asked(speakers=(text,))
    role = role_of(rest)
    if role in _APART:
        return Asked(speakers=(text,))
    if role is not None:
        return Asked((key,), (text,))
    return None


def _role_and_name(text: str, directory: Directory) -> Asked | None:
    """Read "Kremlin spokesman Dmitry Peskov", "President Duclos": the name alone counts."""
    words = text.split()
    for size in range(min(4, len(words) - 1), 0, -1):
        front, name = words[:-size], " ".join(words[-size:])
        if front[-1].lower() in _LINKS or words[-size].lower() in _LINKS:
            continue
        if not (role_of(" ".join(front)) or front[-1].lower().rstrip(".") in TITLES
                or find_party(" ".join(front), directory.tables)):  # fmt: skip
            continue
        if _is_role(name) or find_party(name, directory.tables):
            continue
        person = known_person(name, directory)
        if person is not None:
            return Asked(speakers=(person.name,))
        linked = any(word.lower() in _LINKS for word in front)
        if not linked and role_of(" ".join(front)) and all(w[:1].isupper() for w in words[-size:]):
            return Asked(speakers=(name,))
    return None


def _role(text: str) -> Asked | None:
    return Asked(speakers=(text,)) if _is_role(text) else None


def _short_form(text: str, directory: Directory) -> Asked | None:
    """Read the first words of the one company or group on record that begins so: "Brennick"."""
    begun = f"{phrase_key(text)} "
    found = {
        party.key for key, party in directory.on_record.items()
        if party.kind in ("company", "group") and key.startswith(begun)
    }  # fmt: skip
    # "First", "National": too little to name anybody by.
    if len(found) != 1 or not text[:1].isalpha() or len(text) < SHORTEST:
        return None
    return None if stems(text) <= STOP_WORDS | _GENERAL else Asked((found.pop(),))


def _misspelt(text: str, directory: Directory, shortest: int) -> Asked | None:
    """Read a phrase with a typing error in a party's or a known person's name."""
    if len(text) < shortest:
        return None
    for corrected in nearest_words(phrase_key(text), directory.spellings):
        party = find_party(corrected, directory.tables) or directory.on_record.get(corrected)
        if party is not None:
            return Asked((party.key,))
    first, _, rest = text.partition(" ")
    if rest and role_of(rest):
        for corrected in nearest_words(phrase_key(first), directory.spellings):
            return _party(f"{corrected.title()} {rest}", directory)
    tokens = name_key(text).split()
    for at, token in enumerate(tokens):
        for meant in (
            nearest_words(token, list(directory.by_token)) if len(token) >= shortest else ()
        ):
            person = known_person(" ".join([*tokens[:at], meant, *tokens[at + 1 :]]), directory)
            if person is not None:
                return Asked(speakers=(person.name,))
    return None


def known_person(name: str, directory: Directory) -> KnownSpeaker | None:
    """Find the speaker on record whom *name* means: of namesakes, the one heard most."""
    key = name_key(name)
    # Two names that agree share their first or their last token.
    near = [s for token in dict.fromkeys(key.split()) for s in directory.by_token.get(token, ())]
    if len(key.split()) > 4 or re.search(r"(?i)\b(?:of|and|or|vs|for|in)\s|[,&]", name):
        near = [s for s in near if s.key == key]  # "Norway and Russia" only ends like a name
    agreeing = [
        s for s in near if names_agree(key, s.key) and (s.key == key or not role_of(s.name))
    ]
    full = [s for s in agreeing if len(s.key.split()) > 1]
    return max(full or agreeing, key=lambda s: s.statements, default=None)


def speaker_keys(
    name: str, speakers: Sequence[KnownSpeaker], tables: Tables, *, party: str | None = None
) -> frozenset[str]:
    """
    Find the keys under which *name* is on record: one person's, or those who have a role.

    Args:
        name: a person, a group or a role, as parsed from a question.
        speakers: who is on record.
        tables: the parties and their names.
        party: for a role: whom its bearer must speak for.
    """
    if role_of(name) is None:
        same = _same_person(name_key(name), speakers)
        return same or frozenset(s.key for s in speakers if _same_group(name, s.name))
    asked = stems(name) - _party_words(name, tables) - _FILLERS
    kind = role_of(name)
    return frozenset(
        s.key
        for s in speakers
        if (party is None or party in {p.key for p in s.parties})
        and (_has_role(asked, s.role, kind) or _has_role(asked, s.name, kind))
    )


def _same_person(key: str, speakers: Sequence[KnownSpeaker]) -> frozenset[str]:
    """Collect the keys of one person; a bare surname goes to its most heard bearer only."""
    # Names that agree share a token: cheap to tell, and there may be many thousand speakers.
    speakers = [s for s in speakers if any(token in s.key for token in key.split())]
    agreeing = [
        s for s in speakers if names_agree(key, s.key) and (s.key == key or not role_of(s.name))
    ]
    full = [s for s in agreeing if len(s.key.split()) > 1]
    if len(key.split()) == 1 and full:
        first = max(full, key=lambda s: s.statements)
        full = [s for s in full if names_agree(first.key, s.key)]
        return frozenset(s.key for s in (*full, *agreeing) if s in full or len(s.key.split()) == 1)
    heard = max((s.statements for s in full), default=0)
    found = {s.key for s in full}
    for bare in (s for s in agreeing if len(s.key.split()) == 1):
        others = (s for s in speakers if names_agree(bare.key, s.key) and s.key not in found)
        if all(s.statements <= heard or s is bare for s in others):
            found.add(bare.key)
    return frozenset(found)


def _same_group(asked: str, name: str) -> bool:
    """Tell whether a description holds all of *asked* under the same head ("former comrades")."""
    heads = [_HEAD_ENDS.split(text.strip(), maxsplit=1)[0].split()[-1:] for text in (asked, name)]
    if not all(heads) or stems(heads[0][0]) != stems(heads[1][0]):
        return False
    return stems(asked) - _FILLERS <= stems(name)


def _party_words(name: str, tables: Tables) -> frozenset[str]:
    """Collect the words of *name* that only name its party, at its beginning."""
    found = next(matches(name, tables, question=True), None)
    return stems(name[: found.span.end]) if found and found.span.start == 0 else frozenset()


def _has_role(asked: frozenset[str], words: str | None, kind: str | None) -> bool:
    """Tell whether *words* hold the role asked for, and not that of a deputy or a predecessor."""
    if not words or not asked:
        return False
    held = stems(words)
    lesser = _LESSER if kind in ("state", "head", "lawmaker") else _LESSER - _VOICES
    return asked <= held and not (held - asked) & lesser
