"""The sample corpus keeps its promises, and the tables about it agree with it. No model."""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.acceptance.corpus import SAMPLE, load_rows, load_voices, shingles

ARTICLES = [json.loads(line) for line in SAMPLE.read_text(encoding="utf-8").splitlines()]
VOICES = load_voices()
ROWS = load_rows()
BENCH = Path(__file__).parents[3] / "shared" / "bench"


def test_article_ids_and_urls_are_unique():
    ids = Counter(article["id"] for article in ARTICLES)
    urls = Counter(article["url"] for article in ARTICLES)

    assert [] == [key for key, count in (ids + urls).items() if count > 1]


def test_articles_have_a_title_an_outlet_and_a_date_with_a_time_zone():
    months = {
        (when.year, when.month)
        for article in ARTICLES
        if article["title"] and article["outlet"]
        for when in [datetime.fromisoformat(article["published_at"])]
        if when.utcoffset() is not None
    }

    assert {(2018, 2), (2018, 3), (2018, 4)} == months


def test_urls_lie_in_the_example_domain_one_host_an_outlet():
    hosts = {(article["outlet"], urlsplit(article["url"]).hostname) for article in ARTICLES}

    assert {outlet: f"{outlet.lower().replace(' ', '-')}.example" for outlet, _ in hosts} == dict(
        hosts
    )
    assert len(hosts) == len({outlet for outlet, _ in hosts})


def test_articles_are_as_short_as_agency_copy():
    lengths = {article["id"]: len(article["text"].split()) for article in ARTICLES}

    assert {} == {key: words for key, words in lengths.items() if not 120 <= words <= 300}


def test_no_eight_words_in_a_row_stand_in_a_benchmark_text():
    if not BENCH.is_dir():
        pytest.skip("the benchmark texts are not beside this checkout")

    ours = set().union(*(shingles(article["text"], 8) for article in ARTICLES))
    shared = set().union(*(ours & shingles(text, 8) for text in bench_texts()))

    assert set() == shared


def test_a_fragment_of_the_record_stands_in_one_sentence_of_an_article():
    parts = [part for voice in VOICES for part in voice.sentences]

    assert [] == [part for part in parts if max(counts(part)) != 1]
    assert [] == [part for part in parts if sum(counts(part)) > 1 and not copied(part)]


def test_iran_and_syria_are_named_but_not_on_the_record():
    named = " ".join(article["text"] for article in ARTICLES)

    assert "Iran" in named
    assert "Syrian government" in named
    assert set() == {voice.party for voice in VOICES} & {"iran", "syria"}


def test_russia_is_on_the_record_in_more_than_three_articles():
    parts = [part for voice in VOICES if voice.party == "russia" for part in voice.sentences]

    assert len({article["id"] for article in ARTICLES for p in parts if p in article["text"]}) > 3


def test_questions_have_unique_ids_and_follow_an_earlier_question():
    ids = [row.id for row in ROWS]

    assert [] == [key for key, count in Counter(ids).items() if count > 1]
    assert [] == [row.id for at, row in enumerate(ROWS) if row.after not in [None, *ids[:at]]]
    assert len(ROWS) >= 90


def test_a_question_wants_and_forbids_fragments_that_the_record_holds():
    parts = {part for voice in VOICES for part in voice.sentences}
    known = {name for voice in VOICES for name in (voice.name, voice.party)}

    assert [] == [
        (row.id, text)
        for row in ROWS
        for text in (*row.want, *row.top, *row.never)
        if not any(text in part or part in text for part in parts)
    ]
    assert [] == [row.id for row in ROWS if not known.issuperset(row.by)]


def test_what_a_question_wants_was_said_by_those_it_asks_about():
    wrong = [
        (row.id, text)
        for row in ROWS
        if row.by
        for text in (*row.want, *row.top)
        if not any(
            {voice.name, voice.party} & set(row.by) and (text in part or part in text)
            for voice in VOICES
            for part in voice.sentences
        )
    ]

    assert [] == wrong


def test_a_question_checks_something():
    assert [] == [row.id for row in ROWS if not (row.want or row.never or row.abstain)]
    assert [] == [row.id for row in ROWS if row.abstain and (row.want or row.top)]


def counts(part: str) -> list[int]:
    """Count *part* in each article."""
    return [article["text"].count(part) for article in ARTICLES]


def copied(part: str) -> bool:
    """Return whether *part* stands in wire copy only."""
    return all("crossing" in article["id"] for article in ARTICLES if part in article["text"])


def bench_texts() -> list[str]:
    """Read every benchmark text."""
    texts = [path.read_text(encoding="utf-8") for path in BENCH.rglob("*.txt")]
    for path in BENCH.rglob("*.jsonl"):
        lines = path.read_text(encoding="utf-8").split("\n")
        texts += [json.loads(line).get("text", "") for line in lines if line]
    return texts
