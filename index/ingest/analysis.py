"""
Articles → sentences → attributions → speakers.

What is said in an article, by whom, and for whom they speak; vectors are made elsewhere, at the
same time. Several articles are read together, for the tagger is faster on full batches.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import repeat
from typing import TYPE_CHECKING

from index.attribution import find_many
from index.speakers import read_speakers
from index.text.sentences import split_sentences
from index.types import Article, IndexedArticle

if TYPE_CHECKING:
    from index.speakers import Tables


def analyse(articles: Sequence[Article], tables: Tables) -> list[IndexedArticle]:
    """
    Find the sentences, statements and speakers of *articles*; nothing is stored.

    Returns:
        One per article, in their order.

    Raises:
        AttributionError: if the weights of the tagger cannot be loaded.
    """
    sentences = [tuple(split_sentences(article.text)) for article in articles]
    attributions = find_many(articles)
    speakers = map(read_speakers, articles, sentences, attributions, repeat(tables))
    now = datetime.now(UTC)
    return [
        IndexedArticle(article, split, statements, now, introductions)
        for article, split, (statements, introductions) in zip(
            articles, sentences, speakers, strict=True
        )
    ]
