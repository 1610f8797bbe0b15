"""Words are folded as they are compared; what is remembered of them does not grow without end."""

from __future__ import annotations

import tracemalloc

import pytest

from index.text.words import folded, passage_stems, stem, stems


def held_by(call, texts):
    """Measure the bytes that are held once *call* was made with each of *texts*."""
    for cache in (stem, stems, passage_stems):
        cache.cache_clear()
    tracemalloc.start()
    for text in texts:
        call(text)
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return held


@pytest.mark.parametrize(
    ("text", "plain"),
    [("Okumuş", "okumus"), ("Ça va", "ca va"), ("“Ça,” É said…", "“ca,” e said..."),
     ("STRASSE Straße", "strasse strasse"), ("Ｗｉｄｅ ﬁre", "wide fire"), ("Йод", "иод"),
     ("a\u0301\u0327b", "ab"), ("plain", "plain"), ("", "")],
)  # fmt: skip
def test_case_and_marks_are_taken_off(text, plain):
    assert plain == folded(text)


def test_words_that_were_read_once_are_forgotten():
    held = held_by(stem, (f"v{number}" for number in range(20_000)))

    assert held < 2_000_000


def test_passages_that_were_read_once_are_forgotten():
    words = [f"word{number}" for number in range(200)]
    passages = (f"{number} {' '.join(words)}" for number in range(2_000))

    held = held_by(passage_stems, passages)

    assert held < 6_000_000
