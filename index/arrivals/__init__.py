"""
Articles as they arrive: sources put them into a queue on disk, one process indexes them.

A source only receives; it never waits for a model. What is in the queue survives a kill, and
what is indexed twice is unchanged the second time, so that nothing is lost and nothing doubled.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from index.arrivals.schedule import Schedule
    from index.queue import Queue


class Source(Protocol):
    """A way in: puts what it finds into the queue until it is stopped."""

    def start(self, queue: Queue, schedule: Schedule) -> None:
        """Begin, in threads of its own or as jobs of *schedule*; returns at once."""

    def stop(self) -> None:
        """End; what was received already stays in the queue."""
