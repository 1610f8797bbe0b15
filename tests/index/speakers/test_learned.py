"""The trained heads: a file is as training wrote it, and a head adds up what is true."""

import json
import math

import pytest

from index.errors import AttributionError
from index.models.logistic import digest
from index.speakers.learned.head import WEIGHTS, Chooser, load_head
from index.speakers.training import Instance, fit


def test_a_head_adds_up_the_weights_of_what_is_true():
    head = Chooser({"near": 2.0, "far": -3.0})

    chances = head.chances([["near", "near", "unknown"], ["far"], []])

    whole = math.exp(2) + math.exp(-3) + 1
    assert chances == pytest.approx([math.exp(2) / whole, math.exp(-3) / whole, 1 / whole])


def test_the_shipped_head_is_the_one_that_was_written():
    stored = json.loads((WEIGHTS / "antecedents.json").read_text("utf-8"))

    assert stored["sha256"] == digest(stored["bias"], stored["weights"])
    assert load_head("antecedents").weights == stored["weights"]


@pytest.mark.parametrize("damage", ["weights", "missing", "no json"])
def test_a_damaged_head_is_refused(tmp_path, damage):
    stored = json.loads((WEIGHTS / "antecedents.json").read_text("utf-8"))
    stored["weights"]["rank:0"] = 99.0
    if damage != "missing":
        text = json.dumps(stored) if damage == "weights" else "{"
        (tmp_path / "antecedents.json").write_text(text, "utf-8")

    with pytest.raises(AttributionError, match="reinstall onrecord"):
        load_head("antecedents", tmp_path)


def test_training_learns_which_feature_tells_the_right_candidate():
    near, far, nobody = frozenset({"near"}), frozenset({"far"}), frozenset({"nobody"})
    known = [Instance("he", (near, far, nobody), (True, False, False)) for _ in range(200)]
    open_ = [Instance("he", (far, nobody), (False, True)) for _ in range(200)]

    head = Chooser(fit([*known, *open_]))

    assert head.chances([far, near, nobody])[1] > 0.7
    assert head.chances([far, nobody])[1] > 0.7


def test_training_gives_the_same_weights_again():
    rows = tuple(frozenset({f"at:{i}", "who:person"}) for i in range(4))
    instances = [Instance("he", rows, tuple(i == j % 4 for i in range(4))) for j in range(22)]

    assert fit(instances) == fit(instances)
