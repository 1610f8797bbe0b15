"""
What a cue says about its content: said, denied, confirmed, or only thought.

A class is shown to readers and asked for ("did Russia deny it?"), so the lexicon claims less
than the word might: "slammed" and "condemned" are said, not accused, and an unknown word is
said. The trap is the word that decides: "declined to deny" declines, "did not deny" is a
denial that did not take place, "rejected claims" is no claim. Words from
``data/cues.tsv``, our own list; no I/O after the first call.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import cast

from index.types import CueClass


def _set(words: str) -> frozenset[str]:
    """Read blank-separated words."""
    return frozenset(words.split())


_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*|[:—–―-]+")
_CLAUSE = re.compile(r"[.,;:!?()\"“”«»—–\r\n]")
# A subject that negates ("Neither side confirmed"), at most seven words, no clause within.
_NOBODY = re.compile(
    r"\s*(?:no one|nobody|none|neither|nor|no(?! (?:wonder|doubt|\d)))\b"
    r"(?:\s+(?!(?:that|who|which|when|because|if|to|their|his|her|its)\b)\S+){0,6}\s*",
    re.I,
)
_MARKS = frozenset(":—–―-")

_NOT = _set("not never neither nor no nobody none without")
_FAIL = _set("fail fails failed failing refrained avoided short yet")
_ONLY = _set("only just merely simply")
_DETERMINERS = _set(
    "a an the his her its their our my your this that these those no any some such 's"
)
_SETTING = _set("in on at during via through by from to")
_SKIPPED = _set("""
    am is are was were be been being has have had having do does did will would wo can ca could
    shall should may might must not never neither nor ever even yet also still so far then now
    just already again once since immediately
    """)
# After these the next verb tells what was said: "seemed to deny", "sought to play down".
_RAISING = _set(
    "seem appear look tend know try seek attempt struggle strive see hear begin continue"
)
# After these the noun tells it: "issued a denial". Something was uttered, hence no thought.
_LIGHT = _set("""
    express voice air issue release publish deliver reiterate repeat restate raise lodge file
    submit present offer level put give set hold share echo convey
    """)
_WOULD = _set("would will wo")
_SILENT = _set("comment respond reply answer return elaborate")
_UNSAID = _SILENT | _set("""
    say tell confirm deny discuss disclose reveal specify identify name speculate speak talk
    clarify address detail explain give provide acknowledge
    """)


@dataclass(frozen=True, slots=True)
class CueReading:
    """
    What a cue means. ``lemma`` is the word that decided ("say", "call for"), "" if unknown.

    ``thought`` holds for beliefs, wishes and intentions, which nobody need have uttered.
    """

    cue_class: CueClass
    negated: bool
    thought: bool
    lemma: str


@dataclass(frozen=True, slots=True)
class _Entry:
    lemma: str
    parts: frozenset[str]
    cue_class: CueClass
    thought: bool


@dataclass(frozen=True, slots=True)
class _Match:
    """An entry found at words ``first`` to ``last`` (exclusive), read as *part*."""

    entry: _Entry
    first: int
    last: int
    part: str


def classify_cue(cue: str, before: str = "", after: str = "") -> CueReading:
    """
    Read what *cue* says about its content.

    Args:
        cue: the cue as written; the fragments of a discontinuous one joined by blanks.
        before: text up to the cue; only its last clause is read, for "did not" and "no one".
        after: text behind the cue; only its first words are read, for "called" + "for".
    """
    own = _words(cue)
    lead = _auxiliaries(before)
    words = lead + own
    matches = _matches(words + _words(after[:40])[:3], len(lead), len(words))
    if not matches:
        return CueReading("said", _negated(words, len(words), before), False, "")
    chosen = _deciding(words, matches)
    entry = chosen.entry
    if _says_nothing(words, chosen):
        return CueReading("declined", False, False, entry.lemma)
    if entry.lemma.endswith(" to rule out"):
        return CueReading("denied", True, False, "rule out")
    negated = entry.cue_class != "declined" and _negated(words, chosen.first, before)
    uttered = any(m.part == "verb" and not m.entry.thought for m in matches if m is not chosen)
    governs = chosen.part == "verb" and _governs(words, chosen)
    thought = entry.thought and (governs or not uttered)
    return CueReading(entry.cue_class, negated, thought, entry.lemma)


def _words(text: str) -> list[str]:
    """Split into lower-case words; "didn't" gives "did", "not"."""
    plain = text.lower().replace("’", "'").replace("cannot", "can not")
    plain = re.sub(r"n't\b", " not", plain)
    plain = re.sub(r"'(?:s|ve|d|ll|re|m)\b", " 's", plain)
    return [w if w[0] not in _MARKS else w[0] for w in _WORD.findall(plain)]


def _auxiliaries(before: str) -> list[str]:
    """List the auxiliaries and negations that stand directly before the cue."""
    words = _words(_CLAUSE.split(before[-120:])[-1])
    at = len(words)
    while at and (words[at - 1] in _SKIPPED or words[at - 1].endswith("ly")):
        at -= 1
    return words[at:]


def _matches(words: Sequence[str], first: int, last: int) -> list[_Match]:
    """Find the entries that begin between *first* and *last*, the longest at each place."""
    found: list[_Match] = []
    at = first
    while at < last:
        entry, size = _longest(words, at)
        if entry is None:
            at += 1
            continue
        verb_before = any(m.part == "verb" for m in found)
        found.append(_Match(entry, at, at + size, _part(entry, words, at, verb_before)))
        at += size
    return found


def _longest(words: Sequence[str], at: int) -> tuple[_Entry | None, int]:
    """Look up the longest entry that begins at *at*; (None, 1) if there is none."""
    entries, forms, reach = _lexicon()
    for size in range(min(reach, len(words) - at), 1, -1):
        rest = " ".join(words[at + 1 : at + size])
        for lemma in _lemmas(words[at], forms):
            entry = entries.get(f"{lemma} {rest}")
            if entry is not None:
                return entry, size
    for lemma in _lemmas(words[at], forms):
        if lemma in entries:
            return entries[lemma], 1
    return None, 1


def _part(entry: _Entry, words: Sequence[str], at: int, verb_before: bool) -> str:
    """Find how the entry is used: "rejected claims" holds a noun, "was heard claiming" none."""
    if "verb" not in entry.parts:
        return min(entry.parts)
    if "noun" not in entry.parts or (at and words[at - 1] == "to"):
        return "verb"
    if any(w in _DETERMINERS for w in words[max(at - 2, 0) : at]):
        return "noun"
    inflected = words[at].endswith(("ing", "ed")) or words[at] in _lexicon()[1]
    return "noun" if verb_before and not inflected else "verb"


def _deciding(words: Sequence[str], matches: Sequence[_Match]) -> _Match:
    """Choose the match that decides: a governing verb, the last verb, else the last noun."""
    verbs = [m for m in matches if m.part == "verb"]
    for verb in verbs:
        if verb.entry.cue_class == "declined" or _governs(words, verb):
            return verb
    spoken = [m for m in verbs if not m.entry.thought] or verbs
    nouns = [m for m in matches if m.part in ("noun", "adjective", "adverb")]
    named = [m for m in nouns if not _is_setting(words, m)] or nouns
    if spoken and not (spoken[-1].entry.lemma in _LIGHT and named):
        return spoken[-1]
    if named:
        declined = [m for m in named if m.entry.cue_class == "declined"]
        return (declined or named)[-1]
    marks = [m for m in matches if m.part == "prep"]
    return (marks or list(matches))[-1]


def _governs(words: Sequence[str], verb: _Match) -> bool:
    """Return whether *verb* rules the verb behind it: "vowed to say", "denies lying"."""
    entry = verb.entry
    if entry.lemma in _RAISING or (entry.cue_class == "said" and not entry.thought):
        return False
    behind = words[verb.last :]
    # "denied ever saying"
    behind = behind[1:] if behind[:1] == ["ever"] else behind
    return bool(behind) and (behind[0] == "to" or behind[0].endswith("ing"))


def _is_setting(words: Sequence[str], match: _Match) -> bool:
    """Return whether a noun only says where: "a denial in a statement"."""
    return any(w in _SETTING for w in words[max(match.first - 3, 0) : match.first])


def _says_nothing(words: Sequence[str], chosen: _Match) -> bool:
    """Return whether a negated verb amounts to declining: "would not say", "did not respond"."""
    lead = words[: chosen.first]
    if not _NOT.intersection(lead):
        return chosen.entry.lemma in _SILENT and "yet" in lead
    if chosen.part != "verb" and chosen.entry.lemma != "comment":
        return False
    lemma = chosen.entry.lemma.split()[0]
    return lemma in _SILENT or (lemma in _UNSAID and bool(_WOULD.intersection(lead)))


def _negated(words: Sequence[str], at: int, before: str) -> bool:
    """Return whether the words before *at*, or the subject before the cue, negate it."""
    lead = words[:at]
    nots = any(
        w in _NOT and (i + 1 == len(words) or words[i + 1] not in _ONLY) for i, w in enumerate(lead)
    )
    subject = _CLAUSE.split(before[-120:])[-1]
    nots = nots or bool(_NOBODY.fullmatch(subject))
    # "has yet to concede" fails to; "has not yet conceded" has not.
    fails = _FAIL.intersection(lead) - ({"yet"} if nots else set())
    return nots != bool(fails)


def _lemmas(word: str, forms: dict[str, str]) -> Iterator[str]:
    """List what *word* may be a form of, the likeliest first."""
    yield word
    if word in forms:
        yield forms[word]
    for ending in ("s", "es", "ed", "d", "ing"):
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < 2:
            continue
        yield stem
        if ending == "ing":
            yield stem + "e"
        if stem.endswith("i"):
            yield stem[:-1] + "y"
        if stem[-1] == stem[-2] or stem.endswith("ck"):
            yield stem[:-1]
    if word.endswith("ings"):
        yield from _lemmas(word[:-1], forms)
    if word.endswith("ying"):
        yield word[:-4] + "ie"


@cache
def _lexicon() -> tuple[dict[str, _Entry], dict[str, str], int]:
    """Read the lexicon: entries by lemma, lemmas by irregular form, words of the longest entry."""
    table = files("index.attribution").joinpath("data", "cues.tsv").read_text(encoding="utf-8")
    entries: dict[str, _Entry] = {}
    forms: dict[str, str] = {}
    for line in table.splitlines()[1:]:
        lemma, part, cue_class, thought, *irregular = line.split("\t")
        parts = frozenset(part.split("/"))
        entries[lemma] = _Entry(lemma, parts, cast(CueClass, cue_class), thought == "yes")
        forms.update(dict.fromkeys(" ".join(irregular).split(), lemma))
    return entries, forms, max(len(lemma.split()) for lemma in entries)
