"""A quotation of several sentences is one statement, wherever it is counted."""

from __future__ import annotations

import pytest

from index.answers.answer import answer
from index.labels import group_quotes
from index.reports.wording import footer
from index.types import Query
from tests.index.briefing_builders import article, said, session_of

LONG = ("The bridge is ours.", "Nobody asked the ferry.", "The bridge stays shut.")
SESSION = session_of(
    article("a", said("Ilya Gromov", *LONG), said("Ilya Gromov", "Bread is dear."), day=3),
    article(
        "b",
        said("Ilya Gromov", "The bridge opens in May."),
        said("Anna Weller", "The bridge is late."),
        said("Ilya Gromov", "The bridge was never late."),
        day=2,
    ),
)


@pytest.mark.parametrize("topic", [None, "bridge", "the ferry"])
@pytest.mark.parametrize("limit", [1, 3, None])
def test_no_page_shows_more_statements_than_there_are(topic, limit):
    query = Query("?", speaker="Ilya Gromov", topic=topic)

    found = answer(query, SESSION, limit=limit)

    assert 0 < len(group_quotes(found.quotes)) <= found.total
    if limit is None:
        assert len(group_quotes(found.quotes)) == found.total
        assert f"{found.total} of {found.total} statements" in footer(found)


def test_a_quotation_is_shown_without_a_hole():
    query = Query("?", speaker="Ilya Gromov", topic="bridge")

    texts = [quote.text for quote in answer(query, SESSION, limit=None).quotes]

    at = texts.index(LONG[0])
    assert list(LONG) == texts[at : at + len(LONG)]
