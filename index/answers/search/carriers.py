"""
Tell outlets that carry one report from those that have articles of their own. Pure.

Two signs show one report: both name the same agency (in the byline, in the dateline, beside the
statement), or their texts share most word sequences besides the statement itself, which everybody
at a press conference has alike. Short articles, and those that share some, are left undecided.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.answers.search.duplicates import Match
from index.text.words import words
from index.types import Article
from index.witnesses import Witnesses

_LENGTH = 5  # words of a sequence
_FEWEST = 20  # sequences of a text that can be compared
_SAME, _APART = 0.5, 0.15  # of the shorter text's sequences
_DATELINE_REACH = 300  # characters

_AGENCIES = {
    "Reuters": r"Reuters",
    "AP": r"AP|(?:The )?Associated Press",
    "AFP": r"AFP|Agence France[- ]Presse",
    "TASS": r"(?:ITAR-|Itar-)?T(?:ASS|ass)",
    "RIA Novosti": r"RIA(?: Novosti)?",
    "Interfax": r"Interfax",
    "Xinhua": r"Xinhua",
    "Anadolu": r"Anadolu(?: Agency)?",
    "Yonhap": r"Yonhap",
    "Kyodo": r"Kyodo(?: News)?",
    "dpa": r"dpa|DPA|Deutsche Presse-Agentur",
    "ANSA": r"ANSA",
    "EFE": r"EFE",
    "PA": r"PA(?: Media)?|(?:The )?Press Association",
    "UPI": r"UPI|United Press International",
    "PTI": r"PTI|Press Trust of India",
    "Bloomberg": r"Bloomberg(?: News)?",
    "IRNA": r"IRNA",
    "KCNA": r"KCNA",
    "Ukrinform": r"Ukrinform",
}
_KNOWN = {name: re.compile(rf"(?<![\w&])(?:{how})(?![\w&])") for name, how in _AGENCIES.items()}
_ANY = "|".join(_AGENCIES.values())
# "ANKARA, Feb 7 (Transmarine Press) - Turkey …": the name in brackets is whose report it is.
_DATELINE = re.compile(
    r"^[ \t]*[A-Z][A-Z .,'/-]{2,40}[^()\n]{0,20}\(([^()\n]{2,40})\)\s*[-–—]", re.M
)
_NAME = r"[A-Z][\w'’-]*(?: [A-Z][\w'’-]*){0,2}"
_BESIDE = (
    re.compile(rf"\btold (?:the )?({_ANY})(?![\w&])"),
    re.compile(rf"(?<![\w&])({_ANY})(?: news agency)? (?:reported|quoted|cited)\b"),
    re.compile(rf"\b(?:according to|quoted by|cited by|reported by) (?:the )?({_ANY})(?![\w&])"),
    re.compile(rf"\b({_NAME}) news agency\b"),
)


@dataclass(frozen=True, slots=True)
class _Carrier:
    """One article that has a statement: whose report it says it is, and its other words."""

    outlet: str
    agency: str | None
    sequences: frozenset[str]


def witnesses_of(copies: Sequence[Match]) -> Witnesses | None:
    """
    Sort the outlets that have one statement.

    Args:
        copies: the statement in each article that has it.

    Returns:
        None where fewer than two outlets are known.
    """
    carriers = [_carrier(one) for one in copies if one.item.article.outlet]
    outlets = list(dict.fromkeys(one.outlet for one in carriers))
    if len(outlets) < 2:
        return None
    groups = _groups(carriers)
    largest = max(groups, key=lambda group: len({one.outlet for one in group}))
    shared = list(dict.fromkeys(one.outlet for one in largest))
    agencies = {one.agency for one in largest if one.agency}
    if len(shared) < 2 or len(agencies) > 1:
        shared, agencies = [], set()
    own = [
        outlet
        for outlet in outlets
        if outlet not in shared
        and all(_is_own(one, carriers) for one in carriers if one.outlet == outlet)
    ]
    return Witnesses(tuple(shared), tuple(own), next(iter(agencies), None))


def _carrier(found: Match) -> _Carrier:
    article = found.item.article
    beside = set(found.sentences)
    texts = [
        article.text[sentence.start : sentence.end]
        for sentence in found.item.sentences
        if sentence.index not in beside
    ]
    return _Carrier(
        article.outlet or "", _agency_of(article, " ".join(found.texts)), _sequences(texts)
    )


def _sequences(texts: Sequence[str]) -> frozenset[str]:
    cut = [words(text) for text in texts]
    return frozenset(
        " ".join(tokens[at : at + _LENGTH])
        for tokens in cut
        for at in range(len(tokens) - _LENGTH + 1)
    )


def _agency_of(article: Article, statement: str) -> str | None:
    """Find whose report an article says it is; an agency's own is its own."""
    for text in (article.outlet, article.byline):
        if name := _known(text or ""):
            return name
    if found := _DATELINE.search(article.text[:_DATELINE_REACH]):
        return _known(found[1]) or found[1].strip()
    for pattern in _BESIDE:
        if found := pattern.search(statement):
            return _known(found[1]) or found[1]
    return None


def _known(text: str) -> str | None:
    return next((name for name, how in _KNOWN.items() if how.search(text)), None)


def _groups(carriers: Sequence[_Carrier]) -> list[list[_Carrier]]:
    """Group the articles that carry one report; two that each share it with a third do too."""
    groups: list[list[_Carrier]] = []
    for one in carriers:
        near = [group for group in groups if any(_is_one_report(one, each) for each in group)]
        joined = [*(each for group in near for each in group), one]
        groups = [group for group in groups if group not in near] + [joined]
    return groups


def _is_one_report(one: _Carrier, other: _Carrier) -> bool:
    if one.agency and other.agency:
        return one.agency == other.agency
    if (one.agency and one.agency == other.outlet) or other.agency == one.outlet:
        return True
    common = _common(one, other)
    return common is not None and common >= _SAME


def _is_own(one: _Carrier, carriers: Sequence[_Carrier]) -> bool:
    """Return whether an article names nobody else's report and shares little with any other."""
    if one.agency is not None and _known(one.outlet) != one.agency:
        return False
    others = (_common(one, each) for each in carriers if each.outlet != one.outlet)
    return all(common is not None and common < _APART for common in others)


def _common(one: _Carrier, other: _Carrier) -> float | None:
    """Measure how much of the shorter text stands in the other; None for one that is too short."""
    fewest = min(len(one.sequences), len(other.sequences))
    if fewest < _FEWEST:
        return None
    return len(one.sequences & other.sequences) / fewest
