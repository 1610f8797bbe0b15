"""
Who on record fits a description: "the Texas governor", "Putin's spokesman", "the British PM".

`lookup` finds names and roles as they are worded in print. People ask in other words: "Gov."
stands in print for a governor, "home secretary" for an interior minister, and for whom somebody
speaks may only stand in the words of the role. Every word of a description must be met, by a
word of the role or the name, by one of like meaning, or by the party; else it is another person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from index.roster.descriptions import is_description
from index.roster.directory import Directory
from index.roster.lookup import known_person, role_of, speaker_keys
from index.roster.meanings import is_met, like_meanings, portfolios, wordings
from index.roster.seats import keys_of_seat, seat_of
from index.speakers.gazetteer.names import name_key, names_agree, surname
from index.speakers.gazetteer.parties import matches
from index.speakers.gazetteer.roles import role_class
from index.store import KnownSpeaker
from index.text.words import stem, stems

# Whoever leads something, by whatever title; asked for so, any of these will do.
_LEADERS = frozenset(
    """head chief boss leader director president chairman chairwoman chairperson chair ceo
    executive secretary-general commander principal commissioner superintendent administrator
    minister secretary governor mayor commandant""".split()
)
_LOOSE = frozenset("head chief boss leader".split())
_LESSER = frozenset("deputy vice former ex assistant aide adviser advisor wife husband".split())
# "the city's police chief": which city, the question before has said.
_OWNER = re.compile(
    r"(?i)\b(?:the\s+|this\s+|that\s+)?(?:city|town|country|state|island|region|province|county"
    r"|village|nation|company|firm|group|agency|ministry|bank|club|school|hospital|university|court"
    r"|union|party|church|app|team|paper|airline)['’]s?\s+"
)
_OF_PERSON = re.compile(
    r"^(?:the\s+)?(?P<owner>[^\W\d_][\w.-]*(?:\s[\w.-]+){0,2}?)['’]s?\s+(?P<rest>\S.*)$"
)
# Whoever speaks for one of these does not speak for the head of the state.
_BRANCHES = frozenset("_ministry _police _army parliament embassy mission court senate".split())
# Of many who fit a description of few words, it means none in particular; without an owner, fewer.
_MOST, _MOST_WITHOUT = 12, 3


def speakers_meant(name: str, directory: Directory, party: str | None = None) -> frozenset[str]:
    """Find the keys of those whom a name, a role or a description means; see `speaker_keys`."""
    if seat_of(name):
        return keys_of_seat(name, directory)
    found = speaker_keys(name, directory, party=party)
    # An "ambassador to Russia" is not Russia's, whatever words they share.
    if (found and role_of(name) is None) or re.search(r"(?i)\sto\s", name):
        return found
    described = described_keys(name, directory, party)
    return found | {key for key in described if not _is_of_another(key, party, directory)}


def _is_of_another(key: str, party: str | None, directory: Directory) -> bool:
    """Return whether somebody speaks for others than the state whose officer is asked for."""
    known = directory.by_key.get(key)
    if known is None or not known.parties or party is None or not _is_state(party, directory):
        return False
    return party not in {each.key for each in known.parties}


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
    found = _fitting(phrase, directory, party, _MOST)
    if not found and _OWNER.search(phrase):
        found = _fitting(_OWNER.sub("", phrase, count=1), directory, party, _MOST_WITHOUT)
    return found or _spokesman_of(phrase, directory) or _in_office(phrase, directory, party)


def _fitting(phrase: str, directory: Directory, party: str | None, most: int) -> frozenset[str]:
    """Find those whose words meet all that *phrase* says, if they are *most* at most."""
    spellings = _party_words(phrase, directory)
    rest = like_meanings(_without(phrase, spellings)) if spellings else like_meanings(phrase)
    parties = {party} if party else set()
    parties |= {key for key, _ in spellings}
    if not rest and not any(_is_state(key, directory) for key in parties):
        # "the Red Cross": a body that is on record by a fuller name only.
        rest, parties = like_meanings(phrase), set()
    if not rest:
        return frozenset()
    strict = rest - _LOOSE
    # "Wang of the bank" is called Wang; "Kelly" is no description of "Kelly's lawyer".
    named = role_of(phrase) is None and not is_description(phrase)
    near = _near(strict or rest, directory)
    found = [
        s for s in near
        if not (named and s.role is not None and rest.isdisjoint(stems(s.name)))
        and _fits(s, strict, bool(rest & _LOOSE), parties, rest, directory)
    ]  # fmt: skip
    people = [s for s in found if s.role is not None] or found
    return frozenset(s.key for s in people) if len(people) <= most else frozenset()


def _spokesman_of(phrase: str, directory: Directory) -> frozenset[str]:
    """Find who speaks for the one named: "Putin's spokesman" is the Kremlin's."""
    match = _OF_PERSON.match(phrase)
    if match is None or like_meanings(match["rest"]) != {"_spokesman"}:
        return frozenset()
    person = known_person(match["owner"], directory)
    holders = directory.tables.holders_of(name_key(match["owner"]), None)
    parties = {p.key for p in person.parties} if person else {h.party for h in holders}
    last = stem(surname(name_key(match["owner"])))
    speaking = [s for s in _near(frozenset({"_spokesman"}), directory)
                if "_spokesman" in _words_of(s)]  # fmt: skip
    his = [s for s in speaking if last in name_key(s.role or s.name).split()]
    theirs = [
        s for s in speaking
        if parties & {p.key for p in s.parties}
        and not _BRANCHES & _words_of(s) and not portfolios(_words_of(s))
    ]  # fmt: skip
    found = his or theirs
    return frozenset(s.key for s in found) if len(found) <= _MOST_WITHOUT else frozenset()


def _in_office(phrase: str, directory: Directory, party: str | None) -> frozenset[str]:
    """Find the only one on record without a role who held the office: by the shipped tables."""
    asked = _party_words(phrase, directory)
    parties = {party} if party else {key for key, _ in asked}
    office = like_meanings(_without(phrase, asked))
    if not parties or not office or role_of(phrase) is None:
        return frozenset()
    holders = (
        h for held in directory.tables.holders.values() for h in held
        if h.party in parties and office == like_meanings(h.office)
    )  # fmt: skip
    found = {
        s.key
        for h in holders
        for s in directory.sharing(h.key.split())
        if s.role is None and names_agree(s.key, h.key) and len(s.key.split()) > 1
        and h.party in {p.key for p in s.parties}
    }  # fmt: skip
    return frozenset(found) if len(found) == 1 else frozenset()


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


def _near(asked: frozenset[str], directory: Directory) -> list[KnownSpeaker]:
    """List those who may meet all of *asked*: those of its rarest word."""
    near = [_holding(word, directory) for word in asked]
    return [*min(near, key=len).values()] if near else []


def _holding(word: str, directory: Directory) -> dict[str, KnownSpeaker]:
    """Collect those who may hold a word or one of like meaning."""
    phrases = {(stem(w),) for w in _LEADERS} if word in _LOOSE else wordings(word)
    rarest = (min((directory.by_stem.get(w, ()) for w in each), key=len) for each in phrases)
    return {speaker.key: speaker for bucket in rarest for speaker in bucket}


def _words_of(speaker: KnownSpeaker) -> frozenset[str]:
    return like_meanings(f"{speaker.role or ''} {speaker.name}")


def _fits(
    speaker: KnownSpeaker,
    strict: frozenset[str],
    leads: bool,
    parties: set[str],
    asked: frozenset[str],
    directory: Directory,
) -> bool:
    """Return whether *speaker* is all that a description says."""
    theirs = _words_of(speaker)
    if (theirs & _LESSER) - asked and "_spokesman" not in asked:
        return False
    if "_deputy" in theirs and "_deputy" not in asked:
        return False
    spoken = {p.key for p in speaker.parties}
    if spoken & {"germany", "austria"} and "chancellor" in theirs:
        theirs |= {"_prime_minister"}
    if not all(is_met(word, theirs) for word in strict):
        return False
    if leads and not (stems(speaker.role or speaker.name) & {stem(w) for w in _LEADERS}):
        return False
    words = f"{speaker.role or ''} {speaker.name}"
    if speaker.role is None and role_class(words) is None and leads:
        return False
    if not parties:
        return bool(strict)
    if parties & spoken:
        return bool(strict) or leads
    named = directory.parties_named(words)
    return bool(parties & named) and (bool(strict) or leads)
