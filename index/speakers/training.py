"""
Train the heads on labelled articles.

    python -m index.speakers.training FOLDER [--write]

FOLDER holds folders with ``articles.jsonl`` and ``labels.jsonl``. Prints the figures of five
turns, each trained without a fifth of the articles and tried on it; ``--write`` then trains on all
and writes ``learned/weights/``. There is no chance in it: the same articles give the same weights.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

from index.attribution import find_many
from index.speakers import read_speakers
from index.speakers.learned.head import WEIGHTS, Head, digest
from index.speakers.resolve.antecedents import SURE, SURER, Sighting, watching
from index.speakers.resolve.pronouns import Turn
from index.text.sentences import split_sentences
from index.types import Article, Span

FOLDS = 5
LEAST = 3
DECAY = 6.0
_LITTLE = frozenset({"the", "of", "a", "an", "s", "spokesman", "official", "officials"})

Weights = dict[str, float]
Labelled = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Instance:
    """A source that names nobody: what is seen of each candidate, and which are meant."""

    article: str
    kind: str
    features: tuple[frozenset[str], ...]
    right: tuple[bool, ...]
    stated: bool


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
    instances = gather(files)
    figures = _tried(instances)
    print(json.dumps(figures, indent=1))
    if arguments.write:
        weights, bias = fit(instances)
        _write("antecedents", weights, bias, files, figures)
    return 0


def gather(files: Sequence[Path]) -> list[Instance]:
    """
    Collect the sources that name nobody, twice.

    Whom "he" means hangs on who spoke before, and so on what the head found there: the first
    time nobody is found, the second time whom a head of the first time finds.
    """
    nobody = Head(-30.0, {})
    first = [each for path in files for each in read_instances(path, nobody)]
    weights, bias = fit(first)
    return [each for path in files for each in read_instances(path, Head(bias, weights))]


def read_instances(path: Path, head: Head) -> Iterator[Instance]:
    """Read the articles of one file, and the sources in them that name nobody."""
    articles = [_article(row) for row in _rows(path)]
    labels = {row["doc"]: row["sentences"] for row in _rows(path.with_name("labels.jsonl"))}
    for article, attributions in zip(articles, find_many(articles), strict=True):
        sentences = tuple(split_sentences(article.text))
        with watching(head) as seen:
            read_speakers(article, sentences, attributions)
        for found in seen:
            yield _instance(article.id, found, labels.get(article.id, []))


def _instance(article: str, found: Sighting, labels: Sequence[Labelled]) -> Instance:
    """Compare the candidates of one source with the speakers that the labels give."""
    spans = found.attribution.content
    over = [z for z in labels if any(_overlap(span, z) > LEAST for span in spans)]
    near = [z for z in over if z["start"] <= found.at < z["end"]] or over
    gold = {s["speaker"] for z in near for s in z["statements"] if s["speaker"]}
    names = [_name(candidate.turn) for candidate in found.candidates]
    right = tuple(any(_words(name) & _words(other) for other in gold) for name in names)
    kind = found.pronoun or f"none {found.attribution.kind}"
    return Instance(article, kind, tuple(c.features for c in found.candidates), right, bool(gold))


def _overlap(span: Span, sentence: Labelled) -> int:
    """Count the characters that a span and a labelled sentence share."""
    return min(span.end, int(sentence["end"])) - max(span.start, int(sentence["start"]))


def _name(turn: Turn) -> str:
    """Name whom a turn is of."""
    if turn.person is not None:
        return turn.person.name
    return turn.speaker.name if turn.speaker is not None else ""


def fit(instances: Sequence[Instance]) -> tuple[Weights, float]:
    """Fit a logistic regression with a squared penalty, by Newton's steps."""
    rows = [f for each in instances for f in each.features]
    right = np.array([r for each in instances for r in each.right], dtype=np.float64)
    counts = Counter(name for row in rows for name in row)
    names = sorted(name for name, count in counts.items() if count >= LEAST)
    place = {name: at for at, name in enumerate(names)}
    seen = np.zeros((len(rows), len(names) + 1))
    seen[:, -1] = 1.0
    for at, row in enumerate(rows):
        seen[at, [place[name] for name in row if name in place]] = 1.0
    penalty = np.full(len(names) + 1, DECAY)
    penalty[-1] = 1e-6
    solved = np.zeros(len(names) + 1)
    for _ in range(25):
        chance = 1.0 / (1.0 + np.exp(-np.clip(seen @ solved, -30, 30)))
        slope = seen.T @ (chance - right) + penalty * solved
        bend = (seen * (chance * (1 - chance))[:, None]).T @ seen + np.diag(penalty)
        step = np.linalg.solve(bend, slope)
        solved -= step
        if np.abs(step).max() < 1e-4:
            break
    weights = {name: round(float(w), 4) for name, w in zip(names, solved, strict=False)}
    return weights, round(float(solved[-1]), 4)


def _tried(instances: Sequence[Instance]) -> dict[str, dict[str, int]]:
    """Count what heads that were trained on other articles get right, by kind of source."""
    figures: dict[str, Counter[str]] = {}
    for fold in range(FOLDS):
        mine = [each for each in instances if _fold(each.article) == fold]
        weights, bias = fit([each for each in instances if _fold(each.article) != fold])
        head = Head(bias, weights)
        for each in mine:
            count = figures.setdefault(each.kind, Counter())
            count["sources"] += 1
            chances = [head.probability(f) for f in each.features]
            if not chances or max(chances) < (SURER if each.kind.startswith("none") else SURE):
                count["open"] += 1
            elif each.right[int(np.argmax(chances))]:
                count["right"] += 1
            else:
                count["wrong" if each.stated else "no statement"] += 1
    return {kind: dict(sorted(count.items())) for kind, count in sorted(figures.items())}


def _fold(article: str) -> int:
    """Deal articles into folds, whatever their order."""
    return int(hashlib.sha256(article.encode()).hexdigest(), 16) % FOLDS


def _write(
    name: str, weights: Weights, bias: float, files: Sequence[Path], figures: dict[str, Any]
) -> None:
    """Write a head with the hashes of its weights and of what it was trained on."""
    data = hashlib.sha256()
    for path in files:
        data.update(path.read_bytes() + path.with_name("labels.jsonl").read_bytes())
    stored = {
        "sha256": digest(bias, weights),
        "data_sha256": data.hexdigest(),
        "decay": DECAY,
        "figures": figures,
        "bias": bias,
        "weights": weights,
    }
    path = WEIGHTS / f"{name}.json"
    path.write_text(json.dumps(stored, indent=0, sort_keys=True) + "\n", encoding="utf-8")


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


def _words(name: str) -> set[str]:
    """Split a name into the words by which it is compared."""
    return set(re.findall(r"[^\W\d_]+", name.lower())) - _LITTLE


if __name__ == "__main__":
    raise SystemExit(main())
