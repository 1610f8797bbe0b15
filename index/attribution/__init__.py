"""Who reported what: articles with their sentences -> attributions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from index.types import Article, Attribution, Sentence

if TYPE_CHECKING:
    from index.attribution.tagger import Tagger

__all__ = ["find_attributions", "find_candidates", "find_many"]

_SURE = 0.5


def find_attributions(
    article: Article, sentences: Sequence[Sentence], tagger: Tagger | None = None
) -> list[Attribution]:
    """
    Find who reported what in one article.

    Args:
        sentences: the article's sentences (attributions may run over several).
        tagger: the shipped one if None.

    Returns:
        Attributions in reading order of their contents; empty for an article without any.

    Raises:
        AttributionError: if the weights cannot be loaded.
    """
    return find_many([article], tagger)[0] if sentences else []


def find_many(articles: Sequence[Article], tagger: Tagger | None = None) -> list[list[Attribution]]:
    """
    Find the attributions of several articles, read in common batches.

    Args:
        articles: n articles.
        tagger: the shipped one if None.

    Returns:
        n lists in the order of *articles*, each as `find_attributions` returns it.

    Raises:
        AttributionError: if the weights cannot be loaded.
    """
    found = find_candidates(articles, tagger)
    return [[made for made in each if made.confidence >= _SURE] for each in found]


def find_candidates(
    articles: Sequence[Article], tagger: Tagger | None = None
) -> list[list[Attribution]]:
    """
    Find all that may be an attribution, those included of which the tagger is unsure.

    Args:
        articles: n articles.
        tagger: the shipped one if None.

    Returns:
        n lists in the order of *articles*; see ``Attribution.confidence``.

    Raises:
        AttributionError: if the weights cannot be loaded.
    """
    if not articles:
        return []
    from index.attribution.cited import with_cited
    from index.attribution.linking import link
    from index.attribution.nested import with_nested
    from index.attribution.statements.borders import without_headline
    from index.attribution.tagger import shipped_tagger
    from index.attribution.transcripts.turns import with_turns

    tagger = tagger or shipped_tagger()
    texts = [article.text for article in articles]
    frames = with_nested(texts, tagger.find_frames(texts), tagger)
    linked = [link(a.text, found) for a, found in zip(articles, frames, strict=True)]
    return [
        with_turns(a.text, with_cited(without_headline(a, found), a.marks), a.marks, a.byline)
        for a, found in zip(articles, linked, strict=True)
    ]
