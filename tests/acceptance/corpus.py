"""
The sample corpus, who is on the record in it, and the questions asked of it.

All three were written by hand, none from the output of a program: record.toml says whose every
sentence is, questions.toml what a careful reader would want. A fragment stands for the one
sentence that holds it (and for that sentence's wire copies).
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import index

HERE = Path(__file__).parent
SAMPLE = Path(index.__file__).parent / "sample" / "articles.jsonl"


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody on the record; without a party, one who speaks for nobody else."""

    name: str
    sentences: tuple[str, ...]
    party: str | None = None
    person: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One question with what must, and what must not, come back."""

    id: str
    kind: str
    question: str
    after: str | None = None
    now: datetime | None = None
    want: tuple[str, ...] = ()
    top: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    abstain: bool = False
    reason: str | None = None


def load_voices() -> list[Voice]:
    """Read record.toml."""
    return [Voice(**frozen(voice)) for voice in toml("record.toml")["voice"]]


def load_rows() -> list[Row]:
    """Read questions.toml."""
    return [Row(**frozen(row)) for row in toml("questions.toml")["row"]]


def voices_of(sentence: str, voices: list[Voice]) -> list[Voice]:
    """List who is on the record in *sentence*; nobody for plain narrative."""
    return [voice for voice in voices if any(part in sentence for part in voice.sentences)]


def shingles(text: str, words: int) -> set[str]:
    """Cut *text* into all its runs of so many words, without case and punctuation."""
    plain = re.findall(r"[a-z0-9]+", re.sub("['’]", "", text.lower()))
    return {" ".join(plain[at : at + words]) for at in range(len(plain) - words + 1)}


def toml(name: str) -> dict[str, list[dict[str, Any]]]:
    """Parse a table that lies beside this file."""
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


def frozen(row: dict[str, Any]) -> dict[str, Any]:
    """Make the lists of a row tuples."""
    return {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
