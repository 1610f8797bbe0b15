"""Who said what on a topic, by party."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from index.answers.answer import statements_on
from index.answers.digest import digest
from index.reports.wording import footer
from index.types import Briefing, IndexedArticle, Query
from tests.index.briefing_builders import article, said, session_of

TANK = "The tank was never ours."
STRIKE = "The tank was hit by a drone."


def dated(item: IndexedArticle, published_at: datetime | None) -> IndexedArticle:
    return replace(item, article=replace(item.article, published_at=published_at))


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


def test_a_digest_that_is_bounded_by_dates_says_what_has_none():
    since = datetime(2018, 1, 1, tzinfo=UTC)
    stored = dated(article("a", said("Ilya Gromov", TANK)), since + timedelta(days=3))
    others = dated(article("b", said("Anna Weller", STRIKE)), None)
    query = Query("the tank", topic="tank", anyone=True, since=since)

    briefing = digest(query, session_of(stored, others))
    alone = digest(query, session_of(others))

    assert ([TANK], 1) == (texts(briefing), briefing.undated)
    assert "1 more in articles without a date left out" in footer(briefing)
    assert alone.abstained
    assert (alone.reason or "").endswith("; 1 more in articles without a date left out")
    assert 1 == digest(replace(query, topic=None), session_of(stored, others)).undated
    assert 0 == digest(replace(query, since=None), session_of(stored, others)).undated


def test_a_digest_leaves_out_what_is_perhaps_on_another_matter(monkeypatch):
    stored = article("a", said("Ilya Gromov", TANK), said("Pavel Sorin", "A tank is a tank."))
    found, total = statements_on(
        Query("the tank", topic="tank", anyone=True), session_of(stored), None
    )
    unsure = [replace(each, shown=replace(each.shown, sure=False)) for each in found]

    def shown(entries):
        entries = (entries, total)
        monkeypatch.setattr("index.answers.digest.statements_on", lambda *a, **k: entries)
        return texts(digest(Query("the tank", topic="tank", anyone=True), session_of(stored)))

    assert [found[0].shown.texts[0]] == shown([found[0], *unsure[1:]])
    # Where nothing is sure, that is better than silence.
    assert 2 == len(shown(unsure))
