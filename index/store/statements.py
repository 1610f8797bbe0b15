"""
The statements of a stored article, each decoded when it is first looked at.

A question reads dozens of articles and shows five statements; one long article holds three
hundred, and decoding them cost more than reading, checking and ranking together.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import overload

from index.store.codec import Outline, decode_outlines, decode_statement
from index.types import IndexedArticle, Statement


class Statements(Sequence[Statement]):
    """
    Statements that may be encoded still; equal to a tuple of the same ones.

    To be made of what has the hash it was stored with: a text that is no statement is found out
    when it is looked at. May be read from several threads.
    """

    __slots__ = ("_outlines", "_statements")

    def __init__(self, statements: Iterable[str | Statement]) -> None:
        self._statements = list(statements)
        self._outlines: list[Outline] | None = None

    def __len__(self) -> int:
        return len(self._statements)

    @overload
    def __getitem__(self, at: int) -> Statement: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Statement, ...]: ...
    def __getitem__(self, at: int | slice) -> Statement | tuple[Statement, ...]:
        if isinstance(at, slice):
            return tuple(self[each] for each in range(*at.indices(len(self._statements))))
        statement = self._statements[at]
        if isinstance(statement, str):
            statement = self._statements[at] = decode_statement(statement)
        return statement

    def __eq__(self, other: object) -> bool:
        return isinstance(other, tuple | Statements) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))

    def outlines(self) -> list[Outline]:
        """List of each the content and the speaker, in a fraction of the time of decoding it."""
        if self._outlines is None:
            statements = self.undecoded()
            read = iter(decode_outlines([each for each in statements if isinstance(each, str)]))
            self._outlines = [
                next(read) if isinstance(each, str) else _outline(each) for each in statements
            ]
        return self._outlines

    def undecoded(self) -> list[str | Statement]:
        """Copy them as they are, decoded or not."""
        return list(self._statements)


def changed(statements: Sequence[Statement], new: Mapping[int, Statement]) -> Sequence[Statement]:
    """Put those of *new* in the places of *statements*, and decode no others."""
    mixed: list[str | Statement] = (
        statements.undecoded() if isinstance(statements, Statements) else list(statements)
    )
    for number, statement in new.items():
        mixed[number] = statement
    return Statements(mixed)


def outlines_of(statements: Sequence[Statement]) -> list[Outline]:
    """List of each statement the spans of its content and the key of its speaker."""
    if isinstance(statements, Statements):
        return statements.outlines()
    return [_outline(each) for each in statements]


def _outline(statement: Statement) -> Outline:
    speaker = statement.speaker
    return Outline(statement.attribution.content, None if speaker is None else speaker.key)


def statement_parts(item: IndexedArticle) -> list[list[int]]:
    """List for each statement the sentences that carry its content, as `parts_of` does."""
    starts = [sentence.start for sentence in item.sentences]
    ends = [sentence.end for sentence in item.sentences]
    return [
        sorted(
            {
                at
                for start, end in outline.content
                if start < end
                for at in range(bisect_right(ends, start), bisect_left(starts, end))
            }
        )
        for outline in outlines_of(item.statements)
    ]
