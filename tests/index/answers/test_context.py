"""A sentence looked up where it stands."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.answers.context import context_of, reworded, still_said
from index.types import Context, Withdrawal
from tests.index.briefing_builders import article, said, session_of

FIVE = ("One.", "Two.", "Three.", "Four.", "Five.")


@pytest.fixture
def store():
    return session_of(article("a", *[said("Ilya Gromov", text) for text in FIVE])).store


def place(text: str) -> tuple[str, int, int]:
    start = " ".join(FIVE).index(text)
    return "a", start, start + len(text)


@pytest.mark.parametrize(
    ("text", "around", "want"),
    [
        ("Three.", 1, Context(("Two.",), "Three.", ("Four.",))),
        ("One.", 2, Context((), "One.", ("Two.", "Three."))),
        ("Five.", 9, Context(FIVE[:4], "Five.", ())),
        ("Two.", 0, Context((), "Two.", ())),
        ("Two.", -1, Context((), "Two.", ())),
    ],
)
def test_context_is_the_sentences_around(store, text, around, want):
    assert want == context_of(store, place(text), around=around)


@pytest.mark.parametrize("gone", [("b", 0, 4), ("a", 0, 3), ("a", 1, 4), ("a", 90, 99)])
def test_there_is_no_context_where_no_sentence_stands(store, gone):
    assert context_of(store, gone, around=2) is None


@pytest.mark.parametrize(
    ("name", "text", "speaker", "want"),
    [
        ("a", "Two.", "Ilya Gromov", True),
        ("a", "Two.", "Gromov", True),
        ("a", "Two.", None, True),
        ("a", "Two.", "Anna Gromov", False),
        ("a", "Two!", "Ilya Gromov", False),
        ("a", "One. Two.", "Ilya Gromov", False),
        ("b", "One.", "Ilya Gromov", False),
    ],
)
def test_a_sentence_is_still_said_only_word_for_word_and_by_its_speaker(
    store, name, text, speaker, want
):
    assert want == still_said(store, name, text, speaker=speaker)


def test_a_sentence_may_have_moved_within_its_article_or_to_another_id_at_its_address():
    moved = article("new", said("Ilya Gromov", "Zero."), said("Ilya Gromov", "One."))
    moved = replace(moved, article=replace(moved.article, url="https://a.example/one"))
    store = session_of(moved).store

    assert still_said(store, "new", "One.", speaker="Ilya Gromov")
    assert still_said(store, "a", "One.", speaker=None, url="http://www.a.example/one?utm_a=b")
    assert not still_said(store, "a", "One.", speaker=None)


def test_what_another_source_has_at_the_address_does_not_keep_a_withdrawn_sentence_alive():
    texts = said("Ilya Gromov", "One."), said("Ilya Gromov", "Two.")
    own, other = article("a", *texts), article("b", *texts)
    url = "https://a.example/story"
    at = replace(other.article, url=url, origin="feed https://rival.example/rss")
    store = session_of(
        replace(own, article=replace(own.article, origin="feed https://a.example/rss")),
        replace(other, article=at),
    ).store
    store.withdraw(Withdrawal("a", "legal"))

    assert not still_said(store, "a", "One.", speaker="Ilya Gromov", url=url)
    assert still_said(store, "b", "One.", speaker="Ilya Gromov", url=url)


@pytest.mark.parametrize(
    ("before", "speaker", "want"),
    [
        ("“We will keep the harbour open,”", "Ilya Gromov", "“We will keep the port open,”"),
        ("“We will keep the harbour open,”", "Anna Gromov", None),
        ("“We will keep the harbour open,”", None, "“We will keep the port open,”"),
        ("“Fish is dear this year,”", "Ilya Gromov", None),
    ],
)
def test_a_sentence_reads_now_as_its_speaker_says_it_in_the_article(before, speaker, want):
    texts = ("“We will keep the port open,”", "“Rain is expected.”")
    store = session_of(article("a", *[said("Ilya Gromov", text) for text in texts])).store

    assert want == reworded(store, "a", before, speaker, None)
    assert reworded(store, "b", before, speaker, None) is None
