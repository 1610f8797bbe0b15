"""Which stance a statement takes as a whole, and when the verb has the last word."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from index.attribution import find_candidates
from index.attribution.stance.choice import (
    WEIGHTS,
    chosen,
    with_stance,
    with_stances,
)
from index.attribution.stance.training import Example, fit, judged, scores
from index.attribution.stance.words import stances_worded, takes_stance
from index.errors import AttributionError
from index.models import open_embedder
from index.models.softmax import SoftmaxHead, fit_softmax, read_softmax, write_softmax
from index.settings import IndexSettings
from index.text.sentences import split_sentences
from index.types import Article, Attribution, IndexedArticle, Span, Statement

DAY = datetime(2018, 2, 7, tzinfo=UTC)
TEXT = "“You owe the families an answer,” she said."
MADE = Attribution((Span(34, 37),), (Span(38, 42),), (Span(0, 33),), "direct")
SENTENCES = tuple(split_sentences(TEXT))
CLASSES = ("demanded", "said", "warned")


def head(*bias: float) -> SoftmaxHead:
    """A head that knows no feature: it gives each class the share of its bias."""
    return SoftmaxHead(CLASSES, np.log(bias), {}, np.zeros((2, 3)))


def stance(shares: tuple[float, ...], made: Attribution = MADE) -> str:
    vectors = np.array([[1, 0]], dtype=np.float32)
    return with_stance(TEXT, made, SENTENCES, vectors, head(*shares)).cue_class


def test_a_likely_stance_takes_the_place_of_plain_saying():
    assert "demanded" == stance((0.65, 0.25, 0.1))


def test_an_unlikely_stance_leaves_it_plain():
    assert "said" == stance((0.55, 0.25, 0.2))


def test_the_verb_s_own_stance_stays_unless_it_is_most_unlikely():
    warned = replace(MADE, cue_class="warned")

    assert "warned" == stance((0.6, 0.2, 0.2), warned)
    assert "demanded" == stance((0.65, 0.3, 0.05), warned)
    assert "said" == stance((0.3, 0.65, 0.05), warned)


def test_denials_are_left_to_the_rules():
    vectors = np.array([[1, 0]], dtype=np.float32)
    sure = SoftmaxHead(("denied", "said"), np.log([0.9, 0.1]), {}, np.zeros((2, 2)))
    denied = replace(MADE, cue_class="denied")

    assert "said" == with_stance(TEXT, MADE, SENTENCES, vectors, sure).cue_class
    assert "denied" == stance((0.8, 0.15, 0.05), denied)


def test_a_class_that_the_head_does_not_know_stays():
    assert "promised" == stance((0.9, 0.05, 0.05), replace(MADE, cue_class="promised"))


def test_what_is_thought_or_negated_is_left_to_the_rules():
    text = TEXT.replace("she said", "she did not say")
    negated = replace(MADE, cue=(Span(46, 49),), negated=True)
    vectors = np.array([[1, 0]], dtype=np.float32)
    found = with_stance(text, negated, tuple(split_sentences(text)), vectors, head(0.8, 0.1, 0.1))

    assert "said" == found.cue_class
    assert "said" == stance((0.8, 0.1, 0.1), replace(MADE, thought=True))


def test_vectors_of_another_length_tell_nothing():
    item = IndexedArticle(Article("a", "", TEXT), SENTENCES, (Statement(MADE, None),), DAY)

    assert item is with_stances(item, np.ones((1, 4), dtype=np.float32))


def test_a_sentence_has_the_words_that_each_stance_asks_for():
    words = "they called on him and it won't be denied".split()
    written = " ".join(words)

    known = ("denied", "confirmed", "accused", "declined", "demanded", "warned", "promised")
    assert {name for name in known if takes_stance(written, name)} == stances_worded(words)
    assert {"demanded", "declined", "denied"} <= stances_worded(words)


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("“You owe the families an answer,” Anna Berg said.", "demanded"),
        ("“They must stop the bombing immediately,” Anna Berg said.", "demanded"),
        ("“If the dam breaks, thousands could die,” Anna Berg said.", "warned"),
        ("“This is a war crime and they are responsible,” Anna Berg said.", "accused"),
        ("Anna Berg denied that the port was shut.", "denied"),
        ("“That is a lie. We never fired at the ship,” Anna Berg said.", "denied"),
        ("“We support Lithuania and its right to decide,” Anna Berg said.", "said"),
        ("The envoy said Lithuania had acted within the law.", "said"),
        ("Anna Berg said the harbour opened at noon.", "said"),
        ("Anna Berg did not say that they must stop the bombing immediately.", "said"),
    ],
)
def test_the_shipped_head_reads_the_whole_statement(text, taken):
    embedder = open_embedder(IndexSettings(embedding_model="all-MiniLM-L6-v2-int8", backend="onnx"))
    sentences = tuple(split_sentences(text))
    made = find_candidates([Article("a", "", text)])[0][0]

    vectors = embedder.embed_passages([text[s.start : s.end] for s in sentences])

    assert taken == with_stance(text, made, sentences, vectors).cue_class


def test_the_shipped_head_is_the_one_that_was_written():
    stored = json.loads(WEIGHTS.read_text("utf-8"))
    shipped = read_softmax(WEIGHTS)

    assert tuple(stored["classes"]) == shipped.classes
    assert (384, 8) == shipped.matrix.shape
    assert stored["figures"]["whole"]["macro"] > stored["figures"]["verb alone"]["macro"]


@pytest.mark.parametrize("damage", ["weights", "missing", "no json", "no list"])
def test_a_damaged_head_is_refused(tmp_path, damage):
    stored = json.loads(WEIGHTS.read_text("utf-8"))
    stored["bias"][0] += 1.0
    path = tmp_path / "stance.json"
    if damage != "missing":
        text = {"weights": json.dumps(stored), "no json": "{", "no list": "[1]"}[damage]
        path.write_text(text, "utf-8")

    with pytest.raises(AttributionError, match="reinstall onrecord"):
        read_softmax(path)


def test_a_head_comes_back_as_it_was_written(tmp_path):
    made = SoftmaxHead(CLASSES, np.zeros(3), {"a": np.array([1.0, 0, -1])}, np.ones((2, 3)))
    write_softmax(tmp_path / "head.json", made, {"decay": 1.0})

    found = read_softmax(tmp_path / "head.json")

    vector = np.array([1, 0], dtype=np.float32)
    whole = np.exp(1) + 1 + np.exp(-1)
    wanted = [np.exp(1) / whole, 1 / whole, np.exp(-1) / whole]
    assert wanted == pytest.approx(found.probabilities(["a", "a", "unknown"], vector).tolist())


def test_training_learns_from_features_and_from_vectors():
    rows = [frozenset({"must"}), frozenset(), frozenset()] * 40
    vectors = np.array([[1, 0], [0, 1], [1, 0]] * 40, dtype=np.float32)

    made = fit_softmax(rows, vectors, ["demanded", "warned", "said"] * 40, decay=1.0, least=3)

    found = [
        CLASSES[int(np.argmax(made.probabilities(r, v)))]
        for r, v in zip(rows, vectors, strict=True)
    ]
    assert ["demanded", "warned", "said"] * 40 == found
    again = fit_softmax(rows, vectors, ["demanded", "warned", "said"] * 40, decay=1.0, least=3)
    assert made.matrix.tolist() == again.matrix.tolist()


def test_the_figures_count_each_class_alike():
    counted = {("said", "said"): 8, ("warned", "said"): 1, ("warned", "warned"): 1}

    found = scores(counted)

    assert {"macro": 0.804, "said": [8, 9, 0.89, 1.0], "warned": [2, 1, 1.0, 0.5]} == found


def test_training_judges_a_statement_by_all_its_sentences():
    rows = (frozenset({"must"}), frozenset({"plain"}))
    vectors = np.array([[1, 0], [0, 1]], dtype=np.float32)
    known = [Example("f", rows[:1], vectors[:1], 0, "said", False, "demanded")] * 40
    plain = [Example("f", rows[1:], vectors[1:], 0, "said", False, "said")] * 40
    made = fit([*known, *plain])

    assert "demanded" == judged(known[0], made)
    assert "said" == judged(
        Example("f", (*rows, rows[1]), vectors[[0, 1, 1]], 0, "said", False, "said"), made
    )
    assert "said" == judged(replace(known[0], settled=True), made)
    assert chosen("said", np.array([0.65, 0.35]), made) == "demanded"
