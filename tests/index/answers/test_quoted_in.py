"""Who is quoted in the article behind a link."""

from __future__ import annotations

from index.answers.quoted_in import quoted_in
from tests.index.briefing_builders import article, said, session_of

TOLD = article(
    "gate",
    said("Ilya Gromov", "One."), said("Ilya Gromov", "Two."), said("Anna Weller", "Three."),
    said(None, "Four."), said("Pavel Sorin", "Five.", thought=True),
)  # fmt: skip
OTHER = article("river", said("Defne Okumus", "Six."))
QUIET = article("quiet", said(None, "It rained.", own_words=True))


def test_the_speakers_of_an_article_come_in_turn():
    briefing = quoted_in("http://www.gate.example/story?utm_source=x", session_of(TOLD, OTHER))

    assert briefing is not None
    assert ["One.", "Three.", "Two."] == [quote.text for quote in briefing.quotes]
    assert 3 == briefing.total


def test_an_article_without_quotes_is_known_but_quotes_nobody():
    briefing = quoted_in("https://quiet.example/story", session_of(QUIET))

    assert briefing is not None
    assert () == briefing.quotes


def test_an_unknown_address_is_no_article():
    assert quoted_in("https://gate.example/other", session_of(TOLD)) is None
