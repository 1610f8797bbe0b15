"""The whole attribution step on text that is no news: a result, exact offsets, bounded work."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.attribution import find_attributions, find_many
from index.attribution.tagger import shipped_tagger
from index.text.sentences import split_sentences
from index.types import Article

pytestmark = pytest.mark.model

NEWSPRINT = st.text(alphabet="aA.!?“”‘’\"' \n", max_size=200)
WORDS = st.lists(
    st.sampled_from(
        [
            "Horvat",
            "said",
            "“We",
            "stay,”",
            "he",
            "denied",
            "that",
            "\n\n",
            "🙂",
            "\u202e",
            "\x00",
            "’",
        ]
    ),
    max_size=60,
).map(" ".join)


@pytest.fixture(scope="module")
def tagger():
    return shipped_tagger()


def spans_of(text: str, found) -> list[tuple[int, int]]:
    return [s for a in found for s in (*a.source, *a.cue, *a.content)]


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.one_of(NEWSPRINT, WORDS, st.text(max_size=200)))
def test_any_text_gives_spans_that_lie_within_it(tagger, text):
    (found,) = find_many([Article("x", "", text)], tagger)

    assert all(0 <= start < end <= len(text) for start, end in spans_of(text, found))
    assert all(text[s.start : s.end].strip() for a in found for s in a.content)


@pytest.mark.parametrize(
    "text",
    [
        "x" * 200_000,
        "“" * 20_000,
        "“No,” he said. " * 2_000,
        "“He said ‘no’ " * 2_000,
        '"' + "a " * 20_000,
        "\u202e" * 200_000,
        "🙂" * 200_000,
        "\x00" * 200_000,
    ],
    ids=["letters", "marks", "cues", "unbalanced", "open", "override", "emoji", "nul"],
)
def test_one_endless_line_gives_a_result(tagger, text):
    found = find_attributions(Article("x", "", text), split_sentences(text), tagger)

    assert all(0 <= start < end <= len(text) for start, end in spans_of(text, found))


def test_a_text_without_a_sentence_has_no_attributions():
    assert [] == find_attributions(Article("x", "", " \n "), [])


def test_offsets_are_characters_also_behind_emoji_and_accents(tagger):
    text = "🙂🙂 Überraschung! Ångström said the talks had failed."

    (found,) = find_attributions(Article("x", "", text), split_sentences(text), tagger)

    assert ["Ångström", "said"] == [text[s.start : s.end] for s in (*found.source, *found.cue)]


def test_several_articles_at_once_read_as_each_alone(tagger):
    texts = [
        f"Minister {name} said the talks had failed. " * n for name, n in (("A", 3), ("B", 60))
    ]
    articles = [Article(str(n), "", text) for n, text in enumerate(texts)]

    together = find_many(articles, tagger)

    def places(found):
        return [(a.source, a.cue, a.content) for a in found]

    assert [places(find_many([a], tagger)[0]) for a in articles] == [places(f) for f in together]
