"""
Who of those on record bears a name or a role.

Three traps. A bare surname agrees with every full name that ends in it, so "the federation",
on record without a name, would answer for every federation that is asked about. The newspaper's
other spelling of a name is the same person, another name never is. And of namesakes only one
may be meant: the one quoted most.
"""

from __future__ import annotations

import re

from index.roster.directory import Directory
from index.roster.meanings import like_meanings
from index.speakers.gazetteer.names import name_key, names_agree
from index.speakers.gazetteer.parties import find_party, matches
from index.speakers.gazetteer.roles import role_class
from index.speakers.gazetteer.tables import Tables
from index.store import KnownSpeaker
from index.store.known_speakers import most_first
from index.text.words import stems

_HEAD_ENDS = re.compile(r"(?i)\s+(?:of|in|at|for|from|to|with|who|on|near)\s")
_ARTICLES = frozenset("the a an".split())
_FILLERS = frozenset("the a an of s and for in at".split())
_VOICES = frozenset("spokesman aide adviser advisor envoy".split())
# A given name and a family name.
_NAME = 2
_LESSER = _VOICES | frozenset("deputy vice former ex assistant wife husband son daughter".split())


def role_of(text: str) -> str | None:
    """Find the class of the role that *text* is headed by; None if it is headed by no role."""
    head = _HEAD_ENDS.split(text.strip(), maxsplit=1)[0].split()
    # "Caracas ring the embassy" is a sentence.
    if not _ARTICLES.isdisjoint(word.lower() for word in head[1:]):
        return None
    for size in range(min(5, len(head)), 0, -1):
        found = role_class(" ".join(head[-size:]))
        if found is not None:
            return found
    return None


def known_person(name: str, directory: Directory) -> KnownSpeaker | None:
    """Find the speaker on record whom *name* means: of namesakes, the one quoted most."""
    key = name_key(name)
    # Two names that agree share their first or their last token.
    tokens = dict.fromkeys(key.split())
    near = most_first(directory.sharing(tokens))
    if len(key.split()) > 4 or re.search(r"(?i)\b(?:of|and|or|vs|for|in)\s|[,&]", name):
        near = [s for s in near if s.key == key]  # "Norway and Russia" only ends like a name
    agreeing = [s for s in near if _may_be_called(key, s)]
    # "NATO expects Moscow" is no fuller name of Moscow.
    agreeing = [s for s in agreeing if s.key == key or len(s.key.split()) > 1
                or find_party(s.name, directory.tables) is None]  # fmt: skip
    if len(key.split()) > _NAME:
        # "Lund like Rose" is no name of Rose.
        agreeing = [s for s in agreeing if s.key == key or len(s.key.split()) > 1]
    full = [s for s in agreeing if len(s.key.split()) > 1]
    best = max(full or agreeing, key=lambda s: s.statements, default=None)
    exact = next((s for s in agreeing if s.key == key), None)
    # "Ford" the company, quoted far more often than one James Ford.
    outdone = best is not None and exact is not None and exact.statements > 2 * best.statements
    return exact if outdone else best


def may_be_namesake(person: KnownSpeaker, text: str, directory: Directory) -> bool:
    """Return whether *person*, on record by a surname only, may be a namesake of *text*."""
    key = name_key(text)
    if len(key.split()) == 1 or len(person.key.split()) > 1:
        return False
    namesakes = directory.by_token.get(person.key, ())
    return any(len(s.key.split()) > 1 and names_agree(person.key, s.key)
               and not names_agree(key, s.key) for s in namesakes)  # fmt: skip


def person_with_role(name: str, role: str, directory: Directory) -> KnownSpeaker | None:
    """Find whom *name* means: of several with one surname the one who has the *role*."""
    person, key = known_person(name, directory), name_key(name)
    if person is None or len(key.split()) != 1:
        return person
    asked = like_meanings(role)
    namesakes = [s for s in directory.by_token.get(key, ())
                 if names_agree(key, s.key) and len(s.key.split()) > 1]  # fmt: skip
    fitting = [s for s in namesakes if asked & like_meanings(s.role or "")]
    return person if person in fitting or len(fitting) != 1 else fitting[0]


def first_named(name: str, directory: Directory) -> KnownSpeaker | None:
    """Find the only person on record whose first name *name* is ("Tedros"); None if several."""
    key = name_key(name)
    found = [
        s for s in directory.by_token.get(key, ())
        if s.key.split()[0] == key and 1 < len(s.key.split()) <= 4 and _is_proper(s.name)
        and role_of(s.name) is None
    ]  # fmt: skip
    first = next(iter(most_first(found)), None)
    alone = first is not None and all(names_agree(first.key, s.key) for s in found)
    return first if alone else None


def spelt_alike(name: str, directory: Directory, shortest: int) -> KnownSpeaker | None:
    """
    Find whom *name* means in another language's spelling: "Lawrow", "Poutine", "Selenskyj".

    Args:
        name: as typed.
        directory: who can be meant.
        shortest: letters of the shortest token that is respelt.
    """
    respelt = []
    for token in name_key(name).split():
        spelling = directory.spelling_of(token) if len(token) >= shortest else None
        slip = spelling is not None and directory.may_be_slip(token, spelling)
        respelt.append(spelling if spelling and slip else token)
    return known_person(" ".join(respelt), directory)


def _may_be_called(key: str, speaker: KnownSpeaker) -> bool:
    """Return whether *speaker* can be meant by the name *key*."""
    if speaker.key == key:
        return True
    if not names_agree(key, speaker.key) or role_of(speaker.name) is not None:
        return False
    if " and " in speaker.name:  # "California and Illinois" bears neither's name
        return False
    return len(speaker.key.split()) > 1 or _is_proper(speaker.name)


def _is_proper(name: str) -> bool:
    """Return whether *name* is a name, not a description: "Lavrov", not "the federation"."""
    return name[:1].isupper() and not re.match(r"(?i)(?:the|an?|some|his|her|its|their)\s", name)


def speaker_keys(name: str, directory: Directory, *, party: str | None = None) -> frozenset[str]:
    """
    Find the keys under which *name* is on record: one person's, or those who have a role.

    Args:
        name: a person, a group or a role, as parsed from a question.
        directory: who is on record.
        party: for a role: for whom its holder must speak.
    """
    if role_of(name) is None:
        return _same_person(name_key(name), directory) or frozenset(
            s.key for s in directory.worded(stems(name) - _FILLERS) if _same_group(name, s.name)
        )
    kind = role_of(name)
    return frozenset(
        s.key
        for form in _wordings(name, directory.tables)
        for s in directory.worded(form)
        if (party is None or party in {p.key for p in s.parties})
        and (_has_role(form, s.role, kind) or _has_role(form, s.name, kind))
        and (party is not None or _is_of_owner(s, name, directory.tables))
    )


def _is_of_owner(speaker: KnownSpeaker, role: str, tables: Tables) -> bool:
    """Return whether *speaker* is of the party that *role* names first: "Turkish judges"."""
    first = next(matches(role, tables, question=True), None)
    if first is None or not first.alias.parties:
        return True
    keys = {p.key for p in speaker.parties}
    if first.span.start > 0:
        # An ambassador to Russia is not Russia's.
        to = re.search(r"(?i)\bto\s+(?:the\s+)?$", role[: first.span.start])
        return to is None or first.alias.parties[0].key not in keys
    words = stems(f"{speaker.name} {speaker.role or ''}")
    return first.alias.parties[0].key in keys or stems(role[: first.span.end]) <= words


def _wordings(role: str, tables: Tables) -> list[frozenset[str]]:
    """List the ways to word *role*: "ambassador to the UN" is one "to the United Nations" too."""
    asked = stems(role) - _party_words(role, tables) - _FILLERS
    forms = [asked]
    owner = re.match(r"(?P<given>(?:[^\W\d_][\w.-]* )+)[\w-]+['’]s\s", role)
    if owner is not None:
        # "Anna Novak's husband" stands in print as "Novak's husband".
        forms.append(asked - stems(owner.group("given")))
    for span, alias in matches(role, tables, question=True):
        if span.start and alias.parties:
            rest = asked - stems(role[span.start : span.end])
            forms += [
                rest | (stems(other.spelling) - _FILLERS)
                for other in tables.aliases.values()
                if other.use == "name" and other.parties[:1] == alias.parties[:1]
            ]
    return forms


def _same_person(key: str, directory: Directory) -> frozenset[str]:
    """Collect the keys of one person; a bare surname goes to the most quoted person only."""
    # Names that agree share a token: there may be many thousand speakers.
    tokens = dict.fromkeys(key.split())
    nameless = directory.nameless.values()
    vague = [s for s in nameless if not tokens.keys().isdisjoint(s.key.split())]
    speakers = most_first([*directory.sharing(tokens), *vague])
    agreeing = [s for s in speakers if _may_be_called(key, s)]
    full = [s for s in agreeing if len(s.key.split()) > 1]
    if len(key.split()) == 1 and full:
        first = max(full, key=lambda s: s.statements)
        full = [s for s in full if names_agree(first.key, s.key)]
        return frozenset(s.key for s in (*full, *agreeing) if s in full or len(s.key.split()) == 1)
    most = max((s.statements for s in full), default=0)
    found = {s.key for s in full}
    for bare in (s for s in agreeing if len(s.key.split()) == 1):
        others = (s for s in speakers if names_agree(bare.key, s.key) and s.key not in found)
        if all(s.statements <= most or s is bare for s in others):
            found.add(bare.key)
    return frozenset(found)


def _same_group(asked: str, name: str) -> bool:
    """Return whether a description holds all of *asked* under the same head ("former comrades")."""
    heads = [_HEAD_ENDS.split(text.strip(), maxsplit=1)[0].split()[-1:] for text in (asked, name)]
    if not all(heads) or stems(heads[0][0]) != stems(heads[1][0]):
        return False
    return stems(asked) - _FILLERS <= stems(name)


def _party_words(name: str, tables: Tables) -> frozenset[str]:
    """Collect the words of *name* that only name its party, at its beginning."""
    found = next(matches(name, tables, question=True), None)
    return stems(name[: found.span.end]) if found and found.span.start == 0 else frozenset()


def _has_role(asked: frozenset[str], words: str | None, kind: str | None) -> bool:
    """Return whether *words* hold the role asked for, and not that of a deputy or a predecessor."""
    if not words or not asked:
        return False
    found = stems(words)
    lesser = _LESSER if kind in ("state", "head", "lawmaker") else _LESSER - _VOICES
    return asked <= found and not (found - asked) & lesser
