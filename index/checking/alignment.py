"""
Lay the words of a quotation beside those of an article.

Words are compared without case, marks, blanks and British or American spelling, and "don't" is two
of them. Pure.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from index.checking.checked import Difference
from index.types import Span

_PIECE = re.compile(r"[^\W_]+")
# British endings and the American ones: a desk's spelling changes no word.
_ENDINGS = re.compile(
    r"(?<=\w{3})(?:our(?=s|ed|ing|ite|able|ful|$)|is(?=e|ed|es|ing|ation)|tre(?=s?$))"
)
_AMERICAN = {"our": "or", "is": "iz", "tre": "ter"}


class Words:
    """The words of a text, folded, and where they stand."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded = [_spelled(word.casefold()) for word in _PIECE.findall(text)]

    @cached_property
    def spans(self) -> Sequence[Span]:
        """The place of each word in the text."""
        return [Span(*match.span()) for match in _PIECE.finditer(self.text)]

    @cached_property
    def places(self) -> Mapping[str, Sequence[int]]:
        """The places of each word."""
        places: dict[str, list[int]] = defaultdict(list)
        for at, word in enumerate(self.folded):
            places[word].append(at)
        return places

    def cut(self, begin: int, end: int) -> str:
        """Cut the words begin:end out of the text, with what stands between them."""
        return self.text[self.spans[begin].start : self.spans[end - 1].end] if begin < end else ""


def _spelled(word: str) -> str:
    """Fold the two spellings of a word."""
    return _ENDINGS.sub(lambda match: _AMERICAN[match.group()], word)


class Run(NamedTuple):
    """*length* words that stand at *at* in a quotation and at *there* in an article."""

    at: int
    there: int
    length: int


class Aligned(NamedTuple):
    """The words begin:end of an article as the nearest to a quotation, *errors* words apart."""

    begin: int
    end: int
    errors: int
    differences: tuple[Difference, ...]


def longest_runs(quotation: Words, article: Words) -> list[Run]:
    """Find for each word of *quotation* the longest run of its words that begins there."""
    best = [Run(at, 0, 0) for at in range(len(quotation.folded))]
    before: dict[int, int] = {}
    for at in range(len(best) - 1, -1, -1):
        lengths = {
            there: before.get(there + 1, 0) + 1
            for there in article.places.get(quotation.folded[at], ())
        }
        if lengths:
            there = max(lengths, key=lambda t: (lengths[t], -t))
            best[at] = Run(at, there, lengths[there])
        before = lengths
    return best


def align(quotation: Words, article: Words, run: Run) -> Aligned:
    """
    Find the stretch of *article* around *run* that needs the fewest changes of words.

    The quotation is aligned whole; what stands before and behind the stretch costs nothing.
    """
    wanted = quotation.folded
    slack = 4 + len(wanted) // 4
    begin = max(0, run.there - run.at - slack)
    end = min(len(article.folded), run.there - run.at + len(wanted) + slack)
    there = article.folded[begin:end]
    costs = _costs(wanted, there)
    column = min(range(len(there) + 1), key=lambda c: (costs[-1][c], abs(c - len(there))))
    return _traced(quotation, article, begin, costs, column)


def _costs(wanted: Sequence[str], there: Sequence[str]) -> list[list[int]]:
    """Count the changes from each beginning of *wanted* to the best stretch up to each word."""
    costs = [[0] * (len(there) + 1)]
    for word in wanted:
        above, row = costs[-1], [costs[-1][0] + 1]
        for column, other in enumerate(there):
            row.append(min(above[column] + (word != other), above[column + 1] + 1, row[column] + 1))
        costs.append(row)
    return costs


def _traced(
    quotation: Words, article: Words, begin: int, costs: list[list[int]], column: int
) -> Aligned:
    """Follow the cheapest way back, and gather where it changes words."""
    last, row = column, len(costs) - 1
    steps: list[tuple[bool, int, int]] = []
    while row:
        same = column and quotation.folded[row - 1] == article.folded[begin + column - 1]
        if same and costs[row][column] == costs[row - 1][column - 1]:
            row, column, kept = row - 1, column - 1, True
        elif column and costs[row][column] == costs[row - 1][column - 1] + 1:
            row, column, kept = row - 1, column - 1, False
        elif costs[row][column] == costs[row - 1][column] + 1:
            row, kept = row - 1, False
        else:
            column, kept = column - 1, False
        steps.append((kept, row, column))
    steps.reverse()
    ends = [*((r, c) for _, r, c in steps[1:]), (len(costs) - 1, last)]
    changes: list[list[int]] = []
    for (kept, r, c), (r_end, c_end) in zip(steps, ends, strict=True):
        if kept:
            continue
        if changes and changes[-1][1] == r and changes[-1][3] == c:
            changes[-1][1], changes[-1][3] = r_end, c_end
        else:
            changes.append([r, r_end, c, c_end])
    return Aligned(
        begin + column,
        begin + last,
        costs[-1][last],
        tuple(
            Difference(quotation.cut(r, r_end), article.cut(begin + c, begin + c_end))
            for r, r_end, c, c_end in changes
        ),
    )
