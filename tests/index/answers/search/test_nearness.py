"""How near sentences are to a topic beside the others of their article, computed by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from index.answers.search.scoring.nearness import NEAR_NAMES, Nearness, parts_of_topic

EAST, NORTH, UP = np.eye(3, dtype=np.float32)


def compared(vectors, topic, parts, at: int, statement=None) -> dict[str, float]:
    """Everything that is measured of the sentence *at*, by its name."""
    rows = np.stack(vectors)
    nearness = Nearness(rows, topic, np.stack(parts))
    (row,) = nearness.rows([at], [statement or [at]]).tolist()
    return dict(zip(NEAR_NAMES, row, strict=True))


@pytest.mark.parametrize(
    ("topic", "parts"),
    [
        ("the bill for repairing the pipes in Mississippi", ["bill", "repairing", "pipes",
                                                             "Mississippi"]),
        ("harbour bridge", []),
        ("the harbour bridge", []),
        ("what to do", []),
        ("", []),
    ],
)  # fmt: skip
def test_a_topic_is_taken_apart_at_its_stop_words(topic, parts):
    assert parts == parts_of_topic(topic)


def test_what_all_sentences_share_does_not_count():
    both, other = (EAST + NORTH) / math.sqrt(2), (EAST + UP) / math.sqrt(2)

    near, far = (compared([both, other], NORTH, [NORTH], at) for at in (0, 1))

    # Without their mean the two point away from each other.
    assert pytest.approx(0.0, abs=1e-6) == near["apart"] + far["apart"]
    assert near["apart"] > 0.6
    assert (0.0, pytest.approx(math.log(2))) == (near["rank in article"], far["rank in article"])


def test_each_part_of_a_topic_is_compared_by_itself():
    found = compared([EAST, NORTH, UP], EAST, [EAST, NORTH], 0)

    assert (0.5, 0.0, 1.0) == (found["parts"], found["least part"], found["best part"])


def test_the_sentences_beside_one_count_less_the_farther_they_are():
    found = compared([EAST, NORTH, EAST], EAST, [EAST], 1)

    assert pytest.approx(2 * 0.6 / (1 + 2 * 0.6)) == found["smoothed"]
    assert (pytest.approx(1 / 3), pytest.approx(math.log(3))) == (
        found["place"],
        found["sentences"],
    )


def test_an_article_of_one_sentence_is_compared_with_nothing():
    found = compared([EAST], EAST, [EAST], 0)

    assert (0.0, 0.0, 0.0) == (found["before apart"], found["after apart"], found["from nearest"])
    assert all(math.isfinite(value) for value in found.values())
