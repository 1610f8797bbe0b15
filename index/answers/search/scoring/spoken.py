"""
Who says what where in an article: what of its evidence is the same for every question.

Half of the articles that a question looks at were looked at by one of the last ten, so the last
few hundred are remembered, each by itself and not by its id: a corrected article is another one.
"""

from __future__ import annotations

from functools import cached_property, lru_cache

from index.answers.search.scoring.holding import FoldedSentences
from index.store.statements import outlines_of, statement_parts
from index.types import IndexedArticle


class SpokenArticle:
    """
    The statements of an article by the sentences that carry them, and by their speakers.

    ``parts``: of each statement the sentences that carry it; ``speakers``: the key of its speaker,
    None if it has none; ``carrying``: of each sentence the numbers of its statements.
    """

    def __init__(self, item: IndexedArticle) -> None:
        """Look at *item* whole."""
        self.item = item
        self.parts = statement_parts(item)
        self.speakers = [outline.speaker for outline in outlines_of(item.statements)]
        self.carrying: dict[int, list[int]] = {}
        self._spoken: dict[str, set[int]] = {}
        for number, (speaker, parts) in enumerate(zip(self.speakers, self.parts, strict=True)):
            for at in parts:
                self.carrying.setdefault(at, []).append(number)
            if speaker is not None:
                self._spoken.setdefault(speaker, set()).update(parts)

    @cached_property
    def folded(self) -> FoldedSentences:
        """Its sentences, ready to be looked through for words."""
        return FoldedSentences(self.item)

    def speaker_at(self, at: int) -> str | None:
        """Return the key of who speaks in the sentence *at*, of several the first that has one."""
        speakers = (self.speakers[number] for number in self.carrying.get(at, ()))
        return next((speaker for speaker in speakers if speaker is not None), None)

    def statement_at(self, at: int) -> int:
        """Return the number of the statement that a sentence carries, best one with a speaker."""
        return min(self.carrying[at], key=lambda number: (self.speakers[number] is None, number))

    def spoken_with(self, number: int) -> list[int]:
        """List the sentences in which the speaker of a statement speaks, of none its own."""
        speaker = self.speakers[number]
        return self.parts[number] if speaker is None else sorted(self._spoken[speaker])

    def spoken_by_others(self, number: int) -> set[int]:
        """List the sentences in which only others than the speaker of a statement speak."""
        speaker = self.speakers[number]
        others = (spoken for other, spoken in self._spoken.items() if other != speaker)
        return set[int]().union(*others).difference(self.spoken_with(number))


class _Same:
    """An article as a key: equal to nothing but itself, so that its text need not be hashed."""

    __slots__ = ("item",)

    def __init__(self, item: IndexedArticle) -> None:
        self.item = item

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.item is other.item

    def __hash__(self) -> int:
        return id(self.item)


def spoken_article(item: IndexedArticle) -> SpokenArticle:
    """Look at *item*, unless that was done lately."""
    return _spoken_article(_Same(item))


@lru_cache(maxsize=256)
def _spoken_article(same: _Same) -> SpokenArticle:
    return SpokenArticle(same.item)
