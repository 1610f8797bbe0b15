"""
Logistic regressions that judge the evidence, and the file they are kept in.

The first gives each sentence the probability that it is about the topic, which is its rank. The
second looks at the best of them and gives the probability that those asked spoke of the topic at
all: below a threshold the question is not answered. The third says whether a sentence holds a
quotation in nearly its words, the fourth whether a description means a speaker. `training` makes
the file.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.answers.search.scoring.evidence import NAMES, Numbers
from index.answers.search.scoring.voices import VOICE_NAMES
from index.answers.search.scoring.wording import WORDING_NAMES
from index.errors import StoreError

Floats = NDArray[np.float64]

_FILE = "relevance.json"
# What the second regression sees of the best sentence; "asked" and the rest as in NAMES.
_OF_BEST = (
    "sentence", "window", "near", "statement", "best of statement", "speaker", "lead", "article",
    "words", "words near", "words of statement", "words of speaker", "words of title and lead",
    "words of article", "rarest", "rarest near", "rarest in article", "topic words", "below all",
    "article below all", "asked", "stance asked", "stance fits", "stance words",
    "silent", "words of no other",
)  # fmt: skip
_MOST = ("sentence", "window", "statement", "words", "words near", "words of article")
QUESTION_NAMES = (
    "first", "second", "third", "candidates", *(f"most {name}" for name in _MOST), *_OF_BEST,
)  # fmt: skip
_SEEN = {"sentence": NAMES, "question": QUESTION_NAMES, "wording": WORDING_NAMES,
         "voice": VOICE_NAMES}  # fmt: skip
_THRESHOLDS = ("shown", "answered", "answered_by_anyone", "quoted", "meant")
_ASKED = NAMES.index("asked")
_BEST_AT = [NAMES.index(name) for name in _OF_BEST]
_MOST_AT = [NAMES.index(name) for name in _MOST]
# The log-odds that stand for a second sentence where there is none.
_NONE = -4.0


@dataclass(frozen=True, slots=True)
class Regression:
    """A logistic regression over numbers that are brought to one scale first."""

    means: Floats
    scales: Floats
    weights: Floats
    bias: float
    farthest: float = np.inf

    def scaled(self, numbers: Numbers) -> Floats:
        """Bring (n, k) numbers to one scale, at most ``farthest`` from the mean."""
        plain = (numbers.astype(np.float64) - self.means) / self.scales
        found: Floats = np.clip(plain, -self.farthest, self.farthest)
        return found

    def probabilities(self, numbers: Numbers) -> Floats:
        """Judge (n, k) numbers: (n,) probabilities."""
        odds = self.scaled(numbers) @ self.weights + self.bias
        found: Floats = 1.0 / (1.0 + np.exp(-np.clip(odds, -30.0, 30.0)))
        return found


@dataclass(frozen=True, slots=True)
class RelevanceModel:
    """
    What was learned, and from where a sentence is shown and a question answered.

    ``shown``: the least probability of a sentence; ``answered``: that of a question put to
    somebody, ``answered_by_anyone``: that of one put to nobody; ``quoted``: that of a wording;
    ``meant``: that of a speaker whom a description means.
    """

    sentence: Regression
    question: Regression
    wording: Regression
    voice: Regression
    shown: float
    answered: float
    answered_by_anyone: float
    quoted: float
    meant: float

    def is_answered(self, numbers: Numbers, probabilities: Floats) -> bool:
        """
        Return whether those asked, or anyone where nobody is asked, spoke of the topic.

        Args:
            numbers: (n, len(NAMES)) of at least one sentence.
            probabilities: (n,) as the first regression gives them.
        """
        chance = self.question.probabilities(question_numbers(numbers, probabilities))[0]
        return bool(chance >= (self.answered if numbers[0, _ASKED] else self.answered_by_anyone))


def question_numbers(numbers: Numbers, probabilities: Floats) -> Numbers:
    """
    Sum up the evidence of all sentences for the second regression.

    Args:
        numbers: (n, len(NAMES)) of at least one sentence.
        probabilities: (n,) as the first regression gives them.

    Returns:
        (1, len(QUESTION_NAMES)).
    """
    best = int(np.argmax(probabilities))
    clipped = np.clip(np.sort(probabilities)[::-1][:3], 1e-6, 1 - 1e-6)
    odds = [*np.log(clipped / (1 - clipped)), _NONE, _NONE][:3]
    row = [
        *odds,
        np.log1p(len(probabilities)),
        *numbers[:, _MOST_AT].max(axis=0),
        *numbers[best, _BEST_AT],
    ]
    return np.array([row], dtype=np.float32)


@cache
def load_model() -> RelevanceModel:
    """
    Load the model that comes with the package.

    Raises:
        StoreError: if its file is damaged, or made for other evidence.
    """
    text = files("index.answers.search.scoring").joinpath(_FILE).read_text(encoding="utf-8")
    return read_model(json.loads(text))


def read_model(record: Mapping[str, Any]) -> RelevanceModel:
    """Make a model of what `record_of` wrote; see `load_model`."""
    learned = record["model"]
    if (actual := digest(learned)) != record["sha256"]:
        raise StoreError(
            f"{_FILE} has SHA-256 {actual}, recorded is {record['sha256']}: reinstall the package"
        )
    made = {name: _regression(learned[name], names) for name, names in _SEEN.items()}
    thresholds = (float(learned[name]) for name in _THRESHOLDS)
    judges = made["sentence"], made["question"], made["wording"], made["voice"]
    return RelevanceModel(*judges, *thresholds)


def _regression(stored: Mapping[str, Any], expected: Sequence[str]) -> Regression:
    if tuple(stored["names"]) != tuple(expected):
        raise StoreError(f"{_FILE} was made for other evidence: reinstall the package")
    means, scales, weights = (
        np.array(stored[name], dtype=np.float64) for name in ("means", "scales", "weights")
    )
    farthest = float(stored.get("farthest", np.inf))
    return Regression(means, scales, weights, float(stored["bias"]), farthest)


def record_of(model: RelevanceModel) -> dict[str, Any]:
    """Write *model* as JSON, with the hash that is checked when it is read."""
    learned: dict[str, Any] = {name: getattr(model, name) for name in _THRESHOLDS}
    for name, names in _SEEN.items():
        made: Regression = getattr(model, name)
        learned[name] = {
            "names": list(names),
            "bias": round(made.bias, 6),
            **{
                column: [round(float(x), 6) for x in getattr(made, column)]
                for column in ("means", "scales", "weights")
            },
        }
        if np.isfinite(made.farthest):
            learned[name]["farthest"] = made.farthest
    return {"sha256": digest(learned), "model": learned}


def digest(learned: Mapping[str, Any]) -> str:
    """Hash what was learned (SHA-256, hexadecimal)."""
    return hashlib.sha256(json.dumps(learned, sort_keys=True).encode()).hexdigest()
