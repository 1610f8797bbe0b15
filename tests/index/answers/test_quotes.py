"""Quotes are verbatim, or not at all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.answers.quotes import checked, clipped, make_quotes
from index.answers.search.duplicates import Match, UniqueMatch
from index.errors import StoreError
from index.types import Sentence, Span
from tests.index.briefing_builders import article, said

TANK = "The tank was never ours."


def test_a_damaged_sentence_is_never_shown():
    stored = article("a", said("Ilya Gromov", TANK))
    (quote,) = make_quotes(UniqueMatch(Match(stored, 0, (0,), 1.0)))

    with pytest.raises(StoreError, match="no such sentence"):
        checked(replace(quote, text="The tank was ours."), stored)


def test_a_sentence_beyond_its_article_is_no_quote():
    stored = article("a", said("Ilya Gromov", TANK))
    beyond = Sentence(0, 0, len(stored.article.text) + 1)

    with pytest.raises(StoreError, match="no such sentence"):
        make_quotes(UniqueMatch(Match(replace(stored, sentences=(beyond,)), 0, (0,), 1.0)))


def test_spans_are_clipped_to_the_sentence_and_those_outside_left_out():
    spans = [Span(0, 5), Span(8, 12), Span(15, 18), Span(19, 30), Span(40, 50)]

    assert (Span(10, 12), Span(15, 18), Span(19, 20)) == clipped(spans, Sentence(1, 10, 20))
