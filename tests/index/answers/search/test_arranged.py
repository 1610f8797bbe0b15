"""An answer begins with the news, and with the figure that still holds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.answers.search.arranged import arrange, in_reading_order, mark_corrected
from index.answers.search.duplicates import Match, UniqueMatch, fold_copies
from index.labels import CORRECTED_LATER
from index.types import Span
from tests.index.briefing_builders import article, said

GROMOV = "Ilya Gromov"
TOPIC = "harbour bridge"


def found(name, text, score=0.9, speaker=GROMOV, day=7, **more):
    return Match(article(name, said(speaker, text, **more), day=day), 0, (0,), score)


def ordered(*matches, topic=TOPIC):
    entries = mark_corrected([UniqueMatch(match) for match in matches])
    return [each.shown.texts[0] for each in arrange(entries, topic)]


def of_one(*statements):
    """The statements of one article, each with its score and the kind of its attribution."""
    item = article("a", *(said(GROMOV, text, kind=kind) for text, _, kind in statements), day=7)
    return [Match(item, at, (at,), each[1]) for at, each in enumerate(statements)]


NEWS, PROVERB = "Gromov promised to lift the limit.", "“A full barn is no use to anybody.”"
NAMING = "“A bridge is no use.”"


@pytest.mark.parametrize(
    ("news", "proverb", "expected"),
    [
        ((NEWS, 0.7, "indirect"), (PROVERB, 0.9, "direct"), [NEWS, PROVERB]),
        ((NEWS, 0.3, "indirect"), (PROVERB, 0.9, "direct"), [PROVERB, NEWS]),
        ((NEWS, 0.7, "direct"), (PROVERB, 0.9, "direct"), [PROVERB, NEWS]),
        ((NEWS, 0.7, "indirect"), (NAMING, 0.9, "direct"), [NAMING, NEWS]),
    ],
)  # fmt: skip
def test_a_quotation_stands_behind_the_news_that_it_comments_on(news, proverb, expected):
    assert expected == ordered(*reversed(of_one(news, proverb)))


def test_who_is_meant_by_a_pronoun_is_named_before_it():
    named = "Gromov came to the port."
    one, two = of_one((named, 0.6, "indirect"), ("She would sail, she said.", 0.9, "indirect"))

    assert [named, "She would sail, she said."] == ordered(two, one)
    unsure = replace(one, sure=False)
    assert ["She would sail, she said.", named] == ordered(two, unsure)


def test_a_pronoun_that_names_the_topic_needs_no_other_before_it():
    topical = "She said the harbour bridge was safe."
    one, two = of_one(("Gromov came.", 0.6, "indirect"), (topical, 0.9, "indirect"))

    assert [topical, "Gromov came."] == ordered(two, one)


def test_what_names_all_of_the_topic_comes_first():
    near, named = "Engineers work at night.", "The harbour bridge is closed."

    assert [named, near] == ordered(found("a", near, 0.9), found("b", named, 0.5))
    doubtful = replace(found("b", named, 0.5), sure=False)
    assert [near, named] == ordered(found("a", near, 0.9), doubtful)


def test_of_equal_ones_by_one_source_the_newest_comes_first():
    old, new = found("a", "Bread is dear.", 0.61, day=7), found("b", "Flour is short.", 0.6, day=9)

    assert ["Flour is short.", "Bread is dear."] == ordered(old, new)
    assert ["Bread is dear.", "Flour is short."] == ordered(replace(old, score=0.7), new)
    other = found("b", "Flour is short.", 0.6, "Anna Weller", day=9)
    assert ["Bread is dear.", "Flour is short."] == ordered(old, other)


FORTY, FOURTEEN = "Forty trucks reached the town.", "Fourteen trucks, not forty, came."


@pytest.mark.parametrize(
    ("first", "second", "corrected"),
    [
        (found("a", FORTY, day=7), found("b", FOURTEEN, 0.6, day=9), True),
        (found("a", FORTY, day=9), found("b", FOURTEEN, 0.6, day=7), False),
        (found("a", FORTY, day=7), found("b", FOURTEEN, 0.6, "Anna Weller", day=9), False),
        (found("a", FORTY, day=7), found("b", "Fourteen trucks came.", 0.6, day=9), False),
        (found("a", FORTY, day=7), found("b", "Six ships rather than forty.", 0.6, day=9), False),
        (found("a", FORTY, day=7), found("b", "Not forty trucks came.", 0.6, day=9), False),
    ],
)  # fmt: skip
def test_a_figure_that_was_taken_back_is_labelled_and_stands_behind(first, second, corrected):
    entries = mark_corrected([UniqueMatch(first), UniqueMatch(second)])

    assert [corrected, False] == [CORRECTED_LATER in each.labels for each in entries]
    arranged = [each.shown for each in arrange(entries, "trucks")]
    assert ([second, first] if corrected else [first, second]) == arranged


def test_what_was_denied_stands_behind_the_admission():
    denied = found("a", "The gas line hurt nobody.", 0.9, day=7, cue_class="denied")
    admitted = found("b", "The gas line hurt two.", 0.6, day=9, cue_class="confirmed")

    assert ["The gas line hurt two.", "The gas line hurt nobody."] == ordered(denied, admitted)
    between = found("c", "Bread is dear.", 0.7)
    doubtful = replace(admitted, sure=False)
    assert [admitted, denied, between] == [
        each.shown for each in arrange([*map(UniqueMatch, (denied, between, doubtful))], "gas line")
    ]
    not_so = found("b", "The ships hurt two.", 0.6, day=9, cue_class="confirmed")
    assert ["The gas line hurt nobody.", "The ships hurt two."] == ordered(denied, not_so)


def test_what_is_added_stands_behind_what_its_speaker_said_before_it():
    first = "No ship sailed, he said."
    cue = Span(len(first) + 4, len(first) + 9)
    late = said("Ilya Gromov", "He added that the port was full.", cue=(cue,))
    item = article("a", said("Ilya Gromov", first), late)
    other = found("b", "The crew was safe, she said.", speaker="Vera Lund")
    added, denied = Match(item, 1, (1,), 0.9), Match(item, 0, (0,), 0.5)

    ordered = in_reading_order(fold_copies([added, other, denied]))

    assert [("a", 0), ("b", 0), ("a", 1)] == [
        (each.shown.item.article.id, each.shown.number) for each in ordered
    ]
