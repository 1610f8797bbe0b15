"""What those asked say in the same articles beside an answer: counted, so that none is hidden."""

from __future__ import annotations

import pytest

from index.answers.answer import answer
from index.answers.search.beside import count_beside
from index.reports.wording import footer
from index.types import Query
from tests.index.briefing_builders import article, said, session_of

ARTICLE = article(
    "a",
    said("Ilya Gromov", "The harbour bridge is closed."),
    said("Anna Weller", "The fair begins tomorrow.", "Tickets are free.", "Children may ride."),
    said("Ilya Gromov", "My aunt keeps forty hens.", "One of them is blind."),
    said("Ilya Gromov", "Nobody paints by candlelight."),
)
ELSEWHERE = article("b", said("Ilya Gromov", "Bread is dear."))


def asked(**wanted) -> Query:
    return Query("?", **({"speaker": "Ilya Gromov", "topic": "harbour bridge"} | wanted))


def session():
    return session_of(ARTICLE, ELSEWHERE)


def test_an_answer_of_one_says_how_much_more_he_says_there():
    found = answer(asked(), session())

    assert (found.total, found.beside) == (1, 2)
    assert "1 of 1 statements (2 others by them in the same articles)" in footer(found)


def test_where_all_is_shown_nothing_is_beside_it():
    found = answer(asked(topic=None), session())

    assert found.beside == 0
    assert "same articles" not in footer(found)


@pytest.mark.parametrize("wanted", [{"speaker": None, "anyone": True}, {"stance": "denied"}])
def test_of_a_question_to_nobody_or_for_one_stance_nothing_is_counted(wanted):
    whole = answer(asked(topic=None), session(), limit=None)

    assert whole.quotes
    assert count_beside([], asked(**wanted), session()) == 0
