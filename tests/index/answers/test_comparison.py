"""Two who speak, side by side."""

from __future__ import annotations

import pytest

from index.answers.comparison import compare
from index.errors import QuestionError
from index.types import Query
from tests.index.briefing_builders import article, said, session_of

TOLD = article(
    "a",
    said("Ilya Gromov", "The tank was never ours."),
    said("Anna Weller", "The tank was hit by a drone."),
)  # fmt: skip
BREAD = article("b", said("Defne Okumus", "Bread will not cost more."))


def test_each_party_has_its_own_answer_in_the_order_asked():
    query = Query("?", party="united states", other_parties=("russia",), topic="the tank")

    sides = compare(query, session_of(TOLD, BREAD)).sides

    assert [("United States", ["Anna Weller"]), ("Russia", ["Ilya Gromov"])] == [
        (side.party.name, [quote.speaker for quote in side.briefing.quotes]) for side in sides
    ]


def test_a_side_that_said_nothing_abstains():
    query = Query("?", party="russia", other_parties=("turkey",), topic="the tank")

    _, turkey = compare(query, session_of(TOLD, BREAD)).sides

    assert (True, ()) == (turkey.briefing.abstained, turkey.briefing.quotes)
    assert "No statement by Turkey" in (turkey.briefing.reason or "")


def test_persons_and_parties_can_be_compared():
    query = Query("?", speaker="Ilya Gromov", party="russia", other_parties=("turkey",),
                  other_speakers=("Anna Weller",))  # fmt: skip

    sides = compare(query, session_of(TOLD, BREAD)).sides

    assert ["Ilya Gromov", "Turkey", "Anna Weller"] == [side.party.name for side in sides]
    assert [["Ilya Gromov"], ["Defne Okumus"], ["Anna Weller"]] == [
        [quote.speaker for quote in side.briefing.quotes] for side in sides
    ]


@pytest.mark.parametrize("query", [Query("?", anyone=True), Query("?", party="russia")])
def test_a_comparison_needs_two(query):
    with pytest.raises(QuestionError, match="two who speak"):
        compare(query, session_of(TOLD, BREAD))
