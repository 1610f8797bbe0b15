"""
Who on record fits a description: "the Texas governor", "GM's spokesman", "the British PM".

`lookup` finds names and roles as they are worded in print. People ask in other words: "Gov."
stands in print for a governor, "home secretary" for an interior minister, and for whom somebody
speaks may only stand in the words of the role. Every word of a description must be met, by a
word of the role or the name, by one of like meaning, or by the party; else it is another person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from index.roster.directory import Directory
from index.roster.lookup import speaker_keys
from index.speakers.gazetteer.parties import matches
from index.speakers.gazetteer.roles import role_class
from index.store import KnownSpeaker
from index.text.words import STOP_WORDS, stem, stems

# Phrases first, then words: each line means one office or one kind of people.
_ALIKE = (
    "prime minister|premier|pm|prime ministers",
    "foreign minister|top diplomat|foreign secretary|chief diplomat|secretary of state",
    "interior minister|home secretary|home affairs minister",
    "finance minister|treasury secretary|chancellor of the exchequer|treasurer",
    "defence minister|defense minister|defence secretary|defense secretary|secretary of defense"
    "|defence chief|defense chief|minister of defence|minister of defense",
    "justice minister|attorney general|justice secretary",
    "agriculture minister|farm minister|agriculture secretary",
    "agriculture ministry|farm ministry|department of agriculture|agriculture department",
    "spokesman|spokeswoman|spokesperson|spokespeople|spokesmen|press secretary|press man"
    "|media chief|press officer|mouthpiece|communications director",
    "governor|gov",
    "senator|sen",
    "deputy|number two|second in command|vice",
    "police|cop|policeman|policewoman|officer|detective|investigator|sheriff",
    "lawyer|attorney|counsel|barrister|solicitor",
    "doctor|physician|medic|dr",
    "scientist|researcher",
    "principal|school head|headteacher|headmaster",
    "army|military|armed force|troop|defence force|defense force|soldier",
    "administration|government|govt",
    "ministry|department",
    "professor|prof",
    "general|gen",
    "mum|mother|mom",
    "dad|father",
    "parent|mum and dad|mother and father|mom and dad",
    "worker|staff|employee",
    "union|labour union|labor union|trade union",
    "central bank|reserve bank|federal reserve",
)
# Whoever leads something, by whatever title; asked for so, any of these will do.
_LEADERS = frozenset(
    """head chief boss leader director president chairman chairwoman chairperson chair ceo
    executive secretary-general commander principal commissioner superintendent administrator
    minister secretary governor mayor""".split()
)
_LOOSE = frozenset("head chief boss leader".split())
_PLAIN = STOP_WORDS | frozenset(
    """the of a an s and for in at to from by its his her their own top senior chief's people side
    official officials spokes new current acting interim then local""".split()
)
_LESSER = frozenset("deputy vice former ex assistant aide adviser advisor wife husband".split())
# Of many who fit a description of few words, it means none in particular.
_MOST = 12


@lru_cache(maxsize=1)
def _meanings() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Make a pattern of each line of words that are alike, with the word that stands for it."""
    return tuple(
        (
            re.compile(
                r"\b(?:" + "|".join(sorted(line.split("|"), key=len, reverse=True)) + r")s?\b\.?"
            ),
            "_" + line.split("|")[0].replace(" ", "_"),
        )
        for line in _ALIKE
    )


@lru_cache(maxsize=20_000)
def like_meanings(text: str) -> frozenset[str]:
    """Take the stems of a role or description, words of one meaning folded into one."""
    low = text.lower().replace("’", "'")
    for pattern, meaning in _meanings():
        low = pattern.sub(f" {meaning} ", low)
    found = {w for w in low.split() if w.startswith("_")}
    rest = " ".join(w for w in low.split() if not w.startswith("_"))
    return frozenset(found | {s for s in stems(re.sub(r"'s\b", "", rest)) if s not in _PLAIN})


def speakers_meant(name: str, directory: Directory, party: str | None = None) -> frozenset[str]:
    """Find the keys of those whom a name, a role or a description means; see `speaker_keys`."""
    return speaker_keys(name, directory, party=party) or described_keys(name, directory, party)


def described_keys(phrase: str, directory: Directory, party: str | None = None) -> frozenset[str]:
    """
    Find the keys of those on record whom a description fits.

    Args:
        phrase: as typed, without knowing whether it names a person, a body or a role.
        directory: who is on record.
        party: for whom they must speak, if the description begins with a party.

    Returns:
        None of them if the description says nothing, or fits too many.
    """
    spellings = _party_words(phrase, directory)
    rest = like_meanings(_without(phrase, spellings)) if spellings else like_meanings(phrase)
    parties = {party} if party else set()
    parties |= {key for key, _ in spellings}
    if not rest and not any(_is_state(key, directory) for key in parties):
        # "the Red Cross": a body that is on record by a fuller name only.
        rest, parties = like_meanings(phrase), set()
    if not rest:
        return frozenset()
    loose = {w for w in rest if w in _LOOSE}
    strict = rest - loose
    near = _near(phrase, rest, directory)
    found = [s for s in near if _fits(s, strict, bool(loose), parties, rest, directory)]
    people = [s for s in found if s.role is not None] or found
    return frozenset(s.key for s in people) if len(people) <= _MOST else frozenset()


def _party_words(phrase: str, directory: Directory) -> list[tuple[str, str]]:
    """List the parties that *phrase* names with their wording."""
    return [
        (alias.parties[0].key, phrase[span.start : span.end])
        for span, alias in matches(phrase, directory.tables, question=True)
        if alias.parties
    ]


def _is_state(key: str, directory: Directory) -> bool:
    found = directory.tables.parties.get(key)
    return found is not None and found.kind == "country"


def _without(phrase: str, spellings: Iterable[tuple[str, str]]) -> str:
    for _, wording in spellings:
        phrase = phrase.replace(wording, " ", 1)
    return phrase


def _near(phrase: str, rest: frozenset[str], directory: Directory) -> list[KnownSpeaker]:
    """List those who share a word with the description, or a word of like meaning."""
    found: dict[str, KnownSpeaker] = {}
    words = set(stems(phrase)) | {stem(w) for each in rest for w in _wordings(each)}
    if rest & _LOOSE:
        words |= {stem(w) for w in _LEADERS}
    for word in words:
        found |= {s.key: s for s in directory.by_stem.get(word, ())}
    return [*found.values()]


def _wordings(meaning: str) -> list[str]:
    if not meaning.startswith("_"):
        return [meaning]
    line = next(each for each in _ALIKE if "_" + each.split("|")[0].replace(" ", "_") == meaning)
    return [word for phrase in line.split("|") for word in phrase.split()]


def _fits(
    speaker: KnownSpeaker,
    strict: frozenset[str],
    leads: bool,
    parties: set[str],
    asked: frozenset[str],
    directory: Directory,
) -> bool:
    """Return whether *speaker* is all that a description says."""
    words = f"{speaker.role or ''} {speaker.name}"
    theirs = like_meanings(words)
    if (theirs & _LESSER) - asked and "_spokesman" not in asked:
        return False
    if "_deputy" in theirs and "_deputy" not in asked:
        return False
    if not strict <= theirs:
        return False
    if leads and not (stems(speaker.role or speaker.name) & {stem(w) for w in _LEADERS}):
        return False
    if speaker.role is None and role_class(words) is None and leads:
        return False
    if not parties:
        return bool(strict)
    spoken = {p.key for p in speaker.parties}
    if parties & spoken:
        return bool(strict) or leads
    named = {alias.parties[0].key for _, alias in matches(words, directory.tables) if alias.parties}
    return bool(parties & named) and (bool(strict) or leads)
