"""Labelled articles, and the command that trains a head on them."""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from index.types import Article

Labelled = dict[str, Any]
Figures = dict[str, Any]
Examples = TypeVar("Examples")


def read_labelled(path: Path) -> list[tuple[Article, list[Labelled]]]:
    """
    Read the articles of a file and the labelled sentences of each.

    Args:
        path: ``articles.jsonl``; ``labels.jsonl`` stands beside it.

    Raises:
        OSError: One of the two cannot be read.
    """
    labels = {row["doc"]: row["sentences"] for row in _rows(path.with_name("labels.jsonl"))}
    return [(_article(row), labels.get(row["id"], [])) for row in _rows(path)]


def run_training(
    usage: str,
    gather: Callable[[Sequence[Path]], Examples],
    tried: Callable[[Examples], Figures],
    write: Callable[[Examples, str, Figures], None],
) -> int:
    """
    Run a training command: print the figures, and write the weights where that is asked for.

    Args:
        usage: the docstring of the command; its first line is shown by ``--help``.
        gather: makes examples of the files ``FOLDER/*/articles.jsonl``.
        tried: the figures of heads that were trained on other folders.
        write: trains on all and writes the weights, with the SHA-256 of what they were trained on
            and the figures.

    Returns:
        The exit code: 0, or 1 if the folder holds no such file.
    """
    parser = argparse.ArgumentParser(description=usage.strip().splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true", help="train on all and write the weights")
    given = parser.parse_args()
    files = sorted(given.folder.glob("*/articles.jsonl"))
    if not files:
        print(f"no */articles.jsonl in {given.folder}; name the folder of the labelled articles")
        return 1
    examples = gather(files)
    figures = tried(examples)
    print(json.dumps(figures, indent=1))
    if given.write:
        write(examples, _sha256(files), figures)
    return 0


def _sha256(files: Sequence[Path]) -> str:
    """Hash the articles and labels."""
    data = hashlib.sha256()
    for path in files:
        data.update(path.read_bytes() + path.with_name("labels.jsonl").read_bytes())
    return data.hexdigest()


def _rows(path: Path) -> list[dict[str, Any]]:
    """Read a file of one JSON object a line."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def _article(row: dict[str, Any]) -> Article:
    """Make an article of a row."""
    day = row.get("published_at")
    return Article(
        row["id"],
        row.get("title") or "",
        row["text"],
        row.get("outlet"),
        row.get("url"),
        datetime.fromisoformat(day) if day else None,
    )
