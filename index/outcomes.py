"""What became of an article that arrived, and of a link that somebody sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ArrivalState = Literal[
    "waiting", "held", "indexed", "unchanged", "older", "withdrawn", "refused", "failed"
]


@dataclass(frozen=True, slots=True)
class LinkOutcome:
    """
    What became of a link that somebody sent; ``reason`` says why, in a clause.

    ``for_operators``: the reason is none that its sender can do anything about. ``is_watched``
    says whether an indexer runs, which takes what waits.
    """

    url: str
    state: ArrivalState
    title: str | None = None
    outlet: str | None = None
    reason: str | None = None
    for_operators: bool = False
    is_watched: bool = True
