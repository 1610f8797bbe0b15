"""
How far indexing has come: a bar on a terminal, elsewhere a line now and then.

All of it on stderr, so that what a program reads on stdout stays clean.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

# Seconds between two lines where there is no terminal.
EVERY = 30.0


@contextmanager
def progress_on(
    screen: Console, total: int | None, clock: Callable[[], float] = time.monotonic
) -> Iterator[Callable[[int], None]]:
    """
    Show how many articles are done, how fast, and how long the rest takes.

    Args:
        screen: where; only a terminal gets a bar.
        total: how many articles there are, about; None if nobody knows.

    Yields:
        A function to be called for each article that is done, with its number of sentences.
    """
    columns = (
        TextColumn("indexing"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    bar = Progress(
        *columns, console=screen, transient=True, get_time=clock, disable=not screen.is_terminal
    )
    task = bar.add_task("indexing", total=total, rate="")
    begun = printed_at = clock()
    sentences = 0

    def done(count: int) -> None:
        nonlocal printed_at, sentences
        sentences += count
        rate = f"{sentences / max(clock() - begun, 1e-3):.0f} sentences/s"
        bar.update(task, advance=1, rate=rate)
        if not screen.is_terminal and clock() - printed_at >= EVERY:
            printed_at = clock()
            screen.print(_line(int(bar.tasks[0].completed), total, rate, printed_at - begun))

    with bar:
        yield done


def _line(articles: int, total: int | None, rate: str, seconds: float) -> str:
    """Word how far it has come, and how long the rest takes at the pace so far."""
    if total is None or total < articles:
        return f"{articles:,} articles, {rate}"
    left = seconds / articles * (total - articles) / 60
    return f"{articles:,} of {total:,} articles, {rate}, about {left:.0f} min left"
