"""
Find what a query asks for within one article: for questions that stay asked.

What counts is what the question itself would find among all articles. So a topic is looked for
everywhere; but first it is settled whether the article has anything by those who are asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from index.answers.search.candidates import Dated, Reference
from index.answers.search.duplicates import Match, UniqueMatch, fold_copies
from index.answers.search.relevance import SentenceKeys, TopicQuery
from index.answers.search.retrieval import find_statements, load
from index.answers.search.selection import form_fits, party_fits, selection_of, stance_fits
from index.answers.search.session import ReadSession
from index.types import Query


def find_in(article_id: str, query: Query, session: ReadSession) -> list[UniqueMatch]:
    """
    Find the statements of one article that *query* asks for, in reading order.

    Args:
        article_id: the article.
        query: a parsed question, not for a quotation.
        session: the articles, the model of their vectors, the parties.

    Returns:
        Statements, none of them only thought; empty for an unknown article.

    Raises:
        StoreError: if the store cannot be read.
    """
    found = load(_references(article_id, query, session), session)
    fitting = [each for each in found if _fits(each, query)]
    return fold_copies(sorted(fitting, key=lambda each: (each.sentences, each.number)))


def _references(article_id: str, query: Query, session: ReadSession) -> Iterator[Reference]:
    selection = selection_of(query, session)
    if selection is not None:
        # A stance is taken by other words than its verb too, if there is a topic (`retrieval`).
        open_ = query.topic is not None and query.stance is not None and not query.negated
        within = replace(
            selection,
            article_id=article_id,
            cue_classes=frozenset() if open_ else selection.cue_classes,
        )
        columns = session.store.select_columns(within)
        if not len(columns.keys):
            return
        if query.topic is None:
            yield from Dated(columns, session.store)
            return
        own = TopicQuery(
            query.topic,
            SentenceKeys(np.unique(columns.keys)),
            named=selection.attributed is True,
            stance=query.stance,
        )
        if not session.scores_on(own).scores:
            return
    yield from (each for each in find_statements(query, session) if each.article_id == article_id)


def _fits(found: Match, query: Query) -> bool:
    return all(fits(found, query) for fits in (stance_fits, party_fits, form_fits))
