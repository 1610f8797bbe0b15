"""
Articles → sentences → attributions → speakers → statements.

What is said in an article, by whom, and for whom they speak; vectors are made elsewhere, at the
same time. Several articles are read together, for the tagger is faster on full batches.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import repeat
from typing import TYPE_CHECKING

from index.attribution import find_candidates
from index.attribution.statements.selection import select_statements
from index.ingest.corrections import corrected
from index.ingest.corrections_file import CorrectionsFile
from index.ingest.reading_copy import ReadingCopy
from index.speakers import read_speakers
from index.speakers.resolve.source import starts_at
from index.text.comments import comments_begin
from index.text.sentences import split_sentences
from index.types import Article, IndexedArticle, Sentence, Statement

if TYPE_CHECKING:
    from index.speakers import Tables


def analyse(
    articles: Sequence[Article], tables: Tables, desk: CorrectionsFile | None = None
) -> list[IndexedArticle]:
    """
    Find the sentences, statements and speakers of *articles*; nothing is stored.

    Args:
        articles: to be read.
        tables: the parties.
        desk: what has been decided of them, which wins over the models; None for nothing.

    Returns:
        One per article, in their order.

    Raises:
        AttributionError: if the weights of the tagger cannot be loaded.
        SettingsError: if what has been decided cannot be read.
    """
    copies = [ReadingCopy(article) for article in articles]
    articles = [copy.article for copy in copies]
    sentences = [tuple(split_sentences(article.text)) for article in articles]
    # Who was spoken of before tells whom "he" means, whether it proves to be a statement or not.
    attributions = find_candidates(articles)
    speakers = map(read_speakers, articles, sentences, attributions, repeat(tables))
    now = datetime.now(UTC)
    found = [
        copy.moved(
            IndexedArticle(
                copy.article, split, _only_said(copy.article, split, made), now, introductions
            )
        )
        for copy, split, (made, introductions) in zip(copies, sentences, speakers, strict=True)
    ]
    if desk is None:
        return found
    return [corrected(item, desk.of(item.article.id), tables) for item in found]


def _only_said(
    article: Article, sentences: Sequence[Sentence], made: Sequence[Statement]
) -> tuple[Statement, ...]:
    """Keep what was said, or at least thought, as far as it was; no reader's comment."""
    own = comments_begin(article.text)
    by_article = [one.attribution for one in made if starts_at(one.attribution) < own]
    kept = select_statements(article.text, sentences, by_article)
    return tuple(
        replace(one, attribution=kept[one.attribution]) for one in made if one.attribution in kept
    )
