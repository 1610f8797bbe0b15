"""What a fetch brings back."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fetched:
    """
    What came back. ``status`` is 200, 304 (unchanged, ``body`` empty) or 410 (gone for good).

    ``url`` is where it was found in the end; ``moved_to`` is set where every redirect on the way
    was a lasting one. ``etag`` and ``modified`` are to be given back at the next fetch.
    """

    url: str
    status: int
    body: bytes
    mime: str | None
    etag: str | None
    modified: str | None
    moved_to: str | None = None
