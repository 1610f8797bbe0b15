"""Which sentences stand beside one that names a topic, and which are of another event."""

from __future__ import annotations

import numpy as np

from index.answers.search.scoring.company import (
    Standing,
    follows_up,
    goes_on,
    goes_with,
    of_another_event,
)
from index.answers.search.scoring.evidence import NAMES

TITLED, WHOLE, COUNT = (
    NAMES.index(name) for name in ("words of title and lead", "words of article", "topic words")
)


SENTENCES = NAMES.index("sentences")


def numbers(*rows):
    """Evidence of which title and lead, the whole article, and the words of the topic matter."""
    made = np.zeros((len(rows), len(NAMES)), dtype=np.float32)
    made[:, [TITLED, WHOLE, COUNT]] = rows
    return made


def test_the_same_speaker_in_the_next_sentence_is_still_at_it():
    standings = [
        Standing("a", 4, "malin"),
        Standing("a", 5, "malin"),
        Standing("a", 6, "malin"),
        Standing("a", 7, "malin"),
        Standing("a", 3, "gromov"),
        Standing("b", 5, "malin"),
    ]
    naming = np.array([True, False, False, False, False, False])

    assert follows_up(standings, naming).tolist() == [False, True, False, False, False, False]


def test_where_nobody_is_named_nobody_goes_on():
    standings = [Standing("a", 4, None), Standing("a", 5, None)]

    assert not follows_up(standings, np.array([True, False])).any()


def test_words_right_behind_a_statement_go_on_with_it():
    standings = [
        Standing("a", 5, "malin"),
        Standing("a", 4, "malin"),
        Standing("a", 7, "malin"),
        Standing("a", 6, "gromov"),
        Standing("b", 5, "malin"),
    ]

    assert [*goes_on(standings, np.ones(5, dtype=bool))] == [(0, 1)]
    assert not [*goes_on(standings, np.zeros(5, dtype=bool))]


def another(*rows, found):
    standings = [Standing(name, at, "malin") for at, name in enumerate("abcdef"[: len(rows)])]
    return of_another_event(standings, numbers(*rows), np.array(found)).tolist()


def test_beside_an_article_all_about_a_topic_one_shared_word_is_too_little():
    rows = [(1, 1, 2), (0.4, 0.4, 2), (0, 0.6, 2)]

    assert another(*rows, found=[0.6, 0.5, 0.5]) == [False, True, False]


def test_without_such_an_article_nothing_is_of_another_event():
    rows = [(0.6, 0.6, 2), (0.4, 0.4, 2)]

    assert another(*rows, found=[0.6, 0.5]) == [False, False]


def test_an_article_that_is_hardly_about_it_drives_out_no_other():
    assert another((1, 1, 2), (0, 0, 2), found=[0.2, 0.5]) == [False, False]


def test_a_long_topics_words_stand_in_a_text_by_chance():
    assert another((0.5, 1, 4), (0, 0.4, 4), found=[0.9, 0.5]) == [False, False]
    assert another((0.5, 1, 2), (0, 0.4, 2), found=[0.9, 0.5]) == [False, True]


def test_what_is_most_probably_about_the_topic_stays():
    assert another((1, 1, 2), (0, 0, 2), found=[0.9, 0.8]) == [False, False]


def with_first(row, found, *, sentences=13, speaker="weller"):
    """Put a sentence of *row* behind one that is shown: whether it goes with it, and not surely."""
    places = [Standing("a", 0, "gromov"), Standing("a", 1, speaker), Standing("b", 2, speaker)]
    made = numbers(row, row, row)
    made[:, SENTENCES] = np.log(sentences)
    shown = np.array([True, False, False])
    taken, unsure = goes_with(places, made, np.array([0.9, found, found]), shown)
    assert not taken[2]
    return bool(taken[1]), bool(unsure[1])


def test_in_an_article_on_the_event_the_others_by_those_asked_come_too():
    event, word, titled, other = (1, 1, 2), (0, 1, 1), (1, 1, 1), (0, 0.5, 2)

    assert (True, True) == with_first(event, 0.05)
    assert (True, False) == with_first(event, 0.2)
    assert (False, False) == with_first(event, 0.01)
    assert (True, True) == with_first(titled, 0.2)
    assert (False, False) == with_first(titled, 0.9, sentences=5)
    assert (False, False) == with_first(word, 0.9)
    assert (False, False) == with_first(event, 0.9, sentences=14)
    assert (True, True) == with_first(other, 0.6)
    assert (False, False) == with_first(other, 0.3)


def test_right_behind_one_by_the_same_speaker_less_is_enough():
    assert (True, False) == with_first((0, 0.5, 2), 0.2, speaker="gromov")
    assert (False, False) == with_first((0, 0.5, 2), 0.1, speaker="gromov")
