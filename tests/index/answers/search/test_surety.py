"""What is surely on a topic, what perhaps on another matter, and what stands behind the rest."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from index.answers.search.scoring.company import Standing
from index.answers.search.scoring.evidence import NAMES
from index.answers.search.scoring.surety import is_unsure, on_the_event, rank, refers_back

# Title and lead, the whole article and the sentences around hold the one word of a topic.
TITLED = {"words of title and lead": 1, "words of article": 1, "words near": 1, "topic words": 1}


def numbers(*rows):
    made = np.zeros((len(rows), len(NAMES)), dtype=np.float32)
    for at, row in enumerate(rows):
        for name, value in row.items():
            made[at, NAMES.index(name)] = value
    return made


def standings(*speakers):
    return [Standing("a", at, who) for at, who in enumerate(speakers)]


def unsure(rows, found, places, refers=(), doubtful=()):
    every = np.ones(len(rows), dtype=bool)
    doubts = np.array([at in doubtful for at in range(len(rows))])
    placed = [replace(each, refers=each.sentence in refers) for each in places]
    return is_unsure(placed, numbers(*rows), np.array(found), every, doubts).tolist()


@pytest.mark.parametrize(
    ("text", "refers"),
    [
        ("Malin denied the accusation.", True),
        ("The company had denied it on Friday.", False),
        ("A spokesman rejected that, saying nothing more.", True),
        ("The union contradicted him.", True),
        ("Malin denied the accusation of theft.", False),
        ("The clash of February 7 betrays a plan.", False),
    ],
)
def test_what_denies_only_what_stands_before_it_refers_back(text, refers):
    assert refers is refers_back(text)


def test_what_others_of_its_article_name_is_perhaps_another_matter():
    own = TITLED | {"words of statement": 1}
    near = TITLED | {"sentence": 0.4}

    assert [False, True, False] == unsure(
        [own, TITLED, near], [0.9, 0.8, 0.8], standings("gromov", "weller", "malin")
    )


def test_what_refers_back_is_on_what_stands_before_it_and_so_is_what_follows():
    places = standings("weller", "gromov", "gromov", "malin")

    assert [True, False, False, True] == unsure([TITLED] * 4, [0.9] * 4, places, refers={1})


def test_what_only_goes_with_others_is_sure_where_it_refers_back():
    near = {"topic words": 3, "words near": 1}
    places = standings("weller", "gromov", "malin")

    assert [False, True, True] == unsure([near] * 3, [0.9] * 3, places, doubtful={1, 2})
    assert [False, False, True] == unsure([near] * 3, [0.9] * 3, places, {1}, doubtful={1, 2})


def test_a_quotation_that_is_near_the_topic_has_the_news_before_it_with_it():
    quoted = TITLED | {"sentence": 0.4, "direct": 1}
    places = standings("gromov", "gromov")

    assert [False, False] == unsure([TITLED, quoted], [0.9, 0.9], places)
    assert [True, False] == unsure([TITLED, quoted | {"direct": 0}], [0.9, 0.9], places)


def test_beside_better_ones_what_is_hardly_likely_is_not_sure():
    rows = [{"topic words": 3}] * 2

    assert [False, True] == unsure(rows, [0.8, 0.4], standings("gromov", "weller"))
    assert [False, False] == unsure(rows, [0.45, 0.4], standings("gromov", "weller"))


def test_nobody_who_declines_to_speak_is_put_on_the_event():
    event = {"words of title and lead": 1, "topic words": 2}

    assert [True, False] == on_the_event(numbers(event, {"topic words": 2})).tolist()
    assert [False, False] == on_the_event(numbers(event, event | {"silent": 1})).tolist()


def test_what_stands_behind_keeps_the_order_of_its_article():
    behind = np.array([False, True, True, False])
    places = [Standing("a", at, "gromov") for at in (3, 5, 4, 9)]

    scores = rank(places, np.array([0.9, 0.8, 0.2, 0.6]), ~behind, behind)

    assert [0, 3, 2, 1] == np.argsort(-scores).tolist()
    assert (scores > 0).all()
