"""Who said what on a topic, by party."""

from __future__ import annotations

from dataclasses import replace

from index.answers.digest import digest
from index.types import Briefing, IndexedArticle, Query
from tests.index.briefing_builders import article, said, session_of

TANK = "The tank was never ours."
STRIKE = "The tank was hit by a drone."


def texts(briefing: Briefing) -> list[str]:
    return [quote.text for quote in briefing.quotes]


def replace_title(item: IndexedArticle, title: str) -> IndexedArticle:
    return replace(item, article=replace(item.article, title=title))


def test_a_digest_keeps_a_partys_voices_together():
    stored = article(
        "a",
        said("Ilya Gromov", TANK), said("Anna Weller", STRIKE),
        said("Pavel Sorin", "A tank is a tank."), said(None, "Another tank came."),
    )  # fmt: skip

    briefing = digest(Query("the tank", topic="tank", anyone=True), session_of(stored))

    parties = [quote.party for quote in briefing.quotes]
    assert sorted(parties, key=parties.index) == parties
    assert {"Russia": 2, "United States": 1} == {p: parties.count(p) for p in parties}
    assert {"russia": "Russia", "united states": "United States"} == briefing.headings


def test_a_digest_hears_the_party_that_answers_without_naming_the_topic():
    stored = replace_title(
        article("a", said("Ilya Gromov", "Nobody of ours did that."), said("Anna Weller", STRIKE)),
        "Tank hit in the desert",
    )

    briefing = digest(Query("the tank", topic="tank", anyone=True), session_of(stored))

    assert ["United States", "Russia"] == [quote.party for quote in briefing.quotes]


def test_a_digest_counts_only_what_it_can_tell():
    stored = article("a", said("Ilya Gromov", "The tank is ours."), said(None, "The tank is old."))

    briefing = digest(Query("the tank", topic="tank", anyone=True), session_of(stored))

    assert (["The tank is ours."], 1) == (texts(briefing), briefing.total)
