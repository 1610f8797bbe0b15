"""What an article may cost: the time to read it is bounded by its words, signs and sentences."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from index.ingest.validation import refusal
from index.types import Article

LIMIT = 40_000
NEWS = "“We stay in the valley until the spring,” Mayor Ana Horvat told the council on Monday. "


def reason(text):
    return refusal(Article("harbour-1", "Harbour", text), LIMIT)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("." * 39_900, "words and signs, the limit is 10,000"),
        ('"' * 39_900, "words and signs, the limit is 10,000"),
        ("a b " * 9_900, "words and signs, the limit is 10,000"),
        ("“”" * 4_900, "are no words"),
        (NEWS + "*-" * 2_000, "are no words"),
        ("No. " * 4_000, "4,000 sentences, the limit is 2,000"),
        ("Go! " * 4_000, "sentences, the limit is 2,000"),
        ("\u0301" * 39_900, "words and signs"),
        ("😀" * 39_900, "words and signs"),
        ("the harbour and " * 1_500, "a sentence of 23,999 characters, the limit is 20,000"),
    ],
    ids=[
        "dots",
        "marks",
        "letters",
        "pairs",
        "mixed",
        "sentences",
        "shouts",
        "accents",
        "signs",
        "one",
    ],
)
def test_a_text_that_costs_more_than_its_length_tells_is_refused_with_a_plain_reason(text, words):
    found = reason(text)

    assert found is not None
    assert words in found
    assert found.startswith("harbour-1: ")


@pytest.mark.parametrize(
    "text",
    [
        NEWS * (LIMIT // len(NEWS)),
        NEWS + "Results: Kos 6-4, 6-3; Lind 7-5, 6-4; Berg 6-1, 6-0. " * 300,
        NEWS + "“No,” he said. “Why?” she said. “So.” " * 400,
        NEWS + "* * *\n" * 20,
    ],
    ids=["news", "results", "dialogue", "breaks"],
)
def test_news_is_not_refused_for_what_it_costs(text):
    assert reason(text) is None


NOW = datetime.now(UTC)


def dated(published_at, embargoed_until=None):
    article = Article("h", "Harbour", NEWS, published_at=published_at)
    return refusal(replace(article, embargoed_until=embargoed_until), LIMIT)


@pytest.mark.parametrize("days", [2, 30, 26_000])
def test_an_article_dated_in_the_future_is_refused(days):
    found = dated(NOW + timedelta(days=days))

    assert found is not None
    assert "which is still to come" in found


def test_a_clock_or_a_zone_may_be_a_day_ahead_and_an_embargo_as_long_as_it_lasts():
    embargo = NOW + timedelta(days=9)

    assert None is dated(NOW + timedelta(hours=26)) is dated(embargo, embargo) is dated(None)
    assert dated(embargo + timedelta(days=3), embargo) is not None
