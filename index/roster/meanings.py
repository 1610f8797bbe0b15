"""
Which words for offices, people and bodies mean the same: "premier", "prime minister", "Taoiseach".

Print and askers word one office differently, so both are folded into one word for it before they
are compared. Four traps. A lieutenant governor is no governor, and a chief executive officer no
police officer. A secretary is a minister only with a portfolio ("interior secretary"). And the
wider word meets the narrower one, never the other way: an archbishop is a churchman.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from index.text.words import STOP_WORDS, stem, stems

# The business of a ministry, and other words for it.
_PORTFOLIOS = {
    "foreign": "foreign affairs|foreign and commonwealth|external affairs|foreign",
    "interior": "interior|home affairs|home|internal affairs|homeland security",
    "finance": "finance|treasury|finances",
    "defence": "national defence|national defense|defence|defense|war",
    "justice": "justice",
    "agriculture": "agriculture|farming|farms|farm|agriculture and agri-food|food and agriculture",
    "trade": "international trade|commerce|trade",
    "transport": "transport|transportation|transports",
    "labour": "labour|labor|employment|work",
    "environment": "environment|climate|environmental protection",
    "education": "education|schools|higher education",
    "health": "public health|health",
    "energy": "energy|power",
    "immigration": "immigration|migration",
    "culture": "culture|arts",
}
# Phrases first, then words: each line means one office or one kind of people.
_ALIKE = (
    "prime minister|premier|pm|prime ministers|taoiseach|head of government|government head",
    "spokesman|spokeswoman|spokesperson|spokespeople|spokesmen|press secretary|press man|pressman"
    "|press officer|press chief|press aide|mouthpiece|communications director"
    "|communications chief",
    "president|head of state",
    "governor|gov",
    "senator|sen",
    "deputy|number two|second in command|second-in-command|right-hand man|no 2|vice",
    "police|cop|policeman|policewoman|officer|detective|investigator|sheriff",
    "lawyer|attorney|counsel|barrister|solicitor",
    "doctor|physician|medic|dr",
    "scientist|researcher",
    "principal|school head|headteacher|headmaster|headmistress|head teacher",
    "army|military|armed force|troop|defence force|defense force|soldier",
    "administration|government|govt",
    "ministry|department|dept",
    "professor|prof",
    "general|gen",
    "mum|mother|mom",
    "dad|father",
    "parent|mum and dad|mother and father|mom and dad",
    "worker|staff|employee",
    "union|labour union|labor union|trade union",
    "central bank|reserve bank|federal reserve",
    "prison|jail|gaol",
    "company|firm|business",
    "weather service|weather agency|weather office|met office|meteorological institute"
    "|meteorological agency|meteorological office|meteorological service|weather forecaster",
    "drug maker|drugmaker|pharmaceutical company|pharma company|drug company",
    "car maker|carmaker|automaker|auto maker",
    "information technology",
    "airline|air carrier|flag carrier",
    "ambassador|envoy",
    "coach|trainer",
    "lawmaker|legislator|parliamentarian|mp|congressman|congresswoman",
)
# Before all others: words of which a part means something else.
_FIRST = (
    (r"chief (\w+) officers?\b", r"chief \1"),
    (r"\bc\.?e\.?o\b\.?|\bchief executives?\b", "chief executive"),
    (r"\bsecretary of state for\b", "secretary for"),
    (r"\b(?:lieutenant|lt\.?) (?:governor|gov\b\.?)", " deputy governor "),
    (r"\b(?:top cop|police boss)\b", " police chief "),
    (r"\b(?:chief information|cio\b|it (?=(?:boss|chief|head|director|manager|expert)\b))",
     " _information_technology chief "),
    (r"\b(?:top|chief) diplomats?\b|\bsecretary of state\b(?! for)|\bforeign secretar(?:y|ies)\b",
     " foreign minister "),
    (r"\bchancellor of the exchequer\b|\btreasurer\b", " finance minister "),
    (r"\battorney general\b", " justice minister "),
    (r"\b(?:defence|defense) chiefs?\b", " defence minister "),
    (r"\b(?:colleague|counterpart|opposite number|head|chief|boss|minister)s? (?:at|in|of) "
     r"(?:the )?(?=[a-z ]{2,24}(?:ministry|department)\b|ministry of\b)", " colleague at "),
)  # fmt: skip
# A word of wider meaning, and those that it takes in.
_WIDER = {
    "churchman": "archbishop bishop cardinal patriarch primate pope priest pastor vicar canon dean",
    "cleric": "archbishop bishop cardinal patriarch priest pastor imam ayatollah rabbi mullah",
    "_police": "constable",
    "medic": "nurse surgeon paramedic practitioner",
    "_doctor": "surgeon practitioner gp paediatrician pediatrician cardiologist epidemiologist",
    "academic": "_professor lecturer scholar historian economist _scientist",
    "scholar": "_professor lecturer historian academic fellow",
    "expert": "specialist analyst _professor fellow",
    "_scientist": "biologist physicist chemist geologist astronomer climatologist epidemiologist"
    " virologist meteorologist seismologist ecologist glaciologist oceanographer",
    "politician": "minister _president _senator _lawmaker _governor mayor _prime_minister",
    "_lawmaker": "_senator representative rep deputy member mep",
    "diplomat": "_ambassador consul",
    "campaigner": "activist advocate",
    "banker": "bank",
    "journalist": "reporter correspondent editor columnist anchor",
    "storyteller": "author novelist writer",
    "crew": "skipper captain",
    "general": "_army junta",
    "shopkeeper": "owner",
    "businessman": "entrepreneur billionaire tycoon founder chief executive",
    "tycoon": "billionaire entrepreneur businessman founder",
}
# By what else of `_FIRST` a meaning may be worded in print.
_ALSO = {
    "_deputy": "lt lieutenant",
    "_governor": "lt lieutenant",
    "_information_technology": "it cio",
    "_foreign": "state diplomat",
    "_finance": "exchequer treasurer",
    "_justice": "attorney",
    "minister": "secretary secretarie exchequer treasurer attorney diplomat chief",
    "chief": "ceo cio",
    "executive": "ceo",
    "_ministry": "department dept",
    "_prime_minister": "chancellor",
}
# Meanings that are nobody.
_THINGS = frozenset("_prison _information_technology _general".split())
_PLAIN = STOP_WORDS | frozenset(
    """the of a an s and for in at to from by its his her their own top senior chief's people side
    official officials spokes new current acting interim then local""".split()
)


def words_of(line: str) -> str:
    """Name what a line of words that are alike means, by its first."""
    return line.split("|")[0].replace(" ", "_")


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_FIRSTS = tuple((re.compile(pattern), put) for pattern, put in _FIRST)
_FIELDS = {word: name for name, words in _PORTFOLIOS.items() for word in words.split("|")}
_OFFICE = r"(?P<head>ministers?|secretar(?:y|ies)|ministr(?:y|ies)|departments?|dept)"
_FIELD = rf"(?P<field>{_any(_FIELDS)})"
_PORTFOLIO = (
    re.compile(rf"\b{_OFFICE} (?:of|for)(?: the)? {_FIELD}\b"),
    re.compile(rf"\b{_FIELD}(?: and [a-z]+)?(?: affairs)? {_OFFICE}\b"),
)
_AT_MINISTRY = re.compile(r"\bcolleague at\s+(?:the )?\s*(_\w+) ministry")
_MEANT = {word: f" _{words_of(line)} " for line in _ALIKE for word in line.split("|")}
_SAME = re.compile(rf"(?<![\w-])(?P<word>{_any(_MEANT)})s?\b\.?")


def _put_office(match: re.Match[str]) -> str:
    """Put one word for the business and one for the office: "_health minister"."""
    office = "minister" if match["head"][:8] in ("minister", "secretar") else "ministry"
    return f" _{_FIELDS[match['field']]} {office} "


@lru_cache(maxsize=20_000)
def like_meanings(text: str) -> frozenset[str]:
    """Take the stems of a role or description, words of one meaning folded into one."""
    low = text.lower().replace("’", "'")
    for pattern, put in _FIRSTS:
        low = pattern.sub(put, low)
    for pattern in _PORTFOLIO:
        low = pattern.sub(_put_office, low)
    low = _AT_MINISTRY.sub(r" \1 minister ", low)
    low = _SAME.sub(lambda match: _MEANT[match["word"]], low)
    found = {w for w in low.split() if w.startswith("_")}
    rest = " ".join(w for w in low.split() if not w.startswith("_"))
    return frozenset(found | {s for s in stems(re.sub(r"'s\b", "", rest)) if s not in _PLAIN})


def is_office(words: Sequence[str]) -> bool:
    """Return whether *words* end in an office, or people of a kind: "the number two"."""
    last, pair = words[-1].lower(), " ".join(words[-2:]).lower()
    found = like_meanings(last) | (like_meanings(pair) - like_meanings(" ".join(words[-2:-1])))
    return last in _WIDER or any(m[0] == "_" and m not in _THINGS for m in found)


def is_met(asked: str, theirs: frozenset[str]) -> bool:
    """Return whether one word of a description is among *theirs*, or a narrower one is."""
    return asked in theirs or not theirs.isdisjoint(_narrower(asked))


@lru_cache(maxsize=1_024)
def _narrower(asked: str) -> frozenset[str]:
    return frozenset(_WIDER.get(asked, "").split())


@lru_cache(maxsize=1_024)
def wordings(meaning: str) -> frozenset[tuple[str, ...]]:
    """List how *meaning*, or something narrower, may be worded: the stems of each phrase."""
    found = set(_ALSO.get(meaning, "").split())
    for each in (meaning, *_narrower(meaning)):
        name = each.removeprefix("_")
        found.add(name)
        if each.startswith("_"):
            lines = [line for line in _ALIKE if words_of(line) == name]
            found |= {phrase for line in lines for phrase in line.split("|")}
            found |= set(_PORTFOLIOS.get(name, name).split("|"))
    return frozenset(tuple(stem(w) for w in re.split(r"[\s_]+", phrase)) for phrase in found)


def portfolios(meanings: frozenset[str]) -> frozenset[str]:
    """List the fields of business among *meanings*: "_foreign", "_health"."""
    return frozenset(m for m in meanings if m.removeprefix("_") in _PORTFOLIOS and m[0] == "_")
