"""
Train the head that knows which stance a statement takes, on labelled articles.

    python -m index.attribution.stance.training FOLDER [--write]

FOLDER holds folders with ``articles.jsonl`` and ``labels.jsonl``. Prints the figures of as many
turns as there are folders, each trained without one of them and tried on it, beside those of the
verb alone; ``--write`` then trains on all and writes the weights. There is no chance in it: the
same articles give the same weights.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from index.attribution import find_candidates
from index.attribution.stance.choice import WEIGHTS, chosen
from index.attribution.stance.features import reading_of, stance_features
from index.attribution.statements.selection import select_statements, sentences_of
from index.models import open_embedder
from index.models.labelled import Figures, Labelled, read_labelled, run_training
from index.models.softmax import SoftmaxHead, fit_softmax, write_softmax
from index.settings import IndexSettings
from index.text.sentences import split_sentences
from index.types import Attribution, CueClass, Span

DECAY = 1.0
RARE = 3
_BATCH_SIZE = 16
_OVERLAP = 3

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Example:
    """
    A statement in a labelled sentence.

    ``rows`` and ``vectors`` are of all sentences that it runs through, ``own`` the place of the
    labelled one among them; ``ruled`` is the stance of its verb, ``settled`` whether the rules
    have the last word.
    """

    folder: str
    rows: tuple[frozenset[str], ...]
    vectors: Vectors
    own: int
    ruled: CueClass
    settled: bool
    right: CueClass


def main() -> int:
    """Print the figures; write the weights where that is asked for."""
    return run_training(__doc__ or "", _gather, _tried, _write)


def _gather(files: Sequence[Path]) -> list[Example]:
    return [example for path in files for example in read_examples(path)]


def read_examples(path: Path) -> Iterator[Example]:
    """Read the labelled statements of one file of articles that the tagger finds too."""
    readings = read_labelled(path)
    embedder = open_embedder(IndexSettings(embedding_model="all-MiniLM-L6-v2-int8", backend="onnx"))
    for at in range(0, len(readings), _BATCH_SIZE):
        batch = readings[at : at + _BATCH_SIZE]
        candidates = find_candidates([article for article, _ in batch])
        for (article, labels), found in zip(batch, candidates, strict=True):
            sentences = tuple(split_sentences(article.text))
            kept = select_statements(article.text, sentences, found).values()
            texts = [article.text[s.start : s.end] for s in sentences]
            places = {Span(s.start, s.end): s.index for s in sentences}
            vectors = embedder.embed_passages(texts)
            for made in kept:
                spans = sentences_of(made, sentences, article.text)
                known = vectors[[places[span] for span in spans]]
                yield from _examples(path.parent.name, article.text, made, spans, known, labels)


def _examples(
    folder: str,
    text: str,
    made: Attribution,
    spans: Sequence[Span],
    vectors: Vectors,
    labels: Sequence[Labelled],
) -> Iterator[Example]:
    """Make an example of each labelled sentence that a statement runs through."""
    reading = reading_of(text, made)
    rows = tuple(stance_features(text, made, span, reading) for span in spans)
    source = " ".join(text[s.start : s.end] for s in made.source)
    for own, span in enumerate(spans):
        for labelled in labels:
            if min(span.end, labelled["end"]) - max(span.start, labelled["start"]) <= _OVERLAP:
                continue
            right = _stance_of(labelled, source)
            if right is not None:
                settled = reading.negated or made.thought
                yield Example(folder, rows, vectors, own, made.cue_class, settled, right)


def _stance_of(labelled: Labelled, source: str) -> CueClass | None:
    """Find the stance of a labelled sentence; None if several take different ones."""
    plain = [s for s in labelled["statements"] if not s["borderline"]]
    named = [s for s in plain if s["speaker"] and _words(s["speaker"]) & _words(source)]
    stances = {s["stance"] for s in named or plain}
    return cast("CueClass", stances.pop()) if len(stances) == 1 else None


def _words(name: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]{3,}", name.lower())) - {"the"}


def fit(examples: Sequence[Example]) -> SoftmaxHead:
    """Fit the head to each statement in each labelled sentence."""
    return fit_softmax(
        [e.rows[e.own] for e in examples],
        np.stack([e.vectors[e.own] for e in examples]),
        [e.right for e in examples],
        decay=DECAY,
        least=RARE,
    )


def _tried(examples: Sequence[Example]) -> Figures:
    """Score heads that were trained on other folders, beside the verb alone, by class."""
    verb: Counter[tuple[str, str]] = Counter((e.right, e.ruled) for e in examples)
    whole: Counter[tuple[str, str]] = Counter()
    for folder in sorted({example.folder for example in examples}):
        head = fit([example for example in examples if example.folder != folder])
        whole += Counter((e.right, judged(e, head)) for e in examples if e.folder == folder)
    return {"examples": len(examples), "verb alone": scores(verb), "whole": scores(whole)}


def judged(example: Example, head: SoftmaxHead) -> CueClass:
    """Judge a statement as the product does."""
    if example.settled:
        return example.ruled
    pairs = zip(example.rows, example.vectors, strict=True)
    chances = [head.probabilities(row, vector) for row, vector in pairs]
    return chosen(example.ruled, np.mean(chances, axis=0), head)


def scores(counted: Mapping[tuple[str, str], int]) -> dict[str, Any]:
    """
    Score classes.

    Args:
        counted: how often what is labelled as one class is found as another.

    Returns:
        The F1 of all classes alike ("macro"), and of each class how many are labelled and found,
        the precision and the recall.
    """
    found: dict[str, Any] = {}
    parts = []
    for name in sorted({right for right, _ in counted}):
        hit = counted.get((name, name), 0)
        labelled = sum(n for (right, _), n in counted.items() if right == name)
        given = sum(n for (_, other), n in counted.items() if other == name)
        parts.append(2 * hit / (labelled + given))
        precision = round(hit / given, 2) if given else None
        found[name] = [labelled, given, precision, round(hit / labelled, 2)]
    return {"macro": round(sum(parts) / len(parts), 3), **found}


def _write(examples: Sequence[Example], data_sha256: str, figures: Figures) -> None:
    """Train on all, and write the head with the hash of what it was trained on."""
    record = {"data_sha256": data_sha256, "decay": DECAY, "rare": RARE, "figures": figures}
    write_softmax(WEIGHTS, fit(examples), record)


if __name__ == "__main__":
    raise SystemExit(main())
