"""
Train the model of relevance from questions with known answers.

    python -m index.answers.search.scoring.training FOLDER [--polnear TRAIN.jsonl] [--indexes DIR]

FOLDER holds a folder for each corpus, with ``articles.jsonl``, ``labels.jsonl`` (sentences with
their speakers and parties) and ``questions.jsonl`` (whom each asks, and its graded gold sentences).
Each question is put to whom it asks as the product understands it and as the labels say it, and
its topic to somebody else on record, who must not be taken to have spoken of it. What is learned
is judged on corpora that it was not learned from, and the thresholds are chosen there. Writes
``relevance.json`` beside this file: weights, thresholds, seed, hash of the data, figures.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import logging
import random
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from index.answers.search.scoring.evidence import NAMES, Numbers
from index.answers.search.scoring.figures import Figures, judged
from index.answers.search.scoring.made_up import polnear_examples
from index.answers.search.scoring.model import (
    Floats,
    Regression,
    RelevanceModel,
    question_numbers,
    record_of,
)
from index.answers.search.scoring.questions import Example, examples_of

log = logging.getLogger(__name__)
SEED = 7
# How much a question of each kind weighs: the labels' own speakers are right more often than
# those found, made-up questions are easier than typed ones.
_WEIGHTS = {"typed": 1.0, "labelled": 1.0, "elsewhere": 0.3, "made": 0.5}
_QUESTION_WEIGHTS = {"typed": 1.0, "labelled": 0.5, "elsewhere": 0.3, "made": 0.3}
_DECAY, _QUESTION_DECAY = 30.0, 30.0
# The sum of a question's evidence is one row: a single number far out must not decide.
_FARTHEST = 3.0
_SHOWN = 0.15
_WORDING_DECAY = 1.0
_VOICE_DECAY = 10.0
_DESCRIBED = {"described": 1.0, "worded": 1.0, "strange": 0.5}
# Of descriptions of somebody in other corpora, at most this share may be taken to mean somebody.
_STRANGE = 0.1
# Of descriptions taken to mean somebody, so many must mean him: what he said on the topic is
# judged after that, and what is found so is labelled.
_MEANT = 0.6
# Of quotations that stand nowhere in a corpus, at most this share may be found there.
_INVENTED = 0.01
# Of typed questions that have an answer, in corpora left out, so many may be refused, those that
# find no sentence included; the same of those put to somebody and of those put to nobody. Questions
# that the corpora ask in other words than the articles' are harder than others.
_REFUSED = 0.14
_ASKED = NAMES.index("asked")


def fit(
    numbers: Numbers, right: Floats, weights: Floats, decay: float, farthest: float = np.inf
) -> Regression:
    """
    Fit a logistic regression by Newton's method.

    Args:
        numbers: (n, k).
        right: (n,) of 0 and 1.
        weights: (n,), how much each row counts.
        decay: by how much large weights are held back.
        farthest: from how many standard deviations on a number counts for no more.
    """
    rows = numbers.astype(np.float64)
    means, scales = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    plain = Regression(means, scales, np.zeros(len(means)), 0.0, farthest).scaled(numbers)
    scaled = np.concatenate([plain, np.ones((len(rows), 1))], axis=1)
    ridge = np.eye(scaled.shape[1]) * decay
    ridge[-1, -1] = 1e-6
    learned = np.zeros(scaled.shape[1])
    for _ in range(50):
        found = 1.0 / (1.0 + np.exp(-np.clip(scaled @ learned, -30.0, 30.0)))
        slope = scaled.T @ (weights * (found - right)) + ridge @ learned
        bend = (scaled * (weights * found * (1 - found))[:, None]).T @ scaled + ridge
        step = np.linalg.solve(bend, slope)
        learned -= step
        if np.abs(step).max() < 1e-8:
            break
    return Regression(means, scales, learned[:-1], float(learned[-1]), farthest)


def fit_sentences(examples: Sequence[Example]) -> Regression:
    """Learn which sentences are about a topic; of a question with many, each counts for less."""
    kept = [e for e in examples if len(e.numbers)]
    weights = [np.full(len(e.right), _WEIGHTS[e.kind] / np.sqrt(len(e.right))) for e in kept]
    right = np.concatenate([e.right for e in kept]).astype(np.float64)
    numbers = np.concatenate([e.numbers for e in kept])
    return fit(numbers, right, np.concatenate(weights), _DECAY)


def fit_questions(examples: Sequence[Example], found: Sequence[Floats]) -> Regression:
    """Learn which questions have an answer among the sentences found; yes and no weigh alike."""
    kept = [(e, p) for e, p in zip(examples, found, strict=True) if len(p)]
    numbers = np.concatenate([question_numbers(e.numbers, p) for e, p in kept])
    right = np.array([float(e.right.any()) for e, _ in kept])
    weights = np.array([_QUESTION_WEIGHTS[e.kind] for e, _ in kept])
    share = (weights * right).sum() / weights.sum()
    weights *= np.where(right > 0, 0.5 / share, 0.5 / (1 - share))
    return fit(numbers, right, weights, _QUESTION_DECAY, _FARTHEST)


def fit_wordings(examples: Sequence[Example]) -> tuple[Regression, float]:
    """Learn which sentences nearly hold a quotation; and from which probability to believe it."""
    kept = [e for e in examples if len(e.numbers)]
    numbers, right = (
        np.concatenate([getattr(e, name) for e in kept]) for name in ("numbers", "right")
    )
    made = fit(numbers, right.astype(np.float64), np.ones(len(right)), _WORDING_DECAY)
    best = [made.probabilities(e.numbers).max() for e in kept if not e.answerable]
    return made, round(float(np.quantile(best, 1 - _INVENTED)), 3)


def fit_voices(examples: Sequence[Example]) -> Regression:
    """Learn which speakers a description means; of a question with many, each counts for less."""
    kept = [e for e in examples if len(e.numbers)]
    weights = [np.full(len(e.right), _DESCRIBED[e.kind] / np.sqrt(len(e.right))) for e in kept]
    right = np.concatenate([e.right for e in kept]).astype(np.float64)
    numbers = np.concatenate([e.numbers for e in kept])
    return fit(numbers, right, np.concatenate(weights), _VOICE_DECAY)


def train_voices(examples: Sequence[Example]) -> tuple[Regression, float]:
    """Learn whom descriptions mean; and from which probability to believe it."""
    examples = [e for e in examples if len(e.numbers)]

    def voices(others: list[int]) -> Callable[[int], Floats]:
        made = fit_voices([examples[i] for i in others])
        return lambda i: made.probabilities(examples[i].numbers)

    found = list(zip(examples, _apart(examples, voices), strict=True))
    best = sorted(
        (float(p.max()), bool(e.right[int(np.argmax(p))]))
        for e, p in found
        if e.kind == "described"
    )[::-1]
    rights = np.cumsum([right for _, right in best]) / np.arange(1, len(best) + 1)
    enough = np.flatnonzero(rights >= _MEANT)
    strange = [float(p.max()) for e, p in found if e.kind == "strange"]
    floor = float(np.quantile(strange, 1 - _STRANGE)) if strange else 0.0
    meant = max(floor, best[enough[-1]][0] if len(enough) else 1.0)
    taken = [right for chance, right in best if chance >= meant]
    log.info("descriptions: %d, taken %d, rightly %d", len(best), len(taken), sum(taken))
    return fit_voices(examples), round(meant, 3)


def _apart(
    examples: Sequence[Example], make: Callable[[list[int]], Callable[[int], Any]]
) -> list[Any]:
    """Judge each example by what *make* learns from the other corpora (their numbers given)."""
    judged_by: dict[int, Any] = {}
    for corpus in sorted({e.corpus for e in examples}):
        judge = make([i for i, e in enumerate(examples) if e.corpus != corpus])
        judged_by |= {i: judge(i) for i, e in enumerate(examples) if e.corpus == corpus}
    return [judged_by[i] for i in range(len(examples))]


def train(examples: Sequence[Example]) -> tuple[RelevanceModel, Figures]:
    """Learn from *examples*; the figures are those of corpora that were left out in turn."""
    wording, quoted = fit_wordings([e for e in examples if e.kind == "quoted"])
    voice, meant = train_voices([e for e in examples if e.kind in _DESCRIBED])
    examples = [e for e in examples if e.kind not in ("quoted", *_DESCRIBED)]

    def sentences(others: list[int]) -> Callable[[int], Floats]:
        made = fit_sentences([examples[i] for i in others])
        return lambda i: made.probabilities(examples[i].numbers)

    found: list[Floats] = _apart(examples, sentences)

    def questions(others: list[int]) -> Callable[[int], float]:
        made = fit_questions([examples[i] for i in others], [found[i] for i in others])
        return lambda i: (
            float(made.probabilities(question_numbers(examples[i].numbers, found[i]))[0])
            if len(found[i])
            else 0.0
        )

    chances: list[float] = _apart(examples, questions)
    typed = [i for i, e in enumerate(examples) if e.kind == "typed"]
    floors = {
        named: _threshold(
            chances[i]
            for i in typed
            if examples[i].answerable and asks_somebody(examples[i]) == named
        )
        for named in (True, False)
    }
    shown = [
        found[i] if chances[i] >= floors[asks_somebody(examples[i])] else found[i][:0]
        for i in typed
    ]
    figures = judged([examples[i] for i in typed], shown, _SHOWN)
    learned = fit_sentences(examples), fit_questions(examples, found), wording, voice
    model = RelevanceModel(*learned, _SHOWN, floors[True], floors[False], quoted, meant)
    return model, figures


def asks_somebody(example: Example) -> bool:
    """Return whether a question is put to somebody; one that finds nothing counts as such."""
    return not len(example.numbers) or bool(example.numbers[0, _ASKED])


def _threshold(chances: Iterable[float]) -> float:
    """Choose the highest threshold under which few of those with an answer are refused."""
    return round(float(np.quantile(sorted(chances), _REFUSED)), 3)


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the corpora, train, and write the model."""
    parser = argparse.ArgumentParser(description="Train the model of relevance.")
    parser.add_argument("folder", type=Path, help="a folder for each corpus")
    parser.add_argument("--polnear", type=Path, help="annotated articles to make questions from")
    parser.add_argument("--indexes", type=Path, help="where the corpora's indexes are kept")
    parser.add_argument("--out", type=Path, default=Path(__file__).with_name("relevance.json"))
    given = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    files = sorted(given.folder.glob("*/*.jsonl")) + ([given.polnear] if given.polnear else [])
    rng, examples = random.Random(SEED), list[Example]()
    with tempfile.TemporaryDirectory() as scratch:
        indexes = given.indexes or Path(scratch)
        for questions in sorted(given.folder.glob("*/questions.jsonl")):
            examples += examples_of(questions.parent, indexes, rng)
            log.info("%s: %d examples so far", questions.parent.name, len(examples))
        if given.polnear:
            examples += polnear_examples(given.polnear, indexes, rng)
    model, figures = train(examples)
    made = record_of(model) | {
        "seed": SEED,
        "data_sha256": hashlib.sha256(b"".join(f.read_bytes() for f in files)).hexdigest(),
        "examples": len(examples),
        "figures": figures.rounded(),
    }
    given.out.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
    log.info("%s: %s", given.out, figures.rounded())
    return 0


if __name__ == "__main__":
    sys.exit(main())
