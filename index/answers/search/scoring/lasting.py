"""
Whether what a question finds in an article that arrives will stand when more has come.

Beside little else almost anything is an answer. A question that is asked later sees what came
after, an alert cannot: so a learned model judges by the evidence, and by how much of it there is,
whether the question would still show the sentence. `index.alerts.training` makes its file.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.answers.search.scoring.evidence import NAMES, Numbers
from index.answers.search.scoring.model import Floats, Regression, digest
from index.errors import StoreError

FILE = "lasting.json"
# Beside the evidence: the log-odds that it is about the topic; how many sentences were looked at,
# how many of them stand in other articles, and how many the index has; of how many topics this is
# one.
LASTING_NAMES = (*NAMES, "odds", "looked at", "in others", "in the index", "share")
_SURE = 1e-4
# What names the whole topic itself is about it whatever comes; in questions left out 9 of 10 last.
_WORDS, _ALL = NAMES.index("words"), 0.99

# Judges (n, len(LASTING_NAMES)) numbers of the sentences of one article, by their numbers, for
# one question.
Judge = Callable[[Hashable, str, Sequence[int], Numbers], NDArray[np.bool_]]


@dataclass(frozen=True, slots=True)
class LastingModel:
    """What was learned, and from which probability on a sentence is found."""

    regression: Regression
    lasting: float


def odds(probability: float) -> float:
    """Turn a probability into log-odds that are finite."""
    kept = min(max(probability, _SURE), 1 - _SURE)
    return float(np.log(kept / (1 - kept)))


def will_last(
    asked: Hashable, article_id: str, places: Sequence[int], numbers: Numbers
) -> NDArray[np.bool_]:
    """Return of each sentence whether the question would show it when more has come."""
    model = load_lasting()
    found: NDArray[np.bool_] = model.regression.probabilities(numbers) >= model.lasting
    return found | (numbers[:, _WORDS] > _ALL)


def pass_all(
    asked: Hashable, article_id: str, places: Sequence[int], numbers: Numbers
) -> NDArray[np.bool_]:
    """Judge as `will_last` does: yes."""
    return np.ones(len(places), dtype=bool)


@cache
def load_lasting() -> LastingModel:
    """
    Load the model that comes with the package.

    Raises:
        StoreError: if its file is damaged, or made for other evidence.
    """
    text = files("index.answers.search.scoring").joinpath(FILE).read_text(encoding="utf-8")
    record = json.loads(text)
    learned = record["model"]
    if digest(learned) != record["sha256"]:
        raise StoreError(f"{FILE} is not as it was made: reinstall the package")
    if tuple(learned["names"]) != LASTING_NAMES:
        raise StoreError(f"{FILE} was made for other evidence: reinstall the package")
    means, scales, weights = (
        np.array(learned[name], dtype=np.float64) for name in ("means", "scales", "weights")
    )
    regression = Regression(means, scales, weights, learned["bias"], learned["farthest"])
    return LastingModel(regression, learned["lasting"])


def record_of(model: LastingModel) -> dict[str, Any]:
    """Write *model* as JSON, with the hash that is checked when it is read."""
    made = model.regression
    learned: dict[str, Any] = {
        "names": list(LASTING_NAMES),
        "lasting": model.lasting,
        "bias": round(made.bias, 6),
        "farthest": made.farthest,
    }
    for column in ("means", "scales", "weights"):
        values: Floats = getattr(made, column)
        learned[column] = [round(float(x), 6) for x in values]
    return {"sha256": digest(learned), "model": learned}
