"""
Which sentences of an article hold the words of a topic, in any form or spelling of them.

An article is folded and looked through as one text: by sentences it takes three times as long.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache

from index.text.spelling import SHORTEST
from index.text.words import folded, is_akin, stem
from index.types import IndexedArticle

_BETWEEN = "\0"  # stands in no word
_WHOLE = re.compile(r"(?<![^\W_])(?<![^\W_][-'’.])[^\W_]+(?:[-'’.][^\W_]+)*")


class FoldedSentences:
    """The sentences of an article as one folded text, and where each ends."""

    def __init__(self, item: IndexedArticle) -> None:
        text = item.article.text.replace(_BETWEEN, " ")
        self._joined = folded(
            _BETWEEN.join([text[each.start : each.end] for each in item.sentences])
        )
        self._ends = [match.start() for match in re.finditer(_BETWEEN, self._joined)]
        self._prepared: WordsApart | None = None

    def prepare(self) -> None:
        """Take the words apart, for many topics; one alone is found faster without."""
        if self._prepared is None:
            self._prepared = WordsApart(self._joined, self._ends)

    def holding(self, wanted: tuple[str, ...]) -> dict[str, frozenset[int]]:
        """Find the sentences that hold each of some stems, in any form."""
        if self._prepared is not None:
            return self._prepared.holding(wanted)
        found: dict[str, set[int]] = {word: set() for word in wanted}
        for pattern in _beginning(wanted):
            for match in pattern.finditer(self._joined):
                for word in _meant(match.group(), wanted):
                    found[word].add(bisect_left(self._ends, match.start()))
        return {word: frozenset(places) for word, places in found.items()}


class WordsApart:
    """The words of a folded text, each once, for topics one after the other."""

    def __init__(self, text: str, ends: Sequence[int] = ()) -> None:
        """Take *text* apart; *ends* tells where its sentences end, but for the last."""
        # By the initials of words and of their stems: the stems, and the sentences with these.
        self._stems: dict[str, dict[str, set[int]]] = {}
        self._found: dict[tuple[str, str], frozenset[int]] = {}
        for match in _WHOLE.finditer(text):
            word, at = match[0], bisect_left(ends, match.start())
            held = stem(word.replace("’", "'"))
            here = self._stems.setdefault(word[0] + held[0], {})
            here.setdefault(held, set()).add(at)

    def holding(self, wanted: tuple[str, ...]) -> dict[str, frozenset[int]]:
        """Find the sentences that hold each of some stems, in any form."""
        initials = {word[0] for word in wanted}
        return {w: frozenset[int]().union(*(self._places(w, i) for i in initials)) for w in wanted}

    def _places(self, wanted: str, initial: str) -> frozenset[int]:
        """Find the sentences with a form of a stem among the words that begin with *initial*."""
        stems = self._stems.get(initial + wanted[0])
        if stems is None:
            return frozenset()
        if (wanted, initial) not in self._found:
            places = (at for held, at in stems.items() if _is_form(wanted, held))
            self._found[wanted, initial] = frozenset[int]().union(*places)
        return self._found[wanted, initial]


def held_by(text: str, wanted: tuple[str, ...]) -> frozenset[str]:
    """Find which of some stems a text holds, in any form or spelling."""
    return frozenset().union(*(_meant(word, wanted) for word in _words_like(text, wanted)))


def _words_like(text: str, wanted: tuple[str, ...]) -> Iterator[str]:
    text = folded(text)
    for pattern in _beginning(wanted):
        yield from pattern.findall(text)


@lru_cache(maxsize=64)
def _beginning(wanted: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """
    Make patterns of whole words that begin like one of some stems: few others can be meant.

    One for each initial, with which it begins: what does not begin so is then passed over at the
    speed of a search for one letter.
    """
    shortest: dict[str, int] = {}
    for word in wanted:
        # Two letters may be lost in typing, three in another spelling; short words have no slips.
        least = len(word) - (3 if len(word) >= SHORTEST else 0)
        shortest[word[0]] = min(least, shortest.get(word[0], least))
    return tuple(
        re.compile(
            rf"{re.escape(initial)}(?<![^\W_].)(?<![^\W_][-'’.].)"
            rf"(?=[^\W_]{{{max(0, least - 1)}}}|[^\W_]*[-'’.])[^\W_]*(?:[-'’.][^\W_]+)*"
        )
        for initial, least in sorted(shortest.items())
    )


@lru_cache(maxsize=16_384)
def _meant(word: str, wanted: tuple[str, ...]) -> frozenset[str]:
    """Find which of some stems *word* is a form or a spelling of."""
    held = stem(word.replace("’", "'"))
    return frozenset(w for w in wanted if _is_form(w, held))


def _is_form(wanted: str, held: str) -> bool:
    return wanted == held or (wanted[0] == held[0] and is_akin(wanted, held))
