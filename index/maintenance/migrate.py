"""
Move an index to another store, whole and with its history; the one it comes from is left as is.

Articles go over one by one, each in a transaction, so a move that was stopped goes on where it
was. Until all is there and has been compared, the new index is marked, and nobody can use it.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack, closing
from typing import NamedTuple

from index.errors import StoreError
from index.settings import IndexSettings
from index.store.factory import open_side, require_index
from index.store.moving import MOVING, Marks, Side

# Who goes on adding meanwhile is caught up with so often.
_ROUNDS = 5


class Moved(NamedTuple):
    """What has been moved: articles written now, articles there are, lines of history."""

    written: int
    articles: int
    revisions: int


def migrate(settings: IndexSettings, target: str, each: Callable[[str], None]) -> Moved:
    """
    Copy the index that *settings* name into *target*.

    Args:
        settings: name the index, and the folder of one that is to be made there.
        target: ``sqlite``, or the address of a database.
        each: is called with the id of each article that was written.

    Raises:
        StoreError: if there is no index, if *target* holds another one, or if what was written is
            not the same; says how to go on.
    """
    if settings.store == target or "memory" in (settings.store, target):
        raise StoreError(
            f"nothing to move from {settings.store.partition(':')[0]} to "
            f"{target.partition(':')[0]}; name sqlite, or the postgresql:// address of another "
            "database"
        )
    require_index(settings)
    with ExitStack() as stack:
        source = stack.enter_context(closing(open_side(settings, settings.store)))
        goal = stack.enter_context(closing(open_side(settings, target)))
        _begin(source, goal)
        written = _copy(source, goal, each)
        _compare(source, goal)
        goal.finish()
        return Moved(written, len(goal.marks()), len(goal.history().revisions))


def _begin(source: Side, goal: Side) -> None:
    """Mark *goal*, or see that it was marked for this very move."""
    ours, theirs = source.metadata(), goal.metadata()
    if MOVING in ours:
        raise StoreError(f"{source.place} is not filled itself; finish that move first")
    if theirs.get(MOVING) == source.place:
        return
    if MOVING in theirs:
        raise StoreError(
            f"{goal.place} is half filled from {theirs[MOVING]}; finish that move, or name an "
            "empty place"
        )
    if theirs.get("articles") or (theirs and goal.history().revisions):
        raise StoreError(f"{goal.place} holds an index already; name an empty place")
    goal.begin(source.place, ours["model"], int(ours["dim"]))


def _copy(source: Side, goal: Side, each: Callable[[str], None]) -> int:
    """Copy what is missing or other, then the history; once more if something came meanwhile."""
    written = 0
    for _ in range(_ROUNDS):
        generation = source.generation()
        wanted, there = source.marks(), goal.marks()
        for name in there.keys() - wanted.keys():
            goal.drop(name)
        for name, marks in wanted.items():
            if there.get(name) != marks and (read := source.read(name)) is not None:
                goal.write(*read)
                written += 1
                each(name)
        goal.write_history(source.history())
        if source.generation() == generation:
            return written
    raise StoreError(
        f"{source.place} changes faster than it is copied; stop what adds articles, and run this "
        "again: it goes on where it was"
    )


def _compare(source: Side, goal: Side) -> None:
    """Raise StoreError unless both hold the same articles, vectors and history."""
    wanted, there = source.marks(), goal.marks()
    if names := sorted(name for name in wanted.keys() | there if _differs(name, wanted, there)):
        raise StoreError(
            f"{len(names)} of {len(wanted)} articles are not the same in {goal.place}, the first "
            f"is {names[0]!r}; run this again"
        )
    for name in there:
        # Reading compares with the hashes what the articles hold.
        if goal.read(name) is None:
            raise StoreError(f"article {name!r} has gone from {goal.place}; run this again")
    if source.history() != goal.history():
        raise StoreError(f"the history is not the same in {goal.place}; run this again")


def _differs(name: str, wanted: dict[str, Marks], there: dict[str, Marks]) -> bool:
    return wanted.get(name) != there.get(name)
