"""
What a Selection means, wherever statements are not selected by SQL.

``sqlite.select`` says the same as one query; both stand in one suite of tests. Pure.
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from index.store import Selection, SentenceColumns, Tenure
from index.store.known_speakers import is_owned
from index.text.date_format import as_day, is_day_only
from index.types import Article, IndexedArticle, Statement


def matches(statement: Statement | None, item: IndexedArticle, selection: Selection) -> bool:
    """
    Return whether *statement* of *item* is selected.

    Args:
        statement: None stands for words outside any statement, which nobody said.
        item: the article with its introductions, by which it is known whom it leaves open.
        selection: an empty field does not restrict.
    """
    return matches_article(item.article, selection) and matches_statement(
        statement, item, selection
    )


def matches_article(article: Article, selection: Selection) -> bool:
    """Return whether *article* has the id, outlet and date of *selection*."""
    since, until, published = selection.since, selection.until, article.published_at
    if selection.article_id is not None and article.id != selection.article_id:
        return False
    if selection.outlets:
        folded = None if article.outlet is None else article.outlet.casefold()
        if folded not in {outlet.casefold() for outlet in selection.outlets}:
            return False
    if published is None:
        return since is None and until is None
    day_only = is_day_only(published)
    if since is not None and published < (as_day(since) if day_only else since):
        return False
    return until is None or published < (as_day(until) if day_only else until)


def matches_statement(
    statement: Statement | None, item: IndexedArticle, selection: Selection
) -> bool:
    """Return whether *statement* is by those asked for, and of the kind; None as in `matches`."""
    speaker = None if statement is None else statement.speaker
    if selection.parties or selection.speakers or selection.learned:
        keys = set() if speaker is None else {party.key for party in speaker.parties}
        named = speaker is not None and speaker.key in selection.speakers
        learned = statement is not None and _in_tenure(statement, item, selection.learned)
        if not (named or keys & selection.parties or learned):
            return False
    made = None if statement is None else statement.attribution
    if selection.cue_classes and (made is None or made.cue_class not in selection.cue_classes):
        return False
    if made is not None and made.thought and not selection.thoughts:
        return False
    return selection.attributed is None or selection.attributed == (speaker is not None)


def in_columns(rows: NDArray[np.int64]) -> SentenceColumns:
    """
    Make columns of rows, in the order that `SentenceColumns` promises.

    Args:
        rows: (n, 4) of key, sentence, statement and moment, in any order; one that stands there
            twice counts once.
    """
    keys, _, statements, _ = rows.T
    ordered = rows[np.lexsort((keys, statements))]
    # A speaker may speak for two of the parties that are asked for.
    again = (ordered[1:] == ordered[:-1]).all(axis=1)
    return SentenceColumns(*np.delete(ordered, np.flatnonzero(again) + 1, axis=0).T)


def _in_tenure(statement: Statement, item: IndexedArticle, tenures: Collection[Tenure]) -> bool:
    """Return whether other articles tell the party of the speaker, and for the article's day."""
    speaker, published = statement.speaker, item.article.published_at
    if speaker is None or is_owned(speaker) or speaker.key in {t.key for t in item.introductions}:
        return False
    return any(
        tenure.undated
        if published is None
        else (tenure.since or published) <= published
        and (not tenure.until or published < tenure.until)
        for tenure in tenures
        if tenure.key == speaker.key
    )
