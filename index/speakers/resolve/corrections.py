"""
Warn of what an editor's note takes back: "Correction: Mayor Lind did not say this."

A note stands at the foot or head of the article, or comes beside it. It gives the words, or only
names whose they were not or whose they are; where it cannot be told which are meant, all that the
one said bears the warning. Notes on names and figures are no such notes. Offsets are characters
into ``Article.text``. No I/O.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.labels import NOT_SAID, UNCONFIRMED
from index.types import Article, Label, Span, Statement

_NOTE = re.compile(
    r"^[ \t*_(\[]*(?:(?:editor|publisher|author)s?['’]?s?\s(?:['’]s\s)?note|note\sto\sreaders"
    r"|(?:corrections?|clarifications?|retraction|amendment|erratum|apology|update)\s*(?:[:.—–-]|\n|$|\([^)]*\))"
    r"|(?:this|the)\s(?:article|story|report|piece|column|post)\s(?:was|has\sbeen|originally|first"
    r"|initially|incorrectly|wrongly|mistakenly|previously|misquoted|misattributed)\b"
    r"|(?:an?\s(?:earlier|previous|prior)|the\soriginal|a\sprint)\sversion\b"
    r"|(?:we|in\san\searlier\sversion[^.\n]{0,40}?we)\s(?:wrongly|incorrectly|mistakenly|misquoted"
    r"|misattributed|originally))[^\n]*",
    re.IGNORECASE | re.MULTILINE,
)
_WRONGLY = (
    r"(?:wrongly|incorrectly|mistakenly|erroneously|falsely|inaccurately|originally|initially)"
)
_NAME = r"(?P<name>(?:[\w’'.-]+\s){0,4}?[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)*)"
_SPEECH = (
    r"(?:quot(?:e|es|ation|ations|ed|ing)|remarks?|words|comments?|statements?|sentence|phrase)"
)
_SPOKEN = r"(?:spoken|said|made|uttered|written|used|given)"
# Whose words they were not.
_NOT_HIS = (
    re.compile(
        rf"{_NAME}\s(?:did\snot|didn['’]t|never|has\snot|had\snot|has\snever|had\snever)\s"
        r"(?:actually\s)?(?:say|said|utter|make|made|use|used|write|tell|told|speak|spoken)\b"
        r"(?P<what>[^.;“”\"\n]*)"
    ),
    re.compile(
        rf"(?:mis-?attributed|{_WRONGLY}\s(?:attributed|ascribed|credited))\b[^.;\n]{{0,80}}?"
        rf"\sto\s{_NAME}"
    ),
    re.compile(
        rf"(?:misquoted|{_WRONGLY}\s(?:quoted|cited))\s{_NAME}"
        r"(?:\sas\s(?:saying|telling|stating|claiming)\s(?P<what>[^.;“”\"\n]*))?"
    ),
    re.compile(rf"{_NAME}\s(?:was|were|had\sbeen|is)\s(?:misquoted|{_WRONGLY}\s(?:quoted|cited))"),
    re.compile(rf"\b(?:by|from)\s[^.;\n]{{3,60}}?,?\s(?:and\s)?not\s(?:by\s|from\s)?{_NAME}"),
    re.compile(rf"\bnot\s(?:by\s|from\s)?{_NAME},?\sbut\s(?:by|from)?"),
    re.compile(
        rf"{_NAME}['’]s?\s(?:[a-z]+\s)?{_SPEECH}\b[^.;\n]{{0,60}}?(?:mistranslated|misquoted|altered"
        r"|taken out of context|fabricated|invented|misheard|paraphrased)"
    ),
)
# Whose words they are.
_HIS = re.compile(
    rf"\b(?:was|were|is|are|had\sbeen|been|actually|fact)\s(?:in\sfact\s|actually\s)?{_SPOKEN}?\s?(?:by|from)\s{_NAME}"
)
_OF_SPEECH = re.compile(
    rf"\bmis-?(?:quot|attribut|translat|heard)|{_WRONGLY}\s(?:quot|attribut|ascrib|credit|cit)"
    rf"|\b{_SPEECH}\b[^.;\n]{{0,80}}?\b(?:attributed|{_SPOKEN}\sby|wrong|fabricated|invented|removed)"
    r"|\bmisidentif\w+\s(?:the\s)?(?:speaker|source|person\squoted)",
    re.IGNORECASE,
)
_RETRACTED = re.compile(
    r"\b(?:article|story|report|piece)\b[^.;\n]{0,60}?\b(?:retracted|withdrawn)\b|\bretract(?:s|ed|ing)?"
    r"\s(?:this|the)\s(?:article|story|report)|\bcould\snot\s(?:be\sverified|verify|stand\sby)",
    re.IGNORECASE,
)
_TAKEN_BACK = re.compile(
    rf"\b(?:{_WRONGLY}|earlier\sversion|previous\sversion|misquoted)\b[^.;“”\"]*$", re.IGNORECASE
)
_QUOTED = re.compile(r"[“\"‘']([^“”\"\n]{3,240}?)[”\"](?!\w)|‘([^’\n]{6,240})’")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_EMPTY = frozenset(
    "the a an that of to in is are was were it he she they and or be this so".split()
)
_ALIKE = 0.6


@dataclass(frozen=True, slots=True)
class _Note:
    """A note: where it stands (nowhere if beside the article), its words, whose words it means."""

    span: Span
    text: str
    quoted: tuple[frozenset[str], ...]
    not_his: tuple[tuple[str, str], ...]
    his: tuple[str, ...]


def with_corrections(statements: Sequence[Statement], article: Article) -> list[Statement]:
    """
    Label the statements of an article that its own notes take back.

    Args:
        statements: of the article.
        article: its text, and the note beside it.
    """
    notes = [note for note in _notes(article) if _speaks_of_words(note)]
    if not notes:
        return list(statements)
    found: list[Statement] = []
    for one in statements:
        labels = [label for note in notes if (label := _label(one, note, statements, article.text))]
        best = NOT_SAID if NOT_SAID in labels else labels[0] if labels else None
        known = best is None or {NOT_SAID, best} & set(one.labels)
        found.append(one if known or best is None else replace(one, labels=(*one.labels, best)))
    return found


def _notes(article: Article) -> list[_Note]:
    """List the notes of an article, in reading order."""
    text = article.text
    found = []
    for match in _NOTE.finditer(text):
        end = match.end()
        if len(match.group().split()) <= 3:
            # The heading alone: what it heads stands below.
            start = end + len(text[end:]) - len(text[end:].lstrip())
            end = text.find("\n", start) if "\n" in text[start:] else len(text)
        found.append(_read(Span(match.start(), end), text[match.start() : end]))
    return [*found, _read(Span(0, 0), article.note)] if article.note else found


def _read(span: Span, words: str) -> _Note:
    """Read whose words a note means, and which."""
    quoted = tuple(frozenset(_words(a or b)) for a, b in _QUOTED.findall(words))
    plain = _QUOTED.sub(" ", words)
    not_his = tuple(
        (found["name"], found.groupdict().get("what") or "")
        for pattern in _NOT_HIS
        for found in pattern.finditer(plain)
    )
    his = tuple(found["name"] for found in _HIS.finditer(plain))
    return _Note(span, words, quoted, not_his, his)


def _speaks_of_words(note: _Note) -> bool:
    """Return whether a note is on who said what, not on a name or a figure."""
    return bool(note.not_his or _OF_SPEECH.search(note.text) or _RETRACTED.search(note.text))


def _label(one: Statement, note: _Note, statements: Sequence[Statement], text: str) -> Label | None:
    """Say what *note* makes of a statement; None for nothing."""
    place = min((s.start for s in (*one.attribution.cue, *one.attribution.content)), default=0)
    if note.span.start <= place < note.span.end:
        return NOT_SAID if _TAKEN_BACK.search(text[note.span.start : place]) else None
    if _RETRACTED.search(note.text) and not note.not_his:
        return UNCONFIRMED
    if one.speaker is None or any(_names(name, one) for name in note.his):
        return None
    own = _content(one, text)
    blamed = [what for name, what in note.not_his if _names(name, one)]
    if note.not_his and not blamed and not note.his:
        return None
    if any(_alike(words, own) for words in note.quoted):
        return NOT_SAID
    if blamed:
        return _of_blamed(one, blamed, note, statements, text)
    apart = bool(note.not_his) or any(
        _alike(words, _content(other, text)) for words in note.quoted for other in statements
    )
    return None if apart or one.attribution.kind == "indirect" else UNCONFIRMED


def _of_blamed(
    one: Statement, blamed: Sequence[str], note: _Note, statements: Sequence[Statement], text: str
) -> Label | None:
    """Say what becomes of a statement by the one who did not say so; None if others are meant."""
    theirs = [
        other
        for other in statements
        if other.speaker is not None
        and one.speaker is not None
        and other.speaker.key == one.speaker.key
        and not _within(other, note)
    ]
    meant = [frozenset(_words(what)) for what in blamed]
    meant = [*note.quoted, *(words for words in meant if len(words) > 1)]
    if any(_alike(words, _content(one, text)) for words in meant):
        return NOT_SAID
    if meant:
        # The words stand elsewhere, or no longer in the article.
        return None
    return NOT_SAID if len(theirs) == 1 else UNCONFIRMED


def _within(one: Statement, note: _Note) -> bool:
    """Return whether a statement stands in a note."""
    return any(note.span.start <= s.start < note.span.end for s in one.attribution.content)


def _names(name: str, one: Statement) -> bool:
    """Return whether a name in a note is the speaker's: by a word of it with a capital."""
    if one.speaker is None:
        return False
    written = {re.sub(r"['’]s?$", "", word) for word in name.split()}
    own = {word for word in one.speaker.name.split() if word[:1].isupper()}
    return one.speaker.name.split()[-1] in written or bool(own and own <= written)


def _content(one: Statement, text: str) -> frozenset[str]:
    """Collect the words of a statement."""
    return frozenset(w for span in one.attribution.content for w in _words(text[slice(*span)]))


def _words(part: str) -> list[str]:
    """List the words of a text that tell it from others, in small letters."""
    return [low for word in _WORD.findall(part) if (low := word.lower()) not in _EMPTY]


def _alike(some: frozenset[str], own: frozenset[str]) -> bool:
    """Return whether what a note quotes stands in a statement, but for some words."""
    return bool(some) and len(some & own) >= _ALIKE * len(some)
