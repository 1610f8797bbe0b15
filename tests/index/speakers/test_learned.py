"""The trained heads: a file is as training wrote it, and a head adds up what is true."""

import json
import math

import pytest

from index.errors import AttributionError
from index.speakers.learned.head import WEIGHTS, Head, digest, load_head
from index.speakers.training import Instance, fit


def test_a_head_adds_up_the_weights_of_what_is_true():
    head = Head(-1.0, {"near": 2.0, "far": -3.0})

    assert 1 / (1 + math.exp(-1)) == head.probability(["near", "near", "unknown"])
    assert 1 / (1 + math.exp(4)) == head.probability(["far"])


def test_the_shipped_head_is_the_one_that_was_written():
    stored = json.loads((WEIGHTS / "antecedents.json").read_text("utf-8"))

    assert stored["sha256"] == digest(stored["bias"], stored["weights"])
    assert load_head("antecedents").weights == stored["weights"]


@pytest.mark.parametrize("damage", ["weights", "bias", "missing", "no json"])
def test_a_damaged_head_is_refused(tmp_path, damage):
    stored = json.loads((WEIGHTS / "antecedents.json").read_text("utf-8"))
    if damage == "bias":
        stored["bias"] += 1.0
    else:
        stored["weights"]["rank:0"] = 99.0
    if damage != "missing":
        text = json.dumps(stored) if damage in ("weights", "bias") else "{"
        (tmp_path / "antecedents.json").write_text(text, "utf-8")

    with pytest.raises(AttributionError, match="reinstall onrecord"):
        load_head("antecedents", tmp_path)


def test_training_learns_which_feature_tells_the_right_candidate():
    near, far = frozenset({"near"}), frozenset({"far"})
    instances = [Instance(str(i), "he", (near, far), (True, False), True) for i in range(20)]

    weights, bias = fit(instances)
    head = Head(bias, weights)

    assert head.probability(near) > 0.7
    assert head.probability(far) < 0.3
