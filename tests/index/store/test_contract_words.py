"""What every store owes: search by words."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.index.store.store_builders import EAST, article, keys_of, matched, put, vectors


def test_match_puts_the_sentence_with_the_rarer_word_first(store):
    store.put(
        article("a", "The tank and the bridge.", "The tank stood still.", "The harbour is calm."),
        vectors(EAST, EAST, EAST),
    )

    # "bridge" stands in one sentence of three, "tank" in two.
    assert [("a", 0), ("a", 1)] == matched(store, "tank bridge")
    assert [("a", 2)] == matched(store, "harbours")


def test_match_prefers_the_shorter_sentence_among_equals(store):
    store.put(
        article("a", "Rain fell on the old harbour town all day.", "Rain fell.", "Sun."),
        vectors(EAST, EAST, EAST),
    )

    assert [("a", 1), ("a", 0)] == matched(store, "rain")


def test_match_scores_rise_with_likeness_and_equal_ones_come_by_key(store):
    for name in ("a", "b", "c"):
        store.put(article(name, "Snow in the pass.", "Quiet."), vectors(EAST, EAST))

    rows = store.match("snow pass", 2)

    assert [("a", 0), ("b", 0)] == matched(store, "snow pass", k=2)
    assert rows[0].score == rows[1].score > 0


def test_match_keeps_to_among(store):
    put(store, "a", EAST)
    put(store, "b", EAST)

    assert [("b", 0)] == matched(store, "word0", among=keys_of(store, "b"))
    assert [] == matched(store, "word0", among=np.empty(0, np.int64))
    assert [] == matched(store, "word0", among=np.array([10**12], np.int64))


def test_the_holders_of_a_word_are_counted_and_those_among_are_listed(store):
    store.put(article("a", "An F-16 fell.", "The F 17 did not."), vectors(EAST, EAST))
    store.put(article("b", "Two tanks burned.", "A tank."), vectors(EAST, EAST))
    first, second = keys_of(store, "b")
    a_first, _ = keys_of(store, "a")

    assert (2, [second]) == store.sentences_with("tank", np.array([second, 10**12], np.int64))
    assert (2, [first, second]) == store.sentences_with("tanks", np.array([second, first, second]))
    assert (1, [a_first]) == store.sentences_with("F-16", keys_of(store, "a"))
    assert (2, []) == store.sentences_with("tank", np.empty(0, np.int64))
    assert (0, []) == store.sentences_with("harbour", keys_of(store, "a"))
    assert (0, []) == store.sentences_with("?", keys_of(store, "a"))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("norland's", [0]),
        ("Norland’s fleet?", [0]),
        ("F-16", [1]),
        ("16-F", []),
        ("Zelený", [2]),
        ("zeleny", [2]),
        ("Zeleny\u0301", [2]),
        ("fleet,jets/none", [0, 1]),
        ("AND", []),
        ("fleet AND jets", [0, 1]),
        ("NEAR(fleet, jets)", [0, 1]),
        ("text:fleet", [0]),
        ("fle*", []),
        ('"fleet', [0]),
        ("-fleet", [0]),
        ("^fleet NOT jets", [0, 1]),
        ("'; DROP TABLE words; --", []),
        ("fleet\0jets", [0, 1]),
        ("\ud800 fleet", [0]),
        ("?! …", []),
        ("", []),
    ],
)
def test_operators_and_punctuation_are_plain_words(store, words, expected):
    text = ("The fleet of Norland sailed.", "Two F-16 jets rose.", "Mr Zelený slept.")
    store.put(article("a", *text), vectors(EAST, EAST, EAST))

    assert expected == sorted(sentence for _, sentence in matched(store, words))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(words=st.text(alphabet="aA.!?“”‘’\"'()*:^-+{}, \n\0é\ud800ANDORT", max_size=200))
def test_any_text_can_be_matched(store, words):
    store.put(article("a", "A and or not."), vectors(EAST))

    assert {("a", 0)} >= set(matched(store, words))


def test_a_question_of_thousands_of_words_can_be_matched(store):
    put(store, "a", EAST)

    assert [("a", 0)] == matched(store, " ".join(f"word{n}" for n in range(5_000)))
