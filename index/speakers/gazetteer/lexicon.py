"""Read the shipped lists of words; each is read once, when the module that needs it loads."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files


def words(name: str) -> frozenset[str]:
    """Take the list *name* of ``data/words.tsv``."""
    return _lists()[name]


def rows(name: str) -> list[list[str]]:
    """Read a table of ``data``; lines that begin with "#" tell origin and licence."""
    text = files("index.speakers.gazetteer").joinpath("data", name).read_text("utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


@lru_cache(maxsize=1)
def _lists() -> dict[str, frozenset[str]]:
    """Read all lists."""
    return {name: frozenset(found.split()) for name, found in rows("words.tsv")}
