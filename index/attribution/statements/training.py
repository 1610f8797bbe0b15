"""
Train the head that knows a statement, on labelled articles.

    python -m index.attribution.statements.training FOLDER [--write]

FOLDER holds folders with ``articles.jsonl`` and ``labels.jsonl``. Prints the figures of as many
turns as there are folders, each trained without one of them and tried on it; ``--write`` then
trains on all and writes the weights. There is no chance in it: the same articles give the same
weights.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.attribution import find_candidates
from index.attribution.statements.features import features_of
from index.attribution.statements.selection import CRUMB, LEAST, WEIGHTS
from index.models.logistic import Head, fit_head, write_head
from index.types import Article, Attribution, Span

DECAY = 4.0
RARE = 3
_BATCH_SIZE = 16

Labelled = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Example:
    """
    A labelled sentence.

    ``rows`` is what is seen of each attribution that overlaps it; ``stated`` how many statements
    it holds that must be found; ``right`` is None where a statement may be found or not.
    """

    folder: str
    rows: tuple[frozenset[str], ...]
    stated: int
    right: bool | None


def main() -> int:
    """Print the figures; write the weights where that is asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").strip().splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true", help="train on all and write the weights")
    arguments = parser.parse_args()
    files = sorted(arguments.folder.glob("*/articles.jsonl"))
    if not files:
        print(
            f"no */articles.jsonl in {arguments.folder}; name the folder of the labelled articles"
        )
        return 1
    examples = [example for path in files for example in read_examples(path)]
    figures = _tried(examples)
    print(json.dumps(figures, indent=1))
    if arguments.write:
        _write(fit(examples), files, figures)
    return 0


def read_examples(path: Path) -> Iterator[Example]:
    """Read the sentences of one file of articles, and what is seen in them."""
    articles = [Article(row["id"], row.get("title") or "", row["text"]) for row in _rows(path)]
    labels = {row["doc"]: row["sentences"] for row in _rows(path.with_name("labels.jsonl"))}
    for at in range(0, len(articles), _BATCH_SIZE):
        batch = articles[at : at + _BATCH_SIZE]
        for article, found in zip(batch, find_candidates(batch), strict=True):
            for sentence in labels.get(article.id, []):
                yield _example(path.parent.name, article.text, found, sentence)


def _example(folder: str, text: str, found: Sequence[Attribution], labelled: Labelled) -> Example:
    """Collect what is seen in one labelled sentence."""
    sentence = Span(int(labelled["start"]), int(labelled["end"]))
    rows = tuple(
        features_of(text, made, sentence)
        for made in found
        if any(
            min(s.end, sentence.end) - max(s.start, sentence.start) > CRUMB for s in made.content
        )
    )
    statements = labelled["statements"]
    plain = [s for s in statements if not s["borderline"]]
    must = sum(not s["unattributed"] for s in plain)
    return Example(folder, rows, must, bool(plain) if plain or not statements else None)


def fit(examples: Sequence[Example]) -> Head:
    """Fit the head to all attributions of the sentences that are labelled one way or the other."""
    pairs = [(row, e.right) for e in examples if e.right is not None for row in e.rows]
    rows, right = [row for row, _ in pairs], [is_right for _, is_right in pairs]
    return fit_head(rows, right, decay=DECAY, least=RARE)


def _tried(examples: Sequence[Example]) -> dict[str, dict[str, int]]:
    """Count what heads that were trained on other folders find, by folder and in all."""
    figures: dict[str, Counter[str]] = {"all": Counter()}
    for folder in sorted({example.folder for example in examples}):
        head = fit([example for example in examples if example.folder != folder])
        mine = [example for example in examples if example.folder == folder]
        figures[folder] = count(mine, head)
        figures["all"] += figures[folder]
    return {name: dict(sorted(counted.items())) for name, counted in figures.items()}


def count(examples: Sequence[Example], head: Head) -> Counter[str]:
    """Count the statements found, and the sentences without one that are taken for one."""
    counted: Counter[str] = Counter()
    for example in examples:
        found = any(head.probability(row) >= LEAST for row in example.rows)
        counted["statements"] += example.stated
        counted["found"] += example.stated * found
        counted["found by the tagger"] += example.stated * bool(example.rows)
        if example.right is False:
            counted["sentences without"] += 1
            counted["taken for one"] += found
            counted["taken for one by the tagger"] += bool(example.rows)
    return counted


def _write(head: Head, files: Sequence[Path], figures: Mapping[str, Any]) -> None:
    """Write the head with the hashes of its weights and of what it was trained on."""
    data = hashlib.sha256()
    for path in files:
        data.update(path.read_bytes() + path.with_name("labels.jsonl").read_bytes())
    record = {"data_sha256": data.hexdigest(), "decay": DECAY, "rare": RARE, "figures": figures}
    write_head(WEIGHTS, head, record)


def _rows(path: Path) -> list[dict[str, Any]]:
    """Read a file of one JSON object a line."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


if __name__ == "__main__":
    raise SystemExit(main())
