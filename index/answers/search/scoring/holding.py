"""
Which sentences of an article hold the words of a topic, in any form or spelling of them.

An article is folded and looked through as one text: by sentences it takes three times as long.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache

from index.text.spelling import SHORTEST
from index.text.words import folded, is_akin, stem
from index.types import IndexedArticle

_BETWEEN = "\0"  # stands in no word


class FoldedSentences:
    """The sentences of an article as one folded text, and where each ends."""

    def __init__(self, item: IndexedArticle) -> None:
        text = item.article.text.replace(_BETWEEN, " ")
        self._joined = folded(
            _BETWEEN.join([text[each.start : each.end] for each in item.sentences])
        )
        self._ends = [match.start() for match in re.finditer(_BETWEEN, self._joined)]

    def holding(self, wanted: tuple[str, ...]) -> dict[str, frozenset[int]]:
        """Find the sentences that hold each of some stems, in any form."""
        found: dict[str, set[int]] = {word: set() for word in wanted}
        for pattern in _beginning(wanted):
            for match in pattern.finditer(self._joined):
                for word in _meant(match.group(), wanted):
                    found[word].add(bisect_left(self._ends, match.start()))
        return {word: frozenset(places) for word, places in found.items()}


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
    return frozenset(w for w in wanted if w == held or (w[0] == held[0] and is_akin(w, held)))
