"""
Train the head that knows a statement, on labelled articles.

    python -m index.attribution.statements.training FOLDER [--write]

FOLDER holds folders with ``articles.jsonl`` and ``labels.jsonl``. Prints the figures of as many
turns as there are folders, each trained without one of them and tried on it; ``--write`` then
trains on all and writes the weights. There is no chance in it: the same articles give the same
weights.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.attribution import find_candidates
from index.attribution.statements.features import features_of
from index.attribution.statements.selection import CRUMB, LEAST, WEIGHTS
from index.models.labelled import Figures, Labelled, read_labelled, run_training
from index.models.logistic import Head, fit_head, write_head
from index.types import Attribution, Span

DECAY = 4.0
RARE = 3
_BATCH_SIZE = 16


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
    return run_training(__doc__ or "", _gather, _tried, _write)


def _gather(files: Sequence[Path]) -> list[Example]:
    return [example for path in files for example in read_examples(path)]


def read_examples(path: Path) -> Iterator[Example]:
    """Read the sentences of one file of articles, and what is seen in them."""
    readings = read_labelled(path)
    for at in range(0, len(readings), _BATCH_SIZE):
        batch = readings[at : at + _BATCH_SIZE]
        candidates = find_candidates([article for article, _ in batch])
        for (article, labels), found in zip(batch, candidates, strict=True):
            for sentence in labels:
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


def _tried(examples: Sequence[Example]) -> Figures:
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


def _write(examples: Sequence[Example], data_sha256: str, figures: Figures) -> None:
    """Train on all, and write the head with the hash of what it was trained on."""
    record = {"data_sha256": data_sha256, "decay": DECAY, "rare": RARE, "figures": figures}
    write_head(WEIGHTS, fit(examples), record)


if __name__ == "__main__":
    raise SystemExit(main())
