"""Where the heads of this package keep their weights; see `index.models.logistic`."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from index.models.logistic import Head, digest, read_head

__all__ = ["WEIGHTS", "Head", "digest", "load_head"]

WEIGHTS = Path(__file__).parent / "weights"


@lru_cache(maxsize=8)
def load_head(name: str, folder: Path = WEIGHTS) -> Head:
    """
    Load the head *name*, once.

    Raises:
        AttributionError: if its file is missing or not as training wrote it.
    """
    return read_head(folder / f"{name}.json")
