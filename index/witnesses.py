"""
Whether several outlets that have one statement heard it themselves, or carry one report. Pure.

Six papers that print one agency's report are one witness, however many they are. What is not known
is not said: an outlet that is in neither list may be either.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple


class Witnesses(NamedTuple):
    """
    Of the outlets that have a statement, the one shown among them, those that carry ``one_report``
    and those that have articles of their ``own``; ``agency``: whose report it is, if that is known.
    """

    one_report: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    agency: str | None = None


def also_note(
    names: Collection[str], shown_in: str | None, witnesses: Witnesses | None, shown: int = 3
) -> str:
    """
    Word which other outlets have a statement: "also in A, B and 2 more, all carrying one report".

    Args:
        names: the other outlets.
        shown_in: the outlet that is quoted.
        witnesses: what is known of them; they may be fewer than *names*.
        shown: how many are named.
    """
    first = [*names][:shown]
    rest = len(names) - len(first)
    line = f"also in {', '.join(first)}" + (f" and {rest} more" if rest else "")
    told = _told({*names}, shown_in, witnesses) if witnesses else ""
    return f"{line}, {told}" if told else line


def _told(names: set[str], shown_in: str | None, known: Witnesses) -> str:
    report = f"a report by {known.agency}" if known.agency else "one report"
    everybody = names | ({shown_in} if shown_in else set())
    if everybody <= {*known.one_report}:
        return f"all carrying {report}"
    if everybody <= {*known.own}:
        return "each in its own article"
    carrying = len(everybody & {*known.one_report})
    return f"{carrying} of these {len(everybody)} carrying {report}" if carrying > 1 else ""
