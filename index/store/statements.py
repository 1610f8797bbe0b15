"""
The statements of a stored article, each decoded when it is first looked at.

A question reads dozens of articles and shows five statements; one long article holds three
hundred, and decoding them cost more than reading, checking and ranking together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import overload

from index.store.codec import decode_statement
from index.types import Statement


class Statements(Sequence[Statement]):
    """
    Statements that may be encoded still; equal to a tuple of the same ones.

    To be made of what has the hash it was stored with: a text that is no statement is found out
    when it is looked at. May be read from several threads.
    """

    __slots__ = ("_statements",)

    def __init__(self, statements: Iterable[str | Statement]) -> None:
        self._statements = list(statements)

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
