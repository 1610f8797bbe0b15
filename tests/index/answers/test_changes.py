"""An earlier and a later statement that differ, and the many pairs that are no change."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.answers.changes import changes
from index.types import Query
from tests.index.briefing_builders import article, said, session_of

RUSSIA = Query("?", party="russia")


def dated(*lines, by: str = "Ilya Gromov", days=(8, 12, 16)) -> list:
    """One statement an article, four days apart; a line may be (text, fields of Attribution)."""
    return [
        article(str(day), said(by, *([line] if isinstance(line, str) else line[:1]),
                               **({} if isinstance(line, str) else line[1])), day=day)
        for day, line in zip(days, lines, strict=False)
    ]  # fmt: skip


def pairs(*articles, query: Query = RUSSIA, limit: int = 3) -> list[tuple[str, str]]:
    found = changes(query, session_of(*articles), limit=limit)
    return [(change.earlier.text, change.later.text) for change in found]


DENIED = ("Russian soldiers died in the night attack.", {"cue_class": "denied"})


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        # a "not"
        ("No soldiers died in the night attack.", "Soldiers died in the night attack."),
        # a number, in words and in figures
        ("Two soldiers died in the attack.", "Five soldiers died in the attack."),
        ("The bridge will carry 14 trains.", "The bridge will carry 9 trains."),
        # a denial, then the same as a plain statement
        (DENIED, "Russian soldiers died in the night attack."),
    ],
)
def test_a_statement_that_turns_is_a_change(earlier, later):
    texts = [line if isinstance(line, str) else line[0] for line in (earlier, later)]

    assert [tuple(texts)] == pairs(*dated(earlier, later))


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        # the same again
        ("Soldiers died in the night attack.", "Soldiers died in the night attack."),
        ("Soldiers died in the night attack.", "In the night attack soldiers died."),
        # something else
        ("No soldiers died in the night attack.", "Bread will cost more in the spring."),
        ("Two soldiers died in the attack.", "Five new bakeries opened."),
        # only the day in it differs
        ("Talks on the gate begin on 4 March 2018.", "Talks on the gate begin on 4 March 2019."),
        ("Talks on the gate begin on May 4.", "Talks on the gate begin on May 9."),
        # one word in common is no matter in common
        ("The attack.", "No attack."),
    ],
)
def test_what_says_the_same_or_something_else_is_no_change(earlier, later):
    assert [] == pairs(*dated(earlier, later))


def test_the_earlier_one_comes_first_whatever_the_order_of_arrival():
    early, late = dated("Two soldiers died in the attack.", "Five soldiers died in the attack.")

    assert [("Two soldiers died in the attack.", "Five soldiers died in the attack.")] == pairs(
        late, early
    )


def test_statements_of_one_day_or_of_no_day_are_no_change():
    lines = "Two soldiers died in the attack.", "Five soldiers died in the attack."

    assert [] == pairs(*dated(*lines, days=(8, 8)))
    assert [] == pairs(*[article(str(n), said("Ilya Gromov", t)) for n, t in enumerate(lines)])


def test_two_parties_that_differ_are_no_change():
    early = article("a", said("Ilya Gromov", "Two soldiers died in the attack."), day=8)
    late = article("b", said("Anna Weller", "Five soldiers died in the attack."), day=12)

    assert [] == pairs(early, late)
    assert [] == pairs(early, late, query=replace(RUSSIA, party=None, anyone=True))


def test_what_differs_most_comes_first_and_no_statement_twice():
    lines = (
        "Two soldiers died in the night attack.",
        ("No soldiers died in the night attack.", {"cue_class": "denied"}),
        "Five soldiers died in the night attack.",
    )

    found = pairs(*dated(*lines))

    assert 1 == len(found)
    assert "No soldiers died in the night attack." in found[0]


def test_a_thought_is_no_statement_to_change():
    early, late = dated(
        "Soldiers died in the night attack.",
        ("No soldiers died in the night attack.", {"thought": True}),
    )

    assert [] == pairs(early, late)
