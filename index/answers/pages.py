"""
Which sentences stand on which page of an answer. Pure.

A long quotation would fill a page by itself, so it gives way: some of its sentences are shown
and the others follow on the next page. Nothing is lost or comes twice, whatever page is asked
for: all pages are cut from one order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice

from index.labels import CONTINUES
from index.types import Quote

# Sentences of one long quotation that are shown while others wait.
_BATCH_SIZE = 3


def page_of(
    statements: Iterable[Sequence[Quote]], limit: int | None, offset: int = 0
) -> tuple[Quote, ...]:
    """
    Cut a page out of the quotes of *statements*, best statement first.

    Args:
        statements: of each statement its sentences; read only as far as needed.
        limit: quotes on a page; None for all, each statement whole.
        offset: quotes on the pages before it.
    """
    if limit is None:
        return tuple(islice(chain.from_iterable(statements), offset, None))
    size = max(limit, 0)
    return tuple(islice(_in_pages(statements, max(size, 1)), offset, offset + size))


def _in_pages(statements: Iterable[Sequence[Quote]], size: int) -> Iterator[Quote]:
    """Put the quotes in the order in which pages of *size* show them."""
    source, waiting = iter(statements), list[Sequence[Quote]]()
    while True:
        waiting += islice(source, max(size - len(waiting), 0))
        if not waiting:
            return
        at_once, left = _at_once([len(quotes) for quotes in waiting], size), size
        later: list[Sequence[Quote]] = []
        for quotes in waiting:
            shown = quotes[: min(at_once, left)]
            yield from shown
            left -= len(shown)
            if rest := quotes[len(shown) :]:
                later.append(_resumed(rest))
        waiting = later


def _at_once(lengths: Sequence[int], size: int) -> int:
    """Say how many sentences of each statement fill a page of *size*, no fewer than three."""
    longest = max(lengths)
    fill = (n for n in range(_BATCH_SIZE, longest) if sum(min(n, each) for each in lengths) >= size)
    return next(fill, longest)


def _resumed(rest: Sequence[Quote]) -> list[Quote]:
    """Take the label off a sentence that no longer stands behind the one it continues."""
    labels = tuple(label for label in rest[0].labels if label != CONTINUES)
    return [replace(rest[0], labels=labels), *rest[1:]]
