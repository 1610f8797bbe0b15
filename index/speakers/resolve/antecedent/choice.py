"""
Choose whom "he", "she", "they", "it" or a quotation without a source means, or nobody.

Whoever may be meant (`candidates`) and what can be seen of each (`traits`) goes to a head that
was trained on labelled articles. Offsets are characters into ``Article.text``. No I/O.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from index.speakers.cast.cast import Cast
from index.speakers.learned.head import Chooser, load_head
from index.speakers.resolve.antecedent.candidates import Candidates, Reference, Seen
from index.speakers.resolve.antecedent.traits import Traits
from index.speakers.resolve.back_references import SentenceGrid
from index.speakers.resolve.pronouns import Turn

# How likely somebody must be before words are put in his mouth, by kind of source.
ENOUGH = {"he": 0.6, "they": 0.5, "it": 0.5, "none": 0.5, "chain": 0.55}
# Where nobody else can be meant; where the text leaves a doubt.
ALONE = 0.45
SUREST = 0.65
# Where so many paragraphs lie between that anybody may be meant.
FAR = 0.8
_TOLD = re.compile(
    r"\s+(?:(?:has|had|then|also)\s+)?(?:told|asked|urged|warned)\s+(?:[\w’'.-]+\s+){0,4}?\S$"
)
_SINGLE_MARKS, _DOUBLE_MARKS = ("'", "‘"), ('"', "“", "„", "«")
_SINGLE = re.compile(r"(?<!\w)['‘][^'’\n]{8,}['’](?!\w)")
_DOUBLE = re.compile(r"[\"“„«]")
_NEVER = 2.0
MIN_WORDS_ALONE = 9
LONG = 20
# So many paragraphs back one stands near.
_NEAR = 2


@dataclass(frozen=True, slots=True)
class Sighting:
    """A source that names nobody, as training sees it; ``rows`` end with what is nobody's."""

    reference: Reference
    candidates: Sequence[Seen]
    rows: Sequence[frozenset[str]]


@dataclass(frozen=True, slots=True)
class Watch:
    """What training puts in place of the shipped head, and what it collects."""

    head: Chooser
    seen: list[Sighting]


_watches: list[Watch] = []


@contextmanager
def watching(head: Chooser) -> Iterator[list[Sighting]]:
    """Collect the sources that name nobody, resolved by *head*, for training; not threaded."""
    watch = Watch(head, [])
    _watches.append(watch)
    try:
        yield watch.seen
    finally:
        _watches.remove(watch)


class Antecedents:
    """Chooses whom the sources of one article mean."""

    def __init__(self, cast: Cast, grid: SentenceGrid) -> None:
        self._text = cast.article.text
        self._grid = grid
        self._candidates = Candidates(cast, grid)
        self._traits = Traits(cast, grid)

    def likeliest(self, reference: Reference, turns: Sequence[Turn]) -> Turn | None:
        """
        Find whom a source surely enough means; None if that is open.

        Args:
            reference: the source.
            turns: who spoke so far, in any order.
        """
        before = sorted((t for t in turns if t.span.start < reference.at), key=lambda t: t.span)
        found = self._candidates.of(reference, before)
        rows = self._traits.of(reference, found, before)
        head = _watches[-1].head if _watches else load_head("antecedents")
        if _watches:
            _watches[-1].seen.append(Sighting(reference, found, rows))
        chances = head.chances(rows)
        best = max(range(len(found)), key=lambda at: (chances[at], -at), default=None)
        if best is None or chances[best] < self._enough(reference, best, found, before):
            return None
        return found[best].turn

    def _enough(
        self, reference: Reference, best: int, found: Sequence[Seen], turns: Sequence[Turn]
    ) -> float:
        """
        Say how likely the candidate at *best* must be to be meant.

        Where the sentences around leave a doubt it takes more. A doubt stays one, however sure
        the head is, where those who fit speak as one or in the pronoun's own sentence, where one
        told the other something, and where the only one who fits may be a firm of that name.
        """
        here, sentence_at = self._grid.sentence_at(reference.at), self._grid.sentence_at
        apart = "\n" in self._text[found[best].last.start : reference.at]
        if reference.kind == "none" and apart and self._grid.in_lines:
            next_to = [t for t in turns[-1:] if here - sentence_at(t.span.start) <= 1]
            return ENOUGH["none"] if any(turn.quoted for turn in next_to) else _NEVER
        if reference.kind == "none" and apart:
            return SUREST if self._goes_on(reference, turns) else _NEVER
        if reference.kind == "none" and self._marked_otherwise(reference, found[best]):
            return _NEVER
        far = self._grid.paragraphs_between(sentence_at(found[best].last.start), here) > _NEAR
        if not reference.doubt:
            enough = ALONE if len(found) == 1 else ENOUGH[reference.kind]
            return FAR if far else enough
        last = turns[-1:]
        joint = any(turn.together or sentence_at(turn.span.start) == here for turn in last)
        answers = any(self._is_told(last, other) for other in found if other is not found[best])
        firm = reference.doubt == "firm" and len(found) == 1
        return _NEVER if joint or answers or firm else FAR if far else SUREST

    def _goes_on(self, reference: Reference, turns: Sequence[Turn]) -> bool:
        """
        Return whether a quotation in a paragraph of its own can go on with the one before.

        A short one may be anybody's; behind words that were not quoted it takes a long one.
        """
        words = sum(len(self._text[slice(*s)].split()) for s in reference.attribution.content)
        begun = any(turn.quoted for turn in turns[-1:])
        return words >= (MIN_WORDS_ALONE if begun else LONG)

    def _marked_otherwise(self, reference: Reference, candidate: Seen) -> bool:
        """
        Return whether a quotation has other marks than those of *candidate* right before it.

        An outlet keeps to one kind: words in the other were put together from another report.
        """
        before = self._text[candidate.last.start : reference.at]
        own = self._text[reference.at : reference.at + 1]
        single, double = _SINGLE.search(before), _DOUBLE.search(before)
        return bool(
            (own in _DOUBLE_MARKS and single and not double)
            or (own in _SINGLE_MARKS and double and not single)
        )

    def _is_told(self, last: Sequence[Turn], other: Seen) -> bool:
        """Return whether whoever spoke last told *other* something: who answers is open."""
        text = self._text
        return any(
            _TOLD.match(text, turn.span.end, other.last.start + 1) is not None for turn in last
        )
